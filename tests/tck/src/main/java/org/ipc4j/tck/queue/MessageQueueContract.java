// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.queue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.ipc4j.Access;
import org.ipc4j.IpcClosedException;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.ResourceLimitException;
import org.ipc4j.queue.Message;
import org.ipc4j.queue.MessageQueue;
import org.ipc4j.queue.MessageQueueOptions;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.MessageQueueProvider;
import org.ipc4j.tck.Allocation;
import org.ipc4j.tck.Blocking;
import org.ipc4j.tck.NamedObjectContract;
import org.ipc4j.tck.Task;
import org.ipc4j.tck.WaitingContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ReadOnlyBufferException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** What every {@link MessageQueue} does. */
public abstract class MessageQueueContract
        extends NamedObjectContract<MessageQueueProvider, MessageQueue> {
    /**
     * How many messages the queues of these tests hold, and how long those are: what every Linux
     * allows.
     */
    private static final int CAPACITY = 4;

    private static final int SIZE = 128;

    /** For subclasses. */
    protected MessageQueueContract() {}

    /** {@link WaitingContract} of a queue. */
    public abstract static class Waiting extends WaitingContract<MessageQueueProvider> {
        /** For subclasses. */
        protected Waiting() {}

        @Override
        protected List<Blocking.Named> operations() {
            return blocking(provider());
        }
    }

    /**
     * Returns the blocking operations of a queue.
     *
     * @param provider the provider
     * @return the operations
     */
    public static List<Blocking.Named> blocking(MessageQueueProvider provider) {
        return List.of(
                new Blocking.Named(
                        "MessageQueue.send(ByteBuffer)", name -> new SendBuffer(provider, name)),
                new Blocking.Named(
                        "MessageQueue.send(MemorySegment)",
                        name -> new SendSegment(provider, name)),
                new Blocking.Named(
                        "MessageQueue.receive()", name -> new ReceiveMessage(provider, name)),
                new Blocking.Named(
                        "MessageQueue.receive(ByteBuffer)",
                        name -> new ReceiveBuffer(provider, name)),
                new Blocking.Named(
                        "MessageQueue.receive(MemorySegment)",
                        name -> new ReceiveSegment(provider, name)));
    }

    /** A queue and a peer's handle of it. */
    private abstract static class Queue extends Blocking {
        final MessageQueue mine;
        final MessageQueue peer;

        Queue(MessageQueueProvider provider, IpcName name) throws IpcException {
            mine = provider.create(name, MessageQueueOptions.of(CAPACITY, SIZE));
            peer = provider.open(name, Access.OWNER);
        }

        @Override
        public void closeObject() {
            mine.close();
        }

        @Override
        public void close() {
            mine.close();
            peer.close();
        }
    }

    /** A full queue, whose peer takes a message out. */
    private abstract static class Full extends Queue {
        Full(MessageQueueProvider provider, IpcName name) throws IpcException {
            super(provider, name);
            while (peer.trySend(bytes("full"), 0)) {}
        }

        @Override
        public void unblock() throws IpcException {
            assertTrue(peer.tryReceive().isPresent());
        }
    }

    private static final class SendBuffer extends Full {
        SendBuffer(MessageQueueProvider provider, IpcName name) throws IpcException {
            super(provider, name);
        }

        @Override
        public boolean within(Duration timeout) throws IpcException, InterruptedException {
            ByteBuffer message = bytes("buffer");
            boolean sent = mine.trySend(message, 1, timeout);
            assertEquals(sent ? 6 : 0, message.position());
            return sent;
        }

        @Override
        public void forEver() throws IpcException, InterruptedException {
            mine.send(bytes("buffer"));
        }
    }

    private static final class SendSegment extends Full {
        SendSegment(MessageQueueProvider provider, IpcName name) throws IpcException {
            super(provider, name);
        }

        @Override
        public boolean within(Duration timeout) throws IpcException, InterruptedException {
            return mine.trySend(segment("segment"), 1, timeout);
        }

        @Override
        public void forEver() throws IpcException, InterruptedException {
            mine.send(segment("segment"), 1);
        }
    }

    /** An empty queue, to which a peer sends. */
    private abstract static class Empty extends Queue {
        Empty(MessageQueueProvider provider, IpcName name) throws IpcException {
            super(provider, name);
        }

        @Override
        public void unblock() throws IpcException {
            assertTrue(peer.trySend(bytes("hello"), 3));
        }
    }

    private static final class ReceiveMessage extends Empty {
        ReceiveMessage(MessageQueueProvider provider, IpcName name) throws IpcException {
            super(provider, name);
        }

        @Override
        public boolean within(Duration timeout) throws IpcException, InterruptedException {
            Optional<Message> message = mine.tryReceive(timeout);
            message.ifPresent(this::check);
            return message.isPresent();
        }

        @Override
        public void forEver() throws IpcException, InterruptedException {
            check(mine.receive());
        }

        private void check(Message message) {
            assertEquals("hello", text(message.payload()));
            assertEquals(3, message.priority());
        }
    }

    private static final class ReceiveBuffer extends Empty {
        ReceiveBuffer(MessageQueueProvider provider, IpcName name) throws IpcException {
            super(provider, name);
        }

        @Override
        public boolean within(Duration timeout) throws IpcException, InterruptedException {
            ByteBuffer target = ByteBuffer.allocateDirect(SIZE);
            int priority = mine.tryReceive(target, timeout);
            if (priority == MessageQueue.NONE) {
                assertEquals(0, target.position());
                return false;
            }
            check(target, priority);
            return true;
        }

        @Override
        public void forEver() throws IpcException, InterruptedException {
            ByteBuffer target = ByteBuffer.allocateDirect(SIZE);
            check(target, mine.receive(target));
        }

        private static void check(ByteBuffer target, int priority) {
            assertEquals("hello", text(target.flip()));
            assertEquals(3, priority);
        }
    }

    private static final class ReceiveSegment extends Empty {
        ReceiveSegment(MessageQueueProvider provider, IpcName name) throws IpcException {
            super(provider, name);
        }

        @Override
        public boolean within(Duration timeout) throws IpcException, InterruptedException {
            MemorySegment target = Arena.ofAuto().allocate(SIZE);
            long receipt = mine.tryReceive(target, timeout);
            if (receipt == MessageQueue.NONE) {
                return false;
            }
            assertEquals(MessageQueue.receipt(5, 3), receipt);
            return true;
        }

        @Override
        public void forEver() throws IpcException, InterruptedException {
            assertEquals(MessageQueue.receipt(5, 3), mine.receive(Arena.ofAuto().allocate(SIZE)));
        }
    }

    @Override
    protected MessageQueue create(IpcName name, Access access) throws IpcException {
        return closing(provider().create(name, MessageQueueOptions.of(2, 16).withAccess(access)));
    }

    @Override
    protected MessageQueue open(IpcName name, Access access) throws IpcException {
        return closing(provider().open(name, access));
    }

    @Override
    protected void assertOneObject(MessageQueue one, MessageQueue other) throws IpcException {
        assertTrue(one.trySend(bytes("same"), 0));
        assertEquals("same", text(other.tryReceive().orElseThrow().payload()));
    }

    @Override
    protected void assertTwoObjects(MessageQueue one, MessageQueue other) throws IpcException {
        assertTrue(one.trySend(bytes("distinct"), 0));
        assertEquals(Optional.empty(), other.tryReceive());
        assertEquals("distinct", text(one.tryReceive().orElseThrow().payload()));
    }

    private MessageQueue queue() throws IpcException {
        return queue(CAPACITY, SIZE);
    }

    private MessageQueue queue(int capacity, int maxMessageSize) throws IpcException {
        return closing(
                provider().create(fresh(), MessageQueueOptions.of(capacity, maxMessageSize)));
    }

    private MessageQueue open(MessageQueue queue) throws IpcException {
        return open(queue.name(), Access.OWNER);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }

    private static MemorySegment segment(String text) {
        return MemorySegment.ofArray(text.getBytes(UTF_8));
    }

    private static String text(ByteBuffer buffer) {
        return UTF_8.decode(buffer).toString();
    }

    private static String next(MessageQueue queue) throws IpcException {
        return queue.tryReceive()
                .map(message -> message.priority() + " " + text(message.payload()))
                .orElse("nothing");
    }

    /** Null options are a {@link NullPointerException}. */
    @Test
    protected void refusesNullOptions() {
        assertThrows(NullPointerException.class, () -> provider().create(fresh(), null));
    }

    /**
     * Null messages and targets are a {@link NullPointerException}, and nothing is sent or
     * received.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void refusesNullMessages() throws Exception {
        MessageQueue queue = queue();
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
     * A queue has exactly the limits it was created with, told by every handle.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void tellsItsLimits() throws Exception {
        for (int[] limits : new int[][] {{1, 1}, {3, 100}, {10, 8192}, {7, 13}}) {
            MessageQueue queue = queue(limits[0], limits[1]);
            for (MessageQueue handle : List.of(queue, open(queue))) {
                assertEquals(limits[0], handle.capacity());
                assertEquals(limits[1], handle.maxMessageSize());
                assertTrue(handle.maxPriority() >= MessageQueue.MAX_PORTABLE_PRIORITY);
            }
            queue.close();
            assertEquals(limits[0], queue.capacity());
            assertEquals(limits[1], queue.maxMessageSize());
            provider().remove(queue.name());
        }
    }

    /**
     * A queue holds as many messages as its capacity says, of the full size each, and no more.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void isBounded() throws Exception {
        for (int capacity : new int[] {1, 2, 10}) {
            MessageQueue queue = queue(capacity, SIZE);
            MessageQueue other = open(queue);
            for (int i = 0; i < capacity; i++) {
                assertEquals(i, other.messageCount());
                assertTrue(queue.trySend(ByteBuffer.allocate(SIZE), i));
            }
            assertEquals(capacity, queue.messageCount());
            ByteBuffer message = bytes("too many");
            assertFalse(other.trySend(message, 31));
            assertEquals(0, message.position());
            assertFalse(queue.trySend(segment("too many"), 31));
            assertFalse(queue.trySend(bytes(""), 0), "an empty message needs its place too");
            assertEquals(capacity, other.messageCount());
            assertTrue(other.tryReceive().isPresent());
            assertEquals(capacity - 1, queue.messageCount());
            assertTrue(queue.trySend(bytes("one more"), 0));
            assertFalse(queue.trySend(bytes("too many"), 0));
        }
    }

    /**
     * Among messages of one priority, the first sent is the first received.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void keepsOrder() throws Exception {
        MessageQueue queue = queue();
        MessageQueue other = open(queue);
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
        MessageQueue queue = queue(10, 16);
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
        MessageQueue queue = queue(10, 16);
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
        MessageQueue queue = queue();
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
        MessageQueue queue = queue();
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
     * A message over the limit is an {@link IllegalArgumentException} that tells the limit, also
     * when the queue is full; nothing is sent.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void refusesTooLongMessages() throws Exception {
        MessageQueue queue = queue();
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
        MessageQueue queue = queue();
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
        MessageQueue queue = queue();
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

    private static void assertIllegal(Executable call, String told) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, call);
        assertTrue(e.getMessage().contains(told), e::getMessage);
    }

    /**
     * Messages of every length from nothing to the limit arrive byte for byte.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void everyLengthArrives() throws Exception {
        MessageQueue queue = queue();
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
        MessageQueue queue = queue(3, 8192);
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
        MessageQueue queue = queue();
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
        MessageQueue queue = queue();
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
        MessageQueue queue = queue();
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
        MessageQueue queue = queue();
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
        MessageQueue queue = queue();
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

    private static String text(MemorySegment segment, int length) {
        return new String(segment.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE), UTF_8);
    }

    /**
     * A {@link Message} has memory of its own, of which its payload is all between position and
     * limit, and which may be written.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void messagesHaveMemoryOfTheirOwn() throws Exception {
        MessageQueue queue = queue();
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
     * The blocking forms do not block when they need not.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void blockingFormsWorkAtOnce() throws Exception {
        MessageQueue queue = queue();
        queue.send(bytes("zero"));
        queue.send(bytes("one"), 1);
        queue.send(segment("two"), 2);
        MemorySegment segment = MemorySegment.ofArray(new byte[SIZE]);
        assertEquals(MessageQueue.receipt(3, 2), queue.receive(segment));
        ByteBuffer buffer = ByteBuffer.allocate(SIZE);
        assertEquals(1, queue.receive(buffer));
        assertEquals("one", text(buffer.flip()));
        assertEquals("zero", text(queue.receive().payload()));
    }

    /**
     * With {@link Capability#OUTLIVES_CREATOR} the messages stay when every handle is closed.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void messagesStayAfterClose() throws Exception {
        require(Capability.OUTLIVES_CREATOR);
        MessageQueue queue = queue();
        queue.trySend(bytes("low"), 1);
        queue.trySend(bytes("high"), 2);
        queue.close();
        MessageQueue later = open(queue);
        assertEquals(2, later.messageCount());
        assertEquals("2 high", next(later));
        assertEquals("1 low", next(later));
    }

    /**
     * Every method that uses a closed queue is an {@link IllegalStateException}.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void refusesUseAfterClose() throws Exception {
        MessageQueue queue = queue();
        queue.trySend(bytes("x"), 0);
        queue.close();
        ByteBuffer buffer = ByteBuffer.allocate(SIZE);
        MemorySegment segment = MemorySegment.ofArray(new byte[SIZE]);
        Duration second = Duration.ofSeconds(1);
        for (Executable call :
                List.<Executable>of(
                        () -> queue.send(buffer),
                        () -> queue.send(buffer, 1),
                        () -> queue.trySend(buffer, 1),
                        () -> queue.trySend(buffer, 1, second),
                        () -> queue.send(segment, 1),
                        () -> queue.trySend(segment, 1),
                        () -> queue.trySend(segment, 1, second),
                        queue::receive,
                        queue::tryReceive,
                        () -> queue.tryReceive(second),
                        () -> queue.receive(buffer),
                        () -> queue.tryReceive(buffer),
                        () -> queue.tryReceive(buffer, second),
                        () -> queue.receive(segment),
                        () -> queue.tryReceive(segment),
                        () -> queue.tryReceive(segment, second),
                        queue::messageCount)) {
            assertThrows(IllegalStateException.class, call);
        }
        assertEquals(0, buffer.position());
    }

    /**
     * A queue that is closed while others use it gives them {@link IllegalStateException} or {@link
     * IpcClosedException}, and the process lives.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void closeUnderUseIsSafe() throws Exception {
        for (int round = 0; round < 30; round++) {
            MessageQueue queue = queue();
            List<Task<Void>> users = new ArrayList<>();
            for (Task.Kind kind : Task.Kind.values()) {
                users.add(
                        Task.start(
                                kind,
                                () -> {
                                    while (true) {
                                        queue.trySend(bytes("x"), 0);
                                        queue.tryReceive(Duration.ofNanos(100_000));
                                        queue.tryReceive();
                                    }
                                }));
            }
            Thread.sleep(2);
            queue.close();
            provider().remove(queue.name());
            for (Task<Void> user : users) {
                Exception e = user.failure(Exception.class);
                assertTrue(
                        e instanceof IllegalStateException || e instanceof IpcClosedException,
                        e::toString);
            }
        }
    }

    /**
     * More than the system has is a {@link ResourceLimitException}, and nothing is left under the
     * name.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void refusesMoreThanThereIs() throws Exception {
        IpcName name = fresh();
        MessageQueueOptions options = MessageQueueOptions.of(Integer.MAX_VALUE, Integer.MAX_VALUE);
        ResourceLimitException e =
                assertThrows(ResourceLimitException.class, () -> provider().create(name, options));
        assertTrue(e.getMessage().contains(name.value()), e::getMessage);
        assertEquals(Optional.empty(), provider().find(name));
        create(name, Access.OWNER);
    }

    /**
     * With several senders and receivers, on both kinds of threads, every message is received once,
     * and a receiver sees the messages of one sender in their order.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void deliversOnceAndInOrder() throws Exception {
        MessageQueue queue = queue(3, 16);
        int senders = 3;
        int each = 1_000;
        AtomicInteger left = new AtomicInteger(senders * each);
        List<Task<Void>> sending = new ArrayList<>();
        List<Task<List<int[]>>> receiving = new ArrayList<>();
        for (int s = 0; s < senders; s++) {
            int sender = s;
            MessageQueue mine = open(queue);
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

    /**
     * What need not wait allocates nothing, with buffers and segments, heap and native.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void allocatesNothing() throws Exception {
        MessageQueue queue = queue();
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
