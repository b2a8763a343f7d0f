// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.sys;

import org.ipc4j.Access;
import org.ipc4j.IncompatibleException;
import org.ipc4j.IpcAccessDeniedException;
import org.ipc4j.IpcException;
import org.ipc4j.NameNotFoundException;
import org.ipc4j.spi.LocalFile;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/**
 * Opens and creates regular files, and nothing else that may have their names.
 *
 * <p>{@code O_NONBLOCK} means nothing to a regular file; whoever has put a FIFO there does not make
 * us wait for its other end.
 */
public final class RegularFile {
    private static final int SAFELY = Abi.O_NOFOLLOW | Abi.O_NONBLOCK | Abi.O_CLOEXEC;

    private RegularFile() {}

    /**
     * Opens a file.
     *
     * @param flags how
     * @return its descriptor
     * @throws IpcException if there is none, it is no regular file, or its owner is not accepted
     */
    public static int open(LocalFile file, Access access, int flags) throws IpcException {
        int fd = FcntlCalls.open(file.path().toString(), flags | SAFELY, 0);
        if (fd < 0) {
            throw exception(fd, "open", file);
        }
        try {
            if (!OpenFile.of(fd, file.name()).isRegular()) {
                throw new IncompatibleException(
                        file.name(), "it is not a regular file; choose another path");
            }
            OpenFile.requireOwner(fd, file.name(), access);
            return fd;
        } catch (Throwable e) {
            UnistdCalls.close(fd);
            throw e;
        }
    }

    /**
     * Creates an empty file, with its permissions whatever the umask.
     *
     * @return its descriptor, for reading and writing
     * @throws org.ipc4j.NameExistsException if there is something of that name
     */
    public static int create(LocalFile file, Access access) throws IpcException {
        int mode = PosixNames.mode(access);
        int flags = Abi.O_RDWR | Abi.O_CREAT | Abi.O_EXCL | SAFELY;
        int fd = FcntlCalls.open(file.path().toString(), flags, mode);
        if (fd < 0) {
            throw exception(fd, "open", file);
        }
        int result = StatCalls.fchmod(fd, mode);
        if (result < 0) {
            UnistdCalls.close(fd);
            throw exception(result, "fchmod", file);
        }
        return fd;
    }

    /**
     * Lets a good result through.
     *
     * @param result what a call returned
     * @param call the call's C name
     * @param file the file
     * @return {@code result}
     * @throws IpcException if it is a negated error code
     */
    public static int check(int result, String call, LocalFile file) throws IpcException {
        if (result < 0) {
            throw exception(result, call, file);
        }
        return result;
    }

    /** Makes the exception for a refused call; a full disk is that of the file. */
    public static IpcException exception(long result, String call, LocalFile file) {
        String key = file.path().toString();
        return Errno.of(result) == Errno.ENOSPC
                ? PosixErrors.exception(
                        result, call, file.name(), key, "free some space of its file system")
                : PosixErrors.exception(result, call, file.name(), key);
    }

    /** What the JDK says of a file that it looked at for us. */
    public static IpcException exception(IOException failure, String call, LocalFile file) {
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
