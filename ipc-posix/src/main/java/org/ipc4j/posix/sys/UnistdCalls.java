// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.sys;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import org.ipc4j.IpcName;
import org.ipc4j.spi.NativeHandle;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * {@code unistd.h}: descriptors and names.
 *
 * @see <a href="https://man7.org/linux/man-pages/man0/unistd.h.0p.html">unistd(h.0p)</a>
 */
public final class UnistdCalls {
    private static final MethodHandle CLOSE =
            Native.link("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle READ =
            Native.link("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    private static final MethodHandle WRITE =
            Native.link("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    private static final MethodHandle LINKAT =
            Native.link(
                    "linkat",
                    FunctionDescriptor.of(
                            JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle UNLINK =
            Native.link("unlink", FunctionDescriptor.of(JAVA_INT, ADDRESS));

    private static final MethodHandle FSYNC =
            Native.link("fsync", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle PIPE2 =
            Native.link("pipe2", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));

    private static final MethodHandle GETEUID_CRITICAL =
            Native.linkCritical("geteuid", FunctionDescriptor.of(JAVA_INT));

    private UnistdCalls() {}

    /**
     * Tells who runs this process.
     *
     * @return the effective user
     */
    public static int geteuid() {
        try {
            return (int) GETEUID_CRITICAL.invokeExact();
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Closes a descriptor.
     *
     * @param fd the descriptor
     * @return 0, or the negated error code
     */
    public static int close(int fd) {
        MemorySegment errno = Scratch.errno();
        try {
            return Scratch.result((int) CLOSE.invokeExact(errno, fd), errno);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Takes over a descriptor, to be closed once.
     *
     * @param name the object's name, for messages
     * @param fd the descriptor
     * @return the handle; its value is the descriptor
     */
    public static NativeHandle handle(IpcName name, int fd) {
        return new NativeHandle(name, fd, opened -> close((int) opened));
    }

    /**
     * Reads bytes.
     *
     * @param fd the descriptor
     * @param buffer where they go
     * @param count how many at most
     * @return how many; 0 at the end; or the negated error code
     */
    public static long read(int fd, MemorySegment buffer, long count) {
        MemorySegment errno = Scratch.errno();
        try {
            return Scratch.result((long) READ.invokeExact(errno, fd, buffer, count), errno);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Writes bytes.
     *
     * @param fd the descriptor
     * @param buffer the bytes
     * @param count how many at most
     * @return how many, or the negated error code
     */
    public static long write(int fd, MemorySegment buffer, long count) {
        MemorySegment errno = Scratch.errno();
        try {
            return Scratch.result((long) WRITE.invokeExact(errno, fd, buffer, count), errno);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * The two ends of a pipe.
     *
     * @param result 0, or the negated error code; then the rest means nothing
     * @param reader the descriptor that is read
     * @param writer the descriptor that is written
     */
    public record Pipe(int result, int reader, int writer) {}

    /**
     * Makes a pipe.
     *
     * @param flags {@code O_NONBLOCK}, {@code O_CLOEXEC}
     * @return its ends
     * @see <a href="https://man7.org/linux/man-pages/man2/pipe.2.html">pipe(2)</a>
     */
    public static Pipe pipe2(int flags) {
        MemorySegment errno = Scratch.errno();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment ends = arena.allocate(JAVA_INT, 2);
            int result = Scratch.result((int) PIPE2.invokeExact(errno, ends, flags), errno);
            return new Pipe(result, ends.getAtIndex(JAVA_INT, 0), ends.getAtIndex(JAVA_INT, 1));
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Waits until a file is on the disk, as often as a signal interrupts it.
     *
     * @param fd the descriptor, also of a directory
     * @return 0, or the negated error code
     */
    public static int fsync(int fd) {
        MemorySegment errno = Scratch.errno();
        try {
            int result;
            do {
                result = Scratch.result((int) FSYNC.invokeExact(errno, fd), errno);
            } while (Errno.of(result) == Errno.EINTR);
            return result;
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Gives a file another name.
     *
     * @param fromFolder a folder's descriptor, or {@link Abi#AT_FDCWD}
     * @param from the file
     * @param toFolder a folder's descriptor, or {@link Abi#AT_FDCWD}
     * @param to the name, which must be free
     * @param flags {@code AT_} constants
     * @return 0, or the negated error code
     */
    public static int linkat(int fromFolder, String from, int toFolder, String to, int flags) {
        MemorySegment errno = Scratch.errno();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment fromC = arena.allocateFrom(from);
            MemorySegment toC = arena.allocateFrom(to);
            return Scratch.result(
                    (int) LINKAT.invokeExact(errno, fromFolder, fromC, toFolder, toC, flags),
                    errno);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Deletes a name.
     *
     * @param path the name
     * @return 0, or the negated error code
     */
    public static int unlink(String path) {
        MemorySegment errno = Scratch.errno();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment pathC = arena.allocateFrom(path);
            return Scratch.result((int) UNLINK.invokeExact(errno, pathC), errno);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }
}
