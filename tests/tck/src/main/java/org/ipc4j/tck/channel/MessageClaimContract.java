// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.channel;

import static org.ipc4j.tck.channel.Messages.CAPACITY;
import static org.ipc4j.tck.channel.Messages.SIZE;
import static org.ipc4j.tck.channel.Messages.all;
import static org.ipc4j.tck.channel.Messages.assertNothing;
import static org.ipc4j.tck.channel.Messages.bytes;
import static org.ipc4j.tck.channel.Messages.claim;
import static org.ipc4j.tck.channel.Messages.drain;
import static org.ipc4j.tck.channel.Messages.fill;
import static org.ipc4j.tck.channel.Messages.next;
import static org.ipc4j.tck.channel.Messages.send;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.ipc4j.channel.MessageSink;
import org.ipc4j.channel.MessageSource;
import org.ipc4j.spi.NamedObjectProvider;
import org.ipc4j.tck.Task;
import org.junit.jupiter.api.Test;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/**
 * When a message is there and when it is not: claimed, staged, sent, given up.
 *
 * @param <P> the provider interface
 */
public abstract class MessageClaimContract<P extends NamedObjectProvider>
        extends MessageFixture<P> {
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** For subclasses. */
    protected MessageClaimContract() {}

    /**
     * What is claimed is sent by its commit, not before.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void committedMessagesAreThere() throws Exception {
        Passage passage = passage();
        MessageSink sink = passage.sink();
        MessageSource source = passage.source();
        assertNothing(source);
        claim(sink, "claimed");
        assertNothing(source);
        assertFalse(source.await(Duration.ZERO));
        sink.commit();
        assertTrue(source.await(Duration.ZERO));
        assertEquals("claimed", next(source));
        assertFalse(source.await(Duration.ZERO));
        assertNothing(source);
    }

    /**
     * A place is claimed at a multiple of 8, within the memory, which is the same each time; the
     * source hands out its own, at a multiple of 8 too.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void messagesAreAlignedInOneMemory() throws Exception {
        Passage passage = passage();
        MessageSink sink = passage.sink();
        MessageSource source = passage.source();
        Object[] seen = new Object[1];
        for (int length = 0; length <= SIZE; length++) {
            long offset = sink.tryClaim(length);
            assertEquals(0, offset % 8);
            assertTrue(offset >= 0 && offset + length <= sink.memory().byteSize());
            sink.commit();
            int expected = length;
            assertEquals(
                    1,
                    source.poll(
                            (memory, at, received) -> {
                                assertEquals(0, at % 8);
                                assertEquals(expected, received);
                                seen[0] = seen[0] == null ? memory : seen[0];
                                assertSame(seen[0], memory);
                            },
                            2));
        }
        assertSame(sink.memory(), sink.memory());
    }

    /**
     * What is staged is sent by the next commit, or publication, all of it and in order.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void stagedMessagesAreSentTogether() throws Exception {
        Passage passage = passage();
        MessageSink sink = passage.sink();
        MessageSource source = passage.source();
        sink.publish();
        assertNothing(source);
        stage(sink, "1");
        stage(sink, "2");
        assertNothing(source);
        claim(sink, "3");
        sink.commit();
        assertEquals("1 2 3", all(source));
        stage(sink, "4");
        sink.publish();
        sink.publish();
        assertEquals("4", all(source));
        stage(sink, "5");
        send(sink, "6");
        assertEquals("5 6", all(source));
    }

    private static void stage(MessageSink sink, String text) {
        claim(sink, text);
        sink.stage();
    }

    /**
     * If staged messages fill the ring they are sent, so that the source can make room.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void stagedMessagesThatFillTheRingAreSent() throws Exception {
        Passage passage = passage();
        MessageSink sink = passage.sink();
        MessageSource source = passage.source();
        int staged = 0;
        while (sink.tryClaim(64 - overhead()) >= 0) {
            sink.stage();
            staged++;
        }
        assertEquals(CAPACITY / 64, staged);
        assertEquals(staged, drain(source));
    }

    /**
     * A claim that is given up was never there; the staged messages before it stay.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void abortedMessagesAreNotThere() throws Exception {
        Passage passage = passage();
        MessageSink sink = passage.sink();
        MessageSource source = passage.source();
        stage(sink, "before");
        claim(sink, "given up");
        sink.abort();
        sink.publish();
        claim(sink, "given up again");
        sink.abort();
        send(sink, "after");
        assertEquals("before after", all(source));
    }

    /**
     * A claim is not sent by a publication, wherever in the ring it is; and can be given up or
     * committed afterwards.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void publishingLeavesTheClaimAlone() throws Exception {
        Passage passage = passage();
        MessageSink sink = passage.sink();
        MessageSource source = passage.source();
        for (int i = 0; i < 3 * CAPACITY / 8; i++) {
            stage(sink, "s" + i);
            claim(sink, "c".repeat(500));
            sink.publish();
            assertEquals("s" + i, all(source));
            assertFalse(source.await(Duration.ZERO));
            if (i % 2 == 0) {
                sink.commit();
                assertEquals("c".repeat(500), all(source));
            } else {
                sink.abort();
                sink.publish();
                assertFalse(source.await(Duration.ZERO), "there is nothing but a gap");
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
        Passage passage = passage();
        MessageSink sink = passage.sink();
        MessageSource source = passage.source();
        assertThrows(IllegalStateException.class, sink::commit);
        assertThrows(IllegalStateException.class, sink::stage);
        assertThrows(IllegalStateException.class, sink::abort);
        claim(sink, "first");
        assertThrows(IllegalStateException.class, () -> sink.tryClaim(1));
        assertThrows(IllegalStateException.class, () -> sink.trySend(bytes("second")));
        assertThrows(IllegalStateException.class, () -> sink.send(bytes("second")));
        assertThrows(IllegalStateException.class, () -> sink.claim(1, SECOND));
        assertNothing(source);
        sink.commit();
        assertThrows(IllegalStateException.class, sink::commit);
        assertThrows(IllegalStateException.class, sink::abort);
        assertEquals("first", all(source));
    }

    /**
     * A ring holds its capacity: messages, each with what an empty one takes, rounded up to a
     * multiple of that.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void holdsItsCapacity() throws Exception {
        int unit = overhead();
        for (int length = 0; length <= 64; length++) {
            Passage passage = passage();
            int size = (length + unit + unit - 1) / unit * unit;
            assertEquals(CAPACITY / size, fill(passage.sink(), length), "of length " + length);
            assertEquals(CAPACITY / size, drain(passage.source()));
            passage.sink().close();
            passage.source().close();
            provider().remove(passage.sink().name());
        }
    }

    /**
     * What is handled in place stays as it is until the handler returns, though the sink has filled
     * the rest of the ring meanwhile.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void messagesStayWhileTheyAreHandled() throws Exception {
        Passage passage = passage();
        MessageSink sink = passage.sink();
        MessageSource source = passage.source();
        for (int i = 0; i < 200; i++) {
            String text = "in hand " + i;
            send(sink, text);
            assertEquals(
                    1,
                    source.poll(
                            (memory, offset, length) -> {
                                int value = memory.get(ValueLayout.JAVA_BYTE, offset);
                                while (sink.tryClaim(40) >= 0) {
                                    sink.commit();
                                }
                                assertEquals('i', value);
                                assertEquals(text, Messages.text(memory, offset, length));
                            },
                            1));
            drain(source);
        }
    }

    /**
     * A claim that waits is as one that does not if there is room; it may be committed, staged or
     * given up.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void claimsWithATimeout() throws Exception {
        Passage passage = passage();
        MessageSink sink = passage.sink();
        MessageSource source = passage.source();
        for (Duration timeout : List.of(Duration.ZERO, Duration.ofNanos(-1), SECOND)) {
            write(sink, sink.claim(6, timeout), "staged");
            sink.stage();
            write(sink, sink.claim(8, timeout), "given up");
            sink.abort();
            assertNothing(source);
            write(sink, sink.claim(4, timeout), "sent");
            sink.commit();
            assertEquals("staged sent", all(source));
        }
        assertThrows(NullPointerException.class, () -> sink.claim(1, null));
        assertThrows(IllegalStateException.class, sink::abort, "nothing is claimed");
    }

    private static void write(MessageSink sink, long offset, String text) {
        assertTrue(offset >= 0 && offset % 8 == 0, () -> "an offset of " + offset);
        MemorySegment.copy(
                MemorySegment.ofArray(text.getBytes(UTF_8)),
                0,
                sink.memory(),
                offset,
                text.length());
    }

    /**
     * If there is no room in time nothing is claimed; what was staged before is sent, so that there
     * will be some.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void claimsGiveUpInTime() throws Exception {
        Passage passage = passage();
        MessageSink sink = passage.sink();
        int staged = 0;
        while (staged < CAPACITY / 64) {
            assertTrue(sink.claim(64 - overhead(), SECOND) >= 0);
            sink.stage();
            staged++;
        }
        for (Duration timeout : List.of(Duration.ZERO, Duration.ofMillis(12))) {
            assertEquals(MessageSink.FULL, sink.claim(0, timeout));
            assertThrows(IllegalStateException.class, sink::abort);
        }
        assertEquals(staged, drain(passage.source()));
        assertTrue(sink.claim(0, Duration.ZERO) >= 0);
        sink.abort();
    }

    /**
     * What is handled makes room for a claim that waits.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void claimsWaitForRoom() throws Exception {
        for (Task.Kind kind : Task.Kind.values()) {
            Passage passage = passage();
            MessageSink sink = passage.sink();
            fill(sink, 64 - overhead());
            Task<Long> task = Task.start(kind, () -> sink.claim(4, Duration.ofMinutes(5)));
            task.assertWaiting();
            assertEquals(CAPACITY / 64, drain(passage.source()));
            write(sink, task.result(), "room");
            sink.commit();
            assertEquals("room", all(passage.source()));
        }
    }

    /**
     * What comes behind a gap is received though the gap was sent, and seen, before it.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void whatComesBehindAGapIsThere() throws Exception {
        Passage passage = passage();
        MessageSink sink = passage.sink();
        MessageSource source = passage.source();
        ByteBuffer target = ByteBuffer.allocate(SIZE);
        for (int i = 0; i < 200; i++) {
            send(sink, "before");
            claim(sink, "b".repeat(SIZE - i));
            sink.publish(); // of nothing but a gap, if the claim is at the beginning of the ring
            assertEquals(6, source.tryReceive(target.clear()));
            sink.commit();
            assertEquals(SIZE - i, source.tryReceive(target.clear()));
        }
    }
}
