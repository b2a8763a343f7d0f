// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.stream;

import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.nio.ByteBuffer;
import java.time.Duration;
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

    /** Reads exactly so many bytes. */
    static String next(LocalSocket end, int length) throws IOException, InterruptedException {
        ByteBuffer target = ByteBuffer.allocate(length);
        while (target.hasRemaining()) {
            int count = end.read(target, Pipes.LONG);
            assertTrue(
                    count > 0,
                    () -> "read gave " + count + " after " + target.position() + " bytes");
        }
        return Pipes.text(target.flip());
    }

    /** Writes until there is no room for a single byte. */
    static long fill(LocalSocket end) throws IOException, InterruptedException {
        long total = 0;
        for (int size = 1 << 12; size > 0; size >>= 1) {
            int count;
            do {
                count = end.write(ByteBuffer.allocate(size), Duration.ofMillis(1));
                total += count;
            } while (count > 0);
        }
        return total;
    }

    /** Reads what is there, as long as more comes. */
    static long drain(LocalSocket end) throws IOException, InterruptedException {
        ByteBuffer target = ByteBuffer.allocateDirect(1 << 16);
        long total = 0;
        while (end.read(target.clear(), Duration.ofMillis(10)) > 0) {
            total += target.position();
        }
        return total;
    }
}
