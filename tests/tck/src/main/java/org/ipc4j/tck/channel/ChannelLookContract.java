// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.channel;

import static org.ipc4j.tck.channel.Channels.OPTIONS;
import static org.ipc4j.tck.channel.Messages.all;
import static org.ipc4j.tck.channel.Messages.next;
import static org.ipc4j.tck.channel.Messages.send;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.Access;
import org.ipc4j.IpcName;
import org.ipc4j.NameExistsException;
import org.ipc4j.NameNotFoundException;
import org.ipc4j.channel.Channel;
import org.ipc4j.channel.Presence;
import org.ipc4j.channel.Receiver;
import org.ipc4j.channel.Sender;
import org.ipc4j.channel.WaitStrategy;
import org.ipc4j.spi.ChannelProvider;
import org.ipc4j.tck.ProviderFixture;
import org.junit.jupiter.api.Test;

/** What a {@link Channel} tells, and that to look at one changes nothing for its ends. */
public abstract class ChannelLookContract extends ProviderFixture<ChannelProvider> {
    private static final String TEXT = "twelve bytes";

    /** For subclasses. */
    protected ChannelLookContract() {}

    private Channels channels() {
        return new Channels(provider(), this::fresh, this::closing);
    }

    /**
     * A channel that is created like this has never had a sender or a receiver, and tells what it
     * is like.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void nobodyWasThereYet() throws Exception {
        IpcName name = fresh();
        Channel created =
                closing(
                        provider()
                                .create(
                                        name,
                                        OPTIONS.withSenders(3).withWaiting(WaitStrategy.BACKOFF)));
        Channel opened = closing(provider().open(name, Access.OWNER));
        for (Channel channel : new Channel[] {created, opened}) {
            assertEquals(name, channel.name());
            assertEquals(provider().nativeKey(name), channel.nativeKey());
            assertEquals(OPTIONS.capacity(), channel.capacity());
            assertEquals(OPTIONS.maxMessageSize(), channel.maxMessageSize());
            assertEquals(WaitStrategy.BACKOFF, channel.waiting());
            assertEquals(3, channel.senders());
            assertEquals(Presence.NOT_YET, channel.receiver());
            for (int i = 0; i < 3; i++) {
                assertEquals(Presence.NOT_YET, channel.sender(i));
                assertEquals(0, channel.unhandledBytes(i));
            }
        }
    }

    /**
     * There is one channel under a name, and none where nobody has created one.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void nameTakenAndNameAbsent() throws Exception {
        IpcName name = fresh();
        assertThrows(NameNotFoundException.class, () -> provider().open(name, Access.OWNER));
        closing(provider().create(name, OPTIONS));
        assertThrows(NameExistsException.class, () -> provider().create(name, OPTIONS));
    }

    /**
     * Who looks takes no end: both can be taken meanwhile, are seen, and are seen to have left.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void seesWhoComesAndGoes() throws Exception {
        Channel channel = closing(provider().create(fresh(), OPTIONS));
        Receiver receiver = channels().receiverOf(channel);
        assertEquals(Presence.PRESENT, channel.receiver());
        assertEquals(Presence.NOT_YET, channel.sender(0));
        Sender sender = channels().senderOf(channel);
        assertEquals(Presence.PRESENT, channel.sender(0));
        receiver.close();
        assertEquals(Presence.CLOSED, channel.receiver());
        sender.close();
        assertEquals(Presence.CLOSED, channel.sender(0));
    }

    /**
     * A sender is ahead by what is not handled: more with each message, nothing at the end. To look
     * handles nothing.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void tellsHowFarASenderIsAhead() throws Exception {
        Channel channel = closing(provider().create(fresh(), OPTIONS.withSenders(2)));
        Sender idle = channels().senderOf(channel);
        Sender sender = channels().senderOf(channel);
        assertEquals(1, sender.index());
        int before = 0;
        for (int i = 0; i < 3; i++) {
            send(sender, TEXT);
            int ahead = channel.unhandledBytes(1);
            assertTrue(ahead >= before + TEXT.length(), () -> ahead + " bytes");
            before = ahead;
        }
        assertEquals(0, channel.unhandledBytes(idle.index()));
        Receiver receiver = channels().receiverOf(channel);
        assertEquals(TEXT, next(receiver));
        assertTrue(channel.unhandledBytes(1) < before);
        assertEquals(TEXT + " " + TEXT, all(receiver));
        assertEquals(0, channel.unhandledBytes(1));
    }

    /**
     * There is no sender before the first or behind the last.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void noOtherSenders() throws Exception {
        Channel channel = closing(provider().create(fresh(), OPTIONS));
        for (int index : new int[] {-1, 1, Integer.MAX_VALUE}) {
            assertThrows(IndexOutOfBoundsException.class, () -> channel.sender(index));
            assertThrows(IndexOutOfBoundsException.class, () -> channel.unhandledBytes(index));
        }
    }

    /**
     * A closed handle looks no more, but tells what it knows; the ends go on.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void closed() throws Exception {
        Channel channel = closing(provider().create(fresh(), OPTIONS));
        Sender sender = channels().senderOf(channel);
        Receiver receiver = channels().receiverOf(channel);
        assertTrue(channel.isOpen());
        channel.close();
        channel.close();
        assertFalse(channel.isOpen());
        assertThrows(IllegalStateException.class, channel::receiver);
        assertThrows(IllegalStateException.class, () -> channel.sender(0));
        assertThrows(IllegalStateException.class, () -> channel.unhandledBytes(0));
        assertEquals(OPTIONS.capacity(), channel.capacity());
        send(sender, TEXT);
        assertEquals(TEXT, all(receiver));
    }
}
