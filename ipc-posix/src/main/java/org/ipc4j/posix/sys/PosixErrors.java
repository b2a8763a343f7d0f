// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.sys;

import org.ipc4j.IncompatibleException;
import org.ipc4j.IpcAccessDeniedException;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.NameExistsException;
import org.ipc4j.NameNotFoundException;
import org.ipc4j.PeerClosedException;
import org.ipc4j.ResourceLimitException;
import org.ipc4j.SystemError;

/** Translates negated error codes into exceptions. */
public final class PosixErrors {
    private PosixErrors() {}

    /**
     * Lets a good result through.
     *
     * @param result what a call returned
     * @param call the call's C name
     * @param name the object's name
     * @param key the key that the call was given
     * @return {@code result}
     * @throws IpcException if it is a negated error code
     */
    public static int check(int result, String call, IpcName name, String key) throws IpcException {
        if (result < 0) {
            throw exception(result, call, name, key);
        }
        return result;
    }

    /**
     * Tells whether a call has deleted a name.
     *
     * @param result what the call returned
     * @param call the call's C name
     * @param name the object's name
     * @param key the key that the call was given
     * @return {@code false} if there was no such name
     * @throws IpcException if it is the code of any other error
     */
    public static boolean removed(int result, String call, IpcName name, String key)
            throws IpcException {
        return Errno.of(result) != Errno.ENOENT && check(result, call, name, key) == 0;
    }

    /**
     * Makes the exception for a refused call, with the advice that fits the error anywhere.
     *
     * @param result the negated error code
     * @param call the call's C name
     * @param name the object's name
     * @param key the key that the call was given
     * @return the exception
     */
    public static IpcException exception(long result, String call, IpcName name, String key) {
        return exception(result, call, name, key, advice(Errno.of(result)));
    }

    /**
     * Makes the exception for a refused call.
     *
     * @param result the negated error code
     * @param call the call's C name
     * @param name the object's name
     * @param key the key that the call was given
     * @param advice what to do about it; may be empty
     * @return the exception
     */
    public static IpcException exception(
            long result, String call, IpcName name, String key, String advice) {
        Errno errno = Errno.of(result);
        SystemError error =
                new SystemError(call, (int) -result, symbol(errno, result), errno.text());
        return switch (errno) {
            case ENOENT, ENXIO, ESRCH, ECONNREFUSED ->
                    new NameNotFoundException(name, key, error, advice);
            case EEXIST, EADDRINUSE -> new NameExistsException(name, key, error, advice);
            case EACCES, EPERM, EROFS -> new IpcAccessDeniedException(name, key, error, advice);
            case ENOSPC,
                    EDQUOT,
                    ENOMEM,
                    EMFILE,
                    ENFILE,
                    EFBIG,
                    EOVERFLOW,
                    ENAMETOOLONG,
                    ENOLCK,
                    ENOBUFS,
                    ETOOMANYREFS ->
                    new ResourceLimitException(name, key, error, advice);
            case EPIPE, ECONNRESET -> new PeerClosedException(name, key, error, advice);
            case ELOOP, EISDIR, ENOTDIR, EPROTOTYPE ->
                    new IncompatibleException(name, key, error, advice);
            default -> new IpcException(name, key, error, advice);
        };
    }

    private static String symbol(Errno errno, long result) {
        return errno == Errno.OTHER ? "errno " + -result : errno.name();
    }

    private static String advice(Errno errno) {
        return switch (errno) {
            case EACCES, EPERM ->
                    "this user may not use it; let its owner create it with Access.GROUP or"
                            + " EVERYBODY";
            case EMFILE ->
                    "this process's limit of open files (RLIMIT_NOFILE) is "
                            + ResourceCalls.getrlimit(Abi.RLIMIT_NOFILE)
                            + "; raise it with ulimit -n";
            case ENFILE ->
                    "the system's limit of open files is reached; raise it in"
                            + " /proc/sys/fs/file-max";
            case ENOSPC ->
                    PosixNames.FOLDER
                            + " is full; remove what is not needed, or mount it with a larger size";
            case EDQUOT -> "this user's disk quota is reached";
            case ENOMEM -> "no memory, or no further mapping, is left; see vm.max_map_count";
            case ENAMETOOLONG ->
                    "a name has at most 255 bytes, with the slash and what the C library adds";
            case ECONNREFUSED ->
                    "its server is gone and has left the file behind, or is just coming";
            case EADDRINUSE -> "somebody else has it";
            case EPROTOTYPE -> "what is there is a local socket of another type";
            case ETOOMANYREFS ->
                    "too many descriptors are under way in messages that nobody has received yet;"
                            + " at most RLIMIT_NOFILE may be";
            case ELOOP -> "a symbolic link was planted under that name; see what put it there";
            default -> "";
        };
    }
}
