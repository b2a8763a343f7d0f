// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.windows.sys;

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
public final class WindowsErrors {
    private WindowsErrors() {}

    /**
     * Lets a good result through.
     *
     * @param result what a call returned
     * @param call the call's name
     * @param name the object's name
     * @param key the key that the call was given
     * @return {@code result}
     * @throws IpcException if it is a negated error code
     */
    public static long check(long result, String call, IpcName name, String key)
            throws IpcException {
        if (result < 0) {
            throw exception(result, call, name, key);
        }
        return result;
    }

    /**
     * Makes the exception for a refused call, with the advice that fits the error anywhere.
     *
     * @param result the negated error code
     * @param call the call's name
     * @param name the object's name
     * @param key the key that the call was given
     * @return the exception
     */
    public static IpcException exception(long result, String call, IpcName name, String key) {
        return exception(result, call, name, key, advice(Win32Error.of(result)));
    }

    /**
     * Makes the exception for a refused call.
     *
     * @param result the negated error code
     * @param call the call's name
     * @param name the object's name
     * @param key the key that the call was given
     * @param advice what to do about it; may be empty
     * @return the exception
     */
    public static IpcException exception(
            long result, String call, IpcName name, String key, String advice) {
        Win32Error code = Win32Error.of(result);
        SystemError error = new SystemError(call, (int) -result, symbol(code, result), code.text());
        return switch (code) {
            case ERROR_FILE_NOT_FOUND, ERROR_PATH_NOT_FOUND ->
                    new NameNotFoundException(name, key, error, advice);
            case ERROR_ALREADY_EXISTS, ERROR_FILE_EXISTS ->
                    new NameExistsException(name, key, error, advice);
            case ERROR_ACCESS_DENIED, ERROR_PRIVILEGE_NOT_HELD ->
                    new IpcAccessDeniedException(name, key, error, advice);
            case ERROR_NOT_ENOUGH_MEMORY,
                    ERROR_OUTOFMEMORY,
                    ERROR_COMMITMENT_LIMIT,
                    ERROR_NO_SYSTEM_RESOURCES,
                    ERROR_NOT_ENOUGH_QUOTA,
                    ERROR_WORKING_SET_QUOTA,
                    ERROR_TOO_MANY_OPEN_FILES,
                    ERROR_DISK_FULL,
                    ERROR_TOO_MANY_POSTS,
                    ERROR_FILENAME_EXCED_RANGE ->
                    new ResourceLimitException(name, key, error, advice);
            case ERROR_BROKEN_PIPE, ERROR_NO_DATA, ERROR_PIPE_NOT_CONNECTED ->
                    new PeerClosedException(name, key, error, advice);
            case ERROR_INVALID_HANDLE -> new IncompatibleException(name, key, error, advice);
            default -> new IpcException(name, key, error, advice);
        };
    }

    private static String symbol(Win32Error code, long result) {
        return code == Win32Error.OTHER ? "error " + -result : code.name();
    }

    private static String advice(Win32Error code) {
        return switch (code) {
            case ERROR_PATH_NOT_FOUND ->
                    "a key has no backslash but that of Local\\, Global\\ or \\\\.\\pipe\\";
            case ERROR_ACCESS_DENIED ->
                    "this user may not use it; let its owner create it with Access.GROUP or"
                            + " EVERYBODY";
            case ERROR_PRIVILEGE_NOT_HELD ->
                    "a key in Global\\ needs the privilege SeCreateGlobalPrivilege, which services"
                            + " and administrators have";
            case ERROR_INVALID_HANDLE ->
                    "that name belongs to an object of another kind; Windows has one name space for"
                            + " all kinds";
            case ERROR_NOT_ENOUGH_MEMORY, ERROR_OUTOFMEMORY, ERROR_COMMITMENT_LIMIT ->
                    "the memory and the paging files together are used up; free some, or enlarge"
                            + " the paging file";
            case ERROR_NO_SYSTEM_RESOURCES, ERROR_NOT_ENOUGH_QUOTA, ERROR_WORKING_SET_QUOTA ->
                    "the kernel's own memory, or this process's share of it, is used up; close what"
                            + " is not needed";
            case ERROR_TOO_MANY_OPEN_FILES -> "this process has too many handles; close some";
            case ERROR_DISK_FULL -> "the disk is full; remove what is not needed";
            case ERROR_FILENAME_EXCED_RANGE ->
                    "the name of a kernel object has at most "
                            + WindowsNames.MAX_OBJECT_NAME
                            + " characters";
            default -> "";
        };
    }
}
