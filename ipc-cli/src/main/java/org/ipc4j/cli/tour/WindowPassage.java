// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli.tour;

import org.ipc4j.Mechanism;
import org.ipc4j.cli.CommandFailure;
import org.ipc4j.cli.peer.Patience;
import org.ipc4j.memory.SharedMemory;
import org.ipc4j.sync.NamedSemaphore;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Windows of shared memory, handed over by a pair of semaphores: one counts the windows that are
 * free, the other those that are full. Both mechanisms need each other, so this shows either: large
 * windows for the memory, and one small window that goes back and forth for the semaphores.
 *
 * <p>A window is its length, 8 bytes of which the first 4 are used, and then its bytes. Length 0 is
 * the end.
 */
record WindowPassage(String word, Mechanism mechanism, int windows, int windowSize)
        implements Passage {
    private static final int HEADER = 8;

    @Override
    public Sender create(TourNames names) throws IOException {
        return new Windows(names);
    }

    @Override
    public void receive(TourNames names, Receipt receipt, Patience patience)
            throws IOException, InterruptedException, CommandFailure {
        byte[] chunk = new byte[windowSize];
        try (SharedMemory memory = SharedMemory.open(names.memory(this));
                NamedSemaphore free = NamedSemaphore.open(names.free(this));
                NamedSemaphore full = NamedSemaphore.open(names.full(this))) {
            receipt.ready();
            for (long turn = 0; ; turn++) {
                patience.until(full::tryAcquire);
                MemorySegment window = window(memory, turn);
                int length = window.get(ValueLayout.JAVA_INT, 0);
                if (length == 0) {
                    return;
                }
                if (length < 0 || length > windowSize) {
                    throw new IOException(
                            "a window of " + windowSize + " bytes says that it has " + length);
                }
                MemorySegment.copy(window, ValueLayout.JAVA_BYTE, HEADER, chunk, 0, length);
                free.release();
                receipt.add(chunk, length);
            }
        }
    }

    private MemorySegment window(SharedMemory memory, long turn) {
        long size = HEADER + windowSize;
        return memory.segment().asSlice(turn % windows * size, size);
    }

    private final class Windows implements Sender {
        private final SharedMemory memory;
        private final NamedSemaphore free;
        private final NamedSemaphore full;
        private long turn;

        Windows(TourNames names) throws IOException {
            WindowPassage passage = WindowPassage.this;
            memory =
                    SharedMemory.create(
                            names.memory(passage), (long) windows * (HEADER + windowSize));
            free = NamedSemaphore.create(names.free(passage), windows);
            full = NamedSemaphore.create(names.full(passage), 0);
        }

        @Override
        public String nativeKey() {
            return mechanism == Mechanism.SHARED_MEMORY ? memory.nativeKey() : full.nativeKey();
        }

        @Override
        public int chunkSize() {
            return windowSize;
        }

        @Override
        public void connect(Patience patience) {}

        @Override
        public void send(byte[] chunk, int length, Patience patience)
                throws IOException, InterruptedException, CommandFailure {
            patience.until(free::tryAcquire);
            MemorySegment window = window(memory, turn++);
            MemorySegment.copy(chunk, 0, window, ValueLayout.JAVA_BYTE, HEADER, length);
            window.set(ValueLayout.JAVA_INT, 0, length);
            full.release();
        }

        @Override
        public void end(Patience patience)
                throws IOException, InterruptedException, CommandFailure {
            send(new byte[0], 0, patience);
        }

        @Override
        public String steps() {
            return turn
                    + (windows == 1 ? " hand-overs of " : " windows of ")
                    + (windowSize >> 10)
                    + " KiB";
        }

        @Override
        public void close() {
            full.close();
            free.close();
            memory.close();
        }
    }
}
