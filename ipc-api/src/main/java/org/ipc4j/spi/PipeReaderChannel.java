// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.spi;

import org.ipc4j.IpcClosedException;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.stream.PipeReader;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/** Makes a {@link PipeReader} from a read that does not wait. */
public abstract class PipeReaderChannel extends WaitingChannel implements PipeReader {
    private final IpcName name;
    private final ReentrantLock turn = new ReentrantLock();

    /**
     * Creates the part that waits.
     *
     * @param name the pipe's name
     */
    protected PipeReaderChannel(IpcName name) {
        this.name = name;
    }

    /**
     * Reads what is there now. Called by one thread at a time.
     *
     * @param target has room; its position is moved
     * @return how many bytes were read; 0 if there are none now; -1 if there has been a writer and
     *     the last one is gone
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if the pipe is closed
     */
    protected abstract int readNow(ByteBuffer target) throws IpcException;

    /**
     * Tells whether a writer has opened the pipe, now or earlier. Called by one thread at a time. A
     * pipe without a name has its writer from the beginning.
     *
     * @return {@code false} if none has
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if the pipe is closed
     */
    protected boolean writerCame() throws IpcException {
        return true;
    }

    /**
     * Returns where the reader waits.
     *
     * @return the same object for every call
     */
    protected abstract Wait bytes();

    /**
     * Returns where the first writer is waited for.
     *
     * @return the same object for every call
     */
    protected Wait writers() {
        return bytes();
    }

    /**
     * Waits in the kernel until there are probably bytes, or the stream's end. Only called if
     * {@link #bytes()} waits in the kernel.
     *
     * @param nanos how long at most
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if the pipe is closed
     */
    protected void awaitBytes(long nanos) throws IpcException {}

    /**
     * Returns the pipe's name.
     *
     * @return the name; of a pipe without one, what messages call it
     */
    public final IpcName name() {
        return name;
    }

    @Override
    public final int read(ByteBuffer target) throws IOException {
        requireReadable(target);
        if (!target.hasRemaining()) {
            return 0;
        }
        if (isCalm()) {
            int count = readAtOnce(target);
            if (count != 0) {
                return count;
            }
        }
        return readLater(target);
    }

    private int readAtOnce(ByteBuffer target) throws IOException {
        try {
            return readLocked(target);
        } catch (IpcException e) {
            throw unlessClosed(e);
        }
    }

    private int readLater(ByteBuffer target) throws IOException {
        int[] count = {0};
        awaitOrClose(bytes(), this::awaitBytes, nanos -> readAttempt(target, nanos, count));
        return count[0];
    }

    @Override
    public final int read(ByteBuffer target, Duration timeout)
            throws IOException, InterruptedException {
        requireReadable(target);
        if (!target.hasRemaining()) {
            return 0;
        }
        Wait.requireNotInterrupted();
        int count = readLocked(target);
        if (count == 0) {
            int[] later = {0};
            bytes().until(timeout, nanos -> readAttempt(target, nanos, later));
            count = later[0];
        }
        return count;
    }

    @Override
    public final long read(ByteBuffer[] targets) throws IOException {
        return read(targets, 0, targets.length);
    }

    /** Waits for bytes in the first buffer that has room, and then takes what is there. */
    @Override
    public final long read(ByteBuffer[] targets, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, targets.length);
        requireOpen();
        for (int i = offset; i < offset + length; i++) {
            requireReadable(targets[i]);
        }
        long total = 0;
        for (int i = offset; i < offset + length; i++) {
            while (targets[i].hasRemaining()) {
                int count = total == 0 ? read(targets[i]) : readLocked(targets[i]);
                if (count <= 0) {
                    return total == 0 ? count : total;
                }
                total += count;
            }
        }
        return total;
    }

    /**
     * Waits until a writer has opened the pipe, as {@link
     * org.ipc4j.stream.NamedPipeReader#awaitWriter} says.
     *
     * @param timeout how long to wait; zero or less looks once
     * @return {@code false} if none came in time
     * @throws IOException if the system refuses, or this end is or gets closed
     * @throws InterruptedException if the thread is interrupted
     */
    public final boolean awaitWriter(Duration timeout) throws IOException, InterruptedException {
        requireOpen();
        return writers().until(timeout, nanos -> writerCameLocked());
    }

    private boolean readAttempt(ByteBuffer target, long nanos, int[] count) throws IpcException {
        if (nanos > 0) {
            awaitBytes(nanos);
        }
        count[0] = readLocked(target);
        return count[0] != 0;
    }

    /** This end was open when the method began. */
    private IpcException closedMeanwhile(IllegalStateException e) {
        if (isOpen()) {
            throw e;
        }
        return new IpcClosedException(name, "closed while this thread was reading");
    }

    private int readLocked(ByteBuffer target) throws IpcException {
        turn.lock();
        try {
            return readNow(target);
        } catch (IllegalStateException e) {
            throw closedMeanwhile(e);
        } finally {
            turn.unlock();
        }
    }

    private boolean writerCameLocked() throws IpcException {
        turn.lock();
        try {
            return writerCame();
        } catch (IllegalStateException e) {
            throw closedMeanwhile(e);
        } finally {
            turn.unlock();
        }
    }

    private void requireReadable(ByteBuffer target) throws ClosedChannelException {
        requireOpen();
        if (target.isReadOnly()) {
            throw new ReadOnlyBufferException();
        }
    }

    private void requireOpen() throws ClosedChannelException {
        if (!isOpen()) {
            throw new ClosedChannelException();
        }
    }
}
