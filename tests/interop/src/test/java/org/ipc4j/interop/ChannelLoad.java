// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import org.ipc4j.PeerClosedException;
import org.ipc4j.ResourceLimitException;
import org.ipc4j.channel.MessageSink;
import org.ipc4j.channel.MessageSource;
import org.ipc4j.channel.Receiver;
import org.ipc4j.channel.Subscriber;
import org.ipc4j.interop.Deliveries.Delivery;
import org.ipc4j.interop.peer.ChannelReceiving;
import org.ipc4j.interop.peer.Content;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.IntSupplier;

/**
 * What the survivors at a channel or a topic do with numbered messages.
 *
 * @param isCopied whether through the calls that copy, or in place
 */
record ChannelLoad(boolean isCopied) {
    private static final Duration PATIENCE = Duration.ofMillis(50);
    private static final long MOST = 30_000_000_000L;
    private static final int LIMIT = 16;

    static ChannelLoad of(String how) {
        return new ChannelLoad(how.equals("copied"));
    }

    /** Opens an end. */
    interface Opening<E> {
        E open() throws IOException;
    }

    /** Takes the end over that somebody had who is just dying. */
    static <E> E takeOver(Opening<E> end) throws Exception {
        long begun = System.nanoTime();
        while (true) {
            try {
                return end.open();
            } catch (ResourceLimitException e) {
                if (System.nanoTime() - begun > MOST) {
                    throw new AssertionError("a dead one's end is not free", e);
                }
                Thread.sleep(0, 100_000);
            }
        }
    }

    /** Sends one message, unless there is no room in time. */
    boolean send(MessageSink sender, long sequence) throws Exception {
        byte[] message = Content.message(sequence, sender.maxMessageSize());
        if (isCopied) {
            try {
                return sender.send(ByteBuffer.wrap(message), PATIENCE);
            } catch (PeerClosedException e) {
                Thread.sleep(0, 100_000); // the next receiver comes
                return false;
            }
        }
        long offset = sender.tryClaim(message.length);
        if (offset < 0) {
            Thread.sleep(0, 50_000);
            return false;
        }
        MemorySegment.copy(
                message, 0, sender.memory(), ValueLayout.JAVA_BYTE, offset, message.length);
        sender.commit();
        return true;
    }

    /** What is done with a message. */
    interface Reaction {
        void on(Delivery delivery);
    }

    /** Receives messages, if there are any in time. */
    boolean receive(Receiver receiver, Reaction reaction) throws Exception {
        return receive(receiver, receiver::sender, reaction);
    }

    /** Receives messages, if there are any in time. */
    boolean receive(Subscriber subscriber, Reaction reaction) throws Exception {
        return receive(subscriber, () -> 0, reaction);
    }

    private boolean receive(MessageSource receiver, IntSupplier sender, Reaction reaction)
            throws Exception {
        if (isCopied) {
            ByteBuffer target = ByteBuffer.allocate(receiver.maxMessageSize());
            if (receiver.receive(target, PATIENCE) == MessageSource.NONE) {
                return false;
            }
            reaction.on(delivery(receiver, sender, target.flip()));
            return true;
        }
        return receiver.await(PATIENCE)
                && receiver.poll(
                                (memory, offset, length) ->
                                        reaction.on(
                                                delivery(
                                                        receiver,
                                                        sender,
                                                        memory.asSlice(offset, length)
                                                                .asByteBuffer())),
                                LIMIT)
                        > 0;
    }

    private static Delivery delivery(
            MessageSource receiver, IntSupplier sender, ByteBuffer message) {
        long sequence =
                Content.sequence(message, receiver.maxMessageSize())
                        .orElseThrow(() -> new AssertionError("torn"));
        return new Delivery(
                ChannelReceiving.place(sender.getAsInt(), receiver.position()), sequence);
    }
}
