// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.windows.file;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.file.FileRange;
import org.ipc4j.spi.FileDraft;
import org.ipc4j.spi.LocalFile;
import org.ipc4j.windows.sys.FileApi;
import org.ipc4j.windows.sys.HandleApi;
import org.ipc4j.windows.sys.Win32;
import org.ipc4j.windows.sys.Win32Error;
import org.ipc4j.windows.sys.WinbaseApi;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.LockSupport;

/** A file that is written, made durable by {@code FlushFileBuffers}, and moved. */
final class WindowsFileDraft implements FileDraft {
    private static final int BUFFER_SIZE = 64 * 1024;
    private static final int MOVE = Win32.MOVEFILE_REPLACE_EXISTING | Win32.MOVEFILE_WRITE_THROUGH;

    /** How long a virus scanner, or whoever opens a file for a moment, is waited for. */
    private static final long PATIENCE_NANOS = 2_000_000_000;

    private static final long LOOK_AGAIN_NANOS = 1_000_000;

    private final LocalFile file;
    private final LocalFile target;
    private final long handle;

    /** The same memory twice, for the system and for Java. */
    private final MemorySegment segment = Arena.ofAuto().allocate(BUFFER_SIZE);

    private final ByteBuffer buffer = segment.asByteBuffer();

    /** What is locked, null until then. */
    private FileRange locked;

    WindowsFileDraft(LocalFile file, LocalFile target, Access access) throws IpcException {
        this.file = file;
        this.target = target;
        this.handle = RegularFile.create(file, access);
    }

    @Override
    public void lock(FileRange mark) throws IpcException {
        int flags = Win32.LOCKFILE_FAIL_IMMEDIATELY | Win32.LOCKFILE_EXCLUSIVE_LOCK;
        RegularFile.check(
                FileApi.LockFileEx(handle, flags, mark.position(), mark.size()),
                "LockFileEx",
                file);
        locked = mark;
    }

    @Override
    public void write(ByteBuffer source) throws IpcException {
        while (source.hasRemaining()) {
            int count = Math.min(source.remaining(), buffer.capacity());
            buffer.put(0, source, source.position(), count);
            int written = FileApi.WriteFile(handle, segment, count);
            RegularFile.check(written, "WriteFile", file);
            source.position(source.position() + written);
        }
    }

    @Override
    public void sync() throws IpcException {
        RegularFile.check(FileApi.FlushFileBuffers(handle), "FlushFileBuffers", file);
    }

    @Override
    public void replaceTarget() throws IpcException {
        long start = System.nanoTime();
        int result = moveOrReplace();
        while (isPassing(result) && System.nanoTime() - start < PATIENCE_NANOS) {
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
            result = moveOrReplace();
        }
        RegularFile.check(result, "MoveFileExW", target);
    }

    /**
     * A move is one step of the file system, but not every Windows moves a file onto one that is
     * open. {@code ReplaceFileW} does that, in several steps.
     */
    private int moveOrReplace() {
        String from = RegularFile.key(file);
        String to = RegularFile.key(target);
        int moved = WinbaseApi.MoveFileExW(from, to, MOVE);
        if (Win32Error.of(moved) != Win32Error.ERROR_ACCESS_DENIED) {
            return moved;
        }
        return WinbaseApi.ReplaceFileW(to, from) == 0 ? 0 : moved;
    }

    private static boolean isPassing(int result) {
        return switch (Win32Error.of(result)) {
            case ERROR_ACCESS_DENIED, ERROR_SHARING_VIOLATION -> true;
            default -> false;
        };
    }

    /** Closing the handle unlocks too, but Windows does not say how soon. */
    @Override
    public void close() {
        if (locked != null) {
            FileApi.UnlockFileEx(handle, locked.position(), locked.size());
        }
        HandleApi.CloseHandle(handle);
    }
}
