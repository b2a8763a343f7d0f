// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.sys;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * {@code sys/stat.h}: facts of files, permissions and FIFOs.
 *
 * @see <a href="https://man7.org/linux/man-pages/man3/mkfifo.3.html">mkfifo(3)</a>
 */
public final class StatCalls {
    private static final MethodHandle FCHMOD =
            Native.link("fchmod", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle MKDIR =
            Native.link("mkdir", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle MKFIFO =
            Native.link("mkfifo", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));

    /** Not every C library has it. */
    private static final class Extended {
        static final MemorySegment NO_PATH = Arena.global().allocateFrom("");
        static final MethodHandle STATX =
                Native.link(
                        "statx",
                        FunctionDescriptor.of(
                                JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS));
    }

    private StatCalls() {}

    /**
     * Tells about an open file, whatever has become of its name.
     *
     * @param fd its descriptor
     * @return 0, or the negated error code; then {@link Scratch#statx} tells
     * @throws UnsupportedOperationException if the C library does not have it
     * @see <a href="https://man7.org/linux/man-pages/man2/statx.2.html">statx(2)</a>
     */
    static int statx(int fd) {
        return statx(fd, Extended.NO_PATH, Abi.AT_EMPTY_PATH);
    }

    /**
     * Tells about what is at a path, also if that is a symbolic link.
     *
     * @param path the path
     * @return 0, or the negated error code; then {@link Scratch#statx} tells
     * @throws UnsupportedOperationException if the C library does not have it
     */
    static int statx(String path) {
        try (Arena arena = Arena.ofConfined()) {
            return statx(Abi.AT_FDCWD, arena.allocateFrom(path), Abi.AT_SYMLINK_NOFOLLOW);
        }
    }

    private static int statx(int fd, MemorySegment path, int flags) {
        MemorySegment errno = Scratch.errno();
        MemorySegment facts = Scratch.get().statx();
        int wanted = Abi.STATX_BASIC_STATS;
        try {
            int result = (int) Extended.STATX.invokeExact(errno, fd, path, flags, wanted, facts);
            return Scratch.result(result, errno);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Sets permissions, whatever the umask.
     *
     * @param fd the file's descriptor
     * @param mode the permissions
     * @return 0, or the negated error code
     */
    public static int fchmod(int fd, int mode) {
        MemorySegment errno = Scratch.errno();
        try {
            return Scratch.result((int) FCHMOD.invokeExact(errno, fd, mode), errno);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Makes a directory.
     *
     * @param path its path
     * @param mode its permissions, less the umask
     * @return 0, or the negated error code
     */
    public static int mkdir(String path, int mode) {
        MemorySegment errno = Scratch.errno();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment pathC = arena.allocateFrom(path);
            return Scratch.result((int) MKDIR.invokeExact(errno, pathC, mode), errno);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Makes a FIFO.
     *
     * @param path its path
     * @param mode its permissions, less the umask
     * @return 0, or the negated error code
     */
    public static int mkfifo(String path, int mode) {
        MemorySegment errno = Scratch.errno();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment pathC = arena.allocateFrom(path);
            return Scratch.result((int) MKFIFO.invokeExact(errno, pathC, mode), errno);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }
}
