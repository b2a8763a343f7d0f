// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.sys;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * {@code linux/membarrier.h}: fences for other threads. The C library has no function for it.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/membarrier.2.html">membarrier(2)</a>
 */
public final class MembarrierCalls {
    private static final MethodHandle MEMBARRIER =
            Native.link(
                    "syscall",
                    FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT),
                    Linker.Option.firstVariadicArg(1));

    private MembarrierCalls() {}

    /**
     * Makes a fence, or lets this process take part in those of others.
     *
     * @param command a {@code MEMBARRIER_CMD_} constant
     * @return 0 or more, or the negated error code
     */
    public static int membarrier(int command) {
        MemorySegment errno = Scratch.errno();
        try {
            long result =
                    (long) MEMBARRIER.invokeExact(errno, (long) Abi.SYS_membarrier, command, 0, 0);
            return (int) Scratch.result(result, errno);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }
}
