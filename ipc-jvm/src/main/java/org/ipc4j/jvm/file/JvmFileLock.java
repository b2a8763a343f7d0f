// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.file;

import org.ipc4j.Access;
import org.ipc4j.IpcAccessDeniedException;
import org.ipc4j.IpcException;
import org.ipc4j.file.FileLockHolder;
import org.ipc4j.file.FileLockMode;
import org.ipc4j.file.FileRange;
import org.ipc4j.jvm.sys.FileErrors;
import org.ipc4j.jvm.sys.FileWork;
import org.ipc4j.spi.LocalFile;
import org.ipc4j.spi.WaitingFileLock;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/** Locks by {@link java.nio.channels.FileChannel#tryLock(long, long, boolean)}. */
final class JvmFileLock extends WaitingFileLock {
    private final LockedFile locked;

    private JvmFileLock(LocalFile file, LockedFile locked) {
        super(file);
        this.locked = locked;
    }

    static JvmFileLock open(LocalFile file, Access access) throws IpcException {
        return new JvmFileLock(
                file, FileWork.call("open", file.name(), () -> LockedFile.open(file, access)));
    }

    static JvmFileLock createOrOpen(LocalFile file, Access access) throws IpcException {
        return new JvmFileLock(
                file, FileWork.call("open", file.name(), () -> openOrCreate(file, access)));
    }

    private static LockedFile openOrCreate(LocalFile file, Access access) throws IOException {
        while (true) {
            try {
                return LockedFile.open(file, access);
            } catch (NoSuchFileException absent) {
                try {
                    LockedFile.create(file, access);
                } catch (FileAlreadyExistsException present) {
                    Thread.onSpinWait(); // somebody was quicker: open theirs
                }
            }
        }
    }

    @Override
    protected Release lockNow(FileLockMode mode, FileRange range) throws IpcException {
        if (mode == FileLockMode.EXCLUSIVE && locked.isReadOnly()) {
            throw new IpcAccessDeniedException(
                    name(), "this user may only read it, so it can have shared locks only");
        }
        try {
            LockedFile.Taken taken = locked.tryLock(mode, range);
            return taken == null ? null : () -> release(taken);
        } catch (IOException e) {
            throw FileErrors.exception(e, "lock", name());
        }
    }

    private void release(LockedFile.Taken taken) {
        try {
            locked.release(taken);
        } catch (IOException e) {
            throw new UncheckedIOException("a lock that was held", e);
        }
    }

    @Override
    protected Optional<FileLockHolder> holderNow(FileLockMode mode, FileRange range) {
        throw new UnsupportedOperationException(
                "Java does not tell who holds a lock; see Capability.LOCK_HOLDER");
    }

    @Override
    protected void closeFile() {
        try {
            FileWork.call(() -> {
                locked.close();
                return null;
            });
        } catch (IOException e) {
            throw new UncheckedIOException("a file into which nothing was written", e);
        }
    }
}
