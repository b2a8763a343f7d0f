// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.channel;

import static org.ipc4j.tck.channel.Messages.SIZE;
import static org.ipc4j.tck.channel.Messages.all;
import static org.ipc4j.tck.channel.Messages.assertIllegal;
import static org.ipc4j.tck.channel.Messages.assertNothing;
import static org.ipc4j.tck.channel.Messages.fill;
import static org.ipc4j.tck.channel.Messages.next;
import static org.ipc4j.tck.channel.Messages.send;
import static org.ipc4j.tck.channel.Messages.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.nio.charset.StandardCharsets.UTF_8;

import org.ipc4j.channel.MessageHandler;
import org.ipc4j.channel.MessageSink;
import org.ipc4j.channel.MessageSource;
import org.ipc4j.spi.NamedObjectProvider;
import org.ipc4j.tck.Allocation;
import org.ipc4j.tck.Task;
import org.junit.jupiter.api.Test;

import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ReadOnlyBufferException;
import java.time.Duration;
import java.util.List;

/**
 * From and to which buffers the copying methods send and receive, which of them they refuse, and
 * that nothing is allocated for a message.
 *
 * @param <P> the provider interface
 */
public abstract class MessageBufferContract<P extends NamedObjectProvider>
        extends MessageFixture<P> {
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** For subclasses. */
    protected MessageBufferContract() {}

    /**
     * Buffers of every kind send what is between position and limit, and nothing else; the position
     * is moved to the limit, nothing else of the buffer is changed.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void everyKindOfBufferSends() throws Exception {
        Passage passage = passage();
        MessageSink sink = passage.sink();
        MessageSource source = passage.source();
        for (ByteBuffer whole : buffers(40)) {
            whole.put(10, "0123456789".getBytes(UTF_8));
            for (ByteBuffer message : List.of(whole, whole.asReadOnlyBuffer(), whole.duplicate())) {
                for (boolean timed : new boolean[] {false, true}) {
                    message.clear().position(12).limit(17);
                    assertTrue(timed ? sink.send(message, SECOND) : sink.trySend(message));
                    assertEquals(17, message.position());
                    assertEquals(17, message.limit());
                    assertEquals("23456", next(source));
                }
                sink.send(message.limit(20).position(19));
                assertEquals("9", all(source));
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
        Passage passage = passage();
        MessageSink sink = passage.sink();
        MessageSource source = passage.source();
        int size = SIZE + 40;
        for (ByteBuffer target : buffers(size)) {
            for (int form = 0; form < 3; form++) {
                for (int i = 0; i < size; i++) {
                    target.put(i, (byte) '.');
                }
                send(sink, "23456");
                target.clear().position(12).limit(12 + SIZE + 1);
                assertEquals(5, receive(source, target, form));
                assertEquals(17, target.position());
                assertEquals(12 + SIZE + 1, target.limit());
                assertEquals(
                        "............23456" + ".".repeat(size - 17),
                        text(target.duplicate().clear()));
                assertEquals(MessageSource.NONE, source.tryReceive(target.clear()));
                assertEquals(MessageSource.NONE, source.receive(target, Duration.ZERO));
                assertEquals(0, target.position());
            }
        }
    }

    private static int receive(MessageSource source, ByteBuffer target, int form) throws Exception {
        return switch (form) {
            case 0 -> source.tryReceive(target);
            case 1 -> source.receive(target, SECOND);
            default -> source.receive(target);
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
        Passage passage = passage();
        MessageSink sink = passage.sink();
        MessageSource source = passage.source();
        ByteBuffer target = ByteBuffer.allocate(SIZE);
        assertTrue(sink.trySend(ByteBuffer.allocate(0)));
        assertTrue(sink.trySend(ByteBuffer.allocateDirect(0)));
        assertTrue(sink.tryClaim(0) >= 0);
        sink.commit();
        assertEquals(0, source.tryReceive(target));
        assertEquals(0, source.receive(target));
        assertEquals(0, target.position());
        assertEquals("", next(source));
        assertNothing(source);
    }

    /**
     * A target that could not hold the longest message is an {@link IllegalArgumentException} that
     * tells the limit, though the next message would fit; the message stays.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void refusesSmallTargets() throws Exception {
        Passage passage = passage();
        MessageSink sink = passage.sink();
        MessageSource source = passage.source();
        ByteBuffer small = ByteBuffer.allocate(SIZE + 10).position(11);
        for (boolean empty : new boolean[] {true, false}) {
            if (!empty) {
                send(sink, "stays");
            }
            assertIllegal(() -> source.tryReceive(small), "" + SIZE);
            assertIllegal(() -> source.receive(small), "" + SIZE);
            assertIllegal(() -> source.receive(small, SECOND), "" + SIZE);
            assertIllegal(() -> source.receive(small, Duration.ZERO), "" + SIZE);
            assertIllegal(() -> source.tryReceive(ByteBuffer.allocate(0)), "" + SIZE);
            assertEquals(11, small.position());
        }
        assertEquals("stays", all(source));
    }

    /**
     * A read-only target is refused, and the message stays.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void refusesReadOnlyTargets() throws Exception {
        Passage passage = passage();
        MessageSink sink = passage.sink();
        MessageSource source = passage.source();
        send(sink, "stays");
        for (ByteBuffer target :
                List.of(
                        ByteBuffer.allocate(SIZE).asReadOnlyBuffer(),
                        ByteBuffer.allocateDirect(SIZE).asReadOnlyBuffer())) {
            assertThrows(ReadOnlyBufferException.class, () -> source.tryReceive(target));
            assertThrows(ReadOnlyBufferException.class, () -> source.receive(target));
            assertThrows(ReadOnlyBufferException.class, () -> source.receive(target, SECOND));
            assertEquals(0, target.position());
        }
        assertEquals("stays", all(source));
    }

    /**
     * A buffer that cannot be read, or written, in this thread is refused by an exception of its
     * own; nothing is sent or received, and both ends stay usable.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void unusableBuffersChangeNothing() throws Exception {
        Passage passage = passage();
        MessageSink sink = passage.sink();
        MessageSource source = passage.source();
        ByteBuffer closed;
        try (Arena arena = Arena.ofConfined()) {
            closed = arena.allocate(SIZE).asByteBuffer();
            ByteBuffer confined = closed;
            Task.start(() -> sink.trySend(confined)).failure(WrongThreadException.class);
        }
        assertThrows(IllegalStateException.class, () -> sink.trySend(closed));
        assertThrows(IllegalStateException.class, () -> sink.send(closed, SECOND));
        assertNothing(source);
        send(sink, "stays");
        assertThrows(IllegalStateException.class, () -> source.tryReceive(closed));
        assertThrows(IllegalStateException.class, () -> source.receive(closed, SECOND));
        assertEquals(0, closed.position());
        assertEquals("stays", all(source));
    }

    /**
     * A message that is too long is an {@link IllegalArgumentException} that tells the limit, also
     * when there is no room; nothing is sent or claimed.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void refusesTooLongMessages() throws Exception {
        Passage passage = passage(100);
        MessageSink sink = passage.sink();
        MessageSource source = passage.source();
        for (int round = 0; round < 2; round++) {
            ByteBuffer message = ByteBuffer.allocate(101);
            assertIllegal(() -> sink.tryClaim(101), "100");
            assertIllegal(() -> sink.tryClaim(Integer.MAX_VALUE), "100");
            assertIllegal(() -> sink.tryClaim(-1), "-1");
            assertIllegal(() -> sink.tryClaim(Integer.MIN_VALUE), "100");
            assertIllegal(() -> sink.claim(101, SECOND), "100");
            assertIllegal(() -> sink.claim(-1, Duration.ZERO), "-1");
            assertIllegal(() -> sink.trySend(message), "100");
            assertIllegal(() -> sink.send(message), "100");
            assertIllegal(() -> sink.send(message, Duration.ZERO), "100");
            assertIllegal(() -> sink.send(message, Duration.ofSeconds(1)), "100");
            assertEquals(0, message.position());
            assertThrows(IllegalStateException.class, sink::commit);
            if (round == 0) {
                assertNothing(source);
                assertTrue(fill(sink, 100) > 0);
            }
        }
    }

    /**
     * With one channel or topic nothing is allocated for a message, in place, in batches, or copied
     * from and to buffers of every kind.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void oneAllocatesNothing() throws Exception {
        allocatesNothing(1);
    }

    /**
     * With twenty of them in the process, used in turn, nothing is allocated for a message either.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void twentyAllocateNothing() throws Exception {
        allocatesNothing(20);
    }

    private void allocatesNothing(int count) throws Exception {
        Passage[] all = passages(count).toArray(Passage[]::new);
        long[] sum = new long[1];
        MessageHandler handler =
                (memory, offset, length) -> sum[0] += memory.get(JAVA_LONG_UNALIGNED, offset);
        Allocation.assertNone(
                "in place, " + count + " passages",
                () -> {
                    for (Passage each : all) {
                        inPlace(each.sink());
                        each.sink().commit();
                        each.source().poll(handler, 1);
                    }
                });
        Allocation.assertNone(
                "batches, " + count + " passages",
                () -> {
                    for (Passage each : all) {
                        for (int i = 0; i < 8; i++) {
                            inPlace(each.sink());
                            each.sink().stage();
                        }
                        each.sink().publish();
                        each.source().poll(handler, 10);
                    }
                });
        for (ByteBuffer buffer :
                List.of(ByteBuffer.allocate(SIZE), ByteBuffer.allocateDirect(SIZE))) {
            Allocation.assertNone(
                    "copied by " + buffer + ", " + count + " passages",
                    () -> {
                        for (Passage each : all) {
                            each.sink().trySend(buffer.clear().limit(64));
                            each.source().tryReceive(buffer.clear());
                            each.sink().send(buffer.clear().limit(64), SECOND);
                            each.source().receive(buffer.clear(), SECOND);
                        }
                    });
        }
        assertTrue(sum[0] > 0, "the messages were read");
    }

    private static void inPlace(MessageSink sink) {
        long offset = sink.tryClaim(64);
        sink.memory().set(JAVA_LONG_UNALIGNED, offset, 1);
    }
}
