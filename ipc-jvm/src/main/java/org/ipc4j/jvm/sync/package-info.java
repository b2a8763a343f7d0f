// SPDX-License-Identifier: Apache-2.0

/** {@link org.ipc4j.sync.NamedSemaphore} as a word of shared memory. */
package org.ipc4j.jvm.sync;
