// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.sys;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * {@code stdio.h}: renaming.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/rename.2.html">rename(2)</a>
 */
public final class StdioCalls {
    private static final MethodHandle RENAME =
            Native.link("rename", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));

    private StdioCalls() {}

    /**
     * Gives a file another name, atomically, and takes that from who has it.
     *
     * @param from the file
     * @param to its new name, on the same file system
     * @return 0, or the negated error code
     */
    public static int rename(String from, String to) {
        MemorySegment errno = Scratch.errno();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment fromC = arena.allocateFrom(from);
            MemorySegment toC = arena.allocateFrom(to);
            return Scratch.result((int) RENAME.invokeExact(errno, fromC, toC), errno);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }
}
