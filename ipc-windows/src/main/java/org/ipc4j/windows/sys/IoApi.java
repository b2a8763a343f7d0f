// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.windows.sys;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import org.ipc4j.windows.sys.gen.Windows;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * {@code ioapiset.h}: operations that go on after the call which began them.
 *
 * @see <a href="https://learn.microsoft.com/en-us/windows/win32/api/ioapiset/">ioapiset.h</a>
 */
final class IoApi {
    private static final MethodHandle CANCEL_IO_EX =
            Native.link("CancelIoEx", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
    private static final MethodHandle GET_OVERLAPPED_RESULT =
            Native.link(
                    "GetOverlappedResult",
                    FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_INT));
    private static final MethodHandle CREATE_IO_COMPLETION_PORT =
            Native.link(
                    "CreateIoCompletionPort",
                    FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle GET_QUEUED_COMPLETION_STATUS =
            Native.link(
                    "GetQueuedCompletionStatus",
                    FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_INT));
    private static final MethodHandle SET_FILE_COMPLETION_NOTIFICATION_MODES =
            Native.link(
                    "SetFileCompletionNotificationModes",
                    FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_BYTE));

    private static final MemorySegment INVALID_HANDLE_VALUE = MemorySegment.ofAddress(-1);

    private IoApi() {}

    /**
     * Cancels an operation that may be under way. It has ended only when its result says so.
     *
     * @param handle the handle
     * @param overlapped the operation
     * @return 0, or the negated error code; that of {@link Win32Error#ERROR_NOT_FOUND} if there was
     *     nothing to cancel any more
     */
    static int CancelIoEx(long handle, MemorySegment overlapped) {
        MemorySegment lastError = Scratch.lastError();
        try {
            return Scratch.result(
                    (int)
                            CANCEL_IO_EX.invokeExact(
                                    lastError, HandleApi.pointer(handle), overlapped),
                    lastError);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Looks, without a system call, how an operation has ended.
     *
     * @param handle the handle
     * @param overlapped the operation
     * @param transferred where the number of bytes goes, an {@code int}
     * @return 0, or the negated error code; that of {@link Win32Error#ERROR_IO_INCOMPLETE} if it is
     *     still under way
     */
    static int GetOverlappedResult(
            long handle, MemorySegment overlapped, MemorySegment transferred) {
        MemorySegment lastError = Scratch.lastError();
        try {
            return Scratch.result(
                    (int)
                            GET_OVERLAPPED_RESULT.invokeExact(
                                    lastError,
                                    HandleApi.pointer(handle),
                                    overlapped,
                                    transferred,
                                    0),
                    lastError);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Makes a completion port.
     *
     * @return its handle, or the negated error code
     */
    static long CreateIoCompletionPort() {
        MemorySegment lastError = Scratch.lastError();
        try {
            return Scratch.result(
                    (MemorySegment)
                            CREATE_IO_COMPLETION_PORT.invokeExact(
                                    lastError, INVALID_HANDLE_VALUE, MemorySegment.NULL, 0L, 1),
                    lastError);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Has a completion port told about the operations of a handle.
     *
     * @param handle the handle
     * @param port the port's
     * @param key what the port tells of the handle
     * @return the port's handle, or the negated error code
     */
    static long CreateIoCompletionPort(long handle, long port, long key) {
        MemorySegment lastError = Scratch.lastError();
        try {
            return Scratch.result(
                    (MemorySegment)
                            CREATE_IO_COMPLETION_PORT.invokeExact(
                                    lastError,
                                    HandleApi.pointer(handle),
                                    HandleApi.pointer(port),
                                    key,
                                    0),
                    lastError);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Has a completion port not told about operations that have ended when the call returns.
     *
     * @param handle the handle
     * @return 0, or the negated error code
     */
    static int SetFileCompletionNotificationModes(long handle) {
        MemorySegment lastError = Scratch.lastError();
        try {
            return Scratch.result(
                    (int)
                            SET_FILE_COMPLETION_NOTIFICATION_MODES.invokeExact(
                                    lastError,
                                    HandleApi.pointer(handle),
                                    (byte) Windows.FILE_SKIP_COMPLETION_PORT_ON_SUCCESS()),
                    lastError);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Waits for an operation to end, however it ends.
     *
     * @param port the port's handle
     * @param transferred where the number of bytes goes, an {@code int}
     * @param key where the handle's key goes, a {@code long}
     * @param overlapped where the operation's address goes, a {@code long}
     * @return 0 if it has succeeded, or the negated error code
     */
    static int GetQueuedCompletionStatus(
            long port, MemorySegment transferred, MemorySegment key, MemorySegment overlapped) {
        MemorySegment lastError = Scratch.lastError();
        try {
            return Scratch.result(
                    (int)
                            GET_QUEUED_COMPLETION_STATUS.invokeExact(
                                    lastError,
                                    HandleApi.pointer(port),
                                    transferred,
                                    key,
                                    overlapped,
                                    Windows.INFINITE()),
                    lastError);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }
}
