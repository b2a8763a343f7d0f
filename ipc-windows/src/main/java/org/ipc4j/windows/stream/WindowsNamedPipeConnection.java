// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.windows.stream;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.spi.PipeReaderChannel;
import org.ipc4j.spi.PipeWriterChannel;
import org.ipc4j.spi.Wait;
import org.ipc4j.stream.NamedPipeConnection;
import org.ipc4j.stream.PipeTransfer;
import org.ipc4j.windows.sys.Event;
import org.ipc4j.windows.sys.NamedPipeApi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One end of a duplex pipe: a channel for each way, which are closed together.
 *
 * <p>They have an operation, an event and memory of their own, so a read that waits does not keep a
 * write waiting.
 */
final class WindowsNamedPipeConnection implements NamedPipeConnection {
    /** How many bytes of a stream are read or written at once. */
    private static final int CHUNK = 1 << 14;

    /** Taken for the buffers of a pipe that another program has made without any. */
    private static final int DEFAULT_BUFFER = 1 << 16;

    private static final int SMALLEST_BUFFER = 1 << 12;

    private final PipeEnd end;
    private final boolean messages;
    private final OptionalLong peer;
    private final Reading reading;
    private final Writing writing;
    private final AtomicBoolean closing = new AtomicBoolean();

    private WindowsNamedPipeConnection(
            PipeEnd end, Event readable, Event writable, NamedPipeApi.Info info, boolean server) {
        this.end = end;
        this.messages = info.messages();
        this.peer = end.peer(server);
        this.reading = new Reading(readable, server ? info.inBuffer() : info.outBuffer());
        this.writing = new Writing(writable, server ? info.outBuffer() : info.inBuffer());
    }

    /**
     * Makes a connection of its handle, and closes that if it fails.
     *
     * @param end the handle
     * @param info what the pipe is like
     * @param server whether this is the server's end
     */
    static WindowsNamedPipeConnection of(PipeEnd end, NamedPipeApi.Info info, boolean server)
            throws IpcException {
        Event readable = end.event();
        try {
            return new WindowsNamedPipeConnection(end, readable, end.event(), info, server);
        } catch (IpcException e) {
            readable.close();
            throw e;
        }
    }

    static Optional<NamedPipeConnection> connect(IpcName name, Access access, Duration timeout)
            throws IpcException, InterruptedException {
        Optional<PipeClient.Connected> connected = PipeClient.await(name, access, timeout);
        return connected.isEmpty()
                ? Optional.empty()
                : Optional.of(of(connected.get().end(), connected.get().info(), false));
    }

    @Override
    public IpcName name() {
        return end.name();
    }

    @Override
    public String nativeKey() {
        return end.key();
    }

    @Override
    public PipeTransfer transfer() {
        return messages ? PipeTransfer.MESSAGES : PipeTransfer.BYTES;
    }

    @Override
    public OptionalLong peerProcessId() {
        return peer;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return reading.counted(reading.read(target));
    }

    @Override
    public int read(ByteBuffer target, Duration timeout) throws IOException, InterruptedException {
        return reading.counted(reading.read(target, timeout));
    }

    @Override
    public boolean isMessageComplete() {
        return reading.messageComplete;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        return writing.write(source);
    }

    @Override
    public int write(ByteBuffer source, Duration timeout) throws IOException, InterruptedException {
        writing.requireRevocable(source.remaining());
        return writing.write(source, timeout);
    }

    @Override
    public boolean isOpen() {
        return reading.isOpen() && writing.isOpen();
    }

    @Override
    public void close() throws IOException {
        if (closing.compareAndSet(false, true)) {
            reading.close();
            writing.close();
        }
    }

    /** What comes in. */
    private final class Reading extends PipeReaderChannel {
        /** What stands for a message without bytes while zero stands for nothing. */
        private static final int EMPTY_MESSAGE = -2;

        private final Event event;
        private final PipeInput input;
        private final Wait bytes = Wait.inKernel(end.name(), this::isOpen, this::ready);
        private volatile boolean messageComplete;

        Reading(Event event, int buffer) {
            super(end.name());
            this.event = event;
            int capacity = messages ? Math.max(SMALLEST_BUFFER, orDefault(buffer)) : CHUNK;
            input = new PipeInput(end, event, messages, capacity);
        }

        private int ready() {
            return event.await(0) ? 1 : 0;
        }

        int counted(int count) {
            return count == EMPTY_MESSAGE ? 0 : count;
        }

        @Override
        protected int readNow(ByteBuffer target) throws IpcException {
            messageComplete = false;
            if (!input.look()) {
                return 0;
            }
            int count = input.take(target);
            messageComplete = input.hasTakenMessage();
            return count == 0 ? EMPTY_MESSAGE : count;
        }

        @Override
        protected Wait bytes() {
            return bytes;
        }

        @Override
        protected void awaitBytes(long nanos) {
            event.await(nanos);
        }

        /** An interrupt closes one way, and that the other. */
        @Override
        protected void implCloseChannel() throws IOException {
            input.close();
            event.close();
            WindowsNamedPipeConnection.this.close();
        }
    }

    /** What goes out. */
    private final class Writing extends PipeWriterChannel {
        private final PipeOutput output;
        private final Wait room;
        private final int buffer;

        Writing(Event event, int buffer) {
            super(end.name());
            this.buffer = orDefault(buffer);
            output = new PipeOutput(end, event, messages, messages ? Integer.MAX_VALUE : CHUNK);
            room = Wait.inKernel(end.name(), this::isOpen, output::ready);
        }

        /** Who reads a message that does not fit into the buffers may read it in parts. */
        void requireRevocable(int size) {
            if (messages && size > buffer) {
                throw new IllegalArgumentException(
                        "a message that is written with a time-out has at most "
                                + buffer
                                + " bytes, the size of the server's buffers, this one has "
                                + size
                                + "; write it without a time-out, or create the server with a"
                                + " larger bufferSize");
            }
        }

        @Override
        protected void writeNow(ByteBuffer source) throws IpcException {
            output.write(source);
        }

        @Override
        protected void endWrite(ByteBuffer source) {
            output.giveUp(source);
        }

        @Override
        protected Wait room() {
            return room;
        }

        @Override
        protected void awaitRoom(long nanos) {
            output.awaitRoom(nanos);
        }

        @Override
        public int atomicWriteSize() {
            return messages ? buffer : 0;
        }

        @Override
        protected void implCloseChannel() throws IOException {
            output.close();
            WindowsNamedPipeConnection.this.close();
        }
    }

    private static int orDefault(int buffer) {
        return buffer > 0 ? buffer : DEFAULT_BUFFER;
    }
}
