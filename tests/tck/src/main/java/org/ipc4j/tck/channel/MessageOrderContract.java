// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.channel;

import static org.ipc4j.tck.channel.Messages.CAPACITY;
import static org.ipc4j.tck.channel.Messages.SIZE;
import static org.ipc4j.tck.channel.Messages.all;
import static org.ipc4j.tck.channel.Messages.assertNothing;
import static org.ipc4j.tck.channel.Messages.drain;
import static org.ipc4j.tck.channel.Messages.next;
import static org.ipc4j.tck.channel.Messages.send;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import org.ipc4j.channel.MessageSink;
import org.ipc4j.channel.MessageSource;
import org.ipc4j.spi.NamedObjectProvider;
import org.junit.jupiter.api.Test;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Random;

/**
 * Every message arrives once, byte for byte, in the order in which it was sent, and both sides call
 * it by the same position; also when handlers throw.
 *
 * @param <P> the provider interface
 */
public abstract class MessageOrderContract<P extends NamedObjectProvider>
        extends MessageFixture<P> {
    /** For subclasses. */
    protected MessageOrderContract() {}

    /**
     * If a handler throws, what it throws is passed on; its message comes again with the same
     * position, and no other does.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void whatAHandlerThrowsAtComesAgain() throws Exception {
        Passage passage = passage();
        MessageSink sink = passage.sink();
        MessageSource source = passage.source();
        for (int i = 0; i < 10; i++) {
            send(sink, "" + i);
        }
        Messages.Failure failure = new Messages.Failure();
        StringBuilder handled = new StringBuilder();
        assertSame(
                failure,
                assertThrows(
                        Messages.Failure.class,
                        () ->
                                source.poll(
                                        (memory, offset, length) -> {
                                            String text = Messages.text(memory, offset, length);
                                            if (text.equals("4")) {
                                                throw failure;
                                            }
                                            handled.append(text);
                                        },
                                        100)));
        assertEquals("0123", handled.toString());
        long position = source.position();
        for (int i = 0; i < 3; i++) {
            assertThrows(
                    Messages.Failure.class,
                    () ->
                            source.poll(
                                    (m, o, l) -> {
                                        throw failure;
                                    },
                                    1));
            assertEquals(position, source.position());
        }
        assertEquals("4", next(source));
        assertEquals(position, source.position());
        assertEquals("5 6 7 8 9", all(source));
    }

    /**
     * Messages of every length arrive byte for byte wherever in the ring they begin, also where
     * there is a gap before its end.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void everyLengthArrivesAroundTheEnd() throws Exception {
        Passage passage = passage();
        MessageSink sink = passage.sink();
        MessageSource source = passage.source();
        Random random = new Random(3);
        for (int before = 0; before <= SIZE + 16; before += overhead()) {
            for (int length : new int[] {0, 1, 7, 8, 9, random.nextInt(SIZE), SIZE - 1, SIZE}) {
                toEnd(sink, source, before);
                byte[] sent = new byte[length];
                random.nextBytes(sent);
                long offset = sink.tryClaim(length);
                MemorySegment.copy(sent, 0, sink.memory(), JAVA_BYTE, offset, length);
                sink.commit();
                send(sink, "behind");
                byte[][] received = new byte[1][];
                source.poll(
                        (memory, at, got) ->
                                received[0] = memory.asSlice(at, got).toArray(JAVA_BYTE),
                        1);
                assertArrayEquals(sent, received[0]);
                assertEquals("behind", all(source));
            }
        }
    }

    /** Sends until a number of bytes is left to the end of the ring. */
    private void toEnd(MessageSink sink, MessageSource source, int left) throws Exception {
        sink.tryClaim(0);
        sink.stage();
        sink.publish();
        long behind = sink.position() + overhead();
        while (Math.floorMod(-behind, (long) CAPACITY) != left % CAPACITY) {
            sink.tryClaim(0);
            sink.commit();
            behind = sink.position() + overhead();
            drain(source);
        }
        drain(source);
    }

    /**
     * Many laps of the ring, with messages of random length and content, staged, committed, copied
     * and given up at random: all arrive, and nothing else does.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void manyLapsKeepEveryByte() throws Exception {
        Passage passage = passage();
        MessageSink sink = passage.sink();
        MessageSource source = passage.source();
        Random random = new Random(4);
        Queue<byte[]> staged = new ArrayDeque<>();
        Queue<byte[]> sent = new ArrayDeque<>();
        ByteBuffer target = ByteBuffer.allocateDirect(SIZE);
        while (sink.position() < 2_000L * CAPACITY) {
            byte[] message = new byte[random.nextInt(random.nextBoolean() ? 64 : SIZE + 1)];
            random.nextBytes(message);
            long offset = sink.tryClaim(message.length);
            if (offset == MessageSink.FULL) {
                sent.addAll(staged);
                staged.clear();
                handle(source, random, target, sent);
                continue;
            }
            MemorySegment.copy(message, 0, sink.memory(), JAVA_BYTE, offset, message.length);
            switch (random.nextInt(4)) {
                case 0 -> {
                    sink.stage();
                    staged.add(message);
                }
                case 1 -> sink.abort();
                case 2 -> {
                    sink.abort();
                    if (sink.trySend(ByteBuffer.wrap(message))) {
                        staged.add(message);
                    }
                    sent.addAll(staged);
                    staged.clear();
                }
                default -> {
                    sink.commit();
                    sent.addAll(staged);
                    sent.add(message);
                    staged.clear();
                }
            }
        }
        sink.publish();
        sent.addAll(staged);
        while (!sent.isEmpty()) {
            handle(source, random, target, sent);
        }
        assertNothing(source);
    }

    private static void handle(
            MessageSource source, Random random, ByteBuffer target, Queue<byte[]> expected)
            throws Exception {
        if (random.nextBoolean()) {
            byte[] message = expected.remove();
            assertEquals(message.length, source.tryReceive(target.clear()));
            assertEquals(ByteBuffer.wrap(message), target.flip());
        }
        source.poll(
                (memory, offset, length) ->
                        assertArrayEquals(
                                expected.remove(),
                                memory.asSlice(offset, length).toArray(JAVA_BYTE)),
                random.nextInt(8));
    }

    /**
     * Both sides give a message the same position, which no other message has; -1 before the first.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void bothSidesAgreeOnPositions() throws Exception {
        Passage passage = passage();
        MessageSink sink = passage.sink();
        MessageSource source = passage.source();
        assertEquals(-1, sink.position());
        assertEquals(-1, source.position());
        Random random = new Random(1);
        long last = -1;
        for (int i = 0; i < 2_000; i++) {
            assertTrue(sink.trySend(ByteBuffer.allocate(random.nextInt(SIZE + 1))));
            long position = sink.position();
            assertTrue(position > last, "no two have the same");
            last = position;
            assertEquals(
                    1,
                    source.poll(
                            (memory, offset, length) -> assertEquals(position, source.position()),
                            10));
            assertEquals(position, source.position());
        }
    }
}
