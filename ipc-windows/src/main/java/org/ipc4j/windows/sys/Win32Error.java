// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.windows.sys;

import org.ipc4j.windows.sys.gen.Windows;

import java.util.HashMap;
import java.util.Map;

/**
 * The error codes that the calls of this package give, as switch labels. The texts are those of
 * Windows in English, whatever its language is here.
 *
 * @see <a href="https://learn.microsoft.com/en-us/windows/win32/debug/system-error-codes">System
 *     error codes</a>
 */
public enum Win32Error {
    /** The call succeeded. */
    NONE(0, "The operation completed successfully"),
    /** The system cannot find the file specified. */
    ERROR_FILE_NOT_FOUND(
            Windows.ERROR_FILE_NOT_FOUND(), "The system cannot find the file specified"),
    /** The system cannot find the path specified. */
    ERROR_PATH_NOT_FOUND(
            Windows.ERROR_PATH_NOT_FOUND(), "The system cannot find the path specified"),
    /** The system cannot open the file. */
    ERROR_TOO_MANY_OPEN_FILES(
            Windows.ERROR_TOO_MANY_OPEN_FILES(), "The system cannot open the file"),
    /** Access is denied. */
    ERROR_ACCESS_DENIED(Windows.ERROR_ACCESS_DENIED(), "Access is denied"),
    /** The handle is invalid. */
    ERROR_INVALID_HANDLE(Windows.ERROR_INVALID_HANDLE(), "The handle is invalid"),
    /** Not enough memory resources are available to process this command. */
    ERROR_NOT_ENOUGH_MEMORY(
            Windows.ERROR_NOT_ENOUGH_MEMORY(),
            "Not enough memory resources are available to process this command"),
    /** Not enough memory resources are available to complete this operation. */
    ERROR_OUTOFMEMORY(
            Windows.ERROR_OUTOFMEMORY(),
            "Not enough memory resources are available to complete this operation"),
    /** The file is being used by another process. */
    ERROR_SHARING_VIOLATION(
            Windows.ERROR_SHARING_VIOLATION(),
            "The process cannot access the file because it is being used by another process"),
    /** Another process has locked a portion of the file. */
    ERROR_LOCK_VIOLATION(
            Windows.ERROR_LOCK_VIOLATION(),
            "The process cannot access the file because another process has locked a portion of the"
                    + " file"),
    /** The request is not supported. */
    ERROR_NOT_SUPPORTED(Windows.ERROR_NOT_SUPPORTED(), "The request is not supported"),
    /** The file exists. */
    ERROR_FILE_EXISTS(Windows.ERROR_FILE_EXISTS(), "The file exists"),
    /** The parameter is incorrect. */
    ERROR_INVALID_PARAMETER(Windows.ERROR_INVALID_PARAMETER(), "The parameter is incorrect"),
    /** The pipe has been ended. */
    ERROR_BROKEN_PIPE(Windows.ERROR_BROKEN_PIPE(), "The pipe has been ended"),
    /** There is not enough space on the disk. */
    ERROR_DISK_FULL(Windows.ERROR_DISK_FULL(), "There is not enough space on the disk"),
    /** This function is not supported on this system. */
    ERROR_CALL_NOT_IMPLEMENTED(
            Windows.ERROR_CALL_NOT_IMPLEMENTED(), "This function is not supported on this system"),
    /** The semaphore timeout period has expired. */
    ERROR_SEM_TIMEOUT(Windows.ERROR_SEM_TIMEOUT(), "The semaphore timeout period has expired"),
    /** The data area passed to a system call is too small. */
    ERROR_INSUFFICIENT_BUFFER(
            Windows.ERROR_INSUFFICIENT_BUFFER(),
            "The data area passed to a system call is too small"),
    /** The filename, directory name, or volume label syntax is incorrect. */
    ERROR_INVALID_NAME(
            Windows.ERROR_INVALID_NAME(),
            "The filename, directory name, or volume label syntax is incorrect"),
    /** The specified path is invalid. */
    ERROR_BAD_PATHNAME(Windows.ERROR_BAD_PATHNAME(), "The specified path is invalid"),
    /** The requested resource is in use. */
    ERROR_BUSY(Windows.ERROR_BUSY(), "The requested resource is in use"),
    /** Cannot create a file when that file already exists. */
    ERROR_ALREADY_EXISTS(
            Windows.ERROR_ALREADY_EXISTS(), "Cannot create a file when that file already exists"),
    /** The filename or extension is too long. */
    ERROR_FILENAME_EXCED_RANGE(
            Windows.ERROR_FILENAME_EXCED_RANGE(), "The filename or extension is too long"),
    /** The pipe state is invalid. */
    ERROR_BAD_PIPE(Windows.ERROR_BAD_PIPE(), "The pipe state is invalid"),
    /** All pipe instances are busy. */
    ERROR_PIPE_BUSY(Windows.ERROR_PIPE_BUSY(), "All pipe instances are busy"),
    /** The pipe is being closed. */
    ERROR_NO_DATA(Windows.ERROR_NO_DATA(), "The pipe is being closed"),
    /** No process is on the other end of the pipe. */
    ERROR_PIPE_NOT_CONNECTED(
            Windows.ERROR_PIPE_NOT_CONNECTED(), "No process is on the other end of the pipe"),
    /** More data is available. */
    ERROR_MORE_DATA(Windows.ERROR_MORE_DATA(), "More data is available"),
    /** Too many posts were made to a semaphore. */
    ERROR_TOO_MANY_POSTS(Windows.ERROR_TOO_MANY_POSTS(), "Too many posts were made to a semaphore"),
    /** Attempt to access invalid address. */
    ERROR_INVALID_ADDRESS(Windows.ERROR_INVALID_ADDRESS(), "Attempt to access invalid address"),
    /** There is a process on other end of the pipe. */
    ERROR_PIPE_CONNECTED(
            Windows.ERROR_PIPE_CONNECTED(), "There is a process on other end of the pipe"),
    /** Waiting for a process to open the other end of the pipe. */
    ERROR_PIPE_LISTENING(
            Windows.ERROR_PIPE_LISTENING(),
            "Waiting for a process to open the other end of the pipe"),
    /**
     * The I/O operation has been aborted because of either a thread exit or an application request.
     */
    ERROR_OPERATION_ABORTED(
            Windows.ERROR_OPERATION_ABORTED(),
            "The I/O operation has been aborted because of either a thread exit or an application"
                    + " request"),
    /** Overlapped I/O event is not in a signaled state. */
    ERROR_IO_INCOMPLETE(
            Windows.ERROR_IO_INCOMPLETE(), "Overlapped I/O event is not in a signaled state"),
    /** Overlapped I/O operation is in progress. */
    ERROR_IO_PENDING(Windows.ERROR_IO_PENDING(), "Overlapped I/O operation is in progress"),
    /** Invalid access to memory location. */
    ERROR_NOACCESS(Windows.ERROR_NOACCESS(), "Invalid access to memory location"),
    /** Element not found. */
    ERROR_NOT_FOUND(Windows.ERROR_NOT_FOUND(), "Element not found"),
    /** A required privilege is not held by the client. */
    ERROR_PRIVILEGE_NOT_HELD(
            Windows.ERROR_PRIVILEGE_NOT_HELD(), "A required privilege is not held by the client"),
    /** Insufficient system resources exist to complete the requested service. */
    ERROR_NO_SYSTEM_RESOURCES(
            Windows.ERROR_NO_SYSTEM_RESOURCES(),
            "Insufficient system resources exist to complete the requested service"),
    /** Insufficient quota to complete the requested service. */
    ERROR_WORKING_SET_QUOTA(
            Windows.ERROR_WORKING_SET_QUOTA(),
            "Insufficient quota to complete the requested service"),
    /** The paging file is too small for this operation to complete. */
    ERROR_COMMITMENT_LIMIT(
            Windows.ERROR_COMMITMENT_LIMIT(),
            "The paging file is too small for this operation to complete"),
    /** This operation returned because the timeout period expired. */
    ERROR_TIMEOUT(
            Windows.ERROR_TIMEOUT(), "This operation returned because the timeout period expired"),
    /** Not enough quota is available to process this command. */
    ERROR_NOT_ENOUGH_QUOTA(
            Windows.ERROR_NOT_ENOUGH_QUOTA(),
            "Not enough quota is available to process this command"),
    /** A code that is not listed here. */
    OTHER(Integer.MAX_VALUE, "Unknown error");

    private static final Map<Integer, Win32Error> BY_CODE = new HashMap<>();

    static {
        for (Win32Error error : values()) {
            BY_CODE.put(error.code, error);
        }
    }

    private final int code;
    private final String text;

    Win32Error(int code, String text) {
        this.code = code;
        this.text = text;
    }

    /**
     * Returns the error of a result.
     *
     * @param result what a call of this package returned
     * @return {@link #NONE} if it is not negative
     */
    public static Win32Error of(long result) {
        return result >= 0 ? NONE : BY_CODE.getOrDefault((int) -result, OTHER);
    }

    /**
     * Returns what {@code FormatMessageW} says on an English Windows.
     *
     * @return the explanation, without its full stop
     */
    public String text() {
        return text;
    }
}
