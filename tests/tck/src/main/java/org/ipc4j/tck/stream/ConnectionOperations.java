// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.stream;

import static org.ipc4j.tck.stream.Pipes.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.IpcName;
import org.ipc4j.tck.Blocking;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/** The blocking operations of a connection that an interrupt leaves usable. */
final class ConnectionOperations {
    private ConnectionOperations() {}

    /** Makes a connection. */
    @FunctionalInterface
    interface Source {
        Connection open(IpcName name) throws IOException, InterruptedException;
    }

    /** Gives up a server's name. */
    @FunctionalInterface
    interface Server {
        void close();
    }

    /** A connection, and the server that it was made by. */
    record Connection(Server server, End mine, End peer) {}

    /**
     * Names the operations.
     *
     * @param type what the end's type is called
     * @param what of what the connection is
     */
    static List<Blocking.Named> of(String type, String what, Source source) {
        return List.of(
                new Blocking.Named(type + ".read of " + what, name -> new Read(source.open(name))),
                new Blocking.Named(
                        type + ".write of " + what, name -> new Write(source.open(name))));
    }

    private abstract static class Connected extends Blocking {
        final End mine;
        final End peer;
        private final Server server;

        Connected(Connection connection) {
            mine = connection.mine();
            peer = connection.peer();
            server = connection.server();
        }

        @Override
        public void closeObject() throws IOException {
            mine.channel().close();
        }

        @Override
        public void close() throws IOException {
            mine.channel().close();
            peer.channel().close();
            server.close();
        }
    }

    private static final class Read extends Connected {
        Read(Connection connection) {
            super(connection);
        }

        @Override
        public boolean within(Duration timeout) throws IOException, InterruptedException {
            ByteBuffer target = ByteBuffer.allocateDirect(1);
            int count = mine.read().within(target, timeout);
            assertTrue(count == 0 || count == 1, () -> "read gave " + count);
            assertEquals(count, target.position());
            return count == 1;
        }

        @Override
        public void unblock() throws IOException {
            assertEquals(1, peer.channel().write(bytes("!")));
        }
    }

    /**
     * A connection without room. Its peer makes room by reading a lot, so one success does not use
     * it up.
     */
    private static final class Write extends Connected {
        Write(Connection connection) throws IOException, InterruptedException {
            super(connection);
            assertTrue(mine.fill() > 0, "there was room at first");
        }

        @Override
        public boolean within(Duration timeout) throws IOException, InterruptedException {
            ByteBuffer source = bytes("x");
            int count = mine.write().within(source, timeout);
            assertEquals(count, source.position());
            return count == 1;
        }

        @Override
        public void unblock() throws IOException, InterruptedException {
            peer.drain();
        }

        @Override
        public boolean consumes() {
            return false;
        }
    }
}
