// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.windows.stream;

import org.ipc4j.IpcException;
import org.ipc4j.spi.Arguments;
import org.ipc4j.spi.Wait;
import org.ipc4j.windows.sys.Event;
import org.ipc4j.windows.sys.Overlapped;
import org.ipc4j.windows.sys.Win32Error;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What goes out at one end of a pipe.
 *
 * <p>Bytes are copied into memory of our own and written from there. Where there is no room the
 * write stays under way, and whoever writes waits for its end.
 *
 * <p>When the time is up, a message is taken back: the write is cancelled, and either nobody has
 * begun to read it or it is written. A part of a stream cannot be taken back, for Windows does not
 * tell how much of it was read by then. So it counts as written and goes on by itself; the next
 * write waits for it, and if the end is closed meanwhile, the handle is kept until it was read or
 * the other end is gone.
 */
final class PipeOutput {
    /** Memory for messages up to this size is kept for the next one. */
    private static final int KEPT = 1 << 16;

    private static final int SMALLEST = 1 << 12;

    private final PipeEnd end;

    /** In use from the beginning until nothing is under way any more. */
    private final long handle;

    private final boolean messages;
    private final int largest;
    private final Event ended;
    private Arena arena;
    private volatile Overlapped operation;
    private MemorySegment segment;

    /** The same memory. */
    private ByteBuffer buffer;

    /** How many bytes the write has that is under way or whose end nobody has looked at yet. */
    private int underWay;

    /** Whether those count as written already. */
    private boolean counted;

    private boolean closed;

    /** Whether the event was set. Most writes end at once, and so without a call to reset it. */
    private volatile boolean told;

    /** Whether the handle is kept for a write that goes on. */
    private volatile boolean lingering;

    private final AtomicBoolean freed = new AtomicBoolean();

    /**
     * Makes the way out.
     *
     * @param end the end of the pipe, attached to the completion port; it is closed with this
     * @param ended is set when a write has ended; it is closed with this
     * @param messages whether the pipe is one of messages
     * @param largest how many bytes are written at once
     */
    PipeOutput(PipeEnd end, Event ended, boolean messages, int largest) {
        this.end = end;
        this.messages = messages;
        this.largest = largest;
        this.ended = ended;
        this.handle = end.handle().enter();
        end.listen(this::operationEnded);
        makeRoom(SMALLEST);
    }

    private void makeRoom(int size) {
        Arena before = arena;
        // Shared, and closed by hand: no collector may free what Windows still reads.
        arena = Arena.ofShared();
        operation = new Overlapped(arena);
        segment = arena.allocate(size);
        buffer = segment.asByteBuffer();
        if (before != null) {
            before.close();
        }
    }

    /**
     * Begins to write, or goes on, until there is no room.
     *
     * @param source the bytes; its position is moved behind what was written
     */
    synchronized void write(ByteBuffer source) throws IpcException {
        if (closed) {
            throw Arguments.closed(end.name());
        }
        while (hasEnded(source) && source.hasRemaining()) {
            begin(source);
        }
    }

    /** Looks whether the write before this one, or the part before, has ended. */
    private boolean hasEnded(ByteBuffer source) throws IpcException {
        if (underWay == 0) {
            return true;
        }
        if (operation.isUnderWay()) {
            return false;
        }
        int result = operation.result(handle);
        int count = underWay;
        underWay = 0;
        switch (Win32Error.of(result)) {
            case NONE -> {
                if (!counted) {
                    source.position(source.position() + count);
                }
            }
            case ERROR_OPERATION_ABORTED -> {} // taken back
            default -> throw end.exception(result, "WriteFile");
        }
        return true;
    }

    private void begin(ByteBuffer source) throws IpcException {
        int count = Math.min(source.remaining(), largest);
        if (count > segment.byteSize() || segment.byteSize() > Math.max(count, KEPT)) {
            makeRoom(count <= KEPT ? roundedUp(count) : count);
        }
        buffer.put(0, source, source.position(), count);
        if (told) {
            told = false;
            ended.reset();
        }
        int result = operation.write(handle, segment, count);
        switch (Win32Error.of(result)) {
            case NONE -> source.position(source.position() + count);
            case ERROR_IO_PENDING -> {
                underWay = count;
                counted = false;
            }
            default -> throw end.exception(result, "WriteFile");
        }
    }

    private static int roundedUp(int size) {
        return Math.max(SMALLEST, Integer.highestOneBit(size - 1) << 1);
    }

    /** Called by the completion port's thread, which must not wait for our monitor. */
    private void operationEnded() {
        told = true;
        ended.set();
        operation.ended(); // at last: now the next write may begin
        if (lingering) {
            free();
        }
    }

    /** Waits until there is probably room. */
    void awaitRoom(long nanos) {
        ended.await(nanos);
    }

    /** How many writers could probably go on. */
    int ready() {
        return ended.await(0) ? 1 : 0;
    }

    /**
     * Ends a write whose time is up, or that has failed. What went wrong, the next write tells.
     *
     * @param source as in the calls of {@link #write} before
     */
    synchronized void giveUp(ByteBuffer source) {
        if (underWay == 0 || counted || closed) {
            return;
        }
        if (messages) {
            takeBack(source);
        } else {
            source.position(source.position() + underWay);
            counted = true;
        }
    }

    private void takeBack(ByteBuffer source) {
        try {
            cancel();
            hasEnded(source);
        } catch (IpcException gone) {
            // the next write finds out too
        }
    }

    /** Cancels what is under way, and waits until it has ended. */
    private void cancel() {
        operation.cancel(handle);
        while (operation.isUnderWay()) {
            ended.await(Wait.SLICE);
        }
    }

    /** Closes the end, now or when a write that counts as done has ended. */
    synchronized void close() {
        closed = true;
        if (operation.isUnderWay()) {
            if (counted) {
                lingering = true;
                ended.set(); // who waits for room need not wait for the reader
            } else {
                cancel();
            }
        }
        // The write may have ended before its listener could see that we linger.
        if (!operation.isUnderWay()) {
            free();
        }
    }

    private void free() {
        if (freed.compareAndSet(false, true)) {
            ended.close();
            arena.close();
            end.handle().exit();
            end.close();
        }
    }
}
