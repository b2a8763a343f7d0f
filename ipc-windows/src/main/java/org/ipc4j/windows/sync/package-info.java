// SPDX-License-Identifier: Apache-2.0

/** Named semaphores by {@code CreateSemaphoreW}. */
package org.ipc4j.windows.sync;
