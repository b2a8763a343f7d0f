// SPDX-License-Identifier: Apache-2.0

/** Named semaphores by {@code CreateSemaphoreW}, and sleeping in shared memory by events. */
package org.ipc4j.windows.sync;
