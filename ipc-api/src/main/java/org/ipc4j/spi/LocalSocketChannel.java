// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.spi;

import org.ipc4j.IpcClosedException;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.stream.LocalSocket;
import org.ipc4j.stream.LocalSocketType;
import org.ipc4j.stream.Passable;
import org.ipc4j.stream.ReceivedHandle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

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
    private final ReentrantLock readTurn = new ReentrantLock();
    private final ReentrantLock writeTurn = new ReentrantLock();

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

    @Override
    public final int read(ByteBuffer target) throws IOException {
        requireReadable(target);
        return target.hasRemaining() ? (int) counted(await(() -> readNow(target, null))) : 0;
    }

    /** Reads by one thread at a time. */
    @FunctionalInterface
    private interface Reading {
        long now() throws IpcException;
    }

    private long await(Reading reading) throws IOException {
        if (isCalm()) {
            long count = atOnce(reading);
            if (count != NOTHING) {
                return count;
            }
        }
        return awaitLater(reading);
    }

    private long atOnce(Reading reading) throws IOException {
        try {
            return inTurn(reading);
        } catch (IpcException e) {
            throw unlessClosed(e);
        }
    }

    private long awaitLater(Reading reading) throws IOException {
        long[] count = {NOTHING};
        awaitOrClose(bytes(), this::awaitBytes, nanos -> attempt(reading, nanos, count));
        return count[0];
    }

    @Override
    public final int read(ByteBuffer target, Duration timeout)
            throws IOException, InterruptedException {
        return readUntil(target, null, timeout);
    }

    @Override
    public final int read(
            ByteBuffer target, Collection<? super ReceivedHandle> handles, Duration timeout)
            throws IOException, InterruptedException {
        Objects.requireNonNull(handles, "handles");
        requireHandlePassing();
        return readUntil(target, handles, timeout);
    }

    private int readUntil(
            ByteBuffer target, Collection<? super ReceivedHandle> handles, Duration timeout)
            throws IOException, InterruptedException {
        Objects.requireNonNull(timeout, "timeout");
        requireReadable(target);
        if (!target.hasRemaining()) {
            return 0;
        }
        Wait.requireNotInterrupted();
        Reading reading = () -> readNow(target, handles);
        long[] count = {inTurn(reading)};
        if (count[0] == NOTHING) {
            bytes().until(timeout, nanos -> attempt(reading, nanos, count));
        }
        return (int) counted(count[0]);
    }

    private static long counted(long count) {
        return count == EMPTY_MESSAGE ? 0 : count;
    }

    @Override
    public final long read(ByteBuffer[] targets) throws IOException {
        return read(targets, 0, targets.length);
    }

    /** Waits for bytes, and then takes what is there, of one message at most. */
    @Override
    public final long read(ByteBuffer[] targets, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, targets.length);
        requireOpen();
        List<ByteBuffer> withRoom = new ArrayList<>();
        for (int i = offset; i < offset + length; i++) {
            requireReadable(targets[i]);
            if (targets[i].hasRemaining()) {
                withRoom.add(targets[i]);
            }
        }
        return withRoom.isEmpty() ? 0 : counted(await(() -> readNow(withRoom)));
    }

    private long readNow(List<ByteBuffer> targets) throws IpcException {
        long total = 0;
        for (ByteBuffer target : targets) {
            while (target.hasRemaining()) {
                int count = total == 0 || hasMore() ? readNow(target, null) : NOTHING;
                if (count <= 0) {
                    return total == 0 ? count : total;
                }
                total += count;
            }
        }
        return total;
    }

    private boolean hasMore() {
        return type == LocalSocketType.STREAM || !isMessageComplete();
    }

    private boolean attempt(Reading reading, long nanos, long[] count) throws IpcException {
        if (nanos > 0) {
            awaitBytes(nanos);
        }
        count[0] = inTurn(reading);
        return count[0] != NOTHING;
    }

    private long inTurn(Reading reading) throws IpcException {
        readTurn.lock();
        try {
            return reading.now();
        } catch (IllegalStateException e) {
            throw closedMeanwhile(e, "reading");
        } finally {
            readTurn.unlock();
        }
    }

    /** This end was open when the method began. */
    private IpcException closedMeanwhile(IllegalStateException e, String doing) {
        if (isOpen()) {
            throw e;
        }
        return new IpcClosedException(name, "closed while this thread was " + doing);
    }

    @Override
    public final int write(ByteBuffer source) throws IOException {
        requireWritable(source);
        int start = source.position();
        writeTurn.lock();
        try {
            if (!isCalm() || !writeAtOnce(source)) {
                awaitOrClose(
                        room(),
                        this::awaitRoom,
                        nanos -> writeAttempt(source, start, List.of(), nanos));
            }
            return source.position() - start;
        } finally {
            endWrite(source);
            writeTurn.unlock();
        }
    }

    private boolean writeAtOnce(ByteBuffer source) throws IOException {
        try {
            if (source.hasRemaining()) {
                writeOpen(source, List.of());
            }
            return !source.hasRemaining();
        } catch (IpcException e) {
            throw unlessClosed(e);
        }
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
        Wait.requireNotInterrupted();
        int start = source.position();
        long begun = System.nanoTime();
        if (!writeTurn.tryLock() && !writeTurn.tryLock(Wait.nanos(timeout), TimeUnit.NANOSECONDS)) {
            return 0;
        }
        try {
            writeInTurn(source, handles, timeout, begun);
            return source.position() - start; // with what was under way at the end
        } finally {
            writeTurn.unlock();
        }
    }

    private void writeInTurn(
            ByteBuffer source, List<PassableHandle> handles, Duration timeout, long begun)
            throws IpcException, InterruptedException {
        int start = source.position();
        try {
            if (source.hasRemaining()) {
                writeOpen(source, handles);
            }
            if (source.hasRemaining()) {
                room().until(
                                left(timeout, begun),
                                nanos -> writeAttempt(source, start, handles, nanos));
            }
        } finally {
            endWrite(source);
        }
    }

    /** In a stream a write can come to an end half-way, and handles go with its first byte. */
    private boolean writeAttempt(
            ByteBuffer source, int start, List<PassableHandle> handles, long nanos)
            throws IpcException {
        if (nanos > 0) {
            awaitRoom(nanos);
        }
        writeOpen(source, source.position() == start ? handles : List.of());
        return !source.hasRemaining();
    }

    private void writeOpen(ByteBuffer source, List<PassableHandle> handles) throws IpcException {
        try {
            writeNow(source, handles);
        } catch (IllegalStateException e) {
            throw closedMeanwhile(e, "writing");
        }
    }

    private static Duration left(Duration timeout, long begun) {
        return timeout.isPositive() ? timeout.minusNanos(System.nanoTime() - begun) : Duration.ZERO;
    }

    @Override
    public final long write(ByteBuffer[] sources) throws IOException {
        return write(sources, 0, sources.length);
    }

    @Override
    public final long write(ByteBuffer[] sources, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, sources.length);
        requireOpen();
        return type == LocalSocketType.SEQPACKET
                ? writeMessage(List.of(sources).subList(offset, offset + length))
                : writeStream(List.of(sources).subList(offset, offset + length));
    }

    private long writeStream(List<ByteBuffer> sources) throws IOException {
        writeTurn.lock(); // keeps other threads' bytes out from between the buffers
        try {
            long total = 0;
            for (ByteBuffer source : sources) {
                total += write(source);
            }
            return total;
        } finally {
            writeTurn.unlock();
        }
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
        writeTurn.lock();
        try {
            shutdownNow();
        } catch (IllegalStateException e) {
            throw closedMeanwhile(e, "shutting down");
        } finally {
            writeTurn.unlock();
        }
    }

    private void requireHandlePassing() {
        if (!passesHandles()) {
            throw new UnsupportedOperationException("this provider passes no handles");
        }
    }

    private void requireReadable(ByteBuffer target) throws ClosedChannelException {
        requireOpen();
        if (target.isReadOnly()) {
            throw new ReadOnlyBufferException();
        }
    }

    private void requireWritable(ByteBuffer source) throws ClosedChannelException {
        requireOpen();
        if (type == LocalSocketType.SEQPACKET) {
            SocketMessage.requireSize(source.remaining(), maxMessageSize());
        }
    }

    private void requireOpen() throws ClosedChannelException {
        if (!isOpen()) {
            throw new ClosedChannelException();
        }
    }
}
