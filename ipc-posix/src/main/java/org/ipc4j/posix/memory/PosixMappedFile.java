// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.memory;

import org.ipc4j.Access;
import org.ipc4j.IncompatibleException;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.NameExistsException;
import org.ipc4j.memory.MappedFile;
import org.ipc4j.memory.MappedFileMode;
import org.ipc4j.memory.MappedFileOptions;
import org.ipc4j.posix.sys.Abi;
import org.ipc4j.posix.sys.Errno;
import org.ipc4j.posix.sys.FcntlCalls;
import org.ipc4j.posix.sys.MmanCalls;
import org.ipc4j.posix.sys.OpenFile;
import org.ipc4j.posix.sys.PosixNames;
import org.ipc4j.posix.sys.RegularFile;
import org.ipc4j.posix.sys.StatCalls;
import org.ipc4j.posix.sys.UnistdCalls;
import org.ipc4j.spi.AdoptableHandle;
import org.ipc4j.spi.AvailableMemory;
import org.ipc4j.spi.CheckedMappedFile;
import org.ipc4j.spi.LocalFile;
import org.ipc4j.spi.Mapping;
import org.ipc4j.spi.NativeHandle;
import org.ipc4j.spi.PassableHandle;
import org.ipc4j.stream.HandleKind;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** {@code mmap(2)} of a file. */
final class PosixMappedFile extends CheckedMappedFile<PosixMappedFile.Pages>
        implements PassableHandle {
    /** Whole pages, of which the first may begin somewhat before the segment. */
    static final class Pages extends Mapping {
        private final MemorySegment whole;

        private Pages(IpcName name, MemorySegment segment, Runnable unmap, MemorySegment whole) {
            super(name, segment, unmap);
            this.whole = whole;
        }
    }

    private final LocalFile file;
    private final MappedFileMode mode;
    private final long position;
    private final NativeHandle handle;

    private PosixMappedFile(
            LocalFile file, MappedFileOptions options, NativeHandle handle, Pages first) {
        super(file, options, first);
        this.file = file;
        this.mode = options.mode();
        this.position = options.range().position();
        this.handle = handle;
    }

    static MappedFile create(LocalFile file, long byteSize, Access access) throws IpcException {
        if (Files.exists(file.path(), LinkOption.NOFOLLOW_LINKS)) { // before there is any work
            throw new NameExistsException(
                    file.name(), "the name is taken; open it, or remove it first");
        }
        AvailableMemory.requireIn(file.name(), folder(file), byteSize);
        int fd =
                FcntlCalls.open(
                        folder(file).toString(), Abi.O_TMPFILE | Abi.O_RDWR | Abi.O_CLOEXEC, 0);
        return switch (Errno.of(fd)) {
            case EOPNOTSUPP, EISDIR, ENOENT -> createNamed(file, byteSize, access);
            default -> createNameless(RegularFile.check(fd, "open", file), file, byteSize, access);
        };
    }

    private static MappedFile createNameless(int fd, LocalFile file, long byteSize, Access access)
            throws IpcException {
        MappedFile created;
        try {
            int mode = PosixNames.mode(access);
            RegularFile.check(StatCalls.fchmod(fd, mode), "fchmod", file);
            reserve(fd, file, 0, byteSize);
            created = map(fd, file, MappedFileOptions.DEFAULT.withAccess(access));
        } catch (Throwable e) {
            UnistdCalls.close(fd);
            throw e;
        }
        int linked =
                UnistdCalls.linkat(
                        Abi.AT_FDCWD,
                        OpenFile.path(fd).toString(),
                        Abi.AT_FDCWD,
                        file.path().toString(),
                        Abi.AT_SYMLINK_FOLLOW);
        if (linked < 0) {
            created.close();
            throw RegularFile.exception(linked, "linkat", file);
        }
        return created;
    }

    /** Where a file cannot be without a name, it is seen while it is made. */
    private static MappedFile createNamed(LocalFile file, long byteSize, Access access)
            throws IpcException {
        int fd = RegularFile.create(file, access);
        try {
            reserve(fd, file, 0, byteSize);
            return map(fd, file, MappedFileOptions.DEFAULT.withAccess(access));
        } catch (Throwable e) {
            UnistdCalls.unlink(file.path().toString());
            UnistdCalls.close(fd);
            throw e;
        }
    }

    static MappedFile open(LocalFile file, MappedFileOptions options) throws IpcException {
        boolean isWritten = options.mode() == MappedFileMode.READ_WRITE;
        int fd = RegularFile.open(file, options.access(), isWritten ? Abi.O_RDWR : Abi.O_RDONLY);
        try {
            return map(fd, file, options);
        } catch (Throwable e) {
            UnistdCalls.close(fd);
            throw e;
        }
    }

    static MappedFile adopt(AdoptableHandle received, MappedFileOptions options)
            throws IpcException {
        NativeHandle handle =
                received.take(
                        HandleKind.FILE, value -> requireUsable((int) value, received, options));
        LocalFile file = new LocalFile(OpenFile.path((int) handle.enter()));
        try {
            return map(handle, file, options);
        } catch (Throwable e) {
            handle.close();
            throw e;
        } finally {
            handle.exit();
        }
    }

    private static void requireUsable(int fd, AdoptableHandle received, MappedFileOptions options)
            throws IpcException {
        OpenFile open = OpenFile.of(fd, received.name());
        if (!open.isRegular()) {
            throw new IncompatibleException(received.name(), "it is not a regular file");
        }
        open.requireOwner(received.name(), options.access());
        length(received.name(), options, open.size());
    }

    /** Takes over a descriptor, unless it throws. */
    private static MappedFile map(int fd, LocalFile file, MappedFileOptions options)
            throws IpcException {
        return map(UnistdCalls.handle(file.name(), fd), file, options);
    }

    private static MappedFile map(NativeHandle handle, LocalFile file, MappedFileOptions options)
            throws IpcException {
        long value = handle.enter();
        try {
            int fd = (int) value;
            long length = length(file.name(), options, OpenFile.size(fd, file.name()));
            Pages first = map(fd, file, options.mode(), options.range().position(), length);
            return new PosixMappedFile(file, options, handle, first);
        } finally {
            handle.exit();
        }
    }

    /** Maps from any byte, though the system begins where pages do. */
    private static Pages map(
            int fd, LocalFile file, MappedFileMode mode, long position, long byteSize)
            throws IpcException {
        int protection =
                mode == MappedFileMode.READ_ONLY ? Abi.PROT_READ : Abi.PROT_READ | Abi.PROT_WRITE;
        int flags = mode == MappedFileMode.PRIVATE ? Abi.MAP_PRIVATE : Abi.MAP_SHARED;
        long before = byteSize == 0 ? 0 : position % MmanCalls.UNIT;
        Arena arena = Arena.ofShared();
        MmanCalls.Mapped mapped =
                MmanCalls.mmap(before + byteSize, protection, flags, fd, position - before, arena);
        if (mapped.result() < 0) {
            arena.close();
            throw RegularFile.exception(mapped.result(), "mmap", file);
        }
        MemorySegment segment = mapped.segment().asSlice(before);
        return new Pages(
                file.name(),
                mode == MappedFileMode.READ_ONLY ? segment.asReadOnly() : segment,
                arena::close,
                mapped.segment());
    }

    private static void reserve(int fd, LocalFile file, long from, long to) throws IpcException {
        RegularFile.check(MmanCalls.posix_fallocate(fd, from, to - from), "posix_fallocate", file);
    }

    private static Path folder(LocalFile file) {
        Path folder = file.path().getParent();
        if (folder == null) {
            throw new IllegalArgumentException(file.path() + " is no file");
        }
        return folder;
    }

    @Override
    public NativeHandle handle() {
        return handle;
    }

    @Override
    protected long sizeNow() throws IpcException {
        long fd = handle.enter();
        try {
            return OpenFile.size((int) fd, name());
        } finally {
            handle.exit();
        }
    }

    @Override
    protected Pages mapNow(long byteSize) throws IpcException {
        long fd = handle.enter();
        try {
            return map((int) fd, file, mode, position, byteSize);
        } finally {
            handle.exit();
        }
    }

    @Override
    protected void reserveNow(long from, long to) throws IpcException {
        AvailableMemory.requireIn(name(), folder(file), to - from);
        long fd = handle.enter();
        try {
            reserve((int) fd, file, from, to);
        } finally {
            handle.exit();
        }
    }

    @Override
    protected void forceNow(Pages mapping, long offset, long length) throws IpcException {
        long begin = mapping.whole.byteSize() - mapping.segment().byteSize() + offset;
        long start = begin / MmanCalls.UNIT * MmanCalls.UNIT;
        MemorySegment forced = mapping.whole.asSlice(start, begin - start + length);
        RegularFile.check(MmanCalls.msync(forced), "msync", file);
    }

    @Override
    protected void closeFile() {
        handle.close();
    }
}
