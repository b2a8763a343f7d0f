// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.memory;

import static org.ipc4j.posix.sys.PosixErrors.check;

import org.ipc4j.Access;
import org.ipc4j.IncompatibleException;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.memory.SharedMemory;
import org.ipc4j.memory.SharedMemoryOptions;
import org.ipc4j.posix.sys.Abi;
import org.ipc4j.posix.sys.FcntlCalls;
import org.ipc4j.posix.sys.MmanCalls;
import org.ipc4j.posix.sys.OpenFile;
import org.ipc4j.posix.sys.PosixErrors;
import org.ipc4j.posix.sys.PosixNames;
import org.ipc4j.posix.sys.StatCalls;
import org.ipc4j.posix.sys.UnistdCalls;
import org.ipc4j.spi.AvailableMemory;
import org.ipc4j.spi.MappedMemory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/**
 * {@code shm_open(3)} and {@code mmap(2)}.
 *
 * <p>A new object is made as a file without a name in the directory where {@code shm_open} looks,
 * and gets its name when it has its permissions, its space and its content.
 */
final class PosixSharedMemory extends MappedMemory {
    private static final long PATIENCE_NANOS = 2_000_000_000;
    private static final long LOOK_AGAIN_NANOS = 1_000_000;

    private PosixSharedMemory(IpcName name, Arena arena, MemorySegment segment) {
        super(name, PosixNames.key(name), arena::close, segment);
    }

    static SharedMemory create(IpcName name, SharedMemoryOptions options) throws IpcException {
        AvailableMemory.require(name, options.byteSize());
        Path folder = PosixNames.FOLDER;
        int fd =
                check(
                        FcntlCalls.open(
                                folder.toString(), Abi.O_TMPFILE | Abi.O_RDWR | Abi.O_CLOEXEC, 0),
                        "open",
                        name,
                        folder.toString());
        try {
            check(
                    StatCalls.fchmod(fd, PosixNames.mode(options.access())),
                    "fchmod",
                    name,
                    PosixNames.key(name));
            reserve(fd, name, options.byteSize());
            PosixSharedMemory memory =
                    map(fd, name, options.byteSize(), Abi.PROT_READ | Abi.PROT_WRITE);
            try {
                options.initializer().accept(memory.segment());
                publish(fd, name);
                return memory;
            } catch (IpcException | RuntimeException | Error e) {
                memory.close();
                throw e;
            }
        } finally {
            UnistdCalls.close(fd);
        }
    }

    private static void reserve(int fd, IpcName name, long byteSize) throws IpcException {
        int result = MmanCalls.posix_fallocate(fd, 0, byteSize);
        check(result, "posix_fallocate", name, PosixNames.key(name));
    }

    private static void publish(int fd, IpcName name) throws IpcException {
        int result =
                UnistdCalls.linkat(
                        Abi.AT_FDCWD,
                        OpenFile.path(fd).toString(),
                        Abi.AT_FDCWD,
                        PosixNames.file("", name).toString(),
                        Abi.AT_SYMLINK_FOLLOW);
        check(result, "linkat", name, PosixNames.key(name));
    }

    static SharedMemory open(IpcName name, Access access, int flags) throws IpcException {
        String key = PosixNames.key(name);
        int fd = check(MmanCalls.shm_open(key, flags, 0), "shm_open", name, key);
        try {
            OpenFile.requireOwner(fd, name, access);
            int protection = flags == Abi.O_RDONLY ? Abi.PROT_READ : Abi.PROT_READ | Abi.PROT_WRITE;
            return map(fd, name, awaitSize(fd, name), protection);
        } finally {
            UnistdCalls.close(fd);
        }
    }

    /** A program that creates with {@code shm_open} gives the size only afterwards. */
    private static long awaitSize(int fd, IpcName name) throws IpcException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        long size = OpenFile.size(fd, name);
        while (size == 0 && System.nanoTime() < deadline) {
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
            size = OpenFile.size(fd, name);
        }
        if (size == 0) {
            throw new IncompatibleException(
                    name,
                    "it has no size; its creator has died, or never called ftruncate; remove it");
        }
        return size;
    }

    private static PosixSharedMemory map(int fd, IpcName name, long byteSize, int protection)
            throws IpcException {
        Arena arena = Arena.ofShared();
        MmanCalls.Mapped mapped =
                MmanCalls.mmap(byteSize, protection, Abi.MAP_SHARED, fd, 0, arena);
        if (mapped.result() < 0) {
            arena.close();
            throw PosixErrors.exception(mapped.result(), "mmap", name, PosixNames.key(name));
        }
        MemorySegment segment = mapped.segment();
        boolean readOnly = (protection & Abi.PROT_WRITE) == 0;
        return new PosixSharedMemory(name, arena, readOnly ? segment.asReadOnly() : segment);
    }
}
