// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.stream;

import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.spi.NamedPipeProvider;
import org.ipc4j.stream.NamedPipeOptions;
import org.ipc4j.stream.NamedPipeReader;
import org.ipc4j.stream.NamedPipeWriter;
import org.ipc4j.stream.PipeReader;
import org.ipc4j.stream.PipeWriter;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The ends of pipes as the contracts make them, and what they do with those. */
final class Pipes {
    /** A time-out that no test waits for. */
    static final Duration LONG = Duration.ofMinutes(5);

    private final NamedPipeProvider provider;
    private final Supplier<IpcName> fresh;
    private final Consumer<AutoCloseable> closing;

    Pipes(NamedPipeProvider provider, Supplier<IpcName> fresh, Consumer<AutoCloseable> closing) {
        this.provider = provider;
        this.fresh = fresh;
        this.closing = closing;
    }

    NamedPipeReader reader() throws IpcException {
        return reader(fresh.get());
    }

    NamedPipeReader reader(IpcName name) throws IpcException {
        NamedPipeReader reader = provider.createReader(name, NamedPipeOptions.DEFAULT);
        closing.accept(reader);
        return reader;
    }

    NamedPipeWriter writer(NamedPipeReader reader) throws IpcException, InterruptedException {
        return writer(reader.name());
    }

    NamedPipeWriter writer(IpcName name) throws IpcException, InterruptedException {
        NamedPipeWriter writer = provider.openWriter(name, Access.OWNER, LONG).orElseThrow();
        closing.accept(writer);
        return writer;
    }

    Optional<NamedPipeWriter> poll(IpcName name) throws IpcException, InterruptedException {
        return provider.openWriter(name, Access.OWNER, Duration.ZERO);
    }

    static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }

    static String text(ByteBuffer buffer) {
        return UTF_8.decode(buffer).toString();
    }

    /** Reads exactly so many bytes. */
    static String next(PipeReader reader, int length) throws IOException, InterruptedException {
        ByteBuffer target = ByteBuffer.allocate(length);
        while (target.hasRemaining()) {
            int count = reader.read(target, LONG);
            assertTrue(
                    count > 0,
                    () -> "read gave " + count + " after " + target.position() + " bytes");
        }
        return text(target.flip());
    }

    /** More than there can be room for late, in a pipe that was full for a moment. */
    static ByteBuffer tooMuch() {
        return ByteBuffer.allocate(1 << 24);
    }

    /** Writes until there is no room for a single byte, also a moment later. */
    static long fill(PipeWriter writer) throws IOException, InterruptedException {
        End.Transfer write = writer::write;
        long total = 0;
        int more;
        do {
            total += write.fill(1 << 16);
            // What the system has on its way makes room when it has arrived; TCP, which carries
            // pipes on Windows, says so 40 ms later.
            more = writer.write(ByteBuffer.allocate(1), Duration.ofMillis(60));
            total += more;
        } while (more > 0);
        return total;
    }

    /** Reads what is there, at most so many bytes. */
    static long drain(PipeReader reader, int atMost) throws IOException, InterruptedException {
        ByteBuffer target = ByteBuffer.allocateDirect(atMost);
        while (target.hasRemaining() && reader.read(target, Duration.ofMillis(10)) > 0) {}
        return target.position();
    }
}
