// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.channel;

import static org.ipc4j.tck.channel.Channels.OPTIONS;
import static org.ipc4j.tck.channel.Messages.CAPACITY;
import static org.ipc4j.tck.channel.Messages.SIZE;
import static org.ipc4j.tck.channel.Messages.all;
import static org.ipc4j.tck.channel.Messages.assertNothing;
import static org.ipc4j.tck.channel.Messages.drain;
import static org.ipc4j.tck.channel.Messages.fill;
import static org.ipc4j.tck.channel.Messages.next;
import static org.ipc4j.tck.channel.Messages.send;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import org.ipc4j.IpcException;
import org.ipc4j.channel.Receiver;
import org.ipc4j.channel.Sender;
import org.ipc4j.channel.WaitStrategy;
import org.ipc4j.spi.ChannelProvider;
import org.ipc4j.tck.Task;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * {@link MessageOrderContract} of channels; also among many senders, and when receivers come and
 * go.
 */
public abstract class ChannelOrderContract extends MessageOrderContract<ChannelProvider> {
    /** For subclasses. */
    protected ChannelOrderContract() {}

    private Channels channels() {
        return new Channels(provider(), this::fresh, this::closing);
    }

    @Override
    protected Passage passage(int maxMessageSize) throws IpcException {
        return channels().passage(OPTIONS.withMaxMessageSize(maxMessageSize));
    }

    @Override
    protected int overhead() {
        return 8;
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
        Messages.Failure failure = new Messages.Failure();
        List<String> handled = new ArrayList<>();
        while (handled.size() < 6) {
            String[] thrownAt = new String[1];
            assertThrows(
                    Messages.Failure.class,
                    () ->
                            receiver.poll(
                                    (memory, offset, length) -> {
                                        thrownAt[0] = Messages.text(memory, offset, length);
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
                Messages.Failure.class,
                () ->
                        receiver.poll(
                                (memory, offset, length) -> {
                                    if (count[0]++ == 20) {
                                        throw new Messages.Failure();
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
                Messages.Failure.class,
                () ->
                        receiver.poll(
                                (memory, offset, length) -> {
                                    throw new Messages.Failure();
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
