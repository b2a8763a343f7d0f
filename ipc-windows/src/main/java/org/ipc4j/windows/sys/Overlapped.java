// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.windows.sys;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import org.ipc4j.windows.sys.gen._OVERLAPPED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * An operation that may go on after the call that began it, one after the other.
 *
 * <p>Windows writes to the {@code OVERLAPPED}, and to the buffer, at any time until the operation
 * has ended. So an operation that is under way is waited for, after {@link #cancel} if need be,
 * before its memory is given back: {@link #isUnderWay} has become {@code false} then.
 *
 * <p>How its end is told depends on how it is begun: by the {@link Event} that it is given, or by
 * the {@link CompletionPort}. The difference matters when the thread that began it comes to its
 * end, be it a carrier of virtual threads: Windows cancels operations of the first kind then
 * ({@link Win32Error#ERROR_OPERATION_ABORTED}), and not those of the second.
 *
 * <p>Used by one thread at a time, but for {@link #ended} and {@link #isUnderWay}.
 *
 * @see <a
 *     href="https://learn.microsoft.com/en-us/windows/win32/api/minwinbase/ns-minwinbase-overlapped">OVERLAPPED</a>
 */
public final class Overlapped {
    /**
     * In the event's handle: the completion port is not to be told. The lowest bits of a handle
     * mean nothing to Windows.
     */
    private static final long NOT_TO_THE_PORT = 1;

    private final MemorySegment overlapped;
    private final MemorySegment transferred;
    private volatile boolean underWay;

    /**
     * Makes room for operations.
     *
     * @param arena is closed only when no operation is under way
     */
    public Overlapped(Arena arena) {
        overlapped = _OVERLAPPED.allocate(arena);
        transferred = arena.allocate(JAVA_INT);
    }

    /**
     * Begins to read.
     *
     * @param handle the handle
     * @param buffer where the bytes go; of no bytes to wait until there are some
     * @param event is set when the operation has ended
     * @return 0 if it has ended, or the negated error code; that of {@link
     *     Win32Error#ERROR_IO_PENDING} if it is under way
     */
    public int read(long handle, MemorySegment buffer, Event event) {
        prepare();
        long eventHandle = event.enter();
        try {
            _OVERLAPPED.hEvent(overlapped, HandleApi.pointer(eventHandle | NOT_TO_THE_PORT));
            underWay = true;
            return begun(FileApi.ReadFile(handle, buffer, (int) buffer.byteSize(), overlapped));
        } finally {
            event.exit();
        }
    }

    /**
     * Begins to write.
     *
     * @param handle the handle, attached to the {@link CompletionPort}
     * @param buffer the bytes
     * @param count how many
     * @return 0 if it has ended, or the negated error code; that of {@link
     *     Win32Error#ERROR_IO_PENDING} if it is under way, until the port's thread calls {@link
     *     #ended}
     */
    public int write(long handle, MemorySegment buffer, int count) {
        prepare();
        underWay = true; // it may end before the call returns
        return begun(FileApi.WriteFile(handle, buffer, count, overlapped));
    }

    /**
     * Begins to wait for a pipe's client.
     *
     * @param handle the pipe's server's handle, attached to the {@link CompletionPort}
     * @return 0 if it has ended, or the negated error code; that of {@link
     *     Win32Error#ERROR_IO_PENDING} if it is under way, until the port's thread calls {@link
     *     #ended}
     */
    public int connect(long handle) {
        prepare();
        underWay = true;
        return begun(NamedPipeApi.ConnectNamedPipe(handle, overlapped));
    }

    /** To be called when the completion port has told the end. */
    public void ended() {
        underWay = false;
    }

    private void prepare() {
        if (underWay) {
            throw new IllegalStateException("the operation before is still under way");
        }
        overlapped.fill((byte) 0);
    }

    private int begun(int result) {
        if (Win32Error.of(result) != Win32Error.ERROR_IO_PENDING) {
            underWay = false;
        }
        return result;
    }

    /**
     * Tells whether the operation's memory is still Windows's.
     *
     * @return {@code false} if it was never begun, or its end was told; of an operation with an
     *     event, {@link #result} tells it
     */
    public boolean isUnderWay() {
        return underWay;
    }

    /**
     * Looks how an operation has ended that was under way.
     *
     * @param handle the handle
     * @return 0, or the negated error code; that of {@link Win32Error#ERROR_IO_INCOMPLETE} if it
     *     has not ended
     */
    public int result(long handle) {
        int result = IoApi.GetOverlappedResult(handle, overlapped, transferred);
        if (Win32Error.of(result) != Win32Error.ERROR_IO_INCOMPLETE) {
            underWay = false;
        }
        return result;
    }

    /**
     * Returns how many bytes went through.
     *
     * @return the number, once the operation has ended
     */
    public int count() {
        return (int) _OVERLAPPED.InternalHigh(overlapped);
    }

    /**
     * Cancels an operation that may be under way. It has not ended yet when this returns.
     *
     * @param handle the handle
     */
    public void cancel(long handle) {
        IoApi.CancelIoEx(handle, overlapped);
    }
}
