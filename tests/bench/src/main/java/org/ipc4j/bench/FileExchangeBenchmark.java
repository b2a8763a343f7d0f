// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.bench;

import org.ipc4j.Access;
import org.ipc4j.Ipc;
import org.ipc4j.file.FileExchange;
import org.ipc4j.file.FileVersion;
import org.ipc4j.spi.FileExchangeProvider;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** 64 KiB are published as a file, and read. */
@State(Scope.Thread)
public class FileExchangeBenchmark {
    private static final int BYTES = 64 * 1024;

    /** A file system in memory. */
    private static final Path MEMORY = Path.of("/dev/shm");

    /** So often that it is compiled. */
    private static final int OFTEN = 5_000;

    /** The provider's name. */
    @Param({"posix", "jvm"})
    public String provider;

    private final ByteBuffer content = ByteBuffer.allocate(BYTES);
    private Path folder;
    private FileExchange exchange;

    /**
     * Makes a directory. A disk takes so long that a warm-up there would end before anything is
     * compiled, so it is preceded by one in memory.
     */
    @Setup
    public void open() throws IOException, InterruptedException {
        if (Files.isDirectory(MEMORY)) {
            open(Files.createTempDirectory(MEMORY, "ipc4j-bench-"));
            for (int i = 0; i < OFTEN; i++) {
                publishRead();
            }
            close();
        }
        open(Files.createTempDirectory("ipc4j-bench-"));
    }

    private void open(Path made) throws IOException {
        folder = made;
        exchange =
                Ipc.provider(FileExchangeProvider.class, provider)
                        .at(folder.resolve("file"), Access.OWNER);
    }

    /** Deletes it. */
    @TearDown
    public void close() throws IOException {
        exchange.close();
        for (String name : new String[] {"file", ".file.ipc4j-lock"}) {
            Files.delete(folder.resolve(name));
        }
        Files.delete(folder);
    }

    /** Replaces the file, and reads what there is. */
    @Benchmark
    @Twin("exchange")
    public byte[] publishRead() throws IOException, InterruptedException {
        exchange.publish(content.clear());
        try (FileVersion version = exchange.read().orElseThrow()) {
            return version.bytes();
        }
    }
}
