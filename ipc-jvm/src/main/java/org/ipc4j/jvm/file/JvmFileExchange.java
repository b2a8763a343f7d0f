// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.file;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import org.ipc4j.Access;
import org.ipc4j.IncompatibleException;
import org.ipc4j.IpcException;
import org.ipc4j.file.FileVersion;
import org.ipc4j.jvm.sys.Deletion;
import org.ipc4j.jvm.sys.FileErrors;
import org.ipc4j.jvm.sys.FileWork;
import org.ipc4j.spi.FileDraft;
import org.ipc4j.spi.FileOwner;
import org.ipc4j.spi.LocalFile;
import org.ipc4j.spi.OpenFileVersion;
import org.ipc4j.spi.WaitingFileExchange;
import org.ipc4j.spi.WaitingFileLock;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file that is replaced by an atomic move. */
final class JvmFileExchange extends WaitingFileExchange {
    private final LocalFile file;

    JvmFileExchange(LocalFile file, Access access) {
        super(file, access, false);
        this.file = file;
    }

    @Override
    protected WaitingFileLock lockOf(LocalFile path, Access access) throws IpcException {
        return JvmFileLock.createOrOpen(path, access);
    }

    @Override
    protected FileDraft create(Path path, Access access) throws IpcException {
        return new JvmFileDraft(path, file.path(), access);
    }

    @Override
    protected FileVersion open(Access access) throws IpcException {
        return FileWork.call("open", name(), () -> openAccepted(access));
    }

    private FileVersion openAccepted(Access access) throws IOException {
        Path path = file.path();
        if (!Files.isRegularFile(path, NOFOLLOW_LINKS)) {
            if (Files.exists(path, NOFOLLOW_LINKS)) {
                throw new IncompatibleException(
                        name(), "it is not a regular file; choose another path");
            }
            throw new NoSuchFileException(path.toString());
        }
        FileOwner.require(name(), path, access, NOFOLLOW_LINKS);
        return OpenFileVersion.at(path);
    }

    @Override
    protected boolean delete(Path path) throws IpcException {
        return FileWork.call("delete", name(), () -> Deletion.delete(path));
    }

    /** A thread for all of it costs less than one for each step. */
    @Override
    protected <T> T inOneGo(Steps<T> steps) throws IpcException {
        return FileWork.call("publish", name(), steps::run);
    }

    @Override
    protected IpcException exception(IOException failure, String call) {
        return FileErrors.exception(failure, call, name());
    }
}
