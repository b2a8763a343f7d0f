// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.stream;

import static org.ipc4j.tck.stream.Pipes.LONG;
import static org.ipc4j.tck.stream.Pipes.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.LocalSocketProvider;
import org.ipc4j.stream.LocalAddress;
import org.ipc4j.stream.LocalDatagram;
import org.ipc4j.stream.LocalDatagramOptions;
import org.ipc4j.stream.LocalDatagramSocket;
import org.ipc4j.stream.LocalServerSocket;
import org.ipc4j.stream.LocalSocket;
import org.ipc4j.stream.LocalSocketOptions;
import org.ipc4j.stream.LocalSocketType;
import org.ipc4j.tck.Blocking;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The blocking operations of local sockets that an interrupt leaves usable. */
final class LocalSocketOperations {
    private LocalSocketOperations() {}

    static List<Blocking.Named> of(LocalSocketProvider provider) {
        List<Blocking.Named> operations = new ArrayList<>();
        add(operations, "LocalServerSocket.accept", name -> new Accept(provider, name));
        if (provider.capabilities().contains(Capability.KERNEL_WAIT)
                && provider.capabilities().contains(Capability.SOCKET_FILES)) {
            // Elsewhere the system decides by itself how many may wait.
            add(operations, "LocalSocket.connect", name -> new Connect(provider, name));
        }
        for (LocalSocketType type : LocalSocketType.values()) {
            if (type == LocalSocketType.SEQPACKET
                    && !provider.capabilities().contains(Capability.MESSAGE_SOCKETS)) {
                continue;
            }
            LocalSocketOptions options =
                    LocalSocketOptions.DEFAULT.withType(type).withBufferSize(4096);
            operations.addAll(
                    ConnectionOperations.of(
                            "LocalSocket",
                            type.name().toLowerCase(Locale.ROOT),
                            name -> open(provider, name, options)));
        }
        if (provider.capabilities().contains(Capability.DATAGRAMS)) {
            add(operations, "LocalDatagramSocket.receive", name -> new Receive(provider, name));
            add(operations, "LocalDatagramSocket.send", name -> new Send(provider, name));
        }
        return operations;
    }

    private static ConnectionOperations.Connection open(
            LocalSocketProvider provider, IpcName name, LocalSocketOptions options)
            throws IpcException, InterruptedException {
        LocalServerSocket server = provider.create(LocalAddress.of(name), options);
        LocalSocket peer = provider.connect(server.address(), options, LONG).orElseThrow();
        return new ConnectionOperations.Connection(
                server::close, End.of(server.accept()), End.of(peer));
    }

    private static void add(
            List<Blocking.Named> operations, String name, Blocking.Factory factory) {
        operations.add(new Blocking.Named(name, factory));
    }

    /** Sockets that are to be closed at the end. */
    private static final class Kept {
        private final List<LocalSocket> sockets = new ArrayList<>();

        synchronized void keep(LocalSocket socket) {
            sockets.add(socket);
        }

        synchronized void close() throws IOException {
            for (LocalSocket socket : sockets) {
                socket.close();
            }
        }
    }

    private static final class Accept extends Blocking {
        private final LocalSocketProvider provider;
        private final LocalServerSocket server;
        private final Kept kept = new Kept();

        Accept(LocalSocketProvider provider, IpcName name) throws IpcException {
            this.provider = provider;
            this.server = provider.create(LocalAddress.of(name), LocalSocketOptions.DEFAULT);
        }

        @Override
        public boolean within(Duration timeout) throws IpcException, InterruptedException {
            Optional<LocalSocket> end = server.accept(timeout);
            end.ifPresent(kept::keep);
            return end.isPresent();
        }

        @Override
        public void forEver() throws IpcException, InterruptedException {
            kept.keep(server.accept());
        }

        @Override
        public void unblock() throws IpcException, InterruptedException {
            kept.keep(
                    provider.connect(server.address(), LocalSocketOptions.DEFAULT, LONG)
                            .orElseThrow());
        }

        @Override
        public void closeObject() {
            server.close();
        }

        @Override
        public void close() throws IOException {
            kept.close();
            server.close();
        }
    }

    /** A server that has as many clients waiting as it lets wait. */
    private static final class Connect extends Blocking {
        private final LocalSocketProvider provider;
        private final LocalServerSocket server;
        private final Kept kept = new Kept();

        Connect(LocalSocketProvider provider, IpcName name)
                throws IpcException, InterruptedException {
            this.provider = provider;
            this.server =
                    provider.create(
                            LocalAddress.of(name), LocalSocketOptions.DEFAULT.withBacklog(1));
            int waiting = 0;
            while (within(Duration.ZERO)) {
                waiting++;
                assertTrue(waiting < 1000, "the server takes any number of clients");
            }
        }

        @Override
        public boolean within(Duration timeout) throws IpcException, InterruptedException {
            Optional<LocalSocket> end =
                    provider.connect(server.address(), LocalSocketOptions.DEFAULT, timeout);
            end.ifPresent(kept::keep);
            return end.isPresent();
        }

        @Override
        public void unblock() throws IpcException, InterruptedException {
            kept.keep(server.accept());
        }

        @Override
        public boolean hasObject() {
            return false;
        }

        @Override
        public void closeObject() {
            throw new AssertionError("connecting has no object yet");
        }

        @Override
        public void close() throws IOException {
            kept.close();
            server.close();
        }
    }

    private abstract static class Datagrams extends Blocking {
        final LocalDatagramSocket mine;
        final LocalDatagramSocket peer;

        Datagrams(LocalSocketProvider provider, LocalDatagramSocket mine) throws IpcException {
            this.mine = mine;
            this.peer = provider.createUnnamedDatagram(LocalDatagramOptions.DEFAULT);
        }

        static LocalDatagramSocket named(LocalSocketProvider provider, IpcName name)
                throws IpcException {
            return provider.createDatagram(LocalAddress.of(name), LocalDatagramOptions.DEFAULT);
        }

        @Override
        public void close() {
            mine.close();
            peer.close();
        }
    }

    private static final class Receive extends Datagrams {
        Receive(LocalSocketProvider provider, IpcName name) throws IpcException {
            super(provider, named(provider, name));
        }

        @Override
        public boolean within(Duration timeout) throws IpcException, InterruptedException {
            Optional<LocalDatagram> received = mine.receive(ByteBuffer.allocate(8), timeout);
            received.ifPresent(datagram -> assertEquals(1, datagram.size()));
            return received.isPresent();
        }

        @Override
        public void forEver() throws IpcException, InterruptedException {
            assertEquals(1, mine.receive(ByteBuffer.allocate(8)).fullSize());
        }

        @Override
        public void unblock() throws IpcException, InterruptedException {
            peer.send(bytes("!"), mine.address().orElseThrow());
        }

        @Override
        public void closeObject() {
            mine.close();
        }
    }

    /** A receiver without room. It makes room by receiving. */
    private static final class Send extends Datagrams {
        private final LocalDatagramSocket receiver;

        Send(LocalSocketProvider provider, IpcName name) throws IpcException, InterruptedException {
            super(provider, provider.createUnnamedDatagram(LocalDatagramOptions.DEFAULT));
            receiver = named(provider, name);
            int sent = 0;
            while (within(Duration.ZERO)) {
                sent++;
            }
            assertTrue(sent > 0, "there was room at first");
        }

        @Override
        public boolean within(Duration timeout) throws IpcException, InterruptedException {
            return mine.send(bytes("!"), receiver.address().orElseThrow(), List.of(), timeout);
        }

        @Override
        public void forEver() throws IpcException, InterruptedException {
            mine.send(bytes("!"), receiver.address().orElseThrow());
        }

        @Override
        public void unblock() throws IpcException, InterruptedException {
            receiver.receive(ByteBuffer.allocate(8));
        }

        @Override
        public void closeObject() {
            mine.close();
        }

        @Override
        public void close() {
            super.close();
            receiver.close();
        }
    }
}
