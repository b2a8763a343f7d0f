// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.file;

import org.ipc4j.Access;
import org.ipc4j.IpcAccessDeniedException;
import org.ipc4j.IpcException;
import org.ipc4j.NameExistsException;
import org.ipc4j.NameNotFoundException;
import org.ipc4j.file.FileLockHolder;
import org.ipc4j.file.FileLockMode;
import org.ipc4j.file.FileRange;
import org.ipc4j.posix.sys.Abi;
import org.ipc4j.posix.sys.Errno;
import org.ipc4j.posix.sys.FcntlCalls;
import org.ipc4j.posix.sys.OpenFile;
import org.ipc4j.posix.sys.RegularFile;
import org.ipc4j.posix.sys.UnistdCalls;
import org.ipc4j.spi.LocalFile;
import org.ipc4j.spi.WaitingFileLock;

import java.util.Optional;

/**
 * Locks of an open file description, {@code F_OFD_SETLK}. Each lock has a description of its own,
 * so the kernel keeps all of them apart, those of two threads as those of two processes.
 */
final class PosixFileLock extends WaitingFileLock {
    private static final int NONE = -1;

    private final LocalFile file;

    /** The file as it was found, whatever has become of its name. Nothing is locked through it. */
    private final int fd;

    /**
     * How {@link #fd} is open: with {@code O_RDWR}, or with {@code O_RDONLY} if that is refused.
     */
    private final int flags;

    /** A description without a lock, for the next one. */
    private int spare = NONE;

    private PosixFileLock(LocalFile file, int fd, int flags) {
        super(file);
        this.file = file;
        this.fd = fd;
        this.flags = flags;
    }

    static PosixFileLock open(LocalFile file, Access access) throws IpcException {
        try {
            return new PosixFileLock(file, RegularFile.open(file, access, Abi.O_RDWR), Abi.O_RDWR);
        } catch (IpcAccessDeniedException e) {
            if (e.error().isEmpty()) {
                throw e; // not the system refused it, but we
            }
            return new PosixFileLock(
                    file, RegularFile.open(file, access, Abi.O_RDONLY), Abi.O_RDONLY);
        }
    }

    static PosixFileLock createOrOpen(LocalFile file, Access access) throws IpcException {
        while (true) {
            try {
                return open(file, access);
            } catch (NameNotFoundException absent) {
                try {
                    return new PosixFileLock(file, RegularFile.create(file, access), Abi.O_RDWR);
                } catch (NameExistsException present) {
                    Thread.onSpinWait(); // somebody was quicker: open theirs
                }
            }
        }
    }

    @Override
    protected Release lockNow(FileLockMode mode, FileRange range) throws IpcException {
        if (mode == FileLockMode.EXCLUSIVE && flags == Abi.O_RDONLY) {
            throw new IpcAccessDeniedException(
                    name(), "this user may only read it, so it can have shared locks only");
        }
        int description = description();
        int result =
                FcntlCalls.fcntl_setlk(description, type(mode), range.position(), length(range));
        if (result == 0) {
            return () -> release(description);
        }
        keep(description);
        return switch (Errno.of(result)) {
            case EAGAIN, EACCES -> null;
            default -> throw RegularFile.exception(result, "fcntl", file);
        };
    }

    private int description() throws IpcException {
        int description = spare;
        spare = NONE;
        if (description == NONE) {
            String self = OpenFile.path(fd).toString();
            description = FcntlCalls.open(self, flags | Abi.O_CLOEXEC, 0);
            if (description < 0) {
                throw RegularFile.exception(description, "open", file);
            }
        }
        return description;
    }

    private void release(int description) {
        if (spare != NONE || FcntlCalls.fcntl_setlk(description, Abi.F_UNLCK, 0, 0) < 0) {
            UnistdCalls.close(description); // unlocks too
        } else {
            spare = description;
        }
    }

    private void keep(int description) {
        if (spare == NONE) {
            spare = description;
        } else {
            UnistdCalls.close(description);
        }
    }

    @Override
    protected Optional<FileLockHolder> holderNow(FileLockMode mode, FileRange range)
            throws IpcException {
        FcntlCalls.FileLock lock =
                FcntlCalls.fcntl_getlk(fd, type(mode), range.position(), length(range));
        if (lock.result() < 0) {
            throw RegularFile.exception(lock.result(), "fcntl", file);
        }
        if (lock.type() == Abi.F_UNLCK) {
            return Optional.empty();
        }
        FileRange locked =
                new FileRange(
                        lock.start(),
                        lock.length() == 0 ? Long.MAX_VALUE - lock.start() : lock.length());
        return Optional.of(
                new FileLockHolder(
                        LockOwner.of(fd, name(), lock),
                        lock.type() == Abi.F_WRLCK ? FileLockMode.EXCLUSIVE : FileLockMode.SHARED,
                        locked));
    }

    private static short type(FileLockMode mode) {
        return mode == FileLockMode.EXCLUSIVE ? Abi.F_WRLCK : Abi.F_RDLCK;
    }

    /** To the kernel, a range that has no end has no length either. */
    private static long length(FileRange range) {
        return range.end() == Long.MAX_VALUE ? 0 : range.size();
    }

    @Override
    protected void closeFile() {
        if (spare != NONE) {
            UnistdCalls.close(spare);
        }
        UnistdCalls.close(fd);
    }
}
