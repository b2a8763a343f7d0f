// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.windows.sys;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import org.ipc4j.windows.sys.gen.Windows;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;

/**
 * {@code fileapi.h}: opening, reading and writing.
 *
 * @see <a href="https://learn.microsoft.com/en-us/windows/win32/api/fileapi/">fileapi.h</a>
 */
public final class FileApi {
    private static final MethodHandle CREATE_FILE =
            Native.link(
                    "CreateFileW",
                    FunctionDescriptor.of(
                            ADDRESS, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT,
                            ADDRESS));
    private static final MethodHandle READ_FILE = transfer("ReadFile");
    private static final MethodHandle WRITE_FILE = transfer("WriteFile");

    private FileApi() {}

    private static MethodHandle transfer(String function) {
        return Native.link(
                function,
                FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT, ADDRESS, ADDRESS));
    }

    /**
     * Opens what exists, for this handle alone.
     *
     * @param key its name
     * @param access access rights
     * @param flags {@code FILE_FLAG_} and {@code SECURITY_} constants
     * @return a handle, or the negated error code
     */
    public static long CreateFileW(String key, int access, int flags) {
        MemorySegment lastError = Scratch.lastError();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment keyW = arena.allocateFrom(key, StandardCharsets.UTF_16LE);
            MemorySegment handle =
                    (MemorySegment)
                            CREATE_FILE.invokeExact(
                                    lastError,
                                    keyW,
                                    access,
                                    0,
                                    MemorySegment.NULL,
                                    Windows.OPEN_EXISTING(),
                                    flags,
                                    MemorySegment.NULL);
            return HandleApi.opened(handle, lastError);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Begins to read.
     *
     * @param handle the handle
     * @param buffer where the bytes go; must stay until the operation has ended
     * @param count how many at most
     * @param overlapped must stay until the operation has ended
     * @return 0 if it has ended, or the negated error code
     */
    static int ReadFile(long handle, MemorySegment buffer, int count, MemorySegment overlapped) {
        MemorySegment lastError = Scratch.lastError();
        try {
            return Scratch.result(
                    (int)
                            READ_FILE.invokeExact(
                                    lastError,
                                    HandleApi.pointer(handle),
                                    buffer,
                                    count,
                                    MemorySegment.NULL,
                                    overlapped),
                    lastError);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Begins to write.
     *
     * @param handle the handle
     * @param buffer the bytes; must stay until the operation has ended
     * @param count how many
     * @param overlapped must stay until the operation has ended
     * @return 0 if it has ended, or the negated error code
     */
    static int WriteFile(long handle, MemorySegment buffer, int count, MemorySegment overlapped) {
        MemorySegment lastError = Scratch.lastError();
        try {
            return Scratch.result(
                    (int)
                            WRITE_FILE.invokeExact(
                                    lastError,
                                    HandleApi.pointer(handle),
                                    buffer,
                                    count,
                                    MemorySegment.NULL,
                                    overlapped),
                    lastError);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }
}
