// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.bench;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import org.ipc4j.Ipc;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.memory.SharedMemory;
import org.ipc4j.memory.SharedMemoryOptions;
import org.ipc4j.spi.SharedMemoryProvider;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import java.lang.foreign.MemorySegment;

/** 32 KiB of shared memory, read and written as 4096 longs. */
@State(Scope.Thread)
public class MemoryBenchmark {
    static final int LONGS = 4096;

    /** The provider's name. */
    @Param({"posix", "jvm"})
    public String provider;

    private SharedMemory memory;
    private long written;

    /** Creates the memory. */
    @Setup
    public void create() throws IpcException {
        SharedMemoryProvider memories = Ipc.provider(SharedMemoryProvider.class, provider);
        IpcName name = Names.fresh();
        memory = memories.create(name, SharedMemoryOptions.ofSize(LONGS * JAVA_LONG.byteSize()));
        memories.remove(name);
    }

    /** Closes the memory. */
    @TearDown
    public void close() {
        memory.close();
    }

    /** Adds all longs up. */
    @Benchmark
    @Twin("memory-read")
    public long read() {
        MemorySegment segment = memory.segment();
        long sum = 0;
        for (int i = 0; i < LONGS; i++) {
            sum += segment.getAtIndex(JAVA_LONG, i);
        }
        return sum;
    }

    /** Writes all longs. */
    @Benchmark
    @Twin("memory-write")
    public void write() {
        MemorySegment segment = memory.segment();
        long first = written++;
        for (int i = 0; i < LONGS; i++) {
            segment.setAtIndex(JAVA_LONG, i, first + i);
        }
    }
}
