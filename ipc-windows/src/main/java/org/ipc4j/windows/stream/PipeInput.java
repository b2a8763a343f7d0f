// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.windows.stream;

import org.ipc4j.IpcException;
import org.ipc4j.PeerClosedException;
import org.ipc4j.spi.Arguments;
import org.ipc4j.windows.sys.Event;
import org.ipc4j.windows.sys.NamedPipeApi;
import org.ipc4j.windows.sys.Overlapped;
import org.ipc4j.windows.sys.Win32Error;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.LockSupport;

/**
 * What comes in at one end of a pipe.
 *
 * <p>As long as there is nothing, a read is under way, into memory of our own, and the event tells
 * when it has ended. The first read is of no bytes, and the memory is made when that has ended: an
 * end where nothing has come in yet needs none.
 *
 * <p>A message that fits into the memory is read at once. So it is either still the writer's, who
 * can take it back whole, or ours.
 *
 * @see <a
 *     href="https://learn.microsoft.com/en-us/windows/win32/ipc/named-pipe-type-read-and-wait-modes">Type,
 *     read, and wait modes</a>
 */
final class PipeInput {
    /** What {@link #take} returns at the end. */
    static final int END = -1;

    private static final MemorySegment NONE_YET = MemorySegment.NULL;

    /** How long to pause for a read to end, in nanoseconds. */
    private static final long PAUSE = 20_000;

    private static final int PATIENCE = 500;

    private final PipeEnd end;

    /** In use from the beginning until nothing is under way any more. */
    private final long handle;

    private final Event event;
    private final boolean messages;
    private final int capacity;

    /** Shared, and closed by hand: no collector may free what Windows still writes to. */
    private final Arena arena = Arena.ofShared();

    private final Overlapped operation = new Overlapped(arena);
    private MemorySegment segment = NONE_YET;

    /** The same memory: what has come in and is not taken yet. */
    private ByteBuffer held;

    /** Whether a read was begun whose end nobody has looked at yet. */
    private boolean reading;

    /** Whether a read has ended whose bytes, or whose message without bytes, is not taken yet. */
    private boolean holding;

    /** Whether the end of what is held is the end of a message; if nothing is held, was. */
    private boolean wholeMessage = true;

    private boolean messageTaken;
    private boolean ended;
    private boolean closed;

    /**
     * Makes the way in.
     *
     * @param end the end of the pipe
     * @param event is set when a read has ended; belongs to the caller
     * @param messages whether the end reads in messages
     * @param capacity how many bytes are read at once
     */
    PipeInput(PipeEnd end, Event event, boolean messages, int capacity) {
        this.end = end;
        this.handle = end.handle().enter();
        this.event = event;
        this.messages = messages;
        this.capacity = capacity;
    }

    /**
     * Looks, and begins to read if there is nothing.
     *
     * @return whether {@link #take} can be called
     */
    synchronized boolean look() throws IpcException {
        if (closed) {
            throw Arguments.closed(end.name());
        }
        int pauses = 0;
        while (!holding && !ended) {
            int result =
                    reading ? operation.result(handle) : operation.read(handle, segment, event);
            reading = true;
            switch (Win32Error.of(result)) {
                case NONE -> hold(true);
                case ERROR_MORE_DATA -> hold(false);
                case ERROR_IO_PENDING, ERROR_IO_INCOMPLETE -> {
                    if (pauses++ == PATIENCE || !isThere()) {
                        return false;
                    }
                    LockSupport.parkNanos(this, PAUSE); // the read is just about to end
                    continue;
                }
                case ERROR_OPERATION_ABORTED -> {} // with the thread that had begun it: once more
                case ERROR_BROKEN_PIPE, ERROR_PIPE_NOT_CONNECTED, ERROR_NO_DATA -> end();
                default -> {
                    reading = false;
                    throw end.exception(result, "ReadFile");
                }
            }
            reading = false;
        }
        return true;
    }

    /** A read that fails at once does not set the event, for which others may be waiting. */
    private void end() {
        ended = true;
        event.set();
    }

    /** Whether there is something to read, or the end, though the read has not ended yet. */
    private boolean isThere() {
        int bytes = NamedPipeApi.PeekNamedPipe(handle);
        return bytes > 0 || Win32Error.of(bytes) == Win32Error.ERROR_BROKEN_PIPE;
    }

    private void hold(boolean whole) {
        boolean bytesWait = messages ? !whole : true;
        if (segment == NONE_YET && bytesWait) {
            segment = arena.allocate(capacity);
            held = segment.asByteBuffer();
            return;
        }
        int count = segment == NONE_YET ? 0 : operation.count();
        if (count > 0) {
            held.position(0).limit(count);
        }
        holding = count > 0 || messages; // a stream knows nothing of a write without bytes
        wholeMessage = whole;
    }

    /**
     * Takes bytes of what has come in. Called if {@link #look} was {@code true}.
     *
     * @param target where they go
     * @return how many; 0 for a message without bytes; {@link #END} if the other end is closed and
     *     everything is taken
     * @throws PeerClosedException if the other end has gone in the midst of a message
     */
    synchronized int take(ByteBuffer target) throws PeerClosedException {
        messageTaken = false;
        if (!holding) {
            if (!wholeMessage) {
                throw new PeerClosedException(
                        end.name(), "the other end has gone in the midst of a message");
            }
            return END;
        }
        int count = held == null ? 0 : Math.min(target.remaining(), held.remaining());
        if (count > 0) {
            target.put(target.position(), held, held.position(), count);
            target.position(target.position() + count);
            held.position(held.position() + count);
        }
        holding = held != null && held.hasRemaining();
        messageTaken = !holding && messages && wholeMessage;
        return count;
    }

    /** Whether the last {@link #take} has taken the end of a message. */
    synchronized boolean hasTakenMessage() {
        return messageTaken;
    }

    /** Whether a message was taken in part, so that the next bytes belong to it. */
    synchronized boolean isWithinMessage() {
        return messages && (holding ? held != null && held.position() > 0 : !wholeMessage);
    }

    /** Whether {@link #look} would find something new. */
    synchronized boolean hasNews() {
        return holding
                || ended
                || !reading
                || Win32Error.of(operation.result(handle)) != Win32Error.ERROR_IO_INCOMPLETE;
    }

    /** Gives everything back that Windows could write to, and the handle. */
    synchronized void close() {
        closed = true;
        if (operation.isUnderWay()) {
            operation.cancel(handle);
            while (Win32Error.of(operation.result(handle)) == Win32Error.ERROR_IO_INCOMPLETE) {
                event.await(1);
            }
        }
        arena.close();
        end.handle().exit();
    }
}
