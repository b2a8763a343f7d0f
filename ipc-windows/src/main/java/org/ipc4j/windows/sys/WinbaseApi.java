// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.windows.sys;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;

/**
 * {@code winbase.h}: opening anew, moving and replacing files.
 *
 * @see <a href="https://learn.microsoft.com/en-us/windows/win32/api/winbase/">winbase.h</a>
 */
public final class WinbaseApi {
    private static final MethodHandle RE_OPEN_FILE =
            Native.link(
                    "ReOpenFile",
                    FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle MOVE_FILE_EX =
            Native.link("MoveFileExW", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT));
    private static final MethodHandle REPLACE_FILE =
            Native.link(
                    "ReplaceFileW",
                    FunctionDescriptor.of(
                            JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_INT, ADDRESS, ADDRESS));

    private WinbaseApi() {}

    /**
     * Opens a file once more, whatever has become of its name.
     *
     * @param handle a handle of the file
     * @param access access rights
     * @param share {@code FILE_SHARE_} constants
     * @param flags {@code FILE_FLAG_} constants
     * @return a handle, or the negated error code
     */
    public static long ReOpenFile(long handle, int access, int share, int flags) {
        MemorySegment lastError = Scratch.lastError();
        try {
            MemorySegment opened =
                    (MemorySegment)
                            RE_OPEN_FILE.invokeExact(
                                    lastError, HandleApi.pointer(handle), access, share, flags);
            return HandleApi.opened(opened, lastError);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Gives a file another name.
     *
     * @param from the file
     * @param to its new name, on the same disk
     * @param flags {@code MOVEFILE_} constants
     * @return 0, or the negated error code
     */
    public static int MoveFileExW(String from, String to, int flags) {
        MemorySegment lastError = Scratch.lastError();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment fromW = arena.allocateFrom(from, StandardCharsets.UTF_16LE);
            MemorySegment toW = arena.allocateFrom(to, StandardCharsets.UTF_16LE);
            return Scratch.result(
                    (int) MOVE_FILE_EX.invokeExact(lastError, fromW, toW, flags), lastError);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Gives a file the name of another one, which others may have open.
     *
     * @param replaced the other one, which is deleted
     * @param replacement the file
     * @return 0, or the negated error code
     */
    public static int ReplaceFileW(String replaced, String replacement) {
        MemorySegment lastError = Scratch.lastError();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment replacedW = arena.allocateFrom(replaced, StandardCharsets.UTF_16LE);
            MemorySegment replacementW = arena.allocateFrom(replacement, StandardCharsets.UTF_16LE);
            return Scratch.result(
                    (int)
                            REPLACE_FILE.invokeExact(
                                    lastError,
                                    replacedW,
                                    replacementW,
                                    MemorySegment.NULL,
                                    0,
                                    MemorySegment.NULL,
                                    MemorySegment.NULL),
                    lastError);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }
}
