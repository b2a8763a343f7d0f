// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.Access;
import org.ipc4j.IpcName;
import org.ipc4j.queue.MessageQueue;
import org.ipc4j.queue.MessageQueueOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Many threads at one queue: nothing is lost or doubled, and every sender's messages of a priority
 * stay in order.
 */
class QueueStressTest {
    private static final int SENDERS = 12;
    private static final int RECEIVERS = 6;
    private static final int MESSAGES = 3_000;
    private static final int PRIORITIES = 3;

    private final JvmMessageQueueProvider provider = new JvmMessageQueueProvider();
    private final IpcName name = IpcName.of("test-" + UUID.randomUUID());
    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();

    @AfterEach
    void remove() throws IOException {
        provider.remove(name);
    }

    private interface Work {
        void run() throws Exception;
    }

    private Thread start(boolean virtual, Work work) {
        return (virtual ? Thread.ofVirtual() : Thread.ofPlatform())
                .start(() -> {
                    try {
                        work.run();
                    } catch (Throwable e) {
                        failures.add(e);
                    }
                });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 64})
    void losesDoublesAndReordersNothing(int capacity) throws Exception {
        try (MessageQueue queue = provider.create(name, MessageQueueOptions.of(capacity, 16));
                MessageQueue second = provider.open(name, Access.OWNER)) {
            AtomicInteger received = new AtomicInteger();
            int total = SENDERS * MESSAGES;
            long[][][] seen = new long[RECEIVERS][][];
            List<Thread> threads = new ArrayList<>();
            for (int s = 0; s < SENDERS; s++) {
                int sender = s;
                threads.add(
                        start(s % 2 == 0, () -> sendAll(sender % 3 == 0 ? queue : second, sender)));
            }
            for (int r = 0; r < RECEIVERS; r++) {
                int receiver = r;
                threads.add(
                        start(
                                r % 2 == 0,
                                () ->
                                        seen[receiver] =
                                                receiveUntil(
                                                        receiver % 3 == 0 ? queue : second,
                                                        received,
                                                        total)));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertEquals(List.of(), List.copyOf(failures));
            long[] all =
                    Arrays.stream(seen)
                            .flatMap(Arrays::stream)
                            .flatMapToLong(Arrays::stream)
                            .sorted()
                            .toArray();
            assertEquals(total, all.length);
            assertEquals(total, Arrays.stream(all).distinct().count());
            assertEquals(0, queue.messageCount());
        }
    }

    private static void sendAll(MessageQueue queue, int sender) throws Exception {
        ByteBuffer message = ByteBuffer.allocate(8);
        for (int i = 0; i < MESSAGES; i++) {
            message.clear().putLong(0, (long) sender << 32 | i);
            queue.send(message, i % PRIORITIES);
        }
    }

    /**
     * Returns what was received, by sender; checks the order of each sender's messages of one
     * priority.
     */
    private static long[][] receiveUntil(MessageQueue queue, AtomicInteger received, int total)
            throws Exception {
        List<List<Long>> bySender = new ArrayList<>();
        long[][] last = new long[SENDERS][PRIORITIES];
        for (int s = 0; s < SENDERS; s++) {
            bySender.add(new ArrayList<>());
            Arrays.fill(last[s], -1);
        }
        ByteBuffer target = ByteBuffer.allocateDirect(16);
        while (received.get() < total) {
            int priority = queue.tryReceive(target.clear(), Duration.ofMillis(20));
            if (priority != MessageQueue.NONE) {
                received.incrementAndGet();
                long value = target.getLong(0);
                int sender = (int) (value >>> 32);
                assertEquals((int) value % PRIORITIES, priority);
                assertTrue(value > last[sender][priority], "order");
                last[sender][priority] = value;
                bySender.get(sender).add(value);
            }
        }
        return bySender.stream()
                .map(values -> values.stream().mapToLong(Long::longValue).toArray())
                .toArray(long[][]::new);
    }
}
