// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.bench.compare;

import org.newsclub.net.unix.AFUNIXServerSocketChannel;
import org.newsclub.net.unix.AFUNIXSocketAddress;
import org.newsclub.net.unix.AFUNIXSocketChannel;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * UNIX-domain stream sockets. Each message is a write of its own; what is there is read at once.
 * Since all messages have the same length, there is nothing else between them.
 */
final class StreamPeer implements Peer {
    /** Whose sockets. */
    enum Maker {
        /** Those of the JDK. */
        JDK {
            @Override
            ServerSocketChannel listen(Path place) throws IOException {
                return ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                        .bind(UnixDomainSocketAddress.of(place));
            }

            @Override
            SocketChannel connect(Path place) throws IOException {
                return SocketChannel.open(UnixDomainSocketAddress.of(place));
            }
        },
        /** Those of junixsocket. */
        JUNIXSOCKET {
            @Override
            ServerSocketChannel listen(Path place) throws IOException {
                return AFUNIXServerSocketChannel.open().bind(AFUNIXSocketAddress.of(place));
            }

            @Override
            SocketChannel connect(Path place) throws IOException {
                return AFUNIXSocketChannel.open(AFUNIXSocketAddress.of(place));
            }
        };

        abstract ServerSocketChannel listen(Path place) throws IOException;

        abstract SocketChannel connect(Path place) throws IOException;
    }

    /** An end that listens has nobody to talk to before it is used. */
    @FunctionalInterface
    private interface Connection {
        SocketChannel get() throws IOException;
    }

    /** How many bytes are read at once, if messages are not larger. */
    private static final int READ_BYTES = 64 * 1024;

    private final Case what;
    private final Maker maker;
    private final BufferContent content;
    private final List<AutoCloseable> channels = new ArrayList<>();

    StreamPeer(Case what, Maker maker) {
        this.what = what;
        this.maker = maker;
        this.content = new BufferContent(what.length());
    }

    private Connection connection(Path place, boolean create) throws IOException {
        if (!create) {
            SocketChannel connected = ready(maker.connect(place));
            return () -> connected;
        }
        ServerSocketChannel server = maker.listen(place);
        channels.add(server);
        SocketChannel[] accepted = {null};
        return () -> {
            if (accepted[0] == null) {
                accepted[0] = ready(server.accept());
            }
            return accepted[0];
        };
    }

    private SocketChannel ready(SocketChannel channel) throws IOException {
        channels.add(channel);
        channel.configureBlocking(what.sleeps());
        return channel;
    }

    @Override
    public Outlet outlet(Path place, boolean create) throws IOException {
        Connection connection = connection(place, create);
        ByteBuffer message = content.buffer(1);
        return (number, count) -> {
            SocketChannel channel = connection.get();
            for (int sent = 0; sent < count; sent++) {
                content.fill(message, number + sent);
                if (channel.write(message) == 0) {
                    return sent;
                }
                while (message.hasRemaining()) {
                    channel.write(message);
                }
            }
            return count;
        };
    }

    @Override
    public Inlet inlet(Path place, boolean create, Account account) throws IOException {
        Connection connection = connection(place, create);
        int length = what.length();
        ByteBuffer buffer = content.buffer(Math.max(1, READ_BYTES / length));
        return () -> {
            if (connection.get().read(buffer) < 0) {
                throw new EOFException();
            }
            int count = buffer.position() / length;
            for (int i = 0; i < count; i++) {
                account.arrived(content.read(buffer, i * length, length));
            }
            buffer.flip().position(count * length);
            buffer.compact();
            return count;
        };
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable channel : channels.reversed()) {
            channel.close();
        }
    }
}
