// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli.tour;

import org.ipc4j.Mechanism;
import org.ipc4j.cli.CommandFailure;
import org.ipc4j.cli.peer.Patience;
import org.ipc4j.memory.MappedFile;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Windows of a mapped file, which two counters in it hand over: how many were filled, and how many
 * were emptied. The file begins with one window and grows to four.
 *
 * <p>A window is its length, 8 bytes of which the first 4 are used, and then its bytes. Length 0 is
 * the end.
 */
record MappedPassage() implements Passage {
    private static final int WINDOWS = 4;
    private static final int WINDOW_SIZE = 1 << 20;
    private static final int HEADER = 8;
    private static final long FILLED = 0;
    private static final long EMPTIED = 64;
    private static final long START = 128;
    private static final long STRIDE = HEADER + WINDOW_SIZE;
    private static final VarHandle COUNTER = ValueLayout.JAVA_LONG.varHandle();
    private static final int SPINS = 1000;
    private static final long PAUSE_NANOS = 50_000;

    @Override
    public String word() {
        return "mmap";
    }

    @Override
    public Mechanism mechanism() {
        return Mechanism.MAPPED_FILE;
    }

    @Override
    public Sender create(TourNames names) throws IOException {
        return new Windows(MappedFile.create(names.mapped(this), START + STRIDE));
    }

    @Override
    public void receive(TourNames names, Receipt receipt, Patience patience)
            throws IOException, InterruptedException, CommandFailure {
        byte[] chunk = new byte[WINDOW_SIZE];
        try (MappedFile file = MappedFile.open(names.mapped(this))) {
            receipt.ready();
            for (long turn = 0; ; turn++) {
                long wanted = turn + 1;
                patience.until(
                        time -> within(time, () -> counter(file.segment(), FILLED) >= wanted));
                if (start(turn) + STRIDE > file.byteSize()) {
                    file.refresh();
                }
                MemorySegment window = file.segment().asSlice(start(turn), STRIDE);
                int length = window.get(ValueLayout.JAVA_INT, 0);
                if (length == 0) {
                    return;
                }
                if (length < 0 || length > WINDOW_SIZE) {
                    throw new IOException(
                            "a window of " + WINDOW_SIZE + " bytes says that it has " + length);
                }
                MemorySegment.copy(window, ValueLayout.JAVA_BYTE, HEADER, chunk, 0, length);
                COUNTER.setRelease(file.segment(), EMPTIED, wanted);
                receipt.add(chunk, length);
            }
        }
    }

    private static long start(long turn) {
        return START + turn % WINDOWS * STRIDE;
    }

    private static long counter(MemorySegment memory, long offset) {
        return (long) COUNTER.getAcquire(memory, offset);
    }

    /** A file wakes nobody, so who waits looks again. */
    private static boolean within(Duration time, BooleanSupplier isSo) throws InterruptedException {
        long begun = System.nanoTime();
        for (int i = 0; !isSo.getAsBoolean(); i++) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (System.nanoTime() - begun > time.toNanos()) {
                return false;
            }
            if (i < SPINS) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
        return true;
    }

    private static final class Windows implements Sender {
        private final MappedFile file;
        private long turn;

        Windows(MappedFile file) {
            this.file = file;
        }

        @Override
        public String nativeKey() {
            return file.path().toString();
        }

        @Override
        public int chunkSize() {
            return WINDOW_SIZE;
        }

        @Override
        public void connect(Patience patience) {}

        @Override
        public void send(byte[] chunk, int length, Patience patience)
                throws IOException, InterruptedException, CommandFailure {
            long emptied = turn + 1 - WINDOWS;
            patience.until(time -> within(time, () -> counter(file.segment(), EMPTIED) >= emptied));
            file.grow(start(turn) + STRIDE);
            MemorySegment window = file.segment().asSlice(start(turn), STRIDE);
            MemorySegment.copy(chunk, 0, window, ValueLayout.JAVA_BYTE, HEADER, length);
            window.set(ValueLayout.JAVA_INT, 0, length);
            turn++;
            COUNTER.setRelease(file.segment(), FILLED, turn);
        }

        @Override
        public void end(Patience patience)
                throws IOException, InterruptedException, CommandFailure {
            send(new byte[0], 0, patience);
        }

        @Override
        public String steps() {
            return turn + " windows of " + (WINDOW_SIZE >> 10) + " KiB";
        }

        @Override
        public void close() {
            file.close();
        }
    }
}
