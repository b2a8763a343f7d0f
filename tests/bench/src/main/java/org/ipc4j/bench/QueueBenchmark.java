// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.bench;

import org.ipc4j.Ipc;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.queue.MessageQueue;
import org.ipc4j.queue.MessageQueueOptions;
import org.ipc4j.spi.MessageQueueProvider;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/** A message of 64 bytes goes into a queue that nobody else uses, and comes out again. */
@State(Scope.Thread)
public class QueueBenchmark {
    static final int CAPACITY = 10;
    static final int MESSAGE = 64;

    /** The provider's name. */
    @Param({"posix", "jvm"})
    public String provider;

    private final ByteBuffer heap = ByteBuffer.allocate(MESSAGE);
    private final MemorySegment segment = Arena.ofAuto().allocate(MESSAGE);
    private MessageQueue queue;

    /** Creates the queue. */
    @Setup
    public void create() throws IpcException {
        MessageQueueProvider queues = Ipc.provider(MessageQueueProvider.class, provider);
        IpcName name = Names.fresh();
        queue = queues.create(name, MessageQueueOptions.of(CAPACITY, MESSAGE));
        queues.remove(name);
    }

    /** Closes the queue. */
    @TearDown
    public void close() {
        queue.close();
    }

    /** As a buffer on the heap. */
    @Benchmark
    @Twin("queue")
    public int sendReceiveBuffer() throws IpcException, InterruptedException {
        queue.send(heap.clear());
        return queue.receive(heap.clear());
    }

    /** As a native segment. */
    @Benchmark
    @Twin("queue")
    public long sendReceiveSegment() throws IpcException, InterruptedException {
        queue.send(segment, 0);
        return queue.receive(segment);
    }
}
