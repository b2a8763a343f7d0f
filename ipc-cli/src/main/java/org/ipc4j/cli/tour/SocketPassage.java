// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli.tour;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.Mechanism;
import org.ipc4j.cli.CommandFailure;
import org.ipc4j.cli.peer.Patience;
import org.ipc4j.stream.LocalAddress;
import org.ipc4j.stream.LocalServerSocket;
import org.ipc4j.stream.LocalSocket;
import org.ipc4j.stream.LocalSocketOptions;

import java.io.IOException;
import java.util.Optional;

/** A connection of a local socket. */
record SocketPassage() implements Passage {
    @Override
    public String word() {
        return "socket";
    }

    @Override
    public Mechanism mechanism() {
        return Mechanism.LOCAL_SOCKET;
    }

    @Override
    public boolean isEverywhere() {
        return false;
    }

    @Override
    public Sender create(TourNames names) throws IpcException {
        return new Server(names.socket(this));
    }

    @Override
    public void receive(TourNames names, Receipt receipt, Patience patience)
            throws IOException, InterruptedException, CommandFailure {
        receipt.ready();
        LocalAddress address = LocalAddress.of(names.socket(this));
        LocalSocket[] connected = new LocalSocket[1];
        patience.until(time -> {
            Optional<LocalSocket> socket =
                    LocalSocket.connect(address, LocalSocketOptions.DEFAULT, time);
            connected[0] = socket.orElse(null);
            return socket.isPresent();
        });
        try (LocalSocket socket = connected[0]) {
            Chunks.receive(socket::read, receipt, patience);
        }
    }

    private static final class Server implements Sender {
        private final LocalServerSocket server;
        private LocalSocket socket;
        private long count;

        Server(IpcName name) throws IpcException {
            server = LocalServerSocket.create(name);
        }

        @Override
        public String nativeKey() {
            return server.nativeKey();
        }

        @Override
        public int chunkSize() {
            return Chunks.SIZE;
        }

        @Override
        public void connect(Patience patience)
                throws IOException, InterruptedException, CommandFailure {
            patience.until(time -> {
                socket = server.accept(time).orElse(null);
                return socket != null;
            });
        }

        @Override
        public void send(byte[] chunk, int length, Patience patience)
                throws IOException, InterruptedException, CommandFailure {
            Chunks.send(socket::write, chunk, length, patience);
            count++;
        }

        @Override
        public void end(Patience patience) throws IOException {
            socket.close();
        }

        @Override
        public String steps() {
            return Chunks.steps(count);
        }

        @Override
        public void close() throws IOException {
            try (server) {
                if (socket != null) {
                    socket.close();
                }
            }
        }
    }
}
