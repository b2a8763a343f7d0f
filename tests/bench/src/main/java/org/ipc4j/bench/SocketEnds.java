// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.bench;

import org.ipc4j.Ipc;
import org.ipc4j.IpcName;
import org.ipc4j.NameNotFoundException;
import org.ipc4j.spi.LocalSocketProvider;
import org.ipc4j.stream.LocalAddress;
import org.ipc4j.stream.LocalServerSocket;
import org.ipc4j.stream.LocalSocketOptions;
import org.newsclub.net.unix.AFUNIXServerSocketChannel;
import org.newsclub.net.unix.AFUNIXSocketAddress;
import org.newsclub.net.unix.AFUNIXSocketChannel;

import java.io.Closeable;
import java.io.IOException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ByteChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Connections of local sockets: ours, those of the JDK and those of junixsocket. */
final class SocketEnds {
    /** Whose, besides ours. */
    static final List<String> OTHERS = List.of("jdk", "junixsocket");

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private SocketEnds() {}

    /** Where one side's end is made. */
    interface Place extends Closeable {
        /** Connects, or accepts who connects. From then on nothing has a name. */
        ByteChannel connect() throws IOException, InterruptedException;
    }

    /** Prepares one side. */
    static Place place(String maker, IpcName name, boolean serve) throws IOException {
        Path file = Path.of(System.getProperty("java.io.tmpdir"), name.value() + ".s");
        return switch (maker) {
            case "jdk" ->
                    new Foreign(
                            file,
                            serve
                                    ? ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                                            .bind(UnixDomainSocketAddress.of(file))
                                    : null,
                            () -> SocketChannel.open(UnixDomainSocketAddress.of(file)));
            case "junixsocket" ->
                    new Foreign(
                            file,
                            serve
                                    ? AFUNIXServerSocketChannel.open()
                                            .bind(AFUNIXSocketAddress.of(file))
                                    : null,
                            () -> AFUNIXSocketChannel.open(AFUNIXSocketAddress.of(file)));
            default -> new Ours(Ipc.provider(LocalSocketProvider.class, maker), name, serve);
        };
    }

    private static final class Ours implements Place {
        private final LocalSocketProvider sockets;
        private final LocalAddress address;
        private final LocalServerSocket server;
        private ByteChannel end;

        Ours(LocalSocketProvider sockets, IpcName name, boolean serve) throws IOException {
            this.sockets = sockets;
            this.address = LocalAddress.of(name);
            this.server = serve ? sockets.create(address, LocalSocketOptions.DEFAULT) : null;
        }

        @Override
        public ByteChannel connect() throws IOException, InterruptedException {
            if (server != null) {
                end = server.accept(PATIENCE).orElseThrow();
                server.close();
                return end;
            }
            long start = System.nanoTime();
            while (end == null) {
                try {
                    end =
                            sockets.connect(address, LocalSocketOptions.DEFAULT, PATIENCE)
                                    .orElseThrow();
                } catch (NameNotFoundException e) {
                    requireTime(start, e);
                }
            }
            return end;
        }

        @Override
        public void close() throws IOException {
            if (server != null) {
                server.close();
            }
            if (end != null) {
                end.close();
            }
        }
    }

    private static void requireTime(long start, IOException e) throws IOException {
        if (System.nanoTime() - start > PATIENCE.toNanos()) {
            throw e;
        }
        Thread.onSpinWait();
    }

    /** Connects. */
    @FunctionalInterface
    private interface Connecting {
        SocketChannel now() throws IOException;
    }

    private static final class Foreign implements Place {
        private final Path file;
        private final ServerSocketChannel server;
        private final Connecting connecting;
        private ByteChannel end;

        Foreign(Path file, ServerSocketChannel server, Connecting connecting) {
            this.file = file;
            this.server = server;
            this.connecting = connecting;
        }

        @Override
        public ByteChannel connect() throws IOException {
            if (server != null) {
                end = server.accept();
                Files.deleteIfExists(file);
                return end;
            }
            long start = System.nanoTime();
            while (end == null) {
                try {
                    end = connecting.now();
                } catch (SocketException e) {
                    requireTime(start, e);
                }
            }
            return end;
        }

        @Override
        public void close() throws IOException {
            if (server != null) {
                server.close();
                Files.deleteIfExists(file);
            }
            if (end != null) {
                end.close();
            }
        }
    }
}
