// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.stream;

import static org.ipc4j.tck.stream.Pipes.LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.spi.Capability;
import org.ipc4j.spi.NamedPipeProvider;
import org.ipc4j.stream.NamedPipe;
import org.ipc4j.stream.NamedPipeReader;
import org.ipc4j.stream.NamedPipeWriter;
import org.ipc4j.stream.PipeReader;
import org.ipc4j.tck.Task;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CyclicBarrier;

/** {@link PipeDataContract} for every {@link NamedPipe}, and for several writers. */
public abstract class NamedPipeDataContract extends PipeDataContract<NamedPipeProvider> {
    /** For subclasses. */
    protected NamedPipeDataContract() {}

    private Pipes pipes() {
        return new Pipes(provider(), this::fresh, this::closing);
    }

    @Override
    protected final NamedPipeReader reader() throws Exception {
        return pipes().reader();
    }

    @Override
    protected final NamedPipeWriter writer(PipeReader reader) throws Exception {
        return pipes().writer((NamedPipeReader) reader);
    }

    /**
     * With {@link Capability#ATOMIC_WRITES} the writes of several writers are never mixed, up to
     * that size.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void atomicWritesAreNotMixed() throws Exception {
        require(Capability.ATOMIC_WRITES);
        int largest = writer(reader()).atomicWriteSize();
        for (int size : new int[] {largest, 1000, 64}) {
            atomicWritesAreNotMixed(size);
        }
    }

    private void atomicWritesAreNotMixed(int size) throws Exception {
        NamedPipeReader reader = reader();
        int writers = 4;
        int each = 500;
        List<Task<Void>> tasks = new ArrayList<>();
        for (int w = 0; w < writers; w++) {
            NamedPipeWriter writer = writer(reader);
            byte id = (byte) (w + 1);
            tasks.add(
                    Task.start(
                            Task.Kind.values()[w % 2],
                            () -> {
                                byte[] record = new byte[size];
                                for (int i = 0; i < each; i++) {
                                    Arrays.fill(record, id);
                                    ByteBuffer source =
                                            ByteBuffer.wrap(record).putInt(1, i).clear();
                                    if (i % 2 == 0) {
                                        writer.write(source);
                                    } else {
                                        int count;
                                        do {
                                            count = writer.write(source, Duration.ofNanos(200_000));
                                            assertTrue(
                                                    count == 0 || count == size,
                                                    "an atomic write is whole or not at all");
                                        } while (count == 0);
                                    }
                                }
                                return null;
                            }));
        }
        int[] last = {-1, -1, -1, -1};
        ByteBuffer record = ByteBuffer.allocateDirect(size);
        for (int i = 0; i < writers * each; i++) {
            record.clear();
            while (record.hasRemaining()) {
                assertTrue(reader.read(record, LONG) > 0);
            }
            byte id = record.get(0);
            assertEquals(++last[id - 1], record.getInt(1), "records of one writer are in order");
            for (int k = 5; k < size; k++) {
                assertEquals(id, record.get(k), "mixed");
            }
        }
        for (Task<Void> task : tasks) {
            task.result();
        }
    }

    /**
     * A hundred writers open the pipe at once, before the reader looks, on either kind of thread;
     * what each writes arrives.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void aHundredWritersAtOnce() throws Exception {
        int count = 100;
        NamedPipeReader reader = reader();
        CyclicBarrier allOpen = new CyclicBarrier(count);
        List<Task<Void>> writing = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte id = (byte) i;
            writing.add(
                    Task.start(
                            Task.Kind.values()[i % 2],
                            () -> {
                                NamedPipeWriter writer = writer(reader);
                                allOpen.await();
                                writer.write(ByteBuffer.wrap(new byte[] {id}));
                                writer.close();
                                return null;
                            }));
        }
        for (Task<Void> task : writing) {
            task.result();
        }
        ByteBuffer target = ByteBuffer.allocate(count + 1);
        while (target.position() < count) {
            // Between two writers a provider may tell an end of the stream.
            reader.read(target, LONG);
        }
        assertEquals(-1, reader.read(target, LONG));
        byte[] received = Arrays.copyOf(target.array(), count);
        Arrays.sort(received);
        for (int i = 0; i < count; i++) {
            assertEquals(i, received[i]);
        }
    }
}
