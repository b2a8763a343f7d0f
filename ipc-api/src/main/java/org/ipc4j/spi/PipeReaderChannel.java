// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.spi;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.stream.PipeReader;
import org.ipc4j.stream.ReceivedHandle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;

/** Makes a {@link PipeReader} from a read that does not wait. */
public abstract class PipeReaderChannel extends WaitingChannel implements PipeReader {
    private final IpcName name;
    private final ReadingSide reading = new Reading();

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

    private final class Reading extends ReadingSide {
        Reading() {
            super(PipeReaderChannel.this);
        }

        @Override
        int now(ByteBuffer target, Collection<? super ReceivedHandle> handles) throws IpcException {
            return readNow(target);
        }

        @Override
        Wait bytes() {
            return PipeReaderChannel.this.bytes();
        }

        @Override
        void await(long nanos) throws IpcException {
            awaitBytes(nanos);
        }
    }

    @Override
    public final int read(ByteBuffer target) throws IOException {
        return reading.read(target);
    }

    @Override
    public final int read(ByteBuffer target, Duration timeout)
            throws IOException, InterruptedException {
        return reading.read(target, null, timeout);
    }

    @Override
    public final long read(ByteBuffer[] targets) throws IOException {
        return read(targets, 0, targets.length);
    }

    /** Waits for bytes in the first buffer that has room, and then takes what is there. */
    @Override
    public final long read(ByteBuffer[] targets, int offset, int length) throws IOException {
        return reading.read(targets, offset, length);
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
        return writers().until(timeout, nanos -> reading.inTurn(this::writerCame));
    }
}
