// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.queue;

import static org.ipc4j.tck.queue.Queues.SIZE;
import static org.ipc4j.tck.queue.Queues.assertIllegal;
import static org.ipc4j.tck.queue.Queues.bytes;
import static org.ipc4j.tck.queue.Queues.next;
import static org.ipc4j.tck.queue.Queues.segment;
import static org.ipc4j.tck.queue.Queues.text;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.ipc4j.queue.Message;
import org.ipc4j.queue.MessageQueue;
import org.ipc4j.spi.MessageQueueProvider;
import org.ipc4j.tck.Allocation;
import org.ipc4j.tck.ProviderFixture;
import org.junit.jupiter.api.Test;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ReadOnlyBufferException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/**
 * From and to which memory every {@link MessageQueue} sends and receives: buffers, segments and
 * messages of every kind and length, which of them it refuses, and that it allocates nothing.
 */
public abstract class MessageQueueBufferContract extends ProviderFixture<MessageQueueProvider> {
    /** For subclasses. */
    protected MessageQueueBufferContract() {}

    private Queues queues() {
        return new Queues(provider(), this::fresh, this::closing);
    }

    /**
     * Null messages and targets are a {@link NullPointerException}, and nothing is sent or
     * received.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void refusesNullMessages() throws Exception {
        MessageQueue queue = queues().create();
        queue.trySend(bytes("here"), 1);
        assertThrows(NullPointerException.class, () -> queue.trySend((ByteBuffer) null, 0));
        assertThrows(NullPointerException.class, () -> queue.trySend((MemorySegment) null, 0));
        assertThrows(
                NullPointerException.class,
                () -> queue.trySend((ByteBuffer) null, 0, Duration.ZERO));
        assertThrows(
                NullPointerException.class,
                () -> queue.trySend((MemorySegment) null, 0, Duration.ZERO));
        assertThrows(NullPointerException.class, () -> queue.tryReceive((ByteBuffer) null));
        assertThrows(NullPointerException.class, () -> queue.tryReceive((MemorySegment) null));
        assertThrows(
                NullPointerException.class,
                () -> queue.tryReceive((ByteBuffer) null, Duration.ZERO));
        assertThrows(
                NullPointerException.class,
                () -> queue.tryReceive((MemorySegment) null, Duration.ZERO));
        assertEquals("1 here", next(queue));
        assertEquals("nothing", next(queue));
    }

    /**
     * A message over the limit is an {@link IllegalArgumentException} that tells the limit, also
     * when the queue is full; nothing is sent.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void refusesTooLongMessages() throws Exception {
        MessageQueue queue = queues().create();
        for (int round = 0; round < 2; round++) {
            int before = queue.messageCount();
            ByteBuffer message = ByteBuffer.allocate(SIZE + 1);
            MemorySegment segment = Arena.ofAuto().allocate(SIZE + 1);
            assertIllegal(() -> queue.trySend(message, 0), "" + SIZE);
            assertIllegal(() -> queue.trySend(message, 0, Duration.ZERO), "" + SIZE);
            assertIllegal(() -> queue.send(message), "" + SIZE);
            assertIllegal(() -> queue.trySend(segment, 0), "" + SIZE);
            assertIllegal(() -> queue.trySend(segment, 0, Duration.ZERO), "" + SIZE);
            assertIllegal(() -> queue.send(segment, 0), "" + SIZE);
            assertEquals(0, message.position());
            assertEquals(before, queue.messageCount());
            while (queue.trySend(bytes("full"), 0)) {}
        }
    }

    /**
     * A target that could not hold the longest message is an {@link IllegalArgumentException} that
     * tells the limit, though the next message would fit; the message stays.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void refusesSmallTargets() throws Exception {
        MessageQueue queue = queues().create();
        queue.trySend(bytes("stays"), 2);
        ByteBuffer small = ByteBuffer.allocate(SIZE + 10).position(11);
        MemorySegment segment = Arena.ofAuto().allocate(SIZE - 1);
        assertIllegal(() -> queue.tryReceive(small), "" + SIZE);
        assertIllegal(() -> queue.tryReceive(small, Duration.ZERO), "" + SIZE);
        assertIllegal(() -> queue.receive(small), "" + SIZE);
        assertIllegal(() -> queue.tryReceive(segment), "" + SIZE);
        assertIllegal(() -> queue.tryReceive(segment, Duration.ZERO), "" + SIZE);
        assertIllegal(() -> queue.receive(segment), "" + SIZE);
        assertIllegal(() -> queue.tryReceive(ByteBuffer.allocate(0)), "" + SIZE);
        assertEquals(11, small.position());
        assertEquals(1, queue.messageCount());
        assertEquals("2 stays", next(queue));
        assertIllegal(() -> queue.tryReceive(small), "" + SIZE);
    }

    /**
     * A read-only target is refused, and the message stays.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void refusesReadOnlyTargets() throws Exception {
        MessageQueue queue = queues().create();
        queue.trySend(bytes("stays"), 2);
        for (ByteBuffer target :
                List.of(
                        ByteBuffer.allocate(SIZE).asReadOnlyBuffer(),
                        ByteBuffer.allocateDirect(SIZE).asReadOnlyBuffer())) {
            assertThrows(ReadOnlyBufferException.class, () -> queue.tryReceive(target));
            assertThrows(
                    ReadOnlyBufferException.class, () -> queue.tryReceive(target, Duration.ZERO));
            assertThrows(ReadOnlyBufferException.class, () -> queue.receive(target));
        }
        MemorySegment target = Arena.ofAuto().allocate(SIZE).asReadOnly();
        assertThrows(IllegalArgumentException.class, () -> queue.tryReceive(target));
        assertThrows(IllegalArgumentException.class, () -> queue.tryReceive(target, Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> queue.receive(target));
        assertEquals("2 stays", next(queue));
    }

    /**
     * Messages of every length from nothing to the limit arrive byte for byte.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void everyLengthArrives() throws Exception {
        MessageQueue queue = queues().create();
        Random random = new Random(1);
        for (int length = 0; length <= SIZE; length++) {
            byte[] sent = new byte[length];
            random.nextBytes(sent);
            assertTrue(queue.trySend(ByteBuffer.wrap(sent), 1));
            Message message = queue.tryReceive().orElseThrow();
            byte[] received = new byte[message.payload().remaining()];
            message.payload().get(received);
            assertArrayEquals(sent, received);
        }
    }

    /**
     * The longest message that every Linux allows arrives byte for byte.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void longMessagesArrive() throws Exception {
        MessageQueue queue = queues().create(3, 8192);
        byte[] sent = new byte[8192];
        new Random(2).nextBytes(sent);
        MemorySegment received = MemorySegment.ofArray(new byte[8192]);
        for (int i = 0; i < 100; i++) {
            assertTrue(queue.trySend(MemorySegment.ofArray(sent), 0));
            assertEquals(8192, queue.tryReceive(received));
            assertEquals(-1, received.mismatch(MemorySegment.ofArray(sent)));
            received.fill((byte) 0);
        }
    }

    /**
     * An empty message is a message.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void emptyMessagesAreMessages() throws Exception {
        MessageQueue queue = queues().create();
        assertTrue(queue.trySend(ByteBuffer.allocate(0), 4));
        assertTrue(queue.trySend(ByteBuffer.allocateDirect(0), 3));
        assertTrue(queue.trySend(MemorySegment.ofArray(new byte[0]), 2));
        assertTrue(queue.trySend(MemorySegment.NULL, 1));
        assertEquals(4, queue.messageCount());
        assertEquals("4 ", next(queue));
        ByteBuffer target = ByteBuffer.allocate(SIZE);
        assertEquals(3, queue.tryReceive(target));
        assertEquals(0, target.position());
        assertEquals(
                MessageQueue.receipt(0, 2),
                queue.tryReceive(MemorySegment.ofArray(new byte[SIZE])));
        assertEquals("1 ", next(queue));
        assertEquals("nothing", next(queue));
    }

    /**
     * Buffers of every kind send what is between position and limit, and nothing else; the position
     * is moved to the limit, nothing else of the buffer is changed.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void everyKindOfBufferSends() throws Exception {
        MessageQueue queue = queues().create();
        for (ByteBuffer whole :
                List.of(
                        ByteBuffer.allocate(40),
                        ByteBuffer.allocateDirect(40),
                        ByteBuffer.allocate(60).slice(9, 40),
                        ByteBuffer.allocateDirect(60).slice(9, 40),
                        Arena.ofAuto().allocate(40).asByteBuffer(),
                        ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN))) {
            whole.put(10, "0123456789".getBytes(UTF_8));
            for (ByteBuffer source : List.of(whole, whole.asReadOnlyBuffer(), whole.duplicate())) {
                for (boolean timed : new boolean[] {false, true}) {
                    source.clear().position(12).limit(17);
                    assertTrue(
                            timed
                                    ? queue.trySend(source, 0, Duration.ofSeconds(1))
                                    : queue.trySend(source, 0));
                    assertEquals(17, source.position());
                    assertEquals(17, source.limit());
                    assertEquals("0 23456", next(queue));
                }
            }
            assertEquals("0123456789", text(whole.clear().position(10).limit(20)));
        }
    }

    /**
     * Buffers of every kind receive from their position on; it is moved behind the message; the
     * bytes before it and behind the limit are left alone.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void everyKindOfBufferReceives() throws Exception {
        MessageQueue queue = queues().create();
        int size = SIZE + 40;
        for (ByteBuffer target :
                List.of(
                        ByteBuffer.allocate(size),
                        ByteBuffer.allocateDirect(size),
                        ByteBuffer.allocate(size + 20).slice(9, size),
                        ByteBuffer.allocateDirect(size + 20).slice(9, size),
                        Arena.ofAuto().allocate(size).asByteBuffer(),
                        ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN))) {
            for (boolean timed : new boolean[] {false, true}) {
                for (int i = 0; i < size; i++) {
                    target.put(i, (byte) '.');
                }
                queue.trySend(bytes("23456"), 6);
                target.clear().position(12).limit(12 + SIZE + 1);
                assertEquals(
                        6,
                        timed
                                ? queue.tryReceive(target, Duration.ofSeconds(1))
                                : queue.tryReceive(target));
                assertEquals(17, target.position());
                assertEquals(12 + SIZE + 1, target.limit());
                assertEquals("............23456", text(target.duplicate().flip()));
                assertEquals(
                        ".".repeat(size - 12 - SIZE - 1),
                        text(target.clear().position(12 + SIZE + 1)));
                assertEquals(
                        MessageQueue.NONE,
                        timed
                                ? queue.tryReceive(target.clear(), Duration.ZERO)
                                : queue.tryReceive(target.clear()));
                assertEquals(0, target.position());
            }
        }
    }

    /**
     * Segments of every kind send all of their bytes: heap and native, of bytes and of other types,
     * slices, read-only ones, and those of a confined arena.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void everyKindOfSegmentSends() throws Exception {
        MessageQueue queue = queues().create();
        try (Arena confined = Arena.ofConfined();
                Arena shared = Arena.ofShared()) {
            for (Function<Integer, MemorySegment> kind : segments(confined, shared)) {
                MemorySegment whole = kind.apply(24);
                MemorySegment.copy(segment("0123456789abcdefghijklmn"), 0, whole, 0, 24);
                for (MemorySegment source : List.of(whole, whole.asReadOnly())) {
                    assertTrue(queue.trySend(source.asSlice(8, 8), 1));
                    assertEquals("1 89abcdef", next(queue));
                    assertTrue(queue.trySend(source, 2, Duration.ofSeconds(1)));
                    assertEquals("2 0123456789abcdefghijklmn", next(queue));
                }
            }
        }
    }

    /**
     * Segments of every kind receive from their start on; the receipt tells length and priority;
     * what is around a slice is left alone.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void everyKindOfSegmentReceives() throws Exception {
        MessageQueue queue = queues().create();
        try (Arena confined = Arena.ofConfined();
                Arena shared = Arena.ofShared()) {
            for (Function<Integer, MemorySegment> kind : segments(confined, shared)) {
                MemorySegment whole = kind.apply(SIZE + 16).fill((byte) '.');
                queue.trySend(bytes("0123456789a"), 9);
                queue.trySend(bytes("bcdef"), 8);
                MemorySegment target = whole.asSlice(8, SIZE);
                long receipt = queue.tryReceive(target);
                assertEquals(11, MessageQueue.length(receipt));
                assertEquals(9, MessageQueue.priority(receipt));
                assertEquals("0123456789a", text(target, 11));
                receipt = queue.tryReceive(target, Duration.ofSeconds(1));
                assertEquals(5, MessageQueue.length(receipt));
                assertEquals(8, MessageQueue.priority(receipt));
                assertEquals("bcdef", text(target, 5));
                assertEquals("........", text(whole, 8));
                assertEquals("........", text(whole.asSlice(8 + SIZE), 8));
                assertEquals(MessageQueue.NONE, queue.tryReceive(target));
                assertEquals(MessageQueue.NONE, queue.tryReceive(target, Duration.ZERO));
            }
        }
    }

    private static List<Function<Integer, MemorySegment>> segments(Arena confined, Arena shared) {
        return List.of(
                confined::allocate,
                shared::allocate,
                size -> Arena.ofAuto().allocate(size),
                size -> MemorySegment.ofArray(new byte[size]),
                size -> MemorySegment.ofArray(new int[size / 4]),
                size -> MemorySegment.ofArray(new long[size / 8]),
                size -> MemorySegment.ofBuffer(ByteBuffer.allocate(size + 3).position(3)),
                size -> MemorySegment.ofBuffer(ByteBuffer.allocateDirect(size + 3).position(3)));
    }

    /**
     * A {@link Message} has memory of its own, of which its payload is all between position and
     * limit, and which may be written.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void messagesHaveMemoryOfTheirOwn() throws Exception {
        MessageQueue queue = queues().create();
        queue.trySend(bytes("one"), 1);
        queue.trySend(bytes("other"), 0);
        Message one = queue.receive();
        Message other = queue.tryReceive(Duration.ofSeconds(1)).orElseThrow();
        assertEquals(3, one.payload().remaining());
        assertEquals("other", text(other.payload()));
        one.payload().put(0, (byte) 'O');
        assertEquals("One", text(one.payload()));
    }

    /**
     * What need not wait allocates nothing, with buffers and segments, heap and native.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void allocatesNothing() throws Exception {
        MessageQueue queue = queues().create();
        for (ByteBuffer buffer :
                List.of(ByteBuffer.allocate(SIZE), ByteBuffer.allocateDirect(SIZE))) {
            Allocation.assertNone(
                    "trySend, tryReceive of " + buffer,
                    () -> {
                        queue.trySend(buffer.clear().limit(64), 1);
                        queue.tryReceive(buffer.clear());
                    });
        }
        for (MemorySegment segment :
                List.of(MemorySegment.ofArray(new byte[SIZE]), Arena.ofAuto().allocate(SIZE))) {
            Allocation.assertNone(
                    "trySend, tryReceive of " + segment,
                    () -> {
                        queue.trySend(segment, 1);
                        queue.tryReceive(segment);
                    });
        }
    }
}
