// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.channel;

import static org.ipc4j.tck.channel.Channels.CAPACITY;
import static org.ipc4j.tck.channel.Channels.OPTIONS;
import static org.ipc4j.tck.channel.Channels.SIZE;
import static org.ipc4j.tck.channel.Channels.all;
import static org.ipc4j.tck.channel.Channels.assertIllegal;
import static org.ipc4j.tck.channel.Channels.assertNothing;
import static org.ipc4j.tck.channel.Channels.bytes;
import static org.ipc4j.tck.channel.Channels.claim;
import static org.ipc4j.tck.channel.Channels.drain;
import static org.ipc4j.tck.channel.Channels.fill;
import static org.ipc4j.tck.channel.Channels.next;
import static org.ipc4j.tck.channel.Channels.send;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.PeerClosedException;
import org.ipc4j.channel.Receiver;
import org.ipc4j.channel.Sender;
import org.ipc4j.channel.WaitStrategy;
import org.ipc4j.spi.ChannelProvider;
import org.ipc4j.tck.ProviderFixture;
import org.ipc4j.tck.Task;
import org.junit.jupiter.api.Test;

import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * When a message of a channel is there and when it is not: claimed, staged, sent, given up; a full
 * channel, and one whose receiver is gone.
 */
public abstract class ChannelMessageContract extends ProviderFixture<ChannelProvider> {
    /** For subclasses. */
    protected ChannelMessageContract() {}

    private Channels channels() {
        return new Channels(provider(), this::fresh, this::closing);
    }

    /**
     * What is claimed is sent by its commit, not before.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void committedMessagesAreThere() throws Exception {
        Sender sender = channels().sender();
        Receiver receiver = channels().receiverOf(sender);
        assertNothing(receiver);
        claim(sender, "claimed");
        assertNothing(receiver);
        assertFalse(receiver.await(Duration.ZERO));
        sender.commit();
        assertTrue(receiver.await(Duration.ZERO));
        assertEquals("claimed", next(receiver));
        assertFalse(receiver.await(Duration.ZERO));
        assertNothing(receiver);
    }

    /**
     * A place is claimed at a multiple of 8, within the memory, which is the same each time; the
     * receiver hands out its own, at a multiple of 8 too.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void messagesAreAlignedInOneMemory() throws Exception {
        Sender sender = channels().sender();
        Receiver receiver = channels().receiverOf(sender);
        Object[] seen = new Object[1];
        for (int length = 0; length <= SIZE; length++) {
            long offset = sender.tryClaim(length);
            assertEquals(0, offset % 8);
            assertTrue(offset >= 0 && offset + length <= sender.memory().byteSize());
            sender.commit();
            int expected = length;
            assertEquals(
                    1,
                    receiver.poll(
                            (memory, at, received) -> {
                                assertEquals(0, at % 8);
                                assertEquals(expected, received);
                                seen[0] = seen[0] == null ? memory : seen[0];
                                assertSame(seen[0], memory);
                            },
                            2));
        }
        assertSame(sender.memory(), sender.memory());
    }

    /**
     * What is staged is sent by the next commit, or publication, all of it and in order.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void stagedMessagesAreSentTogether() throws Exception {
        Sender sender = channels().sender();
        Receiver receiver = channels().receiverOf(sender);
        sender.publish();
        assertNothing(receiver);
        stage(sender, "1");
        stage(sender, "2");
        assertNothing(receiver);
        claim(sender, "3");
        sender.commit();
        assertEquals("1 2 3", all(receiver));
        stage(sender, "4");
        sender.publish();
        sender.publish();
        assertEquals("4", all(receiver));
        stage(sender, "5");
        send(sender, "6");
        assertEquals("5 6", all(receiver));
    }

    private static void stage(Sender sender, String text) {
        claim(sender, text);
        sender.stage();
    }

    /**
     * If staged messages fill the ring they are sent, so that the receiver can make room.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void stagedMessagesThatFillTheRingAreSent() throws Exception {
        Sender sender = channels().sender();
        Receiver receiver = channels().receiverOf(sender);
        int staged = 0;
        while (sender.tryClaim(56) >= 0) {
            sender.stage();
            staged++;
        }
        assertEquals(CAPACITY / 64, staged);
        assertEquals(staged, drain(receiver));
    }

    /**
     * A claim that is given up was never there; the staged messages before it stay.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void abortedMessagesAreNotThere() throws Exception {
        Sender sender = channels().sender();
        Receiver receiver = channels().receiverOf(sender);
        stage(sender, "before");
        claim(sender, "given up");
        sender.abort();
        sender.publish();
        claim(sender, "given up again");
        sender.abort();
        send(sender, "after");
        assertEquals("before after", all(receiver));
    }

    /**
     * A claim is not sent by a publication, wherever in the ring it is; and can be given up or
     * committed afterwards.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void publishingLeavesTheClaimAlone() throws Exception {
        Sender sender = channels().sender();
        Receiver receiver = channels().receiverOf(sender);
        for (int i = 0; i < 3 * CAPACITY / 8; i++) {
            stage(sender, "s" + i);
            claim(sender, "c".repeat(500));
            sender.publish();
            assertEquals("s" + i, all(receiver));
            assertFalse(receiver.await(Duration.ZERO));
            if (i % 2 == 0) {
                sender.commit();
                assertEquals("c".repeat(500), all(receiver));
            } else {
                sender.abort();
                sender.publish();
                assertFalse(receiver.await(Duration.ZERO), "there is nothing but a gap");
            }
        }
    }

    /**
     * There is one claim at a time, and no commit without one.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void oneClaimAtATime() throws Exception {
        Sender sender = channels().sender();
        Receiver receiver = channels().receiverOf(sender);
        assertThrows(IllegalStateException.class, sender::commit);
        assertThrows(IllegalStateException.class, sender::stage);
        assertThrows(IllegalStateException.class, sender::abort);
        claim(sender, "first");
        assertThrows(IllegalStateException.class, () -> sender.tryClaim(1));
        assertThrows(IllegalStateException.class, () -> sender.trySend(bytes("second")));
        assertThrows(IllegalStateException.class, () -> sender.send(bytes("second")));
        assertNothing(receiver);
        sender.commit();
        assertThrows(IllegalStateException.class, sender::commit);
        assertThrows(IllegalStateException.class, sender::abort);
        assertEquals("first", all(receiver));
    }

    /**
     * A message that is too long is an {@link IllegalArgumentException} that tells the limit, also
     * when the channel is full; nothing is sent or claimed.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void refusesTooLongMessages() throws Exception {
        Sender sender = channels().sender(OPTIONS.withMaxMessageSize(100));
        Receiver receiver = channels().receiverOf(sender);
        for (int round = 0; round < 2; round++) {
            ByteBuffer message = ByteBuffer.allocate(101);
            assertIllegal(() -> sender.tryClaim(101), "100");
            assertIllegal(() -> sender.tryClaim(Integer.MAX_VALUE), "100");
            assertIllegal(() -> sender.tryClaim(-1), "-1");
            assertIllegal(() -> sender.tryClaim(Integer.MIN_VALUE), "100");
            assertIllegal(() -> sender.trySend(message), "100");
            assertIllegal(() -> sender.send(message), "100");
            assertIllegal(() -> sender.send(message, Duration.ZERO), "100");
            assertIllegal(() -> sender.send(message, Duration.ofSeconds(1)), "100");
            assertEquals(0, message.position());
            assertThrows(IllegalStateException.class, sender::commit);
            if (round == 0) {
                assertNothing(receiver);
                assertTrue(fill(sender, 100) > 0);
            }
        }
    }

    /**
     * A full channel refuses, more than once, and takes again what the receiver made room for.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void fullChannelsRefuse() throws Exception {
        Sender sender = channels().sender();
        for (boolean receiverIsThere : new boolean[] {false, true}) {
            if (receiverIsThere) {
                assertEquals(CAPACITY / 64, drain(channels().receiverOf(sender)));
            }
            assertEquals(CAPACITY / 64, fill(sender, 56));
            ByteBuffer message = bytes("too much");
            for (int i = 0; i < 3; i++) {
                assertEquals(Sender.FULL, sender.tryClaim(0));
                assertFalse(sender.trySend(message));
                assertFalse(sender.send(message, Duration.ofMillis(12)));
            }
            assertEquals(0, message.position());
        }
    }

    /**
     * A ring holds its capacity: messages, each with 8 bytes more, rounded up to a multiple of 8.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void holdsItsCapacity() throws Exception {
        for (int length = 0; length <= 64; length++) {
            Sender sender = channels().sender();
            int size = (length + 8 + 7) / 8 * 8;
            assertEquals(CAPACITY / size, fill(sender, length), "of length " + length);
            Receiver receiver = channels().receiverOf(sender);
            assertEquals(CAPACITY / size, drain(receiver));
            sender.close();
            receiver.close();
            provider().remove(sender.name());
        }
    }

    /**
     * When the receiver was closed there is room as long as there is; then the sender is told, each
     * time, until the next receiver comes, who gets everything.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void tellsThatTheReceiverIsGone() throws Exception {
        for (WaitStrategy waiting : WaitStrategy.values()) {
            Sender sender = channels().sender(OPTIONS.withWaiting(waiting));
            channels().receiverOf(sender).close();
            for (int i = 0; i < CAPACITY / 64; i++) {
                assertTrue(sender.trySend(ByteBuffer.allocate(56)));
            }
            ByteBuffer message = bytes("kept");
            assertThrows(PeerClosedException.class, () -> sender.send(message));
            PeerClosedException e =
                    assertThrows(PeerClosedException.class, () -> sender.trySend(message));
            assertTrue(e.getMessage().contains(sender.name().value()), e::getMessage);
            assertThrows(
                    PeerClosedException.class, () -> sender.send(message, Duration.ofSeconds(1)));
            assertEquals(Sender.RECEIVER_GONE, sender.tryClaim(1));
            assertEquals(Sender.RECEIVER_GONE, sender.tryClaim(1));
            assertEquals(0, message.position());
            Receiver next = channels().receiverOf(sender);
            assertEquals(Sender.FULL, sender.tryClaim(1));
            assertEquals(CAPACITY / 64, drain(next));
            assertTrue(sender.trySend(message));
            assertEquals("kept", all(next));
        }
    }

    /**
     * A sender that waits for room learns that the receiver is closed meanwhile.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void waitingSendersLearnThatTheReceiverIsGone() throws Exception {
        for (WaitStrategy waiting : WaitStrategy.values()) {
            for (Task.Kind kind : Task.Kind.values()) {
                Sender sender = channels().sender(OPTIONS.withWaiting(waiting));
                Receiver receiver = channels().receiverOf(sender);
                fill(sender, 56);
                Task<Boolean> task =
                        Task.start(kind, () -> sender.send(bytes("never"), Duration.ofMinutes(5)));
                task.assertWaiting();
                receiver.close();
                task.failure(PeerClosedException.class);
            }
        }
    }

    /**
     * No more messages are handled than asked for.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void pollingHasALimit() throws Exception {
        Sender sender = channels().sender(OPTIONS.withSenders(2));
        Sender second = channels().senderOf(sender);
        Receiver receiver = channels().receiverOf(sender);
        for (int i = 0; i < 10; i++) {
            send(sender, "x");
            send(second, "y");
        }
        assertEquals(0, receiver.poll((memory, offset, length) -> {}, 0));
        assertEquals(3, receiver.poll((memory, offset, length) -> {}, 3));
        assertEquals(1, receiver.poll((memory, offset, length) -> {}, 1));
        assertEquals(16, drain(receiver));
    }

    /**
     * What is handled in place stays as it is until the handler returns, though the sender has
     * filled the rest of the ring meanwhile.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void messagesStayWhileTheyAreHandled() throws Exception {
        Sender sender = channels().sender();
        Receiver receiver = channels().receiverOf(sender);
        for (int i = 0; i < 200; i++) {
            String text = "in hand " + i;
            send(sender, text);
            assertEquals(
                    1,
                    receiver.poll(
                            (memory, offset, length) -> {
                                int value = memory.get(ValueLayout.JAVA_BYTE, offset);
                                while (sender.tryClaim(40) >= 0) {
                                    sender.commit();
                                }
                                assertEquals('i', value);
                                assertEquals(text, Channels.text(memory, offset, length));
                            },
                            1));
            drain(receiver);
        }
    }
}
