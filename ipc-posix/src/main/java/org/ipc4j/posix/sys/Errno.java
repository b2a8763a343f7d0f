// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.sys;

import org.ipc4j.posix.sys.gen.Linux;

import java.util.HashMap;
import java.util.Map;

/**
 * The error codes that the calls of this package give, as switch labels.
 *
 * @see <a href="https://man7.org/linux/man-pages/man3/errno.3.html">errno(3)</a>
 */
public enum Errno {
    /** The call succeeded. */
    NONE(0, "Success"),
    /** Operation not permitted. */
    EPERM(Linux.EPERM(), "Operation not permitted"),
    /** No such file or directory. */
    ENOENT(Linux.ENOENT(), "No such file or directory"),
    /** No such process. */
    ESRCH(Linux.ESRCH(), "No such process"),
    /** Interrupted system call. */
    EINTR(Linux.EINTR(), "Interrupted system call"),
    /** Input/output error. */
    EIO(Linux.EIO(), "Input/output error"),
    /** No such device or address. */
    ENXIO(Linux.ENXIO(), "No such device or address"),
    /** Bad file descriptor. */
    EBADF(Linux.EBADF(), "Bad file descriptor"),
    /** Resource temporarily unavailable. */
    EAGAIN(Linux.EAGAIN(), "Resource temporarily unavailable"),
    /** Cannot allocate memory. */
    ENOMEM(Linux.ENOMEM(), "Cannot allocate memory"),
    /** Permission denied. */
    EACCES(Linux.EACCES(), "Permission denied"),
    /** Bad address. */
    EFAULT(Linux.EFAULT(), "Bad address"),
    /** Device or resource busy. */
    EBUSY(Linux.EBUSY(), "Device or resource busy"),
    /** File exists. */
    EEXIST(Linux.EEXIST(), "File exists"),
    /** Invalid cross-device link. */
    EXDEV(Linux.EXDEV(), "Invalid cross-device link"),
    /** No such device. */
    ENODEV(Linux.ENODEV(), "No such device"),
    /** Not a directory. */
    ENOTDIR(Linux.ENOTDIR(), "Not a directory"),
    /** Is a directory. */
    EISDIR(Linux.EISDIR(), "Is a directory"),
    /** Invalid argument. */
    EINVAL(Linux.EINVAL(), "Invalid argument"),
    /** Too many open files in system. */
    ENFILE(Linux.ENFILE(), "Too many open files in system"),
    /** Too many open files. */
    EMFILE(Linux.EMFILE(), "Too many open files"),
    /** File too large. */
    EFBIG(Linux.EFBIG(), "File too large"),
    /** No space left on device. */
    ENOSPC(Linux.ENOSPC(), "No space left on device"),
    /** Illegal seek. */
    ESPIPE(Linux.ESPIPE(), "Illegal seek"),
    /** Read-only file system. */
    EROFS(Linux.EROFS(), "Read-only file system"),
    /** Too many links. */
    EMLINK(Linux.EMLINK(), "Too many links"),
    /** Broken pipe. */
    EPIPE(Linux.EPIPE(), "Broken pipe"),
    /** Numerical result out of range. */
    ERANGE(Linux.ERANGE(), "Numerical result out of range"),
    /** File name too long. */
    ENAMETOOLONG(Linux.ENAMETOOLONG(), "File name too long"),
    /** No locks available. */
    ENOLCK(Linux.ENOLCK(), "No locks available"),
    /** Function not implemented. */
    ENOSYS(Linux.ENOSYS(), "Function not implemented"),
    /** Directory not empty. */
    ENOTEMPTY(Linux.ENOTEMPTY(), "Directory not empty"),
    /** Too many levels of symbolic links. */
    ELOOP(Linux.ELOOP(), "Too many levels of symbolic links"),
    /** Value too large for defined data type. */
    EOVERFLOW(Linux.EOVERFLOW(), "Value too large for defined data type"),
    /** Message too long. */
    EMSGSIZE(Linux.EMSGSIZE(), "Message too long"),
    /** Operation not supported. */
    EOPNOTSUPP(Linux.EOPNOTSUPP(), "Operation not supported"),
    /** Protocol wrong type for socket. */
    EPROTOTYPE(Linux.EPROTOTYPE(), "Protocol wrong type for socket"),
    /** Address already in use. */
    EADDRINUSE(Linux.EADDRINUSE(), "Address already in use"),
    /** Connection reset by peer. */
    ECONNRESET(Linux.ECONNRESET(), "Connection reset by peer"),
    /** No buffer space available. */
    ENOBUFS(Linux.ENOBUFS(), "No buffer space available"),
    /** Transport endpoint is not connected. */
    ENOTCONN(Linux.ENOTCONN(), "Transport endpoint is not connected"),
    /** Too many references: cannot splice. */
    ETOOMANYREFS(Linux.ETOOMANYREFS(), "Too many references: cannot splice"),
    /** Connection refused. */
    ECONNREFUSED(Linux.ECONNREFUSED(), "Connection refused"),
    /** Connection timed out. */
    ETIMEDOUT(Linux.ETIMEDOUT(), "Connection timed out"),
    /** Disk quota exceeded. */
    EDQUOT(Linux.EDQUOT(), "Disk quota exceeded"),
    /** Stale file handle. */
    ESTALE(Linux.ESTALE(), "Stale file handle"),
    /** A code that is not listed here. */
    OTHER(Integer.MAX_VALUE, "Unknown error");

    private static final Map<Integer, Errno> BY_CODE = new HashMap<>();

    static {
        for (Errno errno : values()) {
            BY_CODE.put(errno.code, errno);
        }
    }

    private final int code;
    private final String text;

    Errno(int code, String text) {
        this.code = code;
        this.text = text;
    }

    /**
     * Returns the error of a result.
     *
     * @param result what a call of this package returned
     * @return {@link #NONE} if it is not negative
     */
    public static Errno of(long result) {
        return result >= 0 ? NONE : BY_CODE.getOrDefault((int) -result, OTHER);
    }

    /**
     * Returns what a call of this package returns that fails so.
     *
     * @return the negated error code
     */
    public int result() {
        return -code;
    }

    /**
     * Returns the number.
     *
     * @return the code, positive
     */
    public int code() {
        return code;
    }

    /**
     * Returns what {@code strerror(3)} says, in English.
     *
     * @return the explanation
     */
    public String text() {
        return text;
    }
}
