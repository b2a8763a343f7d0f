// SPDX-License-Identifier: Apache-2.0

/**
 * The contract of {@link org.ipc4j.sync.NamedSemaphore}: {@link
 * org.ipc4j.tck.sync.NamedSemaphoreContract}.
 */
package org.ipc4j.tck.sync;
