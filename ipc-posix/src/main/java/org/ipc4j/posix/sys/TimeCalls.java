// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.sys;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * {@code time.h}: clocks.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/clock_gettime.2.html">clock_gettime(2)</a>
 */
final class TimeCalls {
    private static final MethodHandle CLOCK_GETTIME =
            Native.link("clock_gettime", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));

    private TimeCalls() {}

    /** Writes what a clock shows into a {@code timespec}. */
    static void clock_gettime(int clock, MemorySegment time) {
        MemorySegment errno = Scratch.errno();
        try {
            int unused =
                    (int)
                            CLOCK_GETTIME.invokeExact(
                                    errno, clock, time); // it fails only for what is no clock
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }
}
