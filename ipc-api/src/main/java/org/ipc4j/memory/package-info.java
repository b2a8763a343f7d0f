// SPDX-License-Identifier: Apache-2.0

/**
 * Memory that several processes see.
 *
 * <p>{@link org.ipc4j.memory.SharedMemory} is a block of memory with a name, or without one, which
 * is then {@linkplain org.ipc4j.stream.Passable passed} over a local socket; {@link
 * org.ipc4j.memory.MappedFile} is a file as memory. The {@link
 * org.ipc4j.memory.SharedMemory#segment() segment} of either is read and written like any other
 * {@link java.lang.foreign.MemorySegment}. What order one process's writes have for another is
 * decided by the accesses themselves: use {@link java.lang.invoke.VarHandle} with acquire and
 * release, or guard the memory with a {@link org.ipc4j.sync.NamedSemaphore}.
 */
package org.ipc4j.memory;
