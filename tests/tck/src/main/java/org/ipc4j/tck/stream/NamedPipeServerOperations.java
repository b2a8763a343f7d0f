// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.stream;

import static org.ipc4j.tck.stream.Pipes.LONG;
import static org.ipc4j.tck.stream.Pipes.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.spi.NamedPipeServerProvider;
import org.ipc4j.stream.NamedPipeConnection;
import org.ipc4j.stream.NamedPipeServer;
import org.ipc4j.stream.NamedPipeServerOptions;
import org.ipc4j.stream.PipeTransfer;
import org.ipc4j.tck.Blocking;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The blocking operations of a server and its connections that an interrupt leaves usable. */
final class NamedPipeServerOperations {
    private NamedPipeServerOperations() {}

    static List<Blocking.Named> of(NamedPipeServerProvider provider) {
        List<Blocking.Named> operations = new ArrayList<>();
        operations.add(
                new Blocking.Named("NamedPipeServer.accept", name -> new Accept(provider, name)));
        for (PipeTransfer transfer : PipeTransfer.values()) {
            String what = transfer.name().toLowerCase(Locale.ROOT);
            operations.add(
                    new Blocking.Named(
                            "NamedPipeConnection.read of " + what,
                            name -> new Read(provider, name, transfer)));
            operations.add(
                    new Blocking.Named(
                            "NamedPipeConnection.write of " + what,
                            name -> new Write(provider, name, transfer)));
        }
        return operations;
    }

    private static NamedPipeConnection connect(NamedPipeServerProvider provider, IpcName name)
            throws IpcException, InterruptedException {
        return provider.connect(name, Access.OWNER, LONG).orElseThrow();
    }

    private static final class Accept extends Blocking {
        private final NamedPipeServerProvider provider;
        private final NamedPipeServer server;
        private final List<NamedPipeConnection> ends = new ArrayList<>();

        Accept(NamedPipeServerProvider provider, IpcName name) throws IpcException {
            this.provider = provider;
            this.server = provider.create(name, NamedPipeServerOptions.DEFAULT);
        }

        @Override
        public boolean within(Duration timeout) throws IpcException, InterruptedException {
            Optional<NamedPipeConnection> end = server.accept(timeout);
            end.ifPresent(this::keep);
            return end.isPresent();
        }

        @Override
        public void forEver() throws IpcException, InterruptedException {
            keep(server.accept());
        }

        private void keep(NamedPipeConnection end) {
            synchronized (ends) {
                ends.add(end);
            }
        }

        @Override
        public void unblock() throws IpcException, InterruptedException {
            keep(connect(provider, server.name()));
        }

        @Override
        public void closeObject() {
            server.close();
        }

        @Override
        public void close() throws IOException {
            for (NamedPipeConnection end : ends) {
                end.close();
            }
            server.close();
        }
    }

    /** A connection. */
    private abstract static class Connected extends Blocking {
        final NamedPipeServer server;
        final NamedPipeConnection peer;
        final NamedPipeConnection mine;

        Connected(NamedPipeServerProvider provider, IpcName name, PipeTransfer transfer)
                throws IpcException, InterruptedException {
            server =
                    provider.create(
                            name,
                            NamedPipeServerOptions.DEFAULT
                                    .withTransfer(transfer)
                                    .withBufferSize(4096));
            peer = connect(provider, name);
            mine = server.accept();
        }

        @Override
        public void closeObject() throws IOException {
            mine.close();
        }

        @Override
        public void close() throws IOException {
            mine.close();
            peer.close();
            server.close();
        }
    }

    private static final class Read extends Connected {
        Read(NamedPipeServerProvider provider, IpcName name, PipeTransfer transfer)
                throws IpcException, InterruptedException {
            super(provider, name, transfer);
        }

        @Override
        public boolean within(Duration timeout) throws IOException, InterruptedException {
            ByteBuffer target = ByteBuffer.allocateDirect(1);
            int count = mine.read(target, timeout);
            assertTrue(count == 0 || count == 1, () -> "read gave " + count);
            assertEquals(count, target.position());
            return count == 1;
        }

        @Override
        public void unblock() throws IOException {
            assertEquals(1, peer.write(bytes("!")));
        }
    }

    /**
     * A connection without room. Its peer makes room by reading a lot, so one success does not use
     * it up.
     */
    private static final class Write extends Connected {
        Write(NamedPipeServerProvider provider, IpcName name, PipeTransfer transfer)
                throws IOException, InterruptedException {
            super(provider, name, transfer);
            assertTrue(Connections.fill(mine) > 0, "there was room at first");
        }

        @Override
        public boolean within(Duration timeout) throws IOException, InterruptedException {
            ByteBuffer source = bytes("x");
            int count = mine.write(source, timeout);
            assertEquals(count, source.position());
            return count == 1;
        }

        @Override
        public void unblock() throws IOException, InterruptedException {
            Connections.drain(peer);
        }

        @Override
        public boolean consumes() {
            return false;
        }
    }
}
