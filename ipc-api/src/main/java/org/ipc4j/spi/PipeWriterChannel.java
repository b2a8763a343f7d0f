// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.spi;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.stream.PipeWriter;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Makes a {@link PipeWriter} from a write that does not wait. One thread writes at a time; others
 * wait their turn.
 */
public abstract class PipeWriterChannel extends WaitingChannel implements PipeWriter {
    /** The largest part of a segment that is written through one buffer. */
    private static final long PART = 1 << 30;

    /** The largest part of a segment that is copied, where it cannot be a buffer. */
    private static final long COPY = 1 << 20;

    private final IpcName name;
    private final WritingSide writing = new Writing();

    /**
     * Creates the part that waits.
     *
     * @param name the pipe's name
     */
    protected PipeWriterChannel(IpcName name) {
        this.name = name;
    }

    /**
     * Writes what there is room for now. Called by one thread at a time. It may leave a write under
     * way; it is called again then, with the same source, and at last {@link #endWrite}.
     *
     * @param source has bytes; its position is moved
     * @throws org.ipc4j.PeerClosedException if the reader is gone
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if the pipe is closed
     */
    protected abstract void writeNow(ByteBuffer source) throws IpcException;

    /**
     * Ends what {@link #writeNow} has left under way, for the time is up, or the write has failed
     * or is over. Called by the same thread, at the end of each write.
     *
     * @param source as before; its position is moved behind what was written after all
     */
    protected void endWrite(ByteBuffer source) {}

    /**
     * Returns where writers wait.
     *
     * @return the same object for every call
     */
    protected abstract Wait room();

    /**
     * Waits in the kernel until there is probably room. Only called if {@link #room()} waits in the
     * kernel.
     *
     * @param nanos how long at most
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if the pipe is closed
     */
    protected void awaitRoom(long nanos) throws IpcException {}

    /**
     * Returns the pipe's name.
     *
     * @return the name; of a pipe without one, what messages call it
     */
    public final IpcName name() {
        return name;
    }

    private final class Writing extends WritingSide {
        Writing() {
            super(PipeWriterChannel.this);
        }

        @Override
        void now(ByteBuffer source, List<PassableHandle> handles) throws IpcException {
            writeNow(source);
        }

        @Override
        void end(ByteBuffer source) {
            endWrite(source);
        }

        @Override
        Wait room() {
            return PipeWriterChannel.this.room();
        }

        @Override
        void await(long nanos) throws IpcException {
            awaitRoom(nanos);
        }
    }

    @Override
    public final int write(ByteBuffer source) throws IOException {
        requireOpen();
        return writing.write(source);
    }

    @Override
    public final int write(ByteBuffer source, Duration timeout)
            throws IOException, InterruptedException {
        requireOpen();
        return writing.write(source, List.of(), timeout);
    }

    @Override
    public final long write(ByteBuffer[] sources) throws IOException {
        return write(sources, 0, sources.length);
    }

    @Override
    public final long write(ByteBuffer[] sources, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, sources.length);
        requireOpen();
        return writing.write(List.of(sources).subList(offset, offset + length));
    }

    @Override
    public final long write(MemorySegment source) throws IOException {
        requireOpen();
        return writing.inTurn(() -> {
            long total = 0;
            while (total < source.byteSize()) {
                total += write(part(source, total));
            }
            return total;
        });
    }

    @Override
    public final long write(MemorySegment source, Duration timeout)
            throws IOException, InterruptedException {
        requireOpen();
        Wait.requireNotInterrupted();
        long begun = System.nanoTime();
        long total = 0;
        while (total < source.byteSize()) {
            ByteBuffer part = part(source, total);
            try {
                write(part, WritingSide.left(timeout, begun));
            } catch (InterruptedException e) {
                if (total + part.position() == 0) {
                    throw e;
                }
                Thread.currentThread().interrupt();
            }
            total += part.position();
            if (part.hasRemaining()) {
                break;
            }
        }
        return total;
    }

    private static ByteBuffer part(MemorySegment source, long offset) {
        MemorySegment part = source.asSlice(offset, Math.min(PART, source.byteSize() - offset));
        try {
            return part.asByteBuffer();
        } catch (UnsupportedOperationException e) { // an array of something else than bytes
            return ByteBuffer.wrap(
                    part.asSlice(0, Math.min(COPY, part.byteSize()))
                            .toArray(ValueLayout.JAVA_BYTE));
        }
    }
}
