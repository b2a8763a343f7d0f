// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.channel;

import static org.ipc4j.tck.channel.Channels.OPTIONS;
import static org.ipc4j.tck.channel.Messages.CAPACITY;
import static org.ipc4j.tck.channel.Messages.all;
import static org.ipc4j.tck.channel.Messages.bytes;
import static org.ipc4j.tck.channel.Messages.drain;
import static org.ipc4j.tck.channel.Messages.fill;
import static org.ipc4j.tck.channel.Messages.send;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.IpcException;
import org.ipc4j.PeerClosedException;
import org.ipc4j.channel.Receiver;
import org.ipc4j.channel.Sender;
import org.ipc4j.channel.WaitStrategy;
import org.ipc4j.spi.ChannelProvider;
import org.ipc4j.tck.Task;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.time.Duration;

/** {@link MessageClaimContract} of channels; a full channel, and one whose receiver is gone. */
public abstract class ChannelMessageContract extends MessageClaimContract<ChannelProvider> {
    /** For subclasses. */
    protected ChannelMessageContract() {}

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
}
