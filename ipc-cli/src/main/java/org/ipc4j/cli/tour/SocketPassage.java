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
import java.nio.ByteBuffer;
import java.util.Optional;

/** A connection of a local socket. */
record SocketPassage() implements Passage {
    private static final int CHUNK = 1 << 16;

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
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        try (LocalSocket socket = connected[0]) {
            int[] count = {0};
            do {
                chunk.clear();
                patience.until(time -> {
                    count[0] = socket.read(chunk, time);
                    return count[0] != 0;
                });
                receipt.add(chunk.array(), chunk.position());
            } while (count[0] > 0);
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
            return CHUNK;
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
            ByteBuffer bytes = ByteBuffer.wrap(chunk, 0, length);
            while (bytes.hasRemaining()) {
                patience.until(time -> socket.write(bytes, time) > 0);
            }
            count++;
        }

        @Override
        public void end(Patience patience) throws IOException {
            socket.close();
        }

        @Override
        public String steps() {
            return count + " writes of " + (CHUNK >> 10) + " KiB";
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
