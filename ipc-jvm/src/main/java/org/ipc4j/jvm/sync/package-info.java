// SPDX-License-Identifier: Apache-2.0

/**
 * {@link org.ipc4j.sync.NamedSemaphore} as a word of shared memory, and how to wait without the
 * system.
 */
package org.ipc4j.jvm.sync;
