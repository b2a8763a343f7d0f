// SPDX-License-Identifier: Apache-2.0

/** Named semaphores by {@code sem_open(3)}, and sleeping in shared memory by {@code futex(2)}. */
package org.ipc4j.posix.sync;
