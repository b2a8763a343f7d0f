// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.windows.sys;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import org.ipc4j.windows.sys.gen.Windows;
import org.ipc4j.windows.sys.gen._OVERLAPPED;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;

/**
 * {@code fileapi.h}: opening, reading, writing and locking.
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
    private static final MethodHandle FLUSH_FILE_BUFFERS =
            Native.link("FlushFileBuffers", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    private static final MethodHandle DELETE_FILE =
            Native.link("DeleteFileW", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    private static final MethodHandle LOCK_FILE_EX =
            Native.link(
                    "LockFileEx",
                    FunctionDescriptor.of(
                            JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
    private static final MethodHandle UNLOCK_FILE_EX =
            Native.link(
                    "UnlockFileEx",
                    FunctionDescriptor.of(
                            JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));

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
        return CreateFileW(key, access, 0, MemorySegment.NULL, Windows.OPEN_EXISTING(), flags);
    }

    /**
     * Opens or creates.
     *
     * @param key its name
     * @param access access rights
     * @param share {@code FILE_SHARE_} constants
     * @param attributes {@code SECURITY_ATTRIBUTES} of what is created, or {@code NULL}
     * @param disposition {@code CREATE_NEW} or {@code OPEN_EXISTING}
     * @param flags {@code FILE_FLAG_} and {@code SECURITY_} constants
     * @return a handle, or the negated error code
     */
    public static long CreateFileW(
            String key,
            int access,
            int share,
            MemorySegment attributes,
            int disposition,
            int flags) {
        MemorySegment lastError = Scratch.lastError();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment keyW = arena.allocateFrom(key, StandardCharsets.UTF_16LE);
            MemorySegment handle =
                    (MemorySegment)
                            CREATE_FILE.invokeExact(
                                    lastError,
                                    keyW,
                                    access,
                                    share,
                                    attributes,
                                    disposition,
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

    /**
     * Writes to a file, and waits until the system has the bytes.
     *
     * @param handle the handle
     * @param buffer the bytes
     * @param count how many
     * @return how many were written, or the negated error code
     */
    public static int WriteFile(long handle, MemorySegment buffer, int count) {
        MemorySegment lastError = Scratch.lastError();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment written = arena.allocate(JAVA_INT);
            int result =
                    Scratch.result(
                            (int)
                                    WRITE_FILE.invokeExact(
                                            lastError,
                                            HandleApi.pointer(handle),
                                            buffer,
                                            count,
                                            written,
                                            MemorySegment.NULL),
                            lastError);
            return result < 0 ? result : written.get(JAVA_INT, 0);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Waits until a file is on the disk.
     *
     * @param handle the handle
     * @return 0, or the negated error code
     */
    public static int FlushFileBuffers(long handle) {
        MemorySegment lastError = Scratch.lastError();
        try {
            return Scratch.result(
                    (int) FLUSH_FILE_BUFFERS.invokeExact(lastError, HandleApi.pointer(handle)),
                    lastError);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Deletes a file.
     *
     * @param key its name
     * @return 0, or the negated error code
     */
    public static int DeleteFileW(String key) {
        MemorySegment lastError = Scratch.lastError();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment keyW = arena.allocateFrom(key, StandardCharsets.UTF_16LE);
            return Scratch.result((int) DELETE_FILE.invokeExact(lastError, keyW), lastError);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Locks bytes of a file.
     *
     * @param handle a handle that is not overlapped
     * @param flags {@code LOCKFILE_} constants
     * @param position the first byte
     * @param size how many bytes
     * @return 0, or the negated error code: {@code ERROR_LOCK_VIOLATION} if somebody is in the way
     */
    public static int LockFileEx(long handle, int flags, long position, long size) {
        MemorySegment lastError = Scratch.lastError();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment at = at(position, arena);
            return Scratch.result(
                    (int)
                            LOCK_FILE_EX.invokeExact(
                                    lastError,
                                    HandleApi.pointer(handle),
                                    flags,
                                    0,
                                    (int) size,
                                    (int) (size >>> Integer.SIZE),
                                    at),
                    lastError);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Unlocks bytes of a file.
     *
     * @param handle the handle that they were locked with
     * @param position the first byte
     * @param size how many bytes
     * @return 0, or the negated error code
     */
    public static int UnlockFileEx(long handle, long position, long size) {
        MemorySegment lastError = Scratch.lastError();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment at = at(position, arena);
            return Scratch.result(
                    (int)
                            UNLOCK_FILE_EX.invokeExact(
                                    lastError,
                                    HandleApi.pointer(handle),
                                    0,
                                    (int) size,
                                    (int) (size >>> Integer.SIZE),
                                    at),
                    lastError);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    private static MemorySegment at(long position, Arena arena) {
        MemorySegment overlapped = _OVERLAPPED.allocate(arena);
        _OVERLAPPED.Offset(overlapped, (int) position);
        _OVERLAPPED.OffsetHigh(overlapped, (int) (position >>> Integer.SIZE));
        return overlapped;
    }
}
