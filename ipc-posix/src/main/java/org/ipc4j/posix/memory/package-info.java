// SPDX-License-Identifier: Apache-2.0

/**
 * Shared memory by {@code shm_open(3)} and {@code memfd_create(2)}, and mapped files by {@code
 * mmap(2)}.
 */
package org.ipc4j.posix.memory;
