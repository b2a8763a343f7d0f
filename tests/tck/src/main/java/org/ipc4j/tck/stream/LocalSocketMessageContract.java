// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.stream;

import static org.ipc4j.tck.stream.LocalSockets.MESSAGES;
import static org.ipc4j.tck.stream.Pipes.bytes;
import static org.ipc4j.tck.stream.Pipes.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.spi.Capability;
import org.ipc4j.spi.LocalSocketProvider;
import org.ipc4j.stream.LocalSocket;
import org.ipc4j.stream.LocalSocketPair;
import org.ipc4j.tck.ProviderFixture;
import org.ipc4j.tck.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/** Messages through a {@link LocalSocket} of type {@code SEQPACKET}. */
public abstract class LocalSocketMessageContract extends ProviderFixture<LocalSocketProvider> {
    /** For subclasses. */
    protected LocalSocketMessageContract() {}

    /** Skips all where there are no messages. */
    @BeforeEach
    protected void requireMessages() {
        require(Capability.MESSAGE_SOCKETS);
    }

    private LocalSockets sockets() {
        return new LocalSockets(provider(), this::fresh, this::closing);
    }

    private List<LocalSocketPair> both() throws Exception {
        return List.of(sockets().connected(MESSAGES), sockets().pair(MESSAGES));
    }

    /**
     * Each write is a message, and a read gets one, whatever room there is.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void boundariesAreKept() throws Exception {
        for (LocalSocketPair ends : both()) {
            List<String> messages = List.of("one", "2", "three and more");
            for (String message : messages) {
                ends.first().write(bytes(message));
            }
            assertFalse(ends.second().isMessageComplete());
            for (String message : messages) {
                ByteBuffer target = ByteBuffer.allocate(100);
                assertEquals(message.length(), ends.second().read(target));
                assertEquals(message, text(target.flip()));
                assertTrue(ends.second().isMessageComplete());
            }
            assertEquals(0, ends.second().read(ByteBuffer.allocate(1), Duration.ZERO));
            assertFalse(ends.second().isMessageComplete());
        }
    }

    /**
     * What a target has no room for is left for the next read, which is told; nothing is lost, and
     * no byte of the next message comes with it.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void truncationIsToldAndLosesNothing() throws Exception {
        for (LocalSocketPair ends : both()) {
            for (boolean direct : new boolean[] {false, true}) {
                ends.first().write(bytes("abcdefg"));
                ends.first().write(bytes("next"));
                ByteBuffer target = direct ? ByteBuffer.allocateDirect(3) : ByteBuffer.allocate(3);
                assertEquals(3, ends.second().read(target, Pipes.LONG));
                assertFalse(ends.second().isMessageComplete());
                assertEquals("abc", text(target.flip()));
                assertEquals(3, ends.second().read(target.clear(), Duration.ZERO));
                assertFalse(ends.second().isMessageComplete());
                assertEquals("def", text(target.flip()));
                assertEquals(1, ends.second().read(target.clear()));
                assertTrue(ends.second().isMessageComplete());
                assertEquals("g", text(target.flip()));
                ByteBuffer large = ByteBuffer.allocate(100);
                assertEquals(4, ends.second().read(large));
                assertEquals("next", text(large.flip()));
            }
        }
    }

    /**
     * The rest of a message is there for a virtual thread that waits, and after the other end has
     * closed.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void restOutlivesThePeer() throws Exception {
        for (LocalSocketPair ends : both()) {
            ends.first().write(bytes("abc"));
            ends.first().close();
            ByteBuffer one = ByteBuffer.allocate(1);
            assertEquals(1, ends.second().read(one));
            assertEquals(
                    1,
                    Task.run(Task.Kind.VIRTUAL, () -> ends.second().read(one.clear(), Pipes.LONG)));
            assertEquals(1, ends.second().read(one.clear()));
            assertTrue(ends.second().isMessageComplete());
            assertEquals(-1, ends.second().read(one.clear()));
        }
    }

    /**
     * Messages up to the limit go through whole, from the heap and from native memory; longer ones
     * are refused, and nothing of them is written.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void longMessagesGoThroughWhole() throws Exception {
        LocalSocketPair ends = sockets().connected(MESSAGES);
        int longest = ends.first().maxMessageSize();
        assertTrue(longest >= MESSAGES.bufferSize(), () -> "only " + longest);
        int[] sizes = {70_000, MESSAGES.bufferSize()};
        for (int size : sizes) {
            for (boolean direct : new boolean[] {false, true}) {
                ByteBuffer source =
                        direct ? ByteBuffer.allocateDirect(size) : ByteBuffer.allocate(size);
                source.put(size - 1, (byte) 7);
                Task<Integer> writing =
                        Task.start(() -> ends.first().write(source, Duration.ofDays(1)));
                ByteBuffer target =
                        direct
                                ? ByteBuffer.allocateDirect(size + 1)
                                : ByteBuffer.allocate(size + 1);
                assertEquals(size, ends.second().read(target));
                assertEquals(7, target.get(size - 1));
                assertEquals(size, writing.result());
            }
        }
        if (longest < Integer.MAX_VALUE - 8) {
            ByteBuffer tooLong = ByteBuffer.allocateDirect(longest + 1);
            for (LocalSocket end : List.of(ends.first(), ends.second())) {
                assertThrows(IllegalArgumentException.class, () -> end.write(tooLong.duplicate()));
                assertThrows(
                        IllegalArgumentException.class,
                        () -> end.write(tooLong.duplicate(), Duration.ZERO));
                assertThrows(
                        IllegalArgumentException.class,
                        () -> end.write(new ByteBuffer[] {tooLong.duplicate()}));
                assertTrue(end.isOpen());
            }
            assertEquals(0, ends.second().read(ByteBuffer.allocate(1), Duration.ZERO));
        }
    }

    /**
     * A message is written whole or not at all, when there is no room for it in time.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void messageIsWrittenWholeOrNotAtAll() throws Exception {
        LocalSocketPair ends = sockets().connected(MESSAGES.withBufferSize(4096));
        int size = 1000;
        int written = 0;
        ByteBuffer source = ByteBuffer.allocate(size);
        while (ends.first().write(source.clear(), Duration.ofMillis(1)) == size) {
            written++;
        }
        assertEquals(0, source.position());
        assertTrue(written > 0);
        ByteBuffer target = ByteBuffer.allocate(2 * size);
        for (int i = 0; i < written; i++) {
            assertEquals(size, ends.second().read(target.clear(), Pipes.LONG));
        }
        assertEquals(0, ends.second().read(target.clear(), Duration.ZERO));
    }

    /**
     * Buffers are gathered to one message, and a message is scattered to buffers.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void gathersOneMessage() throws Exception {
        LocalSocketPair ends = sockets().connected(MESSAGES);
        ByteBuffer[] sources = {bytes("ab"), bytes("cde")};
        assertEquals(5, ends.first().write(sources));
        assertFalse(sources[1].hasRemaining());
        ends.first().write(bytes("next"));
        ByteBuffer[] targets = {ByteBuffer.allocate(3), ByteBuffer.allocate(30)};
        assertEquals(5, ends.second().read(targets));
        assertTrue(ends.second().isMessageComplete());
        assertEquals("abc", text(targets[0].flip()));
        assertEquals("de", text(targets[1].flip()));
        ends.first().write(bytes("x"));
        ByteBuffer[] small = {ByteBuffer.allocate(1), ByteBuffer.allocate(1)};
        assertEquals(2, ends.second().read(small));
        assertFalse(ends.second().isMessageComplete());
        assertEquals(2, ends.second().read(ByteBuffer.allocate(30)));
        assertEquals(1, ends.second().read(ByteBuffer.allocate(30)));
    }
}
