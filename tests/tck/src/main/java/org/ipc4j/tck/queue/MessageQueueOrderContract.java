// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.queue;

import static org.ipc4j.tck.queue.Queues.assertIllegal;
import static org.ipc4j.tck.queue.Queues.bytes;
import static org.ipc4j.tck.queue.Queues.next;
import static org.ipc4j.tck.queue.Queues.segment;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.queue.MessageQueue;
import org.ipc4j.spi.MessageQueueProvider;
import org.ipc4j.tck.ProviderFixture;
import org.ipc4j.tck.Task;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** In which order every {@link MessageQueue} delivers, and which priorities there are. */
public abstract class MessageQueueOrderContract extends ProviderFixture<MessageQueueProvider> {
    /** For subclasses. */
    protected MessageQueueOrderContract() {}

    private Queues queues() {
        return new Queues(provider(), this::fresh, this::closing);
    }

    /**
     * Among messages of one priority, the first sent is the first received.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void keepsOrder() throws Exception {
        MessageQueue queue = queues().create();
        MessageQueue other = queues().open(queue);
        for (int i = 0; i < 200; i++) {
            assertTrue(queue.trySend(bytes("a" + i), 5));
            assertTrue(other.trySend(bytes("b" + i), 5));
            assertTrue(queue.trySend(bytes("c" + i), 5));
            assertEquals("5 a" + i, next(other));
            assertEquals("5 b" + i, next(queue));
            assertEquals("5 c" + i, next(queue));
        }
        assertEquals("nothing", next(queue));
    }

    /**
     * The highest priority is received first; among equals, the first sent.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void servesTheHighestPriorityFirst() throws Exception {
        MessageQueue queue = queues().create(10, 16);
        queue.trySend(bytes("low"), 0);
        queue.trySend(bytes("middle 1"), 7);
        queue.trySend(bytes("high 1"), 31);
        queue.trySend(bytes("middle 2"), 7);
        assertEquals("31 high 1", next(queue));
        queue.trySend(bytes("high 2"), 31);
        queue.trySend(bytes("middle 3"), 7);
        queue.trySend(bytes("low 2"), 0);
        for (String expected :
                List.of(
                        "31 high 2",
                        "7 middle 1",
                        "7 middle 2",
                        "7 middle 3",
                        "0 low",
                        "0 low 2",
                        "nothing")) {
            assertEquals(expected, next(queue));
        }
    }

    /**
     * Whatever is sent and received in whatever order, the queue does what a sorted list does.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void doesWhatASortedListDoes() throws Exception {
        Random random = new Random(42);
        MessageQueue queue = queues().create(10, 16);
        List<int[]> model = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            if (random.nextInt(100) < 52) {
                int priority = random.nextInt(32);
                boolean sent = queue.trySend(bytes(Integer.toString(i)), priority);
                assertEquals(model.size() < 10, sent);
                if (sent) {
                    int at = model.size();
                    while (at > 0 && model.get(at - 1)[0] < priority) {
                        at--;
                    }
                    model.add(at, new int[] {priority, i});
                }
            } else if (model.isEmpty()) {
                assertEquals("nothing", next(queue));
            } else {
                int[] first = model.removeFirst();
                assertEquals(first[0] + " " + first[1], next(queue));
            }
            assertEquals(model.size(), queue.messageCount());
        }
    }

    /**
     * Every portable priority arrives as it was sent, and so does the highest that there is.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void prioritiesArrive() throws Exception {
        MessageQueue queue = queues().create();
        for (int priority = 0; priority <= MessageQueue.MAX_PORTABLE_PRIORITY; priority++) {
            assertTrue(queue.trySend(bytes("x"), priority));
            assertEquals(priority + " x", next(queue));
        }
        assertTrue(queue.trySend(bytes("x"), queue.maxPriority()));
        assertEquals(queue.maxPriority() + " x", next(queue));
        queue.send(bytes("x"));
        assertEquals("0 x", next(queue));
    }

    /**
     * A priority that there is not is an {@link IllegalArgumentException} that tells which there
     * are; nothing is sent.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void refusesOtherPriorities() throws Exception {
        MessageQueue queue = queues().create();
        for (int priority :
                new int[] {-1, Integer.MIN_VALUE, queue.maxPriority() + 1, Integer.MAX_VALUE}) {
            ByteBuffer message = bytes("x");
            assertIllegal(() -> queue.trySend(message, priority), "" + queue.maxPriority());
            assertIllegal(
                    () -> queue.trySend(message, priority, Duration.ZERO),
                    "" + queue.maxPriority());
            assertIllegal(() -> queue.send(message, priority), "" + queue.maxPriority());
            assertIllegal(() -> queue.trySend(segment("x"), priority), "" + queue.maxPriority());
            assertIllegal(
                    () -> queue.trySend(segment("x"), priority, Duration.ZERO),
                    "" + queue.maxPriority());
            assertIllegal(() -> queue.send(segment("x"), priority), "" + queue.maxPriority());
            assertEquals(0, message.position());
        }
        assertEquals(0, queue.messageCount());
    }

    /**
     * With several senders and receivers, on both kinds of threads, every message is received once,
     * and a receiver sees the messages of one sender in their order.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void deliversOnceAndInOrder() throws Exception {
        MessageQueue queue = queues().create(3, 16);
        int senders = 3;
        int each = 1_000;
        AtomicInteger left = new AtomicInteger(senders * each);
        List<Task<Void>> sending = new ArrayList<>();
        List<Task<List<int[]>>> receiving = new ArrayList<>();
        for (int s = 0; s < senders; s++) {
            int sender = s;
            MessageQueue mine = queues().open(queue);
            sending.add(
                    Task.start(
                            Task.Kind.values()[s % 2],
                            () -> {
                                ByteBuffer message = ByteBuffer.allocateDirect(8);
                                for (int i = 0; i < each; i++) {
                                    mine.send(message.clear().putInt(sender).putInt(i).flip());
                                }
                                return null;
                            }));
            receiving.add(
                    Task.start(
                            Task.Kind.values()[s % 2],
                            () -> {
                                List<int[]> received = new ArrayList<>();
                                ByteBuffer target = ByteBuffer.allocate(16);
                                while (left.get() > 0) {
                                    if (mine.tryReceive(target.clear(), Duration.ofMillis(5))
                                            != MessageQueue.NONE) {
                                        left.decrementAndGet();
                                        received.add(
                                                new int[] {target.getInt(0), target.getInt(4)});
                                    }
                                }
                                return received;
                            }));
        }
        for (Task<Void> task : sending) {
            task.result();
        }
        boolean[][] seen = new boolean[senders][each];
        for (Task<List<int[]>> task : receiving) {
            int[] last = new int[senders];
            Arrays.fill(last, -1);
            for (int[] message : task.result()) {
                assertTrue(message[1] > last[message[0]], "out of order");
                last[message[0]] = message[1];
                assertFalse(seen[message[0]][message[1]], "received twice");
                seen[message[0]][message[1]] = true;
            }
        }
        for (boolean[] ofSender : seen) {
            for (boolean arrived : ofSender) {
                assertTrue(arrived, "a message is lost");
            }
        }
        assertEquals(0, queue.messageCount());
    }
}
