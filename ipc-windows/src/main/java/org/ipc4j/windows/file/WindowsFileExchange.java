// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.windows.file;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.file.FileVersion;
import org.ipc4j.spi.FileDraft;
import org.ipc4j.spi.LocalFile;
import org.ipc4j.spi.OpenFileVersion;
import org.ipc4j.spi.WaitingFileExchange;
import org.ipc4j.spi.WaitingFileLock;
import org.ipc4j.windows.sys.FileApi;
import org.ipc4j.windows.sys.HandleApi;
import org.ipc4j.windows.sys.Win32;
import org.ipc4j.windows.sys.Win32Error;

import java.io.IOException;
import java.nio.file.Path;

/** A file that is replaced by {@code MoveFileExW}. */
final class WindowsFileExchange extends WaitingFileExchange {
    private final LocalFile file;

    WindowsFileExchange(LocalFile file, Access access) {
        super(file, access, false);
        this.file = file;
    }

    @Override
    protected WaitingFileLock lockOf(LocalFile path, Access access) throws IpcException {
        return WindowsFileLock.createOrOpen(path, access);
    }

    @Override
    protected FileDraft create(Path path, Access access) throws IpcException {
        return new WindowsFileDraft(new LocalFile(path), file, access);
    }

    /** The JDK opens files so that they can be moved and deleted meanwhile. */
    @Override
    protected FileVersion open(Access access) throws IpcException {
        HandleApi.CloseHandle(RegularFile.open(file, access, Win32.FILE_READ_ATTRIBUTES));
        try {
            return OpenFileVersion.at(file.path());
        } catch (IOException e) {
            throw exception(e, "CreateFileW");
        }
    }

    @Override
    protected boolean delete(Path path) throws IpcException {
        LocalFile gone = new LocalFile(path);
        int result = FileApi.DeleteFileW(RegularFile.key(gone));
        return Win32Error.of(result) != Win32Error.ERROR_FILE_NOT_FOUND
                && RegularFile.check(result, "DeleteFileW", gone) == 0;
    }

    @Override
    protected IpcException exception(IOException failure, String call) {
        return RegularFile.exception(failure, call, file);
    }
}
