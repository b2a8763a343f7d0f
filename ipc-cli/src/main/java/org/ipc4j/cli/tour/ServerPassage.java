// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli.tour;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.Mechanism;
import org.ipc4j.cli.CommandFailure;
import org.ipc4j.cli.peer.Patience;
import org.ipc4j.stream.NamedPipeConnection;
import org.ipc4j.stream.NamedPipeServer;

import java.io.IOException;
import java.util.Optional;

/** A connection of a named pipe server, which only Windows has. */
record ServerPassage() implements Passage {
    @Override
    public String word() {
        return "pipe-server";
    }

    @Override
    public Mechanism mechanism() {
        return Mechanism.NAMED_PIPE_SERVER;
    }

    @Override
    public boolean isEverywhere() {
        return false;
    }

    @Override
    public Sender create(TourNames names) throws IpcException {
        return new Server(names.server(this));
    }

    @Override
    public void receive(TourNames names, Receipt receipt, Patience patience)
            throws IOException, InterruptedException, CommandFailure {
        receipt.ready();
        NamedPipeConnection[] connected = new NamedPipeConnection[1];
        patience.until(time -> {
            Optional<NamedPipeConnection> connection =
                    NamedPipeConnection.connect(names.server(this), Access.OWNER, time);
            connected[0] = connection.orElse(null);
            return connection.isPresent();
        });
        try (NamedPipeConnection connection = connected[0]) {
            Chunks.receive(connection::read, receipt, patience);
        }
    }

    private static final class Server implements Sender {
        private final NamedPipeServer server;
        private NamedPipeConnection connection;
        private long count;

        Server(IpcName name) throws IpcException {
            server = NamedPipeServer.create(name);
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
                connection = server.accept(time).orElse(null);
                return connection != null;
            });
        }

        @Override
        public void send(byte[] chunk, int length, Patience patience)
                throws IOException, InterruptedException, CommandFailure {
            Chunks.send(connection::write, chunk, length, patience);
            count++;
        }

        @Override
        public void end(Patience patience) throws IOException {
            connection.close();
        }

        @Override
        public String steps() {
            return Chunks.steps(count);
        }

        @Override
        public void close() throws IOException {
            try (server) {
                if (connection != null) {
                    connection.close();
                }
            }
        }
    }
}
