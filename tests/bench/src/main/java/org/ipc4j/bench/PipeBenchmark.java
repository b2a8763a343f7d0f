// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.bench;

import org.ipc4j.Access;
import org.ipc4j.Ipc;
import org.ipc4j.IpcName;
import org.ipc4j.spi.NamedPipeProvider;
import org.ipc4j.stream.NamedPipeOptions;
import org.ipc4j.stream.NamedPipeReader;
import org.ipc4j.stream.NamedPipeWriter;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/** 64 bytes go into a named pipe that nobody else uses, and come out again. */
@State(Scope.Thread)
public class PipeBenchmark {
    static final int BYTES = 64;

    /** The provider's name. */
    @Param({"posix", "jvm"})
    public String provider;

    private final ByteBuffer heap = ByteBuffer.allocate(BYTES);
    private final ByteBuffer direct = ByteBuffer.allocateDirect(BYTES);
    private NamedPipeReader reader;
    private NamedPipeWriter writer;

    /** Opens both ends. */
    @Setup
    public void open() throws IOException, InterruptedException {
        NamedPipeProvider pipes = Ipc.provider(NamedPipeProvider.class, provider);
        IpcName name = Names.fresh();
        reader = pipes.createReader(name, NamedPipeOptions.DEFAULT);
        writer = pipes.openWriter(name, Access.OWNER, Duration.ofSeconds(10)).orElseThrow();
    }

    /** Closes both ends. */
    @TearDown
    public void close() throws IOException {
        writer.close();
        reader.close();
    }

    /** As a buffer on the heap. */
    @Benchmark
    @Twin("pipe")
    public int writeReadHeap() throws IOException {
        return writeRead(heap);
    }

    /** As a direct buffer. */
    @Benchmark
    @Twin("pipe")
    public int writeReadDirect() throws IOException {
        return writeRead(direct);
    }

    private int writeRead(ByteBuffer buffer) throws IOException {
        writer.write(buffer.clear());
        return reader.read(buffer.clear());
    }
}
