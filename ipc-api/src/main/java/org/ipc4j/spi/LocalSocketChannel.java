// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.spi;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.stream.LocalSocket;
import org.ipc4j.stream.LocalSocketType;
import org.ipc4j.stream.Passable;
import org.ipc4j.stream.ReceivedHandle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * Makes a {@link LocalSocket} from a read and a write that do not wait. One thread writes at a
 * time; others wait their turn. Reading and writing do not wait for each other.
 *
 * <p>Subclasses implement {@link #implCloseChannel}, which is called once.
 */
public abstract class LocalSocketChannel extends WaitingChannel implements LocalSocket {
    /** What {@link #readNow} returns if there is nothing now. */
    protected static final int NOTHING = 0;

    /** What {@link #readNow} returns if the other end writes no more and everything is read. */
    protected static final int END = -1;

    /** What {@link #readNow} returns if it has taken a message without bytes. */
    protected static final int EMPTY_MESSAGE = -2;

    private final IpcName name;
    private final LocalSocketType type;
    private final ReadingSide reading = new Reading();
    private final WritingSide writing = new Writing();

    /**
     * Creates the part that waits.
     *
     * @param name what messages call it
     * @param type what goes through it
     */
    protected LocalSocketChannel(IpcName name, LocalSocketType type) {
        this.name = name;
        this.type = type;
    }

    /**
     * Reads what is there now, of one message at most. Called by one thread at a time.
     *
     * @param target has room; its position is moved
     * @param handles where the handles go that come with it, or null if they are to be closed
     * @return how many bytes were read; {@link #NOTHING}, {@link #END} or {@link #EMPTY_MESSAGE}
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if the socket is closed
     */
    protected abstract int readNow(ByteBuffer target, Collection<? super ReceivedHandle> handles)
            throws IpcException;

    /**
     * Writes what there is room for now; a message whole or not at all. Called by one thread at a
     * time. It may leave a write under way; it is called again then, with the same source, and at
     * last {@link #endWrite}.
     *
     * @param source has bytes; its position is moved
     * @param handles what is passed with the first of these bytes; empty when it is called again
     *     and has written something
     * @throws org.ipc4j.PeerClosedException if the other end is gone
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if the socket is closed
     */
    protected abstract void writeNow(ByteBuffer source, List<PassableHandle> handles)
            throws IpcException;

    /**
     * Ends what {@link #writeNow} has left under way, for the time is up, or the write has failed
     * or is over. Called by the same thread, at the end of each write.
     *
     * @param source as before; its position is moved behind what was written after all
     */
    protected void endWrite(ByteBuffer source) {}

    /**
     * Ends what this end writes. Called by one thread at a time, never during a write.
     *
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if the socket is closed
     */
    protected void shutdownNow() throws IpcException {
        throw new UnsupportedOperationException(
                "with this provider a socket cannot end what it writes but by closing");
    }

    /**
     * Tells whether handles can be passed.
     *
     * @return whether {@link #readNow} and {@link #writeNow} may be given some
     */
    protected boolean passesHandles() {
        return false;
    }

    /**
     * Returns where readers wait.
     *
     * @return the same object for every call
     */
    protected abstract Wait bytes();

    /**
     * Returns where writers wait.
     *
     * @return the same object for every call
     */
    protected abstract Wait room();

    /**
     * Waits in the kernel until there are probably bytes, or the end. Only called if {@link
     * #bytes()} waits in the kernel.
     *
     * @param nanos how long at most
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if the socket is closed
     */
    protected void awaitBytes(long nanos) throws IpcException {}

    /**
     * Waits in the kernel until there is probably room. Only called if {@link #room()} waits in the
     * kernel.
     *
     * @param nanos how long at most
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if the socket is closed
     */
    protected void awaitRoom(long nanos) throws IpcException {}

    @Override
    public final IpcName name() {
        return name;
    }

    @Override
    public final LocalSocketType type() {
        return type;
    }

    private final class Reading extends ReadingSide {
        Reading() {
            super(LocalSocketChannel.this);
        }

        @Override
        int now(ByteBuffer target, Collection<? super ReceivedHandle> handles) throws IpcException {
            return readNow(target, handles);
        }

        @Override
        boolean hasMore() {
            return type == LocalSocketType.STREAM || !isMessageComplete();
        }

        @Override
        Wait bytes() {
            return LocalSocketChannel.this.bytes();
        }

        @Override
        void await(long nanos) throws IpcException {
            awaitBytes(nanos);
        }
    }

    private final class Writing extends WritingSide {
        Writing() {
            super(LocalSocketChannel.this);
        }

        @Override
        void now(ByteBuffer source, List<PassableHandle> handles) throws IpcException {
            writeNow(source, handles);
        }

        @Override
        void end(ByteBuffer source) {
            endWrite(source);
        }

        @Override
        Wait room() {
            return LocalSocketChannel.this.room();
        }

        @Override
        void await(long nanos) throws IpcException {
            awaitRoom(nanos);
        }
    }

    @Override
    public final int read(ByteBuffer target) throws IOException {
        return counted(reading.read(target));
    }

    @Override
    public final int read(ByteBuffer target, Duration timeout)
            throws IOException, InterruptedException {
        return counted(reading.read(target, null, timeout));
    }

    @Override
    public final int read(
            ByteBuffer target, Collection<? super ReceivedHandle> handles, Duration timeout)
            throws IOException, InterruptedException {
        Objects.requireNonNull(handles, "handles");
        requireHandlePassing();
        return counted(reading.read(target, handles, timeout));
    }

    private static int counted(int count) {
        return count == EMPTY_MESSAGE ? 0 : count;
    }

    @Override
    public final long read(ByteBuffer[] targets) throws IOException {
        return read(targets, 0, targets.length);
    }

    /** Waits for bytes, and then takes what is there, of one message at most. */
    @Override
    public final long read(ByteBuffer[] targets, int offset, int length) throws IOException {
        long count = reading.read(targets, offset, length);
        return count == EMPTY_MESSAGE ? 0 : count;
    }

    @Override
    public final int write(ByteBuffer source) throws IOException {
        requireWritable(source);
        return writing.write(source);
    }

    @Override
    public final int write(ByteBuffer source, Duration timeout)
            throws IOException, InterruptedException {
        return writeUntil(source, List.of(), timeout);
    }

    @Override
    public final int write(ByteBuffer source, List<? extends Passable> handles, Duration timeout)
            throws IOException, InterruptedException {
        requireHandlePassing();
        List<PassableHandle> passed = SocketMessage.passed(handles);
        if (!passed.isEmpty() && !source.hasRemaining()) {
            throw new IllegalArgumentException(
                    "handles are passed with a byte or more, and there is none");
        }
        return writeUntil(source, passed, timeout);
    }

    private int writeUntil(ByteBuffer source, List<PassableHandle> handles, Duration timeout)
            throws IOException, InterruptedException {
        Objects.requireNonNull(timeout, "timeout");
        requireWritable(source);
        return writing.write(source, handles, timeout);
    }

    @Override
    public final long write(ByteBuffer[] sources) throws IOException {
        return write(sources, 0, sources.length);
    }

    @Override
    public final long write(ByteBuffer[] sources, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, sources.length);
        requireOpen();
        List<ByteBuffer> wanted = List.of(sources).subList(offset, offset + length);
        return type == LocalSocketType.SEQPACKET ? writeMessage(wanted) : writing.write(wanted);
    }

    private long writeMessage(List<ByteBuffer> sources) throws IOException {
        int written = write(SocketMessage.gathered(sources, maxMessageSize()));
        for (ByteBuffer source : sources) {
            source.position(source.limit());
        }
        return written;
    }

    @Override
    public final void shutdownOutput() throws IOException {
        requireOpen();
        writing.inTurn(() -> {
            try {
                shutdownNow();
            } catch (IllegalStateException e) {
                throw closedMeanwhile(e, "shutting down");
            }
            return 0;
        });
    }

    private void requireHandlePassing() {
        if (!passesHandles()) {
            throw new UnsupportedOperationException("this provider passes no handles");
        }
    }

    private void requireWritable(ByteBuffer source) throws ClosedChannelException {
        requireOpen();
        if (type == LocalSocketType.SEQPACKET) {
            SocketMessage.requireSize(source.remaining(), maxMessageSize());
        }
    }
}
