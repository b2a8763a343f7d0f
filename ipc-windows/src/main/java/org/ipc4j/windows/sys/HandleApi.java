// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.windows.sys;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import org.ipc4j.IpcName;
import org.ipc4j.spi.NativeHandle;
import org.ipc4j.windows.sys.gen.Windows;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * {@code handleapi.h}: what all handles have in common.
 *
 * @see <a href="https://learn.microsoft.com/en-us/windows/win32/api/handleapi/">handleapi.h</a>
 */
public final class HandleApi {
    private static final MethodHandle CLOSE_HANDLE =
            Native.link("CloseHandle", FunctionDescriptor.of(JAVA_INT, ADDRESS));

    /** {@code handleapi.h} has it as a pointer. */
    private static final long INVALID_HANDLE_VALUE = -1;

    private HandleApi() {}

    /**
     * Closes a handle.
     *
     * @param handle the handle
     * @return 0, or the negated error code
     */
    public static int CloseHandle(long handle) {
        MemorySegment lastError = Scratch.lastError();
        try {
            return Scratch.result(
                    (int) CLOSE_HANDLE.invokeExact(lastError, pointer(handle)), lastError);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Takes over a handle, to be closed once.
     *
     * @param name the object's name, for messages
     * @param handle the handle
     * @return the same handle, counted
     */
    public static NativeHandle owning(IpcName name, long handle) {
        return new NativeHandle(name, handle, HandleApi::CloseHandle);
    }

    /**
     * Turns what a call that creates has returned into our result. Asked to create what is there,
     * Windows opens it and says so by the last error; such a handle is closed again.
     *
     * @param handle what the call returned
     * @param lastError what {@link Scratch#lastError()} gave for that call
     * @return the handle, or the negated error code, which is that of {@link
     *     Win32Error#ERROR_ALREADY_EXISTS} if the object was there
     */
    static long created(MemorySegment handle, MemorySegment lastError) {
        if (handle.address() != 0 && Scratch.code(lastError) == Windows.ERROR_ALREADY_EXISTS()) {
            CloseHandle(handle.address());
            return -Windows.ERROR_ALREADY_EXISTS();
        }
        return Scratch.result(handle, lastError);
    }

    /**
     * Turns a handle, where {@code INVALID_HANDLE_VALUE} means failure, into our result.
     *
     * @param handle what the call returned
     * @param lastError what {@link Scratch#lastError()} gave for that call
     * @return the handle, or the negated error code
     */
    static long opened(MemorySegment handle, MemorySegment lastError) {
        return handle.address() != INVALID_HANDLE_VALUE
                ? handle.address()
                : Scratch.failure(lastError);
    }

    /**
     * Made at each call, and so never in memory: of a segment that is read from a field, the
     * compiler does not know that there is no session to keep open during the call.
     */
    static MemorySegment pointer(long handle) {
        return MemorySegment.ofAddress(handle);
    }
}
