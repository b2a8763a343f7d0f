// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.stream;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.spi.NamedPipeServerProvider;
import org.ipc4j.stream.NamedPipeConnection;
import org.ipc4j.stream.NamedPipeServer;
import org.ipc4j.stream.NamedPipeServerOptions;

import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Servers and connections as the contracts make them, and what they do with those. */
final class Connections {
    private final NamedPipeServerProvider provider;
    private final Supplier<IpcName> fresh;
    private final Consumer<AutoCloseable> closing;

    Connections(
            NamedPipeServerProvider provider,
            Supplier<IpcName> fresh,
            Consumer<AutoCloseable> closing) {
        this.provider = provider;
        this.fresh = fresh;
        this.closing = closing;
    }

    /** Both ends of a connection. */
    record Pair(NamedPipeConnection server, NamedPipeConnection client) {}

    NamedPipeServer server(NamedPipeServerOptions options) throws IpcException {
        return server(fresh.get(), options);
    }

    NamedPipeServer server(IpcName name, NamedPipeServerOptions options) throws IpcException {
        NamedPipeServer server = provider.create(name, options);
        closing.accept(server);
        return server;
    }

    NamedPipeConnection client(NamedPipeServer server) throws IpcException, InterruptedException {
        NamedPipeConnection client =
                provider.connect(server.name(), Access.OWNER, Pipes.LONG).orElseThrow();
        closing.accept(client);
        return client;
    }

    NamedPipeConnection accepted(NamedPipeServer server) throws IpcException, InterruptedException {
        NamedPipeConnection connection = server.accept(Pipes.LONG).orElseThrow();
        closing.accept(connection);
        return connection;
    }

    Pair pair(NamedPipeServerOptions options) throws IpcException, InterruptedException {
        return pair(server(options));
    }

    Pair pair(NamedPipeServer server) throws IpcException, InterruptedException {
        NamedPipeConnection client = client(server);
        return new Pair(accepted(server), client);
    }

    /** As {@link End#next}. */
    static String next(NamedPipeConnection end, int length)
            throws IOException, InterruptedException {
        return End.of(end).next(length);
    }

    /** As {@link End#fill}. */
    static long fill(NamedPipeConnection end) throws IOException, InterruptedException {
        return End.of(end).fill();
    }

    /** As {@link End#drain}. */
    static long drain(NamedPipeConnection end) throws IOException, InterruptedException {
        return End.of(end).drain();
    }
}
