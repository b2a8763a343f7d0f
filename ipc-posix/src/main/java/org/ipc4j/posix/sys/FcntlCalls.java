// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.sys;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * {@code fcntl.h}: opening files.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/open.2.html">open(2)</a>
 */
public final class FcntlCalls {
    private static final MethodHandle OPEN =
            Native.link(
                    "open",
                    FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT),
                    Linker.Option.firstVariadicArg(2));

    private FcntlCalls() {}

    /**
     * Opens a file, as often as a signal interrupts it.
     *
     * @param path its path
     * @param flags {@code O_} constants
     * @param mode the permissions of a file that is created
     * @return a new descriptor, or the negated error code
     */
    public static int open(String path, int flags, int mode) {
        MemorySegment errno = Scratch.errno();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment pathC = arena.allocateFrom(path);
            int result;
            do {
                result = Scratch.result((int) OPEN.invokeExact(errno, pathC, flags, mode), errno);
            } while (Errno.of(result) == Errno.EINTR);
            return result;
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }
}
