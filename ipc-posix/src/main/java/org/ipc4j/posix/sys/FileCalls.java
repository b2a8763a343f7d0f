// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.sys;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * {@code sys/file.h}: locks of open files.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/flock.2.html">flock(2)</a>
 */
public final class FileCalls {
    private static final MethodHandle FLOCK =
            Native.link("flock", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));

    private FileCalls() {}

    /**
     * Locks an open file until its last descriptor is closed, at the latest when the process dies.
     *
     * @param fd the descriptor
     * @param operation {@code LOCK_} constants
     * @return 0, or the negated error code
     */
    public static int flock(int fd, int operation) {
        MemorySegment errno = Scratch.errno();
        try {
            return Scratch.result((int) FLOCK.invokeExact(errno, fd, operation), errno);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }
}
