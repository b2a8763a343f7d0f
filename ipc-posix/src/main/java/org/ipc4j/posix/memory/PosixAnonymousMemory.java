// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.memory;

import static org.ipc4j.posix.sys.PosixErrors.check;

import org.ipc4j.Access;
import org.ipc4j.IncompatibleException;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.memory.AnonymousMemory;
import org.ipc4j.memory.AnonymousMemoryOptions;
import org.ipc4j.posix.sys.Abi;
import org.ipc4j.posix.sys.FcntlCalls;
import org.ipc4j.posix.sys.MmanCalls;
import org.ipc4j.posix.sys.OpenFile;
import org.ipc4j.posix.sys.PosixErrors;
import org.ipc4j.posix.sys.PosixNames;
import org.ipc4j.posix.sys.StatCalls;
import org.ipc4j.posix.sys.UnistdCalls;
import org.ipc4j.spi.AdoptableHandle;
import org.ipc4j.spi.AvailableMemory;
import org.ipc4j.spi.MappedMemory;
import org.ipc4j.spi.NativeHandle;
import org.ipc4j.spi.PassableHandle;
import org.ipc4j.stream.HandleKind;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * {@code memfd_create(2)} and seals.
 *
 * <p>The kernel checks a seal under the lock of the file, so what a seal forbids does not happen
 * once it is there; and it grants {@code F_SEAL_WRITE} only when nobody has the memory mapped for
 * writing.
 */
final class PosixAnonymousMemory extends MappedMemory implements AnonymousMemory, PassableHandle {
    private static final String LABEL = "ipc4j";
    private static final IpcName NAME = IpcName.ofNative("memfd:" + LABEL);
    private static final int READ_WRITE = Abi.PROT_READ | Abi.PROT_WRITE;
    private static final int SIZE = Abi.F_SEAL_SHRINK | Abi.F_SEAL_GROW | Abi.F_SEAL_SEAL;

    private final NativeHandle handle;

    private PosixAnonymousMemory(IpcName name, NativeHandle handle, int fd, View view) {
        super(
                name,
                "/proc/" + ProcessHandle.current().pid() + "/fd/" + fd,
                () -> {
                    view.arena.close();
                    handle.close();
                },
                view.segment);
        this.handle = handle;
    }

    /**
     * A mapping.
     *
     * @param segment the memory
     * @param arena ends the mapping
     */
    private record View(MemorySegment segment, Arena arena) {
        static View of(int fd, IpcName name, long byteSize, int protection) throws IpcException {
            Arena arena = Arena.ofShared();
            MmanCalls.Mapped mapped =
                    MmanCalls.mmap(byteSize, protection, Abi.MAP_SHARED, fd, 0, arena);
            if (mapped.result() < 0) {
                arena.close();
                throw PosixErrors.exception(mapped.result(), "mmap", name, name.value());
            }
            return new View(
                    protection == READ_WRITE ? mapped.segment() : mapped.segment().asReadOnly(),
                    arena);
        }
    }

    static AnonymousMemory create(AnonymousMemoryOptions options) throws IpcException {
        AvailableMemory.require(NAME, options.byteSize());
        int fd = MmanCalls.memfd_create(LABEL, Abi.MFD_CLOEXEC | Abi.MFD_ALLOW_SEALING);
        check(fd, "memfd_create", NAME, LABEL);
        NativeHandle handle = UnistdCalls.handle(NAME, fd);
        try {
            check(StatCalls.fchmod(fd, PosixNames.mode(Access.OWNER)), "fchmod", NAME, LABEL);
            reserve(fd, options.byteSize());
            View view = fill(fd, options);
            return new PosixAnonymousMemory(NAME, handle, fd, view);
        } catch (Throwable e) {
            handle.close();
            throw e;
        }
    }

    private static void reserve(int fd, long byteSize) throws IpcException {
        int result = MmanCalls.posix_fallocate(fd, 0, byteSize);
        if (result < 0) {
            throw PosixErrors.exception(
                    result, "posix_fallocate", NAME, LABEL, "no memory is left; ask for less");
        }
    }

    private static View fill(int fd, AnonymousMemoryOptions options) throws IpcException {
        View view = View.of(fd, NAME, options.byteSize(), READ_WRITE);
        try {
            options.initializer().accept(view.segment);
            switch (options.writers()) {
                case ALL -> seal(fd, SIZE);
                case CREATOR -> seal(fd, SIZE | Abi.F_SEAL_FUTURE_WRITE);
                case NOBODY -> {
                    view.arena.close();
                    seal(fd, SIZE | Abi.F_SEAL_WRITE);
                    view = View.of(fd, NAME, options.byteSize(), Abi.PROT_READ);
                }
            }
            return view;
        } catch (Throwable e) {
            if (view.segment.scope().isAlive()) {
                view.arena.close();
            }
            throw e;
        }
    }

    private static void seal(int fd, int seals) throws IpcException {
        check(FcntlCalls.fcntl_add_seals(fd, seals), "fcntl", NAME, LABEL);
    }

    static AnonymousMemory adopt(AdoptableHandle received, boolean sealed) throws IpcException {
        IpcName name = received.name();
        NativeHandle handle =
                received.take(HandleKind.MEMORY, value -> requireUsable((int) value, name, sealed));
        int fd = (int) handle.enter();
        try {
            long byteSize = OpenFile.size(fd, name);
            int protection = isWritable(fd, name) ? READ_WRITE : Abi.PROT_READ;
            return new PosixAnonymousMemory(
                    name, handle, fd, View.of(fd, name, byteSize, protection));
        } catch (Throwable e) {
            handle.close();
            throw e;
        } finally {
            handle.exit();
        }
    }

    private static void requireUsable(int fd, IpcName name, boolean sealed) throws IpcException {
        int seals = FcntlCalls.fcntl_get_seals(fd);
        if (seals < 0) {
            throw new IncompatibleException(name, "it is no memory of memfd_create(2)");
        }
        if (sealed && (seals & Abi.F_SEAL_SHRINK) == 0) {
            throw new IncompatibleException(
                    name,
                    "its sender can make it smaller while it is used, since it has no"
                            + " F_SEAL_SHRINK; if the sender is trusted, use adoptUnsealed");
        }
        if (OpenFile.size(fd, name) == 0) { // the seals first: from here on it stays as large
            throw new IncompatibleException(name, "it has no size");
        }
    }

    private static boolean isWritable(int fd, IpcName name) throws IpcException {
        int flags = check(FcntlCalls.fcntl_getfl(fd), "fcntl", name, name.value());
        int seals = check(FcntlCalls.fcntl_get_seals(fd), "fcntl", name, name.value());
        return (flags & Abi.O_ACCMODE) == Abi.O_RDWR
                && (seals & (Abi.F_SEAL_WRITE | Abi.F_SEAL_FUTURE_WRITE)) == 0;
    }

    @Override
    public NativeHandle handle() {
        return handle;
    }
}
