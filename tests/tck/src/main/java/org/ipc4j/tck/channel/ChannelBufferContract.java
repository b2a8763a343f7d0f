// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.channel;

import static org.ipc4j.tck.channel.Channels.OPTIONS;
import static org.ipc4j.tck.channel.Channels.SIZE;
import static org.ipc4j.tck.channel.Channels.all;
import static org.ipc4j.tck.channel.Channels.assertIllegal;
import static org.ipc4j.tck.channel.Channels.assertNothing;
import static org.ipc4j.tck.channel.Channels.next;
import static org.ipc4j.tck.channel.Channels.send;
import static org.ipc4j.tck.channel.Channels.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.nio.charset.StandardCharsets.UTF_8;

import org.ipc4j.channel.MessageHandler;
import org.ipc4j.channel.Receiver;
import org.ipc4j.channel.Sender;
import org.ipc4j.spi.ChannelProvider;
import org.ipc4j.tck.Allocation;
import org.ipc4j.tck.ProviderFixture;
import org.ipc4j.tck.Task;
import org.junit.jupiter.api.Test;

import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ReadOnlyBufferException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * From and to which buffers the copying methods of a channel send and receive, which of them they
 * refuse, and that nothing is allocated for a message.
 */
public abstract class ChannelBufferContract extends ProviderFixture<ChannelProvider> {
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** For subclasses. */
    protected ChannelBufferContract() {}

    private Channels channels() {
        return new Channels(provider(), this::fresh, this::closing);
    }

    /**
     * Buffers of every kind send what is between position and limit, and nothing else; the position
     * is moved to the limit, nothing else of the buffer is changed.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void everyKindOfBufferSends() throws Exception {
        Sender sender = channels().sender();
        Receiver receiver = channels().receiverOf(sender);
        for (ByteBuffer whole : buffers(40)) {
            whole.put(10, "0123456789".getBytes(UTF_8));
            for (ByteBuffer source : List.of(whole, whole.asReadOnlyBuffer(), whole.duplicate())) {
                for (boolean timed : new boolean[] {false, true}) {
                    source.clear().position(12).limit(17);
                    assertTrue(timed ? sender.send(source, SECOND) : sender.trySend(source));
                    assertEquals(17, source.position());
                    assertEquals(17, source.limit());
                    assertEquals("23456", next(receiver));
                }
                sender.send(source.limit(20).position(19));
                assertEquals("9", all(receiver));
            }
            assertEquals("0123456789", text(whole.clear().position(10).limit(20)));
        }
    }

    /**
     * Buffers of every kind receive from their position on; it is moved behind the message; the
     * bytes before it and behind the message are left alone.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void everyKindOfBufferReceives() throws Exception {
        Sender sender = channels().sender();
        Receiver receiver = channels().receiverOf(sender);
        int size = SIZE + 40;
        for (ByteBuffer target : buffers(size)) {
            for (int form = 0; form < 3; form++) {
                for (int i = 0; i < size; i++) {
                    target.put(i, (byte) '.');
                }
                send(sender, "23456");
                target.clear().position(12).limit(12 + SIZE + 1);
                assertEquals(5, receive(receiver, target, form));
                assertEquals(17, target.position());
                assertEquals(12 + SIZE + 1, target.limit());
                assertEquals(
                        "............23456" + ".".repeat(size - 17),
                        text(target.duplicate().clear()));
                assertEquals(Receiver.NONE, receiver.tryReceive(target.clear()));
                assertEquals(Receiver.NONE, receiver.receive(target, Duration.ZERO));
                assertEquals(0, target.position());
            }
        }
    }

    private static int receive(Receiver receiver, ByteBuffer target, int form) throws Exception {
        return switch (form) {
            case 0 -> receiver.tryReceive(target);
            case 1 -> receiver.receive(target, SECOND);
            default -> receiver.receive(target);
        };
    }

    private static List<ByteBuffer> buffers(int size) {
        return List.of(
                ByteBuffer.allocate(size),
                ByteBuffer.allocateDirect(size),
                ByteBuffer.allocate(size + 20).slice(9, size),
                ByteBuffer.allocateDirect(size + 20).slice(9, size),
                Arena.ofAuto().allocate(size).asByteBuffer(),
                ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN));
    }

    /**
     * An empty message is a message.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void emptyMessagesAreMessages() throws Exception {
        Sender sender = channels().sender();
        Receiver receiver = channels().receiverOf(sender);
        ByteBuffer target = ByteBuffer.allocate(SIZE);
        assertTrue(sender.trySend(ByteBuffer.allocate(0)));
        assertTrue(sender.trySend(ByteBuffer.allocateDirect(0)));
        assertTrue(sender.tryClaim(0) >= 0);
        sender.commit();
        assertEquals(0, receiver.tryReceive(target));
        assertEquals(0, receiver.receive(target));
        assertEquals(0, target.position());
        assertEquals("", next(receiver));
        assertNothing(receiver);
    }

    /**
     * A target that could not hold the longest message is an {@link IllegalArgumentException} that
     * tells the limit, though the next message would fit; the message stays.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void refusesSmallTargets() throws Exception {
        Sender sender = channels().sender();
        Receiver receiver = channels().receiverOf(sender);
        ByteBuffer small = ByteBuffer.allocate(SIZE + 10).position(11);
        for (boolean empty : new boolean[] {true, false}) {
            if (!empty) {
                send(sender, "stays");
            }
            assertIllegal(() -> receiver.tryReceive(small), "" + SIZE);
            assertIllegal(() -> receiver.receive(small), "" + SIZE);
            assertIllegal(() -> receiver.receive(small, SECOND), "" + SIZE);
            assertIllegal(() -> receiver.receive(small, Duration.ZERO), "" + SIZE);
            assertIllegal(() -> receiver.tryReceive(ByteBuffer.allocate(0)), "" + SIZE);
            assertEquals(11, small.position());
        }
        assertEquals("stays", all(receiver));
    }

    /**
     * A read-only target is refused, and the message stays.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void refusesReadOnlyTargets() throws Exception {
        Sender sender = channels().sender();
        Receiver receiver = channels().receiverOf(sender);
        send(sender, "stays");
        for (ByteBuffer target :
                List.of(
                        ByteBuffer.allocate(SIZE).asReadOnlyBuffer(),
                        ByteBuffer.allocateDirect(SIZE).asReadOnlyBuffer())) {
            assertThrows(ReadOnlyBufferException.class, () -> receiver.tryReceive(target));
            assertThrows(ReadOnlyBufferException.class, () -> receiver.receive(target));
            assertThrows(ReadOnlyBufferException.class, () -> receiver.receive(target, SECOND));
            assertEquals(0, target.position());
        }
        assertEquals("stays", all(receiver));
    }

    /**
     * A buffer that cannot be read, or written, in this thread is refused by an exception of its
     * own; nothing is sent or received, and both ends stay usable.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void unusableBuffersChangeNothing() throws Exception {
        Sender sender = channels().sender();
        Receiver receiver = channels().receiverOf(sender);
        ByteBuffer closed;
        try (Arena arena = Arena.ofConfined()) {
            closed = arena.allocate(SIZE).asByteBuffer();
            ByteBuffer confined = closed;
            Task.start(() -> sender.trySend(confined)).failure(WrongThreadException.class);
        }
        assertThrows(IllegalStateException.class, () -> sender.trySend(closed));
        assertThrows(IllegalStateException.class, () -> sender.send(closed, SECOND));
        assertNothing(receiver);
        send(sender, "stays");
        assertThrows(IllegalStateException.class, () -> receiver.tryReceive(closed));
        assertThrows(IllegalStateException.class, () -> receiver.receive(closed, SECOND));
        assertEquals(0, closed.position());
        assertEquals("stays", all(receiver));
    }

    /**
     * With one channel nothing is allocated for a message, in place, in batches, or copied from and
     * to buffers of every kind.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void oneChannelAllocatesNothing() throws Exception {
        allocatesNothing(1);
    }

    /**
     * With twenty channels in the process, used in turn, nothing is allocated for a message either.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void twentyChannelsAllocateNothing() throws Exception {
        allocatesNothing(20);
    }

    private record Channel(Sender sender, Receiver receiver) {}

    private void allocatesNothing(int count) throws Exception {
        List<Channel> list = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Sender sender = channels().sender(OPTIONS.withSenders(1 + i % 2));
            list.add(new Channel(sender, channels().receiverOf(sender)));
        }
        Channel[] all = list.toArray(Channel[]::new);
        long[] sum = new long[1];
        MessageHandler handler =
                (memory, offset, length) -> sum[0] += memory.get(JAVA_LONG_UNALIGNED, offset);
        Allocation.assertNone(
                "in place, " + count + " channels",
                () -> {
                    for (Channel channel : all) {
                        inPlace(channel.sender);
                        channel.sender.commit();
                        channel.receiver.poll(handler, 1);
                    }
                });
        Allocation.assertNone(
                "batches, " + count + " channels",
                () -> {
                    for (Channel channel : all) {
                        for (int i = 0; i < 8; i++) {
                            inPlace(channel.sender);
                            channel.sender.stage();
                        }
                        channel.sender.publish();
                        channel.receiver.poll(handler, 10);
                    }
                });
        for (ByteBuffer buffer :
                List.of(ByteBuffer.allocate(SIZE), ByteBuffer.allocateDirect(SIZE))) {
            Allocation.assertNone(
                    "copied by " + buffer + ", " + count + " channels",
                    () -> {
                        for (Channel channel : all) {
                            channel.sender.trySend(buffer.clear().limit(64));
                            channel.receiver.tryReceive(buffer.clear());
                            channel.sender.send(buffer.clear().limit(64), SECOND);
                            channel.receiver.receive(buffer.clear(), SECOND);
                        }
                    });
        }
        assertTrue(sum[0] > 0, "the messages were read");
    }

    private static void inPlace(Sender sender) {
        long offset = sender.tryClaim(64);
        sender.memory().set(JAVA_LONG_UNALIGNED, offset, 1);
    }
}
