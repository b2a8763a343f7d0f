// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.stream;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.spi.LocalSocketProvider;
import org.ipc4j.stream.LocalAddress;
import org.ipc4j.stream.LocalServerSocket;
import org.ipc4j.stream.LocalSocket;
import org.ipc4j.stream.LocalSocketOptions;
import org.ipc4j.stream.LocalSocketPair;
import org.ipc4j.stream.LocalSocketType;

import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Servers and sockets as the contracts make them, and what they do with those. */
final class LocalSockets {
    static final LocalSocketOptions STREAM = LocalSocketOptions.DEFAULT;
    static final LocalSocketOptions MESSAGES = STREAM.withType(LocalSocketType.SEQPACKET);

    private final LocalSocketProvider provider;
    private final Supplier<IpcName> fresh;
    private final Consumer<AutoCloseable> closing;

    LocalSockets(
            LocalSocketProvider provider,
            Supplier<IpcName> fresh,
            Consumer<AutoCloseable> closing) {
        this.provider = provider;
        this.fresh = fresh;
        this.closing = closing;
    }

    LocalServerSocket server(LocalSocketOptions options) throws IpcException {
        return server(LocalAddress.of(fresh.get()), options);
    }

    LocalServerSocket server(LocalAddress address, LocalSocketOptions options) throws IpcException {
        LocalServerSocket server = provider.create(address, options);
        closing.accept(server);
        return server;
    }

    LocalSocket client(LocalServerSocket server) throws IpcException, InterruptedException {
        return client(server.address(), STREAM.withType(server.type()));
    }

    LocalSocket client(LocalAddress address, LocalSocketOptions options)
            throws IpcException, InterruptedException {
        LocalSocket client = provider.connect(address, options, Pipes.LONG).orElseThrow();
        closing.accept(client);
        return client;
    }

    LocalSocket accepted(LocalServerSocket server) throws IpcException, InterruptedException {
        LocalSocket accepted = server.accept(Pipes.LONG).orElseThrow();
        closing.accept(accepted);
        return accepted;
    }

    /** A server's end first, and then its client's. */
    LocalSocketPair connected(LocalSocketOptions options)
            throws IpcException, InterruptedException {
        LocalServerSocket server = server(options);
        LocalSocket client = client(server.address(), options);
        return new LocalSocketPair(accepted(server), client);
    }

    LocalSocketPair pair(LocalSocketOptions options) throws IpcException {
        LocalSocketPair pair = provider.pair(options);
        closing.accept(pair);
        return pair;
    }

    /** As {@link End#next}. */
    static String next(LocalSocket end, int length) throws IOException, InterruptedException {
        return End.of(end).next(length);
    }

    /** As {@link End#fill}. */
    static long fill(LocalSocket end) throws IOException, InterruptedException {
        return End.of(end).fill();
    }

    /** As {@link End#drain}. */
    static long drain(LocalSocket end) throws IOException, InterruptedException {
        return End.of(end).drain();
    }
}
