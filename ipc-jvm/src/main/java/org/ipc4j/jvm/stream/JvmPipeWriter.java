// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.stream;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.PeerClosedException;
import org.ipc4j.spi.Arguments;
import org.ipc4j.spi.PipeWriterChannel;
import org.ipc4j.spi.Wait;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.WritableByteChannel;

/** Writes to a channel of the JDK that does not block. */
class JvmPipeWriter extends PipeWriterChannel {
    private final WritableByteChannel channel;
    private final Readiness readiness;
    private final Wait room;

    /**
     * Takes over a channel.
     *
     * @param <C> what can be written without blocking
     * @param name what messages call it
     * @param channel does not block; is closed with this
     */
    <C extends SelectableChannel & WritableByteChannel> JvmPipeWriter(IpcName name, C channel) {
        super(name);
        this.channel = channel;
        this.readiness = new Readiness(name, channel, SelectionKey.OP_WRITE);
        this.room = Readiness.place(name, this::isOpen);
    }

    @Override
    protected void writeNow(ByteBuffer source) throws IpcException {
        try {
            Chunks.write(channel, source);
        } catch (ClosedChannelException e) {
            throw Arguments.closed(name());
        } catch (IOException e) {
            throw gone(e, name());
        }
    }

    /** What a write that was refused means. */
    static PeerClosedException gone(IOException e, IpcName name) {
        PeerClosedException gone =
                new PeerClosedException(name, "the reader is gone (" + e.getMessage() + ")");
        gone.initCause(e);
        return gone;
    }

    @Override
    public int atomicWriteSize() {
        return 0;
    }

    @Override
    protected Wait room() {
        return room;
    }

    @Override
    protected void awaitRoom(long nanos) {
        readiness.await(nanos);
    }

    @Override
    protected void implCloseChannel() throws IOException {
        channel.close();
        readiness.close();
    }
}
