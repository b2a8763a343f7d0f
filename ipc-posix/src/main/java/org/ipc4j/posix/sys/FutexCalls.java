// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.sys;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import org.ipc4j.posix.sys.gen.timespec;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * {@code linux/futex.h}: sleeping at a word of shared memory. The C library has no function for it.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/futex.2.html">futex(2)</a>
 */
public final class FutexCalls {
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private static final MethodHandle FUTEX =
            Native.link(
                    "syscall",
                    FunctionDescriptor.of(
                            JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS),
                    Linker.Option.firstVariadicArg(1));

    private FutexCalls() {}

    /**
     * Sleeps as long as a word has a value, until somebody wakes, by the monotonic clock.
     *
     * @param word the word, in memory that processes share
     * @param expected the value
     * @param nanos how long at most
     * @return 0 if somebody woke, or the negated error code, which is that of {@link Errno#EAGAIN}
     *     if it has another value, of {@link Errno#ETIMEDOUT} or of {@link Errno#EINTR}
     */
    public static int futexWait(MemorySegment word, int expected, long nanos) {
        MemorySegment timeout = Scratch.get().timespec();
        timespec.tv_sec(timeout, nanos / NANOS_PER_SECOND);
        timespec.tv_nsec(timeout, nanos % NANOS_PER_SECOND);
        return futex(word, Abi.FUTEX_WAIT, expected, timeout);
    }

    /**
     * Wakes all who sleep at a word.
     *
     * @param word the word
     * @return how many, or the negated error code
     */
    public static int futexWake(MemorySegment word) {
        return futex(word, Abi.FUTEX_WAKE, Integer.MAX_VALUE, MemorySegment.NULL);
    }

    private static int futex(MemorySegment word, int operation, int value, MemorySegment timeout) {
        MemorySegment errno = Scratch.errno();
        try {
            long result =
                    (long)
                            FUTEX.invokeExact(
                                    errno, (long) Abi.SYS_futex, word, operation, value, timeout);
            return (int) Scratch.result(result, errno);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }
}
