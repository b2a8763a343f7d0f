// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.bench;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What {@link MemoryBenchmark} does, with a plain array. */
@State(Scope.Thread)
public class ArrayBenchmark {
    private final long[] array = new long[MemoryBenchmark.LONGS];
    private long written;

    /** Adds all longs up. */
    @Benchmark
    @Twin("memory-read")
    public long read() {
        long sum = 0;
        for (int i = 0; i < MemoryBenchmark.LONGS; i++) {
            sum += array[i];
        }
        return sum;
    }

    /** Writes all longs. */
    @Benchmark
    @Twin("memory-write")
    public void write() {
        long first = written++;
        for (int i = 0; i < MemoryBenchmark.LONGS; i++) {
            array[i] = first + i;
        }
    }
}
