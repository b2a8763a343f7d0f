// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.windows.file;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import org.ipc4j.Access;
import org.ipc4j.IncompatibleException;
import org.ipc4j.IpcAccessDeniedException;
import org.ipc4j.IpcException;
import org.ipc4j.NameNotFoundException;
import org.ipc4j.spi.LocalFile;
import org.ipc4j.windows.sys.FileApi;
import org.ipc4j.windows.sys.HandleApi;
import org.ipc4j.windows.sys.Security;
import org.ipc4j.windows.sys.Win32;
import org.ipc4j.windows.sys.WindowsErrors;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;

/** Opens and creates regular files, in a way that leaves others every use of them. */
final class RegularFile {
    private static final int READ_WRITE = Win32.GENERIC_READ | Win32.GENERIC_WRITE;

    /** Longer paths need the prefix that switches off what Windows does to paths. */
    private static final int LONG = 247;

    private RegularFile() {}

    /** The path as the functions of Windows take it. */
    static String key(LocalFile file) {
        String path = file.path().toString();
        if (path.length() <= LONG || path.startsWith("\\\\?\\")) {
            return path;
        }
        return path.startsWith("\\\\") ? "\\\\?\\UNC" + path.substring(1) : "\\\\?\\" + path;
    }

    /**
     * Opens a file.
     *
     * @param rights what for
     * @return its handle
     * @throws IpcException if there is none, it is no regular file, or its owner is not accepted
     */
    static long open(LocalFile file, Access access, int rights) throws IpcException {
        requireRegular(file);
        long handle =
                FileApi.CreateFileW(
                        key(file),
                        rights | Security.toKnowOwner(access),
                        Win32.FILE_SHARE_ALL,
                        MemorySegment.NULL,
                        Win32.OPEN_EXISTING,
                        Win32.FILE_FLAG_OPEN_REPARSE_POINT);
        check(handle, "CreateFileW", file);
        try {
            Security.requireOwner(handle, file.name(), key(file), access);
            return handle;
        } catch (Throwable e) {
            HandleApi.CloseHandle(handle);
            throw e;
        }
    }

    private static void requireRegular(LocalFile file) throws IpcException {
        if (Files.exists(file.path(), NOFOLLOW_LINKS)
                && !Files.isRegularFile(file.path(), NOFOLLOW_LINKS)) {
            throw new IncompatibleException(
                    file.name(), "it is not a regular file; choose another path");
        }
    }

    /**
     * Creates an empty file.
     *
     * @return its handle, for reading and writing
     * @throws org.ipc4j.NameExistsException if there is something of that name
     */
    static long create(LocalFile file, Access access) throws IpcException {
        try (Arena arena = Arena.ofConfined()) {
            long handle =
                    FileApi.CreateFileW(
                            key(file),
                            READ_WRITE,
                            Win32.FILE_SHARE_ALL,
                            Security.attributes(file.name(), key(file), access, READ_WRITE, arena),
                            Win32.CREATE_NEW,
                            0);
            return check(handle, "CreateFileW", file);
        }
    }

    static long check(long result, String call, LocalFile file) throws IpcException {
        if (result < 0) {
            throw exception(result, call, file);
        }
        return result;
    }

    static IpcException exception(long result, String call, LocalFile file) {
        return WindowsErrors.exception(result, call, file.name(), key(file), "");
    }

    /** What the JDK says of a file that it looked at for us. */
    static IpcException exception(IOException failure, String call, LocalFile file) {
        String message = call + " was refused: " + failure.getMessage();
        IpcException exception =
                switch (failure) {
                    case NoSuchFileException e -> new NameNotFoundException(file.name(), message);
                    case AccessDeniedException e ->
                            new IpcAccessDeniedException(file.name(), message);
                    default -> new IpcException(file.name(), message);
                };
        exception.initCause(failure);
        return exception;
    }
}
