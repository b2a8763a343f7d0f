// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.sys;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import org.ipc4j.posix.sys.gen.flock;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * {@code fcntl.h}: opening and locking files.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/open.2.html">open(2)</a>
 */
public final class FcntlCalls {
    private static final MethodHandle OPEN =
            Native.link(
                    "open",
                    FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT),
                    Linker.Option.firstVariadicArg(2));
    private static final MethodHandle FCNTL =
            Native.link(
                    "fcntl",
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS),
                    Linker.Option.firstVariadicArg(2));
    private static final MethodHandle FCNTL_INT =
            Native.link(
                    "fcntl",
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT),
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

    /**
     * Tells how a file was opened.
     *
     * @param fd the descriptor
     * @return {@code O_} constants, or the negated error code
     * @see <a href="https://man7.org/linux/man-pages/man2/F_GETFL.2const.html">F_GETFL(2const)</a>
     */
    public static int fcntl_getfl(int fd) {
        return fcntl(fd, Abi.F_GETFL, 0);
    }

    /**
     * Changes how a file was opened, for everybody who has it by the same opening.
     *
     * @param fd the descriptor
     * @param flags {@code O_} constants, of which those that can change count
     * @return 0, or the negated error code
     */
    public static int fcntl_setfl(int fd, int flags) {
        return fcntl(fd, Abi.F_SETFL, flags);
    }

    private static int fcntl(int fd, int command, int argument) {
        MemorySegment errno = Scratch.errno();
        try {
            return Scratch.result((int) FCNTL_INT.invokeExact(errno, fd, command, argument), errno);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * A lock of some bytes of a file.
     *
     * @param result 0, or the negated error code; then the rest means nothing
     * @param type {@code F_RDLCK}, {@code F_WRLCK} or {@code F_UNLCK}
     * @param start the first byte
     * @param length how many bytes; 0 for all that may ever follow
     * @param pid who has it: -1 for an open file, 0 for a process that cannot be seen from here
     * @see <a
     *     href="https://man7.org/linux/man-pages/man2/F_OFD_SETLK.2const.html">F_OFD_SETLK(2const)</a>
     */
    public record FileLock(int result, short type, long start, long length, int pid) {}

    /**
     * Locks or unlocks bytes for an open file, without waiting.
     *
     * @param fd the file's descriptor
     * @param type {@code F_RDLCK}, {@code F_WRLCK} or {@code F_UNLCK}
     * @param start the first byte
     * @param length how many bytes; 0 for all that may ever follow
     * @return 0, or the negated error code: {@code EAGAIN} if somebody is in the way
     */
    public static int fcntl_setlk(int fd, short type, long start, long length) {
        return fcntl(fd, Abi.F_OFD_SETLK, lock(type, start, length));
    }

    /**
     * Looks for a lock that is in the way of another one.
     *
     * @param fd the file's descriptor, whose own locks are in nobody's way
     * @param type {@code F_RDLCK} or {@code F_WRLCK}
     * @param start the first byte
     * @param length how many bytes; 0 for all that may ever follow
     * @return one that is in the way; of type {@code F_UNLCK} if there is none
     */
    public static FileLock fcntl_getlk(int fd, short type, long start, long length) {
        MemorySegment lock = lock(type, start, length);
        int result = fcntl(fd, Abi.F_OFD_GETLK, lock);
        return new FileLock(
                result,
                flock.l_type(lock),
                flock.l_start(lock),
                flock.l_len(lock),
                flock.l_pid(lock));
    }

    /**
     * Tells what cannot be done any more to memory.
     *
     * @param fd its descriptor
     * @return {@code F_SEAL_} constants, or the negated error code: {@code EINVAL} of what is no
     *     memory
     * @see <a
     *     href="https://man7.org/linux/man-pages/man2/F_GET_SEALS.2const.html">F_GET_SEALS(2const)</a>
     */
    public static int fcntl_get_seals(int fd) {
        return fcntl(fd, Abi.F_GET_SEALS, 0);
    }

    /**
     * Takes away from everybody what can be done to memory.
     *
     * @param fd its descriptor
     * @param seals {@code F_SEAL_} constants
     * @return 0, or the negated error code
     */
    public static int fcntl_add_seals(int fd, int seals) {
        return fcntl(fd, Abi.F_ADD_SEALS, seals);
    }

    private static MemorySegment lock(short type, long start, long length) {
        MemorySegment lock = Scratch.get().flock();
        flock.l_pid(lock, 0); // as the kernel demands
        flock.l_type(lock, type);
        flock.l_whence(lock, Abi.SEEK_SET);
        flock.l_start(lock, start);
        flock.l_len(lock, length);
        return lock;
    }

    private static int fcntl(int fd, int command, MemorySegment argument) {
        MemorySegment errno = Scratch.errno();
        try {
            int result;
            do {
                result =
                        Scratch.result(
                                (int) FCNTL.invokeExact(errno, fd, command, argument), errno);
            } while (Errno.of(result) == Errno.EINTR);
            return result;
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }
}
