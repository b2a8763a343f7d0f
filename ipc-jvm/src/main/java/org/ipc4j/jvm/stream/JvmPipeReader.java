// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.stream;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.jvm.sys.FileErrors;
import org.ipc4j.spi.Arguments;
import org.ipc4j.spi.PipeReaderChannel;
import org.ipc4j.spi.Wait;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;

/** Reads from a channel of the JDK that does not block. */
class JvmPipeReader extends PipeReaderChannel {
    private final ReadableByteChannel channel;
    private final Readiness readiness;
    private final Wait bytes;

    /**
     * Takes over a channel.
     *
     * @param <C> what can be read without blocking
     * @param name what messages call it
     * @param channel does not block; is closed with this
     */
    <C extends SelectableChannel & ReadableByteChannel> JvmPipeReader(IpcName name, C channel) {
        super(name);
        this.channel = channel;
        this.readiness = new Readiness(name, channel, SelectionKey.OP_READ);
        this.bytes = Readiness.place(name, this::isOpen);
    }

    @Override
    protected int readNow(ByteBuffer target) throws IpcException {
        try {
            return Chunks.read(channel, target);
        } catch (ClosedChannelException e) {
            throw Arguments.closed(name());
        } catch (IOException e) {
            throw FileErrors.exception(e, "read", name());
        }
    }

    @Override
    protected Wait bytes() {
        return bytes;
    }

    @Override
    protected void awaitBytes(long nanos) {
        readiness.await(nanos);
    }

    @Override
    protected void implCloseChannel() throws IOException {
        channel.close();
        readiness.close();
    }
}
