// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.sys;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * {@code sys/mman.h}, and {@code posix_fallocate} of {@code fcntl.h}: shared memory and mappings.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/shm_overview.7.html">shm_overview(7)</a>
 */
public final class MmanCalls {
    /**
     * Mappings begin at multiples of this in their file: the size of the largest page that a
     * processor of ours has, so that its own need not be asked for.
     */
    public static final long UNIT = 1 << 16;

    private static final long MAP_FAILED = -1;

    private static final MethodHandle SHM_OPEN =
            Native.link("shm_open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));
    private static final MethodHandle SHM_UNLINK =
            Native.link("shm_unlink", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    private static final MethodHandle POSIX_FALLOCATE =
            Native.link(
                    "posix_fallocate",
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle MMAP =
            Native.link(
                    "mmap",
                    FunctionDescriptor.of(
                            ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));
    private static final MethodHandle MUNMAP =
            Native.link("munmap", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG));
    private static final MethodHandle MSYNC =
            Native.link("msync", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle MEMFD_CREATE =
            Native.link("memfd_create", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));

    private MmanCalls() {}

    /**
     * Opens a shared memory object.
     *
     * @param name its name
     * @param flags {@code O_} constants
     * @param mode the permissions of an object that is created, less the umask
     * @return a new descriptor, or the negated error code
     */
    public static int shm_open(String name, int flags, int mode) {
        MemorySegment errno = Scratch.errno();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment nameC = arena.allocateFrom(name);
            return Scratch.result((int) SHM_OPEN.invokeExact(errno, nameC, flags, mode), errno);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Deletes the name of a shared memory object.
     *
     * @param name the name
     * @return 0, or the negated error code
     */
    public static int shm_unlink(String name) {
        MemorySegment errno = Scratch.errno();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment nameC = arena.allocateFrom(name);
            return Scratch.result((int) SHM_UNLINK.invokeExact(errno, nameC), errno);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Gives a file a size and reserves the space for it, so that no access can run out of it later.
     * Does so as often as a signal interrupts it.
     *
     * @param fd the file's descriptor
     * @param offset where the space begins
     * @param length how many bytes it has
     * @return 0, or the negated error code
     */
    public static int posix_fallocate(int fd, long offset, long length) {
        MemorySegment errno = Scratch.errno();
        try {
            int result;
            do { // it returns its error code
                result = -(int) POSIX_FALLOCATE.invokeExact(errno, fd, offset, length);
            } while (Errno.of(result) == Errno.EINTR);
            return result;
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Maps a file.
     *
     * @param length how many bytes; of none there is nothing to map
     * @param protection {@code PROT_} constants
     * @param flags {@code MAP_} constants
     * @param fd the file's descriptor
     * @param offset which byte of the file is the first, in whole {@link #UNIT}s
     * @param arena the mapping ends with it
     * @return the mapped bytes, or the error
     */
    public static Mapped mmap(
            long length, int protection, int flags, int fd, long offset, Arena arena) {
        if (length == 0) {
            return new Mapped(MemorySegment.NULL.reinterpret(0, arena, null), 0);
        }
        MemorySegment errno = Scratch.errno();
        try {
            MemorySegment address =
                    (MemorySegment)
                            MMAP.invokeExact(
                                    errno,
                                    MemorySegment.NULL,
                                    length,
                                    protection,
                                    flags,
                                    fd,
                                    offset);
            return address.address() == MAP_FAILED
                    ? new Mapped(MemorySegment.NULL, Scratch.failure(errno))
                    : new Mapped(
                            address.reinterpret(length, arena, mapped -> munmap(mapped, length)),
                            0);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * What was mapped.
     *
     * @param segment the bytes
     * @param result 0, or the negated error code
     */
    public record Mapped(MemorySegment segment, long result) {}

    /**
     * Waits until mapped bytes are in their file, on the disk.
     *
     * @param mapped the bytes, from the start of a mapping or whole {@link #UNIT}s later
     * @return 0, or the negated error code
     */
    public static int msync(MemorySegment mapped) {
        MemorySegment errno = Scratch.errno();
        try {
            int result;
            do {
                result =
                        Scratch.result(
                                (int)
                                        MSYNC.invokeExact(
                                                errno, mapped, mapped.byteSize(), Abi.MS_SYNC),
                                errno);
            } while (Errno.of(result) == Errno.EINTR);
            return result;
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Creates memory without a name.
     *
     * @param label what {@code /proc} calls it
     * @param flags {@code MFD_} constants
     * @return a new descriptor, or the negated error code
     */
    public static int memfd_create(String label, int flags) {
        MemorySegment errno = Scratch.errno();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment labelC = arena.allocateFrom(label);
            return Scratch.result((int) MEMFD_CREATE.invokeExact(errno, labelC, flags), errno);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    private static void munmap(MemorySegment address, long length) {
        MemorySegment errno = Scratch.errno();
        try {
            int unused =
                    (int)
                            MUNMAP.invokeExact(
                                    errno, address, length); // it fails only for what is no mapping
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }
}
