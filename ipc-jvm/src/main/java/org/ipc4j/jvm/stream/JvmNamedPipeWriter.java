// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.stream;

import org.ipc4j.IpcName;
import org.ipc4j.stream.NamedPipeWriter;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A connection to the reader's socket. */
final class JvmNamedPipeWriter extends JvmPipeWriter implements NamedPipeWriter {
    private final Path socket;

    private JvmNamedPipeWriter(IpcName name, Path socket, SocketChannel channel) {
        super(name, channel);
        this.socket = socket;
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
            if (Files.exists(socket) && !JvmLocalSocketProvider.isBusy(e)) {
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
    public String nativeKey() {
        return socket.toString();
    }
}
