// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.stream;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.PeerClosedException;
import org.ipc4j.spi.Arguments;
import org.ipc4j.spi.PipeWriterChannel;
import org.ipc4j.spi.Wait;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A connection to the reader's socket. */
final class JvmNamedPipeWriter extends PipeWriterChannel {
    private final Path socket;
    private final SocketChannel channel;
    private final Wait room;

    private JvmNamedPipeWriter(IpcName name, Path socket, SocketChannel channel) {
        super(name);
        this.socket = socket;
        this.channel = channel;
        this.room = Wait.byPolling(name, this::isOpen, () -> 1);
    }

    /**
     * Connects to a reader.
     *
     * @return the writer's end, or empty if nobody listens, or too many connect at this moment
     */
    static Optional<JvmNamedPipeWriter> connect(IpcName name, Path socket) throws IOException {
        if (Files.exists(socket) && !Files.isWritable(socket)) {
            throw new AccessDeniedException(socket.toString());
        }
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        boolean connected = false;
        try {
            channel.configureBlocking(false);
            connected = channel.connect(UnixDomainSocketAddress.of(socket));
        } catch (ConnectException e) {
            connected = false; // refused: a dead reader has left the socket
        } catch (SocketException e) {
            if (Files.exists(socket)) {
                throw e;
            }
        } finally {
            if (!connected) {
                channel.close();
            }
        }
        return connected
                ? Optional.of(new JvmNamedPipeWriter(name, socket, channel))
                : Optional.empty();
    }

    @Override
    protected void writeNow(ByteBuffer source) throws IpcException {
        int limit = source.limit();
        try {
            int chunk;
            int count;
            do {
                chunk = Math.min(limit - source.position(), JvmNamedPipeReader.CHUNK);
                source.limit(source.position() + chunk);
                count = channel.write(source);
            } while (count == chunk && source.position() < limit);
        } catch (ClosedChannelException e) {
            throw Arguments.closed(name());
        } catch (IOException e) {
            PeerClosedException gone =
                    new PeerClosedException(name(), "the reader is gone (" + e.getMessage() + ")");
            gone.initCause(e);
            throw gone;
        } finally {
            source.limit(limit);
        }
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
    public String nativeKey() {
        return socket.toString();
    }

    @Override
    protected void implCloseChannel() throws IOException {
        channel.close();
    }
}
