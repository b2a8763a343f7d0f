// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.bench;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;

/** 64 bytes go into a connection that nobody else uses, and come out at its other end. */
@State(Scope.Thread)
public class SocketBenchmark {
    static final int BYTES = 64;

    /** The provider's name, or whose sockets they are. */
    @Param({"posix", "jvm", "jdk", "junixsocket"})
    public String provider;

    private final ByteBuffer heap = ByteBuffer.allocate(BYTES);
    private final ByteBuffer direct = ByteBuffer.allocateDirect(BYTES);
    private SocketEnds.Place server;
    private SocketEnds.Place client;
    private ByteChannel reader;
    private ByteChannel writer;

    /** Opens both ends. */
    @Setup
    public void open() throws IOException, InterruptedException {
        var name = Names.fresh();
        server = SocketEnds.place(provider, name, true);
        client = SocketEnds.place(provider, name, false);
        writer = client.connect();
        reader = server.connect();
    }

    /** Closes both ends. */
    @TearDown
    public void close() throws IOException {
        client.close();
        server.close();
    }

    /** As a buffer on the heap. */
    @Benchmark
    @Twin("socket")
    public int writeReadHeap() throws IOException {
        return writeRead(heap);
    }

    /** As a direct buffer. */
    @Benchmark
    @Twin("socket")
    public int writeReadDirect() throws IOException {
        return writeRead(direct);
    }

    private int writeRead(ByteBuffer buffer) throws IOException {
        writer.write(buffer.clear());
        return reader.read(buffer.clear());
    }
}
