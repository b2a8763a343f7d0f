// SPDX-License-Identifier: Apache-2.0

/**
 * The contracts of {@link org.ipc4j.memory.SharedMemory}, with a name ({@link
 * org.ipc4j.tck.memory.SharedMemoryContract}) and without ({@link
 * org.ipc4j.tck.memory.AnonymousMemoryContract}), and of {@link org.ipc4j.memory.MappedFile}:
 * {@link org.ipc4j.tck.memory.MappedFileContract}, {@link
 * org.ipc4j.tck.memory.MappedFileContentContract} and {@link
 * org.ipc4j.tck.memory.MappedFileGrowthContract}.
 */
package org.ipc4j.tck.memory;
