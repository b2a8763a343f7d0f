// SPDX-License-Identifier: Apache-2.0

/**
 * {@link org.ipc4j.memory.SharedMemory} as a mapped file; on Linux, the file that {@code
 * shm_open(3)} opens.
 */
package org.ipc4j.jvm.memory;
