// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.Access;
import org.ipc4j.Ipc;
import org.ipc4j.file.FileExchange;
import org.ipc4j.file.FileVersion;
import org.ipc4j.interop.peer.Content;
import org.ipc4j.spi.FileExchangeProvider;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Four that read a file whose versions have growing numbers, and check each one's digest: two by
 * the provider that publishes, one by the other, and one that knows nothing of either.
 */
final class FileReaders implements AutoCloseable {
    /** What a version has at most. */
    static final int MAX = 100_000;

    private final List<Survivor> readers = new ArrayList<>();
    private final List<FileExchange> exchanges = new ArrayList<>();
    private final AtomicLong versions = new AtomicLong();

    /** The file must be there already, and never be removed. */
    FileReaders(Path file, String provider) throws Exception {
        String other = provider.equals("posix") ? "jvm" : "posix";
        for (String each : List.of(provider, provider, other)) {
            FileExchange exchange =
                    Ipc.provider(FileExchangeProvider.class, each).at(file, Access.OWNER);
            exchanges.add(exchange);
            long[] seen = {0, 0};
            readers.add(new Survivor(() -> next(exchange, seen)));
        }
        long[] last = {0};
        readers.add(
                new Survivor(() -> {
                    last[0] = number(Files.readAllBytes(file), last[0]);
                    return true;
                }));
    }

    private boolean next(FileExchange exchange, long[] seen) throws Exception {
        Optional<FileVersion> found = exchange.await(seen[0], Duration.ofMillis(50));
        if (found.isEmpty()) {
            return false;
        }
        try (FileVersion version = found.get()) {
            assertTrue(version.generation() > seen[0], "generations grow");
            seen[0] = version.generation();
            seen[1] = number(version.bytes(), seen[1]);
        }
        return true;
    }

    private long number(byte[] content, long least) {
        OptionalLong number = Content.sequence(ByteBuffer.wrap(content), MAX);
        assertTrue(number.isPresent(), "a version of " + content.length + " bytes is torn");
        assertTrue(number.getAsLong() >= least, "back from " + least + " to " + number);
        versions.incrementAndGet();
        return number.getAsLong();
    }

    /** How many versions were read. */
    long versions() {
        return versions.get();
    }

    @Override
    public void close() throws Exception {
        for (Survivor reader : readers) {
            reader.close();
        }
        exchanges.forEach(FileExchange::close);
    }
}
