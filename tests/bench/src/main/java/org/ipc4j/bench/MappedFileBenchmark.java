// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.bench;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import org.ipc4j.Access;
import org.ipc4j.Ipc;
import org.ipc4j.memory.MappedFile;
import org.ipc4j.spi.MappedFileProvider;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;

/** 32 KiB of a mapped file, read and written as 4096 longs. */
@State(Scope.Thread)
public class MappedFileBenchmark {
    private static final int LONGS = MemoryBenchmark.LONGS;

    /** The provider's name. */
    @Param({"posix", "jvm"})
    public String provider;

    private MappedFile file;
    private long written;

    /** Creates the file, whose name goes at once. */
    @Setup
    public void create() throws IOException {
        Path path = Path.of(System.getProperty("java.io.tmpdir"), Names.fresh().value());
        file =
                Ipc.provider(MappedFileProvider.class, provider)
                        .create(path, LONGS * JAVA_LONG.byteSize(), Access.OWNER);
        Files.delete(path);
    }

    /** Closes the file. */
    @TearDown
    public void close() {
        file.close();
    }

    /** Adds all longs up. */
    @Benchmark
    @Twin("file-read")
    public long read() {
        MemorySegment segment = file.segment();
        long sum = 0;
        for (int i = 0; i < LONGS; i++) {
            sum += segment.getAtIndex(JAVA_LONG, i);
        }
        return sum;
    }

    /** Writes all longs. */
    @Benchmark
    @Twin("file-write")
    public void write() {
        MemorySegment segment = file.segment();
        long first = written++;
        for (int i = 0; i < LONGS; i++) {
            segment.setAtIndex(JAVA_LONG, i, first + i);
        }
    }
}
