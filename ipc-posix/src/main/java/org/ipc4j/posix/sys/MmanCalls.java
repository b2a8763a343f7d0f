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
     *
     * @param fd the file's descriptor
     * @param offset where the space begins
     * @param length how many bytes it has
     * @return 0, or the negated error code
     */
    public static int posix_fallocate(int fd, long offset, long length) {
        MemorySegment errno = Scratch.errno();
        try {
            return -(int)
                    POSIX_FALLOCATE.invokeExact(
                            errno, fd, offset, length); // it returns its error code
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Maps a file, all of it shared.
     *
     * @param length how many bytes
     * @param protection {@code PROT_} constants
     * @param fd the file's descriptor
     * @param arena the mapping ends with it
     * @return the mapped bytes; a segment of zero bytes whose address is the negated error code if
     *     the system refuses
     */
    public static MemorySegment mmap(long length, int protection, int fd, Arena arena) {
        MemorySegment errno = Scratch.errno();
        try {
            MemorySegment address =
                    (MemorySegment)
                            MMAP.invokeExact(
                                    errno,
                                    MemorySegment.NULL,
                                    length,
                                    protection,
                                    Abi.MAP_SHARED,
                                    fd,
                                    0L);
            return address.address() == MAP_FAILED
                    ? MemorySegment.ofAddress(Scratch.failure(errno))
                    : address.reinterpret(length, arena, mapped -> munmap(mapped, length));
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
