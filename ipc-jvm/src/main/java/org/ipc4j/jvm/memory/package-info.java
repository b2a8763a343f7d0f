// SPDX-License-Identifier: Apache-2.0

/**
 * {@link org.ipc4j.memory.SharedMemory} as a mapped file; on Linux, the file that {@code
 * shm_open(3)} opens. {@link org.ipc4j.memory.MappedFile} by {@link java.nio.channels.FileChannel}.
 */
package org.ipc4j.jvm.memory;
