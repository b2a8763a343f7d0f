// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.windows.memory;

import static org.ipc4j.windows.sys.MemoryApi.CreateFileMappingW;
import static org.ipc4j.windows.sys.MemoryApi.MapViewOfFile;
import static org.ipc4j.windows.sys.MemoryApi.OpenFileMappingW;
import static org.ipc4j.windows.sys.WindowsErrors.check;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.NameExistsException;
import org.ipc4j.ResourceLimitException;
import org.ipc4j.memory.SharedMemory;
import org.ipc4j.memory.SharedMemoryOptions;
import org.ipc4j.spi.MappedMemory;
import org.ipc4j.windows.sys.HandleApi;
import org.ipc4j.windows.sys.Security;
import org.ipc4j.windows.sys.Win32;
import org.ipc4j.windows.sys.Win32Error;
import org.ipc4j.windows.sys.WindowsErrors;
import org.ipc4j.windows.sys.WindowsNames;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.locks.LockSupport;

/**
 * {@code CreateFileMappingW} and {@code MapViewOfFile}.
 *
 * <p>Windows gives a new object its name at once. So that nobody sees it half-built, it can only be
 * looked at until it has its content; who opens it meanwhile is refused, finds that it may look,
 * and tries again. Should its creator die, it is gone.
 *
 * <p>The handle is kept as long as the view: the name goes with the last handle.
 */
final class WindowsSharedMemory extends MappedMemory {
    private static final int READ_WRITE = Win32.FILE_MAP_READ | Win32.FILE_MAP_WRITE;

    /** Whatever the system has mapped, in whole pages. */
    private static final long WHOLE = -1;

    private static final String ONLY_LOOK =
            "this user may only look at it; its creator has not completed it within 2 s, or keeps"
                    + " it to itself";
    private static final long PATIENCE_NANOS = 2_000_000_000;
    private static final long LOOK_AGAIN_NANOS = 1_000_000;

    private WindowsSharedMemory(IpcName name, long handle, Arena arena, MemorySegment segment) {
        super(name, WindowsNames.memory(name), () -> close(arena, handle), segment);
    }

    private static void close(Arena arena, long handle) {
        arena.close();
        HandleApi.CloseHandle(handle);
    }

    static SharedMemory create(IpcName name, SharedMemoryOptions options) throws IpcException {
        long handle = create(name, options.byteSize(), options.access());
        WindowsSharedMemory memory = map(name, handle, READ_WRITE, options.byteSize());
        try {
            options.initializer().accept(memory.segment());
            Security.complete(handle, name, memory.nativeKey(), options.access(), READ_WRITE);
            return memory;
        } catch (IpcException | RuntimeException | Error e) {
            memory.close();
            throw e;
        }
    }

    private static long create(IpcName name, long byteSize, Access access) throws IpcException {
        String key = WindowsNames.memory(name);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attributes = Security.incomplete(name, key, access, arena);
            long handle = CreateFileMappingW(attributes, byteSize, key);
            return switch (Win32Error.of(handle)) {
                case NONE -> handle;
                case ERROR_ACCESS_DENIED -> throw refused(handle, name, key);
                case ERROR_INVALID_PARAMETER ->
                        throw new ResourceLimitException(
                                name, byteSize + " bytes are more than Windows can map");
                default -> throw WindowsErrors.exception(handle, "CreateFileMappingW", name, key);
            };
        }
    }

    /** Somebody is just creating it, or has it and keeps it to himself. */
    private static IpcException refused(long result, IpcName name, String key) {
        return mayLook(key)
                ? new NameExistsException(name, "another program has it, or is creating it")
                : WindowsErrors.exception(result, "CreateFileMappingW", name, key);
    }

    static SharedMemory open(IpcName name, Access access, boolean readOnly) throws IpcException {
        String key = WindowsNames.memory(name);
        int view = readOnly ? Win32.FILE_MAP_READ : READ_WRITE;
        long handle = openComplete(key, view | Security.toKnowOwner(access));
        if (Win32Error.of(handle) == Win32Error.ERROR_ACCESS_DENIED && mayLook(key)) {
            throw WindowsErrors.exception(handle, "OpenFileMappingW", name, key, ONLY_LOOK);
        }
        check(handle, "OpenFileMappingW", name, key);
        try {
            Security.requireOwner(handle, name, key, access);
        } catch (IpcException | RuntimeException | Error e) {
            HandleApi.CloseHandle(handle);
            throw e;
        }
        return map(name, handle, view, WHOLE);
    }

    /** Waits for a creator that has the object's name and not yet its content. */
    private static long openComplete(String key, int rights) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        long handle = OpenFileMappingW(rights, key);
        while (Win32Error.of(handle) == Win32Error.ERROR_ACCESS_DENIED
                && mayLook(key)
                && System.nanoTime() < deadline) {
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
            handle = OpenFileMappingW(rights, key);
        }
        return handle;
    }

    private static boolean mayLook(String key) {
        return isOpened(OpenFileMappingW(Win32.READ_CONTROL, key));
    }

    /** Whether there is memory under a key, somebody else's too. */
    static boolean isPresent(String key) {
        long handle = OpenFileMappingW(Win32.READ_CONTROL, key);
        return isOpened(handle) || Win32Error.of(handle) == Win32Error.ERROR_ACCESS_DENIED;
    }

    private static boolean isOpened(long handle) {
        if (handle > 0) {
            HandleApi.CloseHandle(handle);
        }
        return handle > 0;
    }

    /** Takes over the handle. */
    private static WindowsSharedMemory map(IpcName name, long handle, int view, long byteSize)
            throws IpcException {
        Arena arena = Arena.ofShared();
        MemorySegment segment = MapViewOfFile(handle, view, arena);
        if (segment.byteSize() == 0) {
            close(arena, handle);
            throw WindowsErrors.exception(
                    segment.address(), "MapViewOfFile", name, WindowsNames.memory(name));
        }
        MemorySegment used = byteSize == WHOLE ? segment : segment.asSlice(0, byteSize);
        boolean readOnly = view == Win32.FILE_MAP_READ;
        return new WindowsSharedMemory(name, handle, arena, readOnly ? used.asReadOnly() : used);
    }
}
