// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.windows.file;

import org.ipc4j.Access;
import org.ipc4j.IpcAccessDeniedException;
import org.ipc4j.IpcException;
import org.ipc4j.NameExistsException;
import org.ipc4j.NameNotFoundException;
import org.ipc4j.file.FileLockHolder;
import org.ipc4j.file.FileLockMode;
import org.ipc4j.file.FileRange;
import org.ipc4j.spi.LocalFile;
import org.ipc4j.spi.WaitingFileLock;
import org.ipc4j.windows.sys.FileApi;
import org.ipc4j.windows.sys.HandleApi;
import org.ipc4j.windows.sys.Win32;
import org.ipc4j.windows.sys.Win32Error;
import org.ipc4j.windows.sys.WinbaseApi;

import java.util.Optional;

/**
 * Locks by {@code LockFileEx}. Each has a handle of its own: Windows keeps the locks of one handle
 * apart from those of another, and unlocks by exact range only.
 */
final class WindowsFileLock extends WaitingFileLock {
    private static final int READ_WRITE = Win32.GENERIC_READ | Win32.GENERIC_WRITE;

    private final LocalFile file;

    /** The file as it was found, whatever has become of its name. Nothing is locked through it. */
    private final long handle;

    /** What {@link #handle} is open for: to read and write, or to read if that is refused. */
    private final int rights;

    private WindowsFileLock(LocalFile file, long handle, int rights) {
        super(file);
        this.file = file;
        this.handle = handle;
        this.rights = rights;
    }

    static WindowsFileLock open(LocalFile file, Access access) throws IpcException {
        try {
            return new WindowsFileLock(
                    file, RegularFile.open(file, access, READ_WRITE), READ_WRITE);
        } catch (IpcAccessDeniedException e) {
            if (e.error().isEmpty()) {
                throw e; // not the system refused it, but we
            }
            int rights = Win32.GENERIC_READ;
            return new WindowsFileLock(file, RegularFile.open(file, access, rights), rights);
        }
    }

    static WindowsFileLock createOrOpen(LocalFile file, Access access) throws IpcException {
        while (true) {
            try {
                return open(file, access);
            } catch (NameNotFoundException absent) {
                try {
                    long handle = RegularFile.create(file, access);
                    return new WindowsFileLock(file, handle, READ_WRITE);
                } catch (NameExistsException present) {
                    Thread.onSpinWait(); // somebody was quicker: open theirs
                }
            }
        }
    }

    /** Windows would let a reader lock exclusively, too; this is as it is elsewhere. */
    @Override
    protected Release lockNow(FileLockMode mode, FileRange range) throws IpcException {
        boolean isExclusive = mode == FileLockMode.EXCLUSIVE;
        if (isExclusive && rights != READ_WRITE) {
            throw new IpcAccessDeniedException(
                    name(), "this user may only read it, so it can have shared locks only");
        }
        long own =
                RegularFile.check(
                        WinbaseApi.ReOpenFile(handle, rights, Win32.FILE_SHARE_ALL, 0),
                        "ReOpenFile",
                        file);
        int flags =
                Win32.LOCKFILE_FAIL_IMMEDIATELY | (isExclusive ? Win32.LOCKFILE_EXCLUSIVE_LOCK : 0);
        int result = FileApi.LockFileEx(own, flags, range.position(), range.size());
        if (result == 0) {
            return () -> release(own, range);
        }
        HandleApi.CloseHandle(own);
        return switch (Win32Error.of(result)) {
            case ERROR_LOCK_VIOLATION, ERROR_IO_PENDING -> null;
            default -> throw RegularFile.exception(result, "LockFileEx", file);
        };
    }

    /** Closing the handle unlocks too, but Windows does not say how soon. */
    private static void release(long own, FileRange range) {
        FileApi.UnlockFileEx(own, range.position(), range.size());
        HandleApi.CloseHandle(own);
    }

    @Override
    protected Optional<FileLockHolder> holderNow(FileLockMode mode, FileRange range) {
        throw new UnsupportedOperationException(
                "Windows does not tell who holds a lock; see Capability.LOCK_HOLDER");
    }

    @Override
    protected void closeFile() {
        HandleApi.CloseHandle(handle);
    }
}
