// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.windows.sys;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import org.ipc4j.windows.sys.gen.Windows;
import org.ipc4j.windows.sys.gen._MEMORY_BASIC_INFORMATION;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;

/**
 * {@code memoryapi.h}: mappings and views of them.
 *
 * @see <a href="https://learn.microsoft.com/en-us/windows/win32/api/memoryapi/">memoryapi.h</a>
 */
public final class MemoryApi {
    /** Instead of a file: memory and the paging files. */
    private static final long INVALID_HANDLE_VALUE = -1;

    private static final MethodHandle CREATE_FILE_MAPPING =
            Native.link(
                    "CreateFileMappingW",
                    FunctionDescriptor.of(
                            ADDRESS, ADDRESS, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
    private static final MethodHandle OPEN_FILE_MAPPING =
            Native.link(
                    "OpenFileMappingW",
                    FunctionDescriptor.of(ADDRESS, JAVA_INT, JAVA_INT, ADDRESS));
    private static final MethodHandle MAP_VIEW_OF_FILE =
            Native.link(
                    "MapViewOfFile",
                    FunctionDescriptor.of(
                            ADDRESS, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));
    private static final MethodHandle UNMAP_VIEW_OF_FILE =
            Native.link("UnmapViewOfFile", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    private static final MethodHandle VIRTUAL_QUERY =
            Native.link(
                    "VirtualQuery", FunctionDescriptor.of(JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG));

    private MemoryApi() {}

    /**
     * Creates memory that is mapped by name. Its space is reserved.
     *
     * @param attributes {@code SECURITY_ATTRIBUTES}
     * @param byteSize its size
     * @param name its name
     * @return a new handle, or the negated error code
     */
    public static long CreateFileMappingW(MemorySegment attributes, long byteSize, String name) {
        MemorySegment lastError = Scratch.lastError();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment nameW = arena.allocateFrom(name, StandardCharsets.UTF_16LE);
            return HandleApi.created(
                    (MemorySegment)
                            CREATE_FILE_MAPPING.invokeExact(
                                    lastError,
                                    HandleApi.pointer(INVALID_HANDLE_VALUE),
                                    attributes,
                                    Windows.PAGE_READWRITE(),
                                    (int) (byteSize >>> 32),
                                    (int) byteSize,
                                    nameW),
                    lastError);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Opens memory that is there.
     *
     * @param access {@code FILE_MAP_} and other rights
     * @param name its name
     * @return a new handle, or the negated error code
     */
    public static long OpenFileMappingW(int access, String name) {
        MemorySegment lastError = Scratch.lastError();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment nameW = arena.allocateFrom(name, StandardCharsets.UTF_16LE);
            return Scratch.result(
                    (MemorySegment) OPEN_FILE_MAPPING.invokeExact(lastError, access, 0, nameW),
                    lastError);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Maps memory, all of it.
     *
     * @param handle the memory's handle
     * @param access {@code FILE_MAP_} constants
     * @param arena the view ends with it
     * @return the view, as long as the memory is, in whole pages; a segment of zero bytes whose
     *     address is the negated error code if the system refuses
     */
    public static MemorySegment MapViewOfFile(long handle, int access, Arena arena) {
        MemorySegment lastError = Scratch.lastError();
        try {
            MemorySegment view =
                    (MemorySegment)
                            MAP_VIEW_OF_FILE.invokeExact(
                                    lastError, HandleApi.pointer(handle), access, 0, 0, 0L);
            if (view.address() == 0) {
                return MemorySegment.ofAddress(Scratch.failure(lastError));
            }
            long byteSize = VirtualQuery(view);
            if (byteSize <= 0) {
                UnmapViewOfFile(view);
                return MemorySegment.ofAddress(byteSize);
            }
            return view.reinterpret(byteSize, arena, MemoryApi::UnmapViewOfFile);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /** How many bytes there are, from an address on, of pages that are alike. */
    private static long VirtualQuery(MemorySegment address) {
        MemorySegment lastError = Scratch.lastError();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment information = _MEMORY_BASIC_INFORMATION.allocate(arena);
            long written =
                    (long)
                            VIRTUAL_QUERY.invokeExact(
                                    lastError, address, information, information.byteSize());
            return written != 0
                    ? _MEMORY_BASIC_INFORMATION.RegionSize(information)
                    : Scratch.failure(lastError);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    private static void UnmapViewOfFile(MemorySegment view) {
        MemorySegment lastError = Scratch.lastError();
        try {
            int unused =
                    (int)
                            UNMAP_VIEW_OF_FILE.invokeExact(
                                    lastError, view); // it fails only for what is no view
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }
}
