// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import org.ipc4j.channel.ChannelOptions;
import org.ipc4j.channel.MessageHandler;
import org.ipc4j.channel.Receiver;
import org.ipc4j.channel.Sender;
import org.ipc4j.channel.WaitStrategy;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Senders and receivers in threads that really run at the same time, in a ring so small that each
 * is always at the other's heels: nothing is lost, doubled, torn or out of order, though handlers
 * throw and receivers are closed and opened again.
 */
class ChannelStressTest {
    private static final boolean FULL = "full".equals(System.getProperty("ipc.campaign"));
    private static final int MESSAGES = FULL ? 20_000_000 : 1_000_000;
    private static final int LONGEST = 1024;

    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();

    private interface Work {
        void run() throws Exception;
    }

    private Thread start(Work work) {
        return Thread.ofPlatform()
                .start(() -> {
                    try {
                        work.run();
                    } catch (Throwable e) {
                        failures.add(e);
                    }
                });
    }

    /** What a message is filled with: every word tells whose message it is, and which one. */
    private static long word(int sender, int number) {
        return ((long) sender << 32 | number) * 0x9E3779B97F4A7C15L;
    }

    private void sendAll(Sender sender, int messages, int batch) {
        SplittableRandom random = new SplittableRandom(sender.index());
        for (int i = 0; i < messages && failures.isEmpty(); i++) {
            int length = 8 + (random.nextInt(10) == 0 ? random.nextInt(LONGEST - 7) : i & 63);
            long offset = sender.tryClaim(length);
            while (offset < 0 && failures.isEmpty()) {
                Thread.yield();
                offset = sender.tryClaim(length);
            }
            if (offset < 0) {
                return;
            }
            MemorySegment memory = sender.memory();
            memory.set(JAVA_INT_UNALIGNED, offset, sender.index());
            memory.set(JAVA_INT_UNALIGNED, offset + 4, i);
            for (int at = 8; at + 8 <= length; at += 8) {
                memory.set(JAVA_LONG_UNALIGNED, offset + at, word(sender.index(), i));
            }
            if (random.nextInt(100) == 0) {
                sender.abort();
                i--;
            } else if (i % batch == 0) {
                sender.commit();
            } else {
                sender.stage();
            }
        }
        sender.publish();
    }

    /** Thrown by a handler now and then. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        Refused() {
            super("not now", null, false, false);
        }
    }

    /** Counts what arrives, of every sender. */
    private static final class Check implements MessageHandler {
        final int[] seen;
        private final SplittableRandom random = new SplittableRandom(1);
        private boolean refused;

        Check(int senders) {
            seen = new int[senders];
        }

        @Override
        public void onMessage(MemorySegment memory, long offset, int length) {
            int sender = memory.get(JAVA_INT_UNALIGNED, offset);
            int number = memory.get(JAVA_INT_UNALIGNED, offset + 4);
            assertTrue(sender >= 0 && sender < seen.length);
            if (number != seen[sender]) {
                assertEquals(seen[sender], number, "of sender " + sender);
            }
            for (int at = 8; at + 8 <= length; at += 8) {
                if (memory.get(JAVA_LONG_UNALIGNED, offset + at) != word(sender, number)) {
                    throw new AssertionError("torn: message " + number + " of " + sender);
                }
            }
            refused = !refused && random.nextInt(1_000) == 0;
            if (refused) {
                throw new Refused();
            }
            seen[sender]++;
        }
    }

    @ParameterizedTest(name = "special: {0}, {1} senders, batches of {2}")
    @CsvSource({"true,1,1", "true,1,16", "false,1,1", "false,1,16", "true,3,4", "false,3,1"})
    void losesDoublesTearsAndReordersNothing(boolean special, int senders, int batch)
            throws Exception {
        ChannelOptions options =
                ChannelOptions.DEFAULT
                        .withCapacity(4096)
                        .withMaxMessageSize(LONGEST)
                        .withSenders(senders)
                        .withWaiting(WaitStrategy.SPIN);
        int messages = MESSAGES / senders;
        try (Ends ends = new Ends(options, special)) {
            List<Sender> all = new ArrayList<>(List.of(ends.sender()));
            while (all.size() < senders) {
                all.add(ends.openSender());
            }
            List<Thread> threads = new ArrayList<>();
            for (Sender sender : all) {
                threads.add(start(() -> sendAll(sender, messages, batch)));
            }
            Check check = new Check(senders);
            threads.add(start(() -> receiveAll(ends, check, senders * messages)));
            for (Thread thread : threads) {
                thread.join();
            }
            all.forEach(Sender::close);
            assertEquals(List.of(), List.copyOf(failures));
            for (int seen : check.seen) {
                assertEquals(messages, seen);
            }
        }
    }

    /** Receives by one receiver after the other. */
    private void receiveAll(Ends ends, Check check, int messages) throws Exception {
        SplittableRandom random = new SplittableRandom(2);
        int received = 0;
        while (received < messages && failures.isEmpty()) {
            try (Receiver receiver = ends.openReceiver()) {
                int until = Math.min(messages, received + messages / 20 + 1);
                while (received < until && failures.isEmpty()) {
                    int before = sum(check);
                    try {
                        if (receiver.poll(check, 1 + random.nextInt(64)) == 0) {
                            Thread.onSpinWait();
                        }
                    } catch (Refused e) {
                        assertEquals("not now", e.getMessage());
                    }
                    received += sum(check) - before;
                }
            }
        }
    }

    private static int sum(Check check) {
        int sum = 0;
        for (int seen : check.seen) {
            sum += seen;
        }
        return sum;
    }
}
