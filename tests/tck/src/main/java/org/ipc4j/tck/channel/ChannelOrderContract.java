// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.channel;

import static org.ipc4j.tck.channel.Channels.CAPACITY;
import static org.ipc4j.tck.channel.Channels.OPTIONS;
import static org.ipc4j.tck.channel.Channels.SIZE;
import static org.ipc4j.tck.channel.Channels.all;
import static org.ipc4j.tck.channel.Channels.assertNothing;
import static org.ipc4j.tck.channel.Channels.drain;
import static org.ipc4j.tck.channel.Channels.fill;
import static org.ipc4j.tck.channel.Channels.next;
import static org.ipc4j.tck.channel.Channels.send;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import org.ipc4j.channel.Receiver;
import org.ipc4j.channel.Sender;
import org.ipc4j.channel.WaitStrategy;
import org.ipc4j.spi.ChannelProvider;
import org.ipc4j.tck.ProviderFixture;
import org.ipc4j.tck.Task;
import org.junit.jupiter.api.Test;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;

/**
 * Every message arrives once, byte for byte, in the order in which its sender sent it, and both
 * sides call it by the same position; also when handlers throw and receivers come and go.
 */
public abstract class ChannelOrderContract extends ProviderFixture<ChannelProvider> {
    /** For subclasses. */
    protected ChannelOrderContract() {}

    private Channels channels() {
        return new Channels(provider(), this::fresh, this::closing);
    }

    /** A handler's failure, known by its identity. */
    private static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /**
     * Both sides give a message the same sender and position, which no other message of that sender
     * has; -1 before the first.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void positionsAgree() throws Exception {
        Receiver receiver = channels().receiver(OPTIONS.withSenders(3));
        List<Sender> senders = new ArrayList<>();
        assertEquals(-1, receiver.position());
        assertEquals(-1, receiver.sender());
        for (int i = 0; i < 3; i++) {
            senders.add(channels().senderOf(receiver));
            assertEquals(-1, senders.get(i).position());
        }
        long[] last = {-1, -1, -1};
        Random random = new Random(1);
        for (int i = 0; i < 3_000; i++) {
            Sender sender = senders.get(random.nextInt(3));
            assertTrue(sender.trySend(ByteBuffer.allocate(random.nextInt(SIZE + 1))));
            long position = sender.position();
            assertTrue(position > last[sender.index()], "no two have the same");
            last[sender.index()] = position;
            assertEquals(
                    1,
                    receiver.poll(
                            (memory, offset, length) -> {
                                assertEquals(position, receiver.position());
                                assertEquals(sender.index(), receiver.sender());
                            },
                            10));
            assertEquals(position, receiver.position());
            assertEquals(sender.index(), receiver.sender());
        }
    }

    /**
     * A position counts what the ring has taken, from earlier owners too: it goes on when the
     * sender is another.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void positionsGoOnWithTheNextSender() throws Exception {
        Receiver receiver = channels().receiver(OPTIONS);
        long expected = 0;
        for (int i = 0; i < 200; i++) {
            Sender sender = channels().senderOf(receiver);
            assertEquals(-1, sender.position());
            send(sender, "sixteen bytes ..");
            assertTrue(sender.position() >= expected, "behind what was sent before");
            expected = sender.position() + 24;
            assertEquals("sixteen bytes ..", next(receiver));
            assertEquals(sender.position(), receiver.position());
            sender.close();
        }
    }

    /**
     * If a handler throws, what it throws is passed on; its message comes again with the same
     * position, and no other does.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void whatAHandlerThrowsAtComesAgain() throws Exception {
        Sender sender = channels().sender();
        Receiver receiver = channels().receiverOf(sender);
        for (int i = 0; i < 10; i++) {
            send(sender, "" + i);
        }
        Failure failure = new Failure();
        StringBuilder handled = new StringBuilder();
        assertSame(
                failure,
                assertThrows(
                        Failure.class,
                        () ->
                                receiver.poll(
                                        (memory, offset, length) -> {
                                            String text = Channels.text(memory, offset, length);
                                            if (text.equals("4")) {
                                                throw failure;
                                            }
                                            handled.append(text);
                                        },
                                        100)));
        assertEquals("0123", handled.toString());
        long position = receiver.position();
        for (int i = 0; i < 3; i++) {
            assertThrows(
                    Failure.class,
                    () ->
                            receiver.poll(
                                    (m, o, l) -> {
                                        throw failure;
                                    },
                                    1));
            assertEquals(position, receiver.position());
        }
        assertEquals("4", next(receiver));
        assertEquals(position, receiver.position());
        assertEquals("5 6 7 8 9", all(receiver));
    }

    /**
     * What a handler threw at comes again with the next call, also among many senders.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void whatAHandlerThrowsAtComesNext() throws Exception {
        Receiver receiver = channels().receiver(OPTIONS.withSenders(3));
        List<Sender> senders = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            senders.add(channels().senderOf(receiver));
        }
        for (Sender sender : senders) {
            send(sender, "a" + sender.index());
            send(sender, "b" + sender.index());
        }
        Failure failure = new Failure();
        List<String> handled = new ArrayList<>();
        while (handled.size() < 6) {
            String[] thrownAt = new String[1];
            assertThrows(
                    Failure.class,
                    () ->
                            receiver.poll(
                                    (memory, offset, length) -> {
                                        thrownAt[0] = Channels.text(memory, offset, length);
                                        throw failure;
                                    },
                                    1));
            assertEquals(thrownAt[0], next(receiver));
            handled.add(thrownAt[0]);
        }
        assertEquals(
                List.of("a0", "a1", "a2", "b0", "b1", "b2"), handled.stream().sorted().toList());
    }

    /**
     * Room is made for what was handled before a handler threw.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void whatWasHandledBeforeMakesRoom() throws Exception {
        Sender sender = channels().sender();
        Receiver receiver = channels().receiverOf(sender);
        assertEquals(CAPACITY / 64, fill(sender, 56));
        int[] count = new int[1];
        assertThrows(
                Failure.class,
                () ->
                        receiver.poll(
                                (memory, offset, length) -> {
                                    if (count[0]++ == 20) {
                                        throw new Failure();
                                    }
                                },
                                100));
        assertEquals(20, fill(sender, 56));
        assertEquals(CAPACITY / 64, drain(receiver));
    }

    /**
     * What was sent before a receiver came is there for it.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void earlyMessagesWait() throws Exception {
        Sender sender = channels().sender(OPTIONS.withSenders(2));
        Sender second = channels().senderOf(sender);
        send(sender, "early");
        send(second, "earlier");
        second.close();
        Receiver receiver = channels().receiverOf(sender);
        assertTrue(receiver.await(Duration.ZERO));
        assertEquals(Set.of("early", "earlier"), Set.of(all(receiver).split(" ")));
    }

    /**
     * The next receiver goes on exactly where the last one stopped, wherever in the ring that was.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void theNextReceiverGoesOn() throws Exception {
        Sender sender = channels().sender();
        Random random = new Random(2);
        int sent = 0;
        int received = 0;
        for (int round = 0; round < 300; round++) {
            for (int i = random.nextInt(5); i > 0; i--) {
                long offset = sender.tryClaim(4 + random.nextInt(300));
                if (offset >= 0) {
                    sender.memory().set(JAVA_INT_UNALIGNED, offset, sent++);
                    sender.commit();
                }
            }
            Receiver receiver = channels().receiverOf(sender);
            int[] expected = {received};
            received +=
                    receiver.poll(
                            (memory, offset, length) ->
                                    assertEquals(
                                            expected[0]++, memory.get(JAVA_INT_UNALIGNED, offset)),
                            random.nextInt(5));
            receiver.close();
        }
        assertEquals(sent - received, drain(channels().receiverOf(sender)));
    }

    /**
     * A message in whose handler the receiver was closed goes to the next one.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void theMessageInHandGoesToTheNextReceiver() throws Exception {
        Sender sender = channels().sender();
        Receiver receiver = channels().receiverOf(sender);
        send(sender, "handled");
        send(sender, "in-hand");
        send(sender, "later");
        assertEquals("handled", next(receiver));
        assertThrows(
                Failure.class,
                () ->
                        receiver.poll(
                                (memory, offset, length) -> {
                                    throw new Failure();
                                },
                                5));
        long position = receiver.position();
        receiver.close();
        Receiver second = channels().receiverOf(sender);
        assertEquals("in-hand", next(second));
        assertEquals(position, second.position());
        assertEquals("later", all(second));
    }

    /**
     * Messages of every length arrive byte for byte wherever in the ring they begin, also where
     * there is a gap before its end.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void everyLengthArrivesAroundTheEnd() throws Exception {
        Sender sender = channels().sender();
        Receiver receiver = channels().receiverOf(sender);
        Random random = new Random(3);
        for (int before = 0; before <= SIZE + 16; before += 8) {
            for (int length : new int[] {0, 1, 7, 8, 9, random.nextInt(SIZE), SIZE - 1, SIZE}) {
                toEnd(sender, receiver, before);
                byte[] sent = new byte[length];
                random.nextBytes(sent);
                long offset = sender.tryClaim(length);
                MemorySegment.copy(sent, 0, sender.memory(), JAVA_BYTE, offset, length);
                sender.commit();
                send(sender, "behind");
                byte[][] received = new byte[1][];
                receiver.poll(
                        (memory, at, got) ->
                                received[0] = memory.asSlice(at, got).toArray(JAVA_BYTE),
                        1);
                assertArrayEquals(sent, received[0]);
                assertEquals("behind", all(receiver));
            }
        }
    }

    /** Sends until a number of bytes is left to the end of the ring. */
    private static void toEnd(Sender sender, Receiver receiver, int left) throws Exception {
        sender.tryClaim(0);
        sender.stage();
        sender.publish();
        long behind = sender.position() + 8;
        while (Math.floorMod(-behind, (long) CAPACITY) != left % CAPACITY) {
            sender.tryClaim(0);
            sender.commit();
            behind = sender.position() + 8;
            drain(receiver);
        }
        drain(receiver);
    }

    /**
     * Many laps of the ring, with messages of random length and content, staged, committed, copied
     * and given up at random: all arrive, and nothing else does.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void manyLapsKeepEveryByte() throws Exception {
        Sender sender = channels().sender();
        Receiver receiver = channels().receiverOf(sender);
        Random random = new Random(4);
        Queue<byte[]> staged = new ArrayDeque<>();
        Queue<byte[]> sent = new ArrayDeque<>();
        ByteBuffer target = ByteBuffer.allocateDirect(SIZE);
        while (sender.position() < 2_000L * CAPACITY) {
            byte[] message = new byte[random.nextInt(random.nextBoolean() ? 64 : SIZE + 1)];
            random.nextBytes(message);
            long offset = sender.tryClaim(message.length);
            if (offset == Sender.FULL) {
                sent.addAll(staged);
                staged.clear();
                handle(receiver, random, target, sent);
                continue;
            }
            MemorySegment.copy(message, 0, sender.memory(), JAVA_BYTE, offset, message.length);
            switch (random.nextInt(4)) {
                case 0 -> {
                    sender.stage();
                    staged.add(message);
                }
                case 1 -> sender.abort();
                case 2 -> {
                    sender.abort();
                    if (sender.trySend(ByteBuffer.wrap(message))) {
                        staged.add(message);
                    }
                    sent.addAll(staged);
                    staged.clear();
                }
                default -> {
                    sender.commit();
                    sent.addAll(staged);
                    sent.add(message);
                    staged.clear();
                }
            }
        }
        sender.publish();
        sent.addAll(staged);
        while (!sent.isEmpty()) {
            handle(receiver, random, target, sent);
        }
        assertNothing(receiver);
    }

    private static void handle(
            Receiver receiver, Random random, ByteBuffer target, Queue<byte[]> expected)
            throws Exception {
        if (random.nextBoolean()) {
            byte[] message = expected.remove();
            assertEquals(message.length, receiver.tryReceive(target.clear()));
            assertEquals(ByteBuffer.wrap(message), target.flip());
        }
        receiver.poll(
                (memory, offset, length) ->
                        assertArrayEquals(
                                expected.remove(),
                                memory.asSlice(offset, length).toArray(JAVA_BYTE)),
                random.nextInt(8));
    }

    /**
     * Many senders in threads of their own: everything arrives once and in each sender's order,
     * whichever way the ends wait.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void manySendersEachInOrder() throws Exception {
        for (WaitStrategy waiting : WaitStrategy.values()) {
            for (int count : new int[] {1, 2, 5}) {
                allArrive(count, waiting == WaitStrategy.SPIN ? 3_000 : 10_000, waiting);
            }
        }
    }

    private void allArrive(int senders, int messages, WaitStrategy waiting) throws Exception {
        Receiver receiver = channels().receiver(OPTIONS.withSenders(senders).withWaiting(waiting));
        List<Task<Void>> tasks = new ArrayList<>();
        for (int i = 0; i < senders; i++) {
            Sender sender = channels().senderOf(receiver);
            tasks.add(
                    Task.start(
                            Task.Kind.values()[i % 2],
                            () -> {
                                ByteBuffer message = ByteBuffer.allocate(SIZE);
                                for (int k = 0; k < messages; k++) {
                                    message.clear().limit(8 + k % 90);
                                    message.putInt(0, sender.index()).putInt(4, k);
                                    sender.send(message);
                                }
                                return null;
                            }));
        }
        int[] seen = new int[senders];
        ByteBuffer target = ByteBuffer.allocate(SIZE);
        for (int i = 0; i < senders * messages; i++) {
            int length = receiver.receive(target.clear());
            int sender = target.getInt(0);
            assertEquals(receiver.sender(), sender);
            assertEquals(seen[sender], target.getInt(4));
            assertEquals(8 + seen[sender] % 90, length);
            seen[sender]++;
        }
        for (Task<Void> task : tasks) {
            task.result();
        }
        assertNothing(receiver);
    }

    /**
     * No sender is starved by another: with messages of all at hand, each gets its turn.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void noSenderIsStarved() throws Exception {
        Receiver receiver = channels().receiver(OPTIONS.withSenders(4));
        List<Sender> senders = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            senders.add(channels().senderOf(receiver));
            fill(senders.get(i), 56);
        }
        int[] turns = new int[4];
        for (int i = 0; i < 40; i++) {
            assertEquals(1, receiver.poll((memory, offset, length) -> {}, 1));
            turns[receiver.sender()]++;
            assertTrue(senders.get(receiver.sender()).trySend(ByteBuffer.allocate(56)));
        }
        assertArrayEquals(new int[] {10, 10, 10, 10}, turns);
    }
}
