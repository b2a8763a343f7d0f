// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.channel;

import static org.ipc4j.tck.channel.Channels.OPTIONS;
import static org.ipc4j.tck.channel.Messages.SIZE;
import static org.ipc4j.tck.channel.Messages.all;
import static org.ipc4j.tck.channel.Messages.claim;
import static org.ipc4j.tck.channel.Messages.send;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.IpcClosedException;
import org.ipc4j.IpcException;
import org.ipc4j.ResourceLimitException;
import org.ipc4j.channel.ChannelOptions;
import org.ipc4j.channel.Presence;
import org.ipc4j.channel.Receiver;
import org.ipc4j.channel.Sender;
import org.ipc4j.channel.WaitStrategy;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.ChannelProvider;
import org.ipc4j.tck.ProviderFixture;
import org.ipc4j.tck.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Who has which end of a channel: one receiver and a number of senders at a time, what each knows
 * of the others, and what a closed end refuses.
 */
public abstract class ChannelEndsContract extends ProviderFixture<ChannelProvider> {
    /** For subclasses. */
    protected ChannelEndsContract() {}

    private Channels channels() {
        return new Channels(provider(), this::fresh, this::closing);
    }

    /**
     * A channel is as it was created, told by every end that tells it, also after its end was
     * closed.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void tellsItsLimits() throws Exception {
        for (WaitStrategy waiting : WaitStrategy.values()) {
            for (int[] limits : new int[][] {{4096, 1, 1}, {4096, 1024, 64}, {1 << 20, 13, 3}}) {
                Receiver receiver =
                        channels()
                                .receiver(
                                        OPTIONS.withCapacity(limits[0])
                                                .withMaxMessageSize(limits[1])
                                                .withSenders(limits[2])
                                                .withWaiting(waiting));
                Sender sender = channels().senderOf(receiver);
                receiver.close();
                for (Receiver each : List.of(receiver, channels().receiverOf(sender))) {
                    assertEquals(limits[1], each.maxMessageSize());
                    assertEquals(limits[2], each.senders());
                }
                sender.close();
                assertEquals(limits[1], sender.maxMessageSize());
                assertEquals(0, sender.index());
            }
        }
    }

    /**
     * There is one receiver at a time. Another one is refused, told why, and disturbs nothing; when
     * the first is closed the next one may come.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void oneReceiverAtATime() throws Exception {
        Receiver first = channels().receiver(OPTIONS);
        ResourceLimitException e =
                assertThrows(ResourceLimitException.class, () -> channels().receiverOf(first));
        assertTrue(e.getMessage().contains(first.name().value()), e::getMessage);
        assertTrue(e.getMessage().contains("receiver"), e::getMessage);
        Sender sender = channels().senderOf(first);
        send(sender, "first");
        assertEquals("first", all(first));
        for (int i = 0; i < 5; i++) {
            Receiver before = i == 0 ? first : channels().receiverOf(sender);
            before.close();
            before.close();
            Receiver next = channels().receiverOf(sender);
            assertThrows(ResourceLimitException.class, () -> channels().receiverOf(sender));
            send(sender, "again");
            assertEquals("again", all(next));
            next.close();
        }
    }

    /**
     * There are as many senders at a time as the channel is for, each with an index of its own. One
     * more is refused and told the number; who closes makes place, under the same index.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void asManySendersAsTheChannelIsFor() throws Exception {
        for (int count : new int[] {1, 2, 7, 64}) {
            Receiver receiver = channels().receiver(OPTIONS.withSenders(count));
            List<Sender> senders = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                senders.add(channels().senderOf(receiver));
            }
            assertEquals(count, senders.stream().mapToInt(Sender::index).distinct().count());
            assertTrue(senders.stream().allMatch(each -> each.index() >= 0));
            assertTrue(senders.stream().allMatch(each -> each.index() < count));
            ResourceLimitException e =
                    assertThrows(ResourceLimitException.class, () -> channels().senderOf(receiver));
            assertTrue(e.getMessage().contains(" " + count + " "), e::getMessage);
            Sender goes = senders.get(count / 2);
            goes.close();
            goes.close();
            Sender comes = channels().senderOf(receiver);
            assertEquals(goes.index(), comes.index());
            assertThrows(ResourceLimitException.class, () -> channels().senderOf(receiver));
            send(comes, "came");
            assertEquals("came", all(receiver));
            assertEquals(comes.index(), receiver.sender());
        }
    }

    /**
     * Both sides know whether the other has not come yet, is there, or was closed; and whether it
     * came again.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void knowEachOther() throws Exception {
        Sender sender = channels().sender(OPTIONS.withSenders(3));
        assertEquals(Presence.NOT_YET, sender.receiver());
        Receiver receiver = channels().receiverOf(sender);
        assertEquals(Presence.PRESENT, sender.receiver());
        assertPresence(receiver, Presence.PRESENT, Presence.NOT_YET, Presence.NOT_YET);
        Sender second = channels().senderOf(receiver);
        assertPresence(receiver, Presence.PRESENT, Presence.PRESENT, Presence.NOT_YET);
        sender.close();
        assertPresence(receiver, Presence.CLOSED, Presence.PRESENT, Presence.NOT_YET);
        channels().senderOf(receiver);
        assertPresence(receiver, Presence.PRESENT, Presence.PRESENT, Presence.NOT_YET);
        receiver.close();
        assertEquals(Presence.CLOSED, second.receiver());
        channels().receiverOf(second);
        assertEquals(Presence.PRESENT, second.receiver());
    }

    private static void assertPresence(Receiver receiver, Presence... expected)
            throws IpcException {
        assertEquals(expected.length, receiver.senders());
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], receiver.sender(i), "sender " + i);
        }
    }

    /**
     * With {@link Capability#OUTLIVES_CREATOR} who comes when all are gone knows that they were
     * closed, and gets what they sent.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void messagesStayWhenAllAreGone() throws Exception {
        require(Capability.OUTLIVES_CREATOR);
        Sender sender = channels().sender();
        send(sender, "one");
        send(sender, "two");
        claim(sender, "claimed");
        sender.close();
        Receiver receiver = channels().receiverOf(sender);
        assertEquals(Presence.CLOSED, receiver.sender(0));
        assertEquals("one", Messages.next(receiver));
        receiver.close();
        assertEquals("two", all(channels().receiverOf(sender)));
    }

    /**
     * There is no sender beyond those that the channel is for.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void refusesAnIndexThatIsNone() throws Exception {
        Receiver receiver = channels().receiver(OPTIONS.withSenders(2));
        for (int index : new int[] {-1, 2, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            assertThrows(IndexOutOfBoundsException.class, () -> receiver.sender(index));
        }
    }

    /** Options out of their range are an {@link IllegalArgumentException} that tells them. */
    @Test
    protected void refusesOptionsOutOfRange() {
        for (int capacity : new int[] {0, 1, 2048, 4095, 4097, 6144, -4096, Integer.MIN_VALUE}) {
            Messages.assertIllegal(() -> OPTIONS.withCapacity(capacity), "" + capacity);
        }
        for (int size : new int[] {0, -1, SIZE + 1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            Messages.assertIllegal(() -> OPTIONS.withMaxMessageSize(size), "" + size);
        }
        for (int senders : new int[] {0, -1, 65, Integer.MAX_VALUE}) {
            Messages.assertIllegal(() -> OPTIONS.withSenders(senders), "" + senders);
        }
        assertThrows(NullPointerException.class, () -> OPTIONS.withWaiting(null));
        assertThrows(NullPointerException.class, () -> OPTIONS.withAccess(null));
    }

    /** What is not changed of options stays. */
    @Test
    protected void optionsKeepTheRest() {
        ChannelOptions options =
                OPTIONS.withSenders(5).withWaiting(WaitStrategy.SPIN).withMaxMessageSize(77);
        assertEquals(new ChannelOptions(4096, 77, 5, WaitStrategy.SPIN, options.access()), options);
        assertEquals(1 << 14, options.withCapacity(1 << 18).maxMessageSize());
    }

    /**
     * Every method that uses a closed sender is an {@link IllegalStateException}, whatever it had
     * claimed.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void closedSendersRefuse() throws Exception {
        for (boolean claimed : new boolean[] {false, true}) {
            Sender sender = channels().sender();
            if (claimed) {
                claim(sender, "claimed");
            }
            sender.close();
            assertFalse(sender.isOpen());
            ByteBuffer message = Messages.bytes("message");
            for (Executable call :
                    List.<Executable>of(
                            () -> sender.tryClaim(1),
                            () -> sender.claim(1, Duration.ZERO),
                            () -> sender.claim(1, Duration.ofSeconds(1)),
                            sender::commit,
                            sender::stage,
                            sender::publish,
                            sender::abort,
                            () -> sender.trySend(message),
                            () -> sender.send(message),
                            () -> sender.send(message, Duration.ofSeconds(1)),
                            () -> sender.send(message, Duration.ZERO),
                            sender::receiver)) {
                assertThrows(IllegalStateException.class, call);
            }
            assertEquals(0, message.position());
        }
    }

    /**
     * Every method that uses a closed receiver is an {@link IllegalStateException}.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void closedReceiversRefuse() throws Exception {
        Receiver receiver = channels().receiver(OPTIONS);
        Sender sender = channels().senderOf(receiver);
        send(sender, "stays");
        receiver.close();
        assertFalse(receiver.isOpen());
        ByteBuffer target = ByteBuffer.allocate(SIZE);
        for (Executable call :
                List.<Executable>of(
                        () -> Messages.drain(receiver),
                        () -> receiver.await(Duration.ZERO),
                        () -> receiver.await(Duration.ofSeconds(1)),
                        () -> receiver.tryReceive(target),
                        () -> receiver.receive(target),
                        () -> receiver.receive(target, Duration.ofSeconds(1)),
                        () -> receiver.sender(0))) {
            assertThrows(IllegalStateException.class, call);
        }
        assertEquals(0, target.position());
        assertEquals("stays", all(channels().receiverOf(sender)));
    }

    /**
     * A thread that spins at an end when that is closed is told so, and nothing more: its interrupt
     * status stays as it was, though it was probably reading the memory just then.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void closingUnderWhoSpinsInterruptsNobody() throws Exception {
        for (int i = 0; i < 20; i++) {
            Receiver receiver = channels().receiver(OPTIONS.withWaiting(WaitStrategy.SPIN));
            Sender sender = channels().senderOf(receiver);
            while (sender.trySend(ByteBuffer.allocate(SIZE))) {
                Thread.onSpinWait();
            }
            Task<Boolean> sending =
                    Task.start(() -> sender.claim(SIZE, Duration.ofMinutes(1)) >= 0);
            sending.assertWaiting();
            sender.close();
            sending.failure(IpcClosedException.class);
            assertFalse(sending.interruptedAtEnd(), "round " + i);
            all(receiver);
            Task<Boolean> receiving = Task.start(() -> receiver.await(Duration.ofMinutes(1)));
            receiving.assertWaiting();
            receiver.close();
            receiving.failure(IpcClosedException.class);
            assertFalse(receiving.interruptedAtEnd(), "round " + i);
        }
    }

    /**
     * Null is a {@link NullPointerException}, and what it was given to stays usable.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void endsRefuseNull() throws Exception {
        Receiver receiver = channels().receiver(OPTIONS);
        Sender sender = channels().senderOf(receiver);
        ByteBuffer buffer = ByteBuffer.allocate(SIZE);
        for (Executable call :
                List.<Executable>of(
                        () -> sender.claim(1, null),
                        () -> sender.trySend(null),
                        () -> sender.send(null),
                        () -> sender.send(null, Duration.ofSeconds(1)),
                        () -> sender.send(buffer, null),
                        () -> receiver.poll(null, 1),
                        () -> receiver.await(null),
                        () -> receiver.tryReceive(null),
                        () -> receiver.receive(null),
                        () -> receiver.receive(null, Duration.ofSeconds(1)),
                        () -> receiver.receive(buffer, null))) {
            assertThrows(NullPointerException.class, call);
        }
        assertEquals(0, buffer.position());
        send(sender, "usable");
        assertEquals("usable", all(receiver));
    }
}
