// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.sync;

import static org.ipc4j.posix.sys.MembarrierCalls.membarrier;

import org.ipc4j.posix.sys.Abi;

/**
 * Fences for the threads of other processes. See {@link org.ipc4j.spi.Parking} for what they are
 * for.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/membarrier.2.html">membarrier(2)</a>
 */
final class ProcessFence {
    /** Once true it stays so, and who reads it late fences once more than he must. */
    private static volatile boolean registered;

    static {
        // The kernel waits for all processors to have scheduled once, 10 milliseconds or more,
        // which nobody has to wait for.
        Thread.ofPlatform().daemon().name("ipc4j-membarrier").start(ProcessFence::register);
    }

    private ProcessFence() {}

    private static void register() {
        registered = membarrier(Abi.MEMBARRIER_CMD_REGISTER_GLOBAL_EXPEDITED) >= 0;
    }

    /** Tells whether the threads of this process take part in the fences of others. */
    static boolean isRegistered() {
        return registered;
    }

    /**
     * Makes a full fence of this thread and of all threads of all processes that take part.
     *
     * @return {@code false} if this system, or its rules for this process, do not have it
     */
    static boolean fence() {
        return membarrier(Abi.MEMBARRIER_CMD_GLOBAL_EXPEDITED) >= 0;
    }
}
