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
     * A file that was opened.
     *
     * @param fd its descriptor
     * @param facts what was found behind it
     */
    public record Opened(int fd, OpenFile facts) {}

    /**
     * Opens a file.
     *
     * @param file the file
     * @param access whose file is accepted
     * @param flags how
     * @return its descriptor
     * @throws IpcException if there is none, it is no regular file, or its owner is not accepted
     */
    public static int open(LocalFile file, Access access, int flags) throws IpcException {
        return look(file, access, flags).fd();
    }

    /**
     * Opens a file as {@link #open} does, and tells what it is besides.
     *
     * @param file the file
     * @param access whose file is accepted
     * @param flags how
     * @return its descriptor, and what was found behind it
     * @throws IpcException if there is none, it is no regular file, or its owner is not accepted
     */
    public static Opened look(LocalFile file, Access access, int flags) throws IpcException {
        int fd = FcntlCalls.open(file.path().toString(), flags | SAFELY, 0);
        if (fd < 0) {
            throw exception(fd, "open", file);
        }
        try {
            OpenFile found = OpenFile.of(fd, file.name());
            if (!found.isRegular()) {
                throw new IncompatibleException(
                        file.name(), "it is not a regular file; choose another path");
            }
            found.requireOwner(file.name(), access);
            return new Opened(fd, found);
        } catch (Throwable e) {
            UnistdCalls.close(fd);
            throw e;
        }
    }

    /**
     * Creates an empty file, with its permissions whatever the umask: it has them before it has a
     * name, so nobody finds it without them, not even after a crash.
     *
     * @param file the file
     * @param access who it is for
     * @return its descriptor, for reading and writing
     * @throws org.ipc4j.NameExistsException if there is something of that name
     * @throws IpcException if the system refuses
     */
    public static int create(LocalFile file, Access access) throws IpcException {
        int flags = Abi.O_RDWR | Abi.O_TMPFILE | Abi.O_CLOEXEC;
        int fd = FcntlCalls.open(file.path().getParent().toString(), flags, 0);
        return switch (Errno.of(fd)) {
            case NONE -> finished(fd, file, access, RegularFile::link);
            // a file system, as NFS and FAT, or a kernel that knows no files without names
            case EOPNOTSUPP, EISDIR, EINVAL -> createNamed(file, access);
            default -> throw exception(fd, "open", file);
        };
    }

    private static int createNamed(LocalFile file, Access access) throws IpcException {
        int flags = Abi.O_RDWR | Abi.O_CREAT | Abi.O_EXCL | SAFELY;
        int fd = FcntlCalls.open(file.path().toString(), flags, PosixNames.mode(access));
        if (fd < 0) {
            throw exception(fd, "open", file);
        }
        try {
            return finished(fd, file, access, (open, named) -> 0);
        } catch (Throwable e) {
            UnistdCalls.unlink(file.path().toString());
            throw e;
        }
    }

    /** Gives an open file its name. */
    @FunctionalInterface
    private interface Naming {
        int name(int fd, LocalFile file);
    }

    private static int finished(int fd, LocalFile file, Access access, Naming naming)
            throws IpcException {
        int result = StatCalls.fchmod(fd, PosixNames.mode(access));
        String call = "fchmod";
        if (result == 0) {
            result = naming.name(fd, file);
            call = "linkat";
        }
        if (result < 0) {
            UnistdCalls.close(fd);
            throw exception(result, call, file);
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

    private static int link(int fd, LocalFile file) {
        return UnistdCalls.linkat(
                Abi.AT_FDCWD,
                OpenFile.path(fd).toString(),
                Abi.AT_FDCWD,
                file.path().toString(),
                Abi.AT_SYMLINK_FOLLOW);
    }

    /**
     * Makes the exception for a refused call; a disk that is full is that of the file.
     *
     * @param result the negated error code
     * @param call the call's C name
     * @param file the file
     * @return the exception
     */
    public static IpcException exception(long result, String call, LocalFile file) {
        String key = file.path().toString();
        return Errno.of(result) == Errno.ENOSPC
                ? PosixErrors.exception(
                        result, call, file.name(), key, "free some space of its file system")
                : PosixErrors.exception(result, call, file.name(), key);
    }

    /**
     * Makes the exception for what the JDK says of a file that it looked at for us.
     *
     * @param failure what it says
     * @param call what was tried
     * @param file the file
     * @return the exception
     */
    public static IpcException exception(IOException failure, String call, LocalFile file) {
        String message = call + " was refused: " + failure.getMessage();
        IpcException exception =
                switch (failure) {
                    case NoSuchFileException e -> new NameNotFoundException(file.name(), message);
                    case AccessDeniedException e ->
                            new IpcAccessDeniedException(file.name(), message);
                    default -> other(failure, call, file, message);
                };
        exception.initCause(failure);
        return exception;
    }

    /** The JDK keeps the error code for itself, and tells its text. */
    private static IpcException other(
            IOException failure, String call, LocalFile file, String message) {
        for (Errno errno : Errno.values()) {
            if (errno != Errno.NONE && errno != Errno.OTHER && message.contains(errno.text())) {
                return exception(-errno.code(), call, file);
            }
        }
        return new IpcException(file.name(), message);
    }
}
