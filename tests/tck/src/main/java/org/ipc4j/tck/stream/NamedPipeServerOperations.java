// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.stream;

import static org.ipc4j.tck.stream.Pipes.LONG;

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
            operations.addAll(
                    ConnectionOperations.of(
                            "NamedPipeConnection", what, name -> open(provider, name, transfer)));
        }
        return operations;
    }

    private static ConnectionOperations.Connection open(
            NamedPipeServerProvider provider, IpcName name, PipeTransfer transfer)
            throws IpcException, InterruptedException {
        NamedPipeServer server =
                provider.create(
                        name,
                        NamedPipeServerOptions.DEFAULT.withTransfer(transfer).withBufferSize(4096));
        NamedPipeConnection peer = connect(provider, name);
        return new ConnectionOperations.Connection(
                server::close, End.of(server.accept()), End.of(peer));
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
}
