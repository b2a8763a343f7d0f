// SPDX-License-Identifier: Apache-2.0

/** Shared memory by {@code shm_open(3)}. */
package org.ipc4j.posix.memory;
