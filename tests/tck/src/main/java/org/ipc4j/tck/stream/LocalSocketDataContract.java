// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.stream;

import static org.ipc4j.tck.stream.LocalSockets.MESSAGES;
import static org.ipc4j.tck.stream.LocalSockets.STREAM;
import static org.ipc4j.tck.stream.LocalSockets.next;
import static org.ipc4j.tck.stream.Pipes.bytes;
import static org.ipc4j.tck.stream.Pipes.text;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.IpcClosedException;
import org.ipc4j.IpcException;
import org.ipc4j.PeerClosedException;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.LocalSocketProvider;
import org.ipc4j.stream.LocalSocket;
import org.ipc4j.stream.LocalSocketOptions;
import org.ipc4j.stream.LocalSocketPair;
import org.ipc4j.tck.ProviderFixture;
import org.ipc4j.tck.Task;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What goes through a {@link LocalSocket}, and how it ends. */
public abstract class LocalSocketDataContract extends ProviderFixture<LocalSocketProvider> {
    /** For subclasses. */
    protected LocalSocketDataContract() {}

    private LocalSockets sockets() {
        return new LocalSockets(provider(), this::fresh, this::closing);
    }

    private List<LocalSocketOptions> types() {
        return has(Capability.MESSAGE_SOCKETS) ? List.of(STREAM, MESSAGES) : List.of(STREAM);
    }

    /**
     * Bytes go both ways, in order, from and to the heap and native memory, through a connection
     * and through a pair.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void bytesGoBothWays() throws Exception {
        for (LocalSocketOptions options : types()) {
            for (LocalSocketPair ends :
                    List.of(sockets().connected(options), sockets().pair(options))) {
                ByteBuffer direct = ByteBuffer.allocateDirect(5).put(bytes("there")).flip();
                assertEquals(5, ends.first().write(direct));
                assertFalse(direct.hasRemaining());
                assertEquals(4, ends.second().write(bytes("back").asReadOnlyBuffer()));
                assertEquals("there", next(ends.second(), 5));
                ByteBuffer target = ByteBuffer.allocateDirect(10).position(3);
                assertEquals(4, ends.first().read(target));
                assertEquals("back", text(target.flip().position(3)));
                assertEquals(0, ends.first().read(ByteBuffer.allocate(1), Duration.ZERO));
                assertEquals(0, ends.first().write(ByteBuffer.allocate(0)));
                assertEquals(0, ends.first().read(ByteBuffer.allocate(0)));
            }
        }
    }

    /**
     * Much more than the buffers hold goes through, while one writes and the other reads.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void longStreamsGoThrough() throws Exception {
        byte[] sent = new byte[5_000_000];
        new Random(7).nextBytes(sent);
        for (boolean direct : new boolean[] {false, true}) {
            LocalSocketPair ends = sockets().connected(STREAM);
            ByteBuffer source =
                    direct
                            ? ByteBuffer.allocateDirect(sent.length).put(sent).flip()
                            : ByteBuffer.wrap(sent);
            Task<Integer> writing = Task.start(() -> ends.first().write(source));
            ByteBuffer target =
                    direct
                            ? ByteBuffer.allocateDirect(sent.length)
                            : ByteBuffer.allocate(sent.length);
            while (target.hasRemaining()) {
                assertTrue(ends.second().read(target) > 0);
            }
            assertEquals(sent.length, writing.result());
            byte[] received = new byte[sent.length];
            target.flip().get(received);
            assertArrayEquals(sent, received);
        }
    }

    /**
     * A read that waits keeps no write waiting, nor the reverse.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void readingAndWritingAreIndependent() throws Exception {
        for (LocalSocketOptions options : types()) {
            LocalSocketPair ends = sockets().connected(options);
            for (Task.Kind kind : Task.Kind.values()) {
                Task<String> reading = Task.start(kind, () -> next(ends.first(), 4));
                reading.assertWaiting();
                ends.first().write(bytes("out"));
                assertEquals("out", next(ends.second(), 3));
                ends.second().write(bytes("back"));
                assertEquals("back", reading.result());
            }
        }
    }

    /**
     * Buffers are filled in order, and written in order, without anything from other threads
     * between.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void scattersAndGathers() throws Exception {
        LocalSocketPair ends = sockets().connected(STREAM);
        ByteBuffer[] sources = {bytes("ab"), bytes(""), bytes("cde"), bytes("f")};
        assertEquals(6, ends.first().write(sources));
        ByteBuffer[] targets = {
            ByteBuffer.allocate(1), ByteBuffer.allocateDirect(2), ByteBuffer.allocate(9)
        };
        assertEquals(6, ends.second().read(targets));
        assertEquals("a", text(targets[0].flip()));
        assertEquals("bc", text(targets[1].flip()));
        assertEquals("def", text(targets[2].flip()));
        assertEquals(3, ends.first().write(new ByteBuffer[] {bytes("x"), bytes("yyy")}, 1, 1));
        assertEquals("yyy", next(ends.second(), 3));
        assertThrows(
                IndexOutOfBoundsException.class, () -> ends.first().write(new ByteBuffer[1], 1, 1));
        assertEquals(0, ends.second().read(new ByteBuffer[] {ByteBuffer.allocate(0)}));
    }

    /**
     * Who closes is seen by the other end, when it has read everything; who writes then is told.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void closingIsTheEndOfTheStream() throws Exception {
        for (LocalSocketOptions options : types()) {
            LocalSocketPair ends = sockets().connected(options);
            ends.first().write(bytes("unread"));
            ends.second().write(bytes("last"));
            ends.second().close();
            ends.second().close();
            assertFalse(ends.second().isOpen());
            assertEquals("last", next(ends.first(), 4));
            for (int i = 0; i < 2; i++) {
                assertEquals(-1, ends.first().read(ByteBuffer.allocate(1)));
                assertEquals(-1, ends.first().read(ByteBuffer.allocate(1), Duration.ZERO));
                assertEquals(-1, ends.first().read(new ByteBuffer[] {ByteBuffer.allocate(1)}));
            }
            for (int i = 0; i < 2; i++) {
                assertThrows(PeerClosedException.class, () -> ends.first().write(bytes("x")));
                assertThrows(
                        PeerClosedException.class,
                        () -> ends.first().write(bytes("x"), Duration.ZERO));
            }
        }
    }

    /**
     * Who waits for room is told when the other end closes.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void closingEndsTheWaitForRoom() throws Exception {
        for (Task.Kind kind : Task.Kind.values()) {
            LocalSocketPair ends = sockets().connected(STREAM.withBufferSize(4096));
            LocalSockets.fill(ends.first());
            Task<Integer> writing = Task.start(kind, () -> ends.first().write(bytes("x")));
            writing.assertWaiting();
            ends.second().close();
            writing.failure(PeerClosedException.class);
        }
    }

    /**
     * One way of a connection can be ended: the other end reads to the end, and can still answer.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void oneWayCanBeEnded() throws Exception {
        if (!has(Capability.HALF_CLOSE)) {
            LocalSocketPair ends = sockets().connected(STREAM);
            assertThrows(UnsupportedOperationException.class, () -> ends.first().shutdownOutput());
            return;
        }
        for (LocalSocketOptions options : types()) {
            LocalSocketPair ends = sockets().connected(options);
            ends.first().write(bytes("question"));
            ends.first().shutdownOutput();
            ends.first().shutdownOutput();
            assertEquals("question", next(ends.second(), 8));
            assertEquals(-1, ends.second().read(ByteBuffer.allocate(1)));
            ends.second().write(bytes("answer"));
            assertEquals("answer", next(ends.first(), 6));
            assertThrows(IpcException.class, () -> ends.first().write(bytes("x")));
            assertTrue(ends.first().isOpen());
        }
    }

    /**
     * A closed socket is a closed channel.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void closedSocketIsAClosedChannel() throws Exception {
        LocalSocket socket = sockets().connected(STREAM).first();
        socket.close();
        ByteBuffer one = ByteBuffer.allocate(1);
        assertThrows(ClosedChannelException.class, () -> socket.read(one));
        assertThrows(ClosedChannelException.class, () -> socket.read(one, Duration.ZERO));
        assertThrows(ClosedChannelException.class, () -> socket.read(new ByteBuffer[] {one}));
        assertThrows(ClosedChannelException.class, () -> socket.write(one));
        assertThrows(ClosedChannelException.class, () -> socket.write(one, Duration.ZERO));
        assertThrows(ClosedChannelException.class, () -> socket.write(new ByteBuffer[] {one}));
        assertThrows(ClosedChannelException.class, socket::shutdownOutput);
    }

    /**
     * An interrupt closes the channel in the methods of {@code java.nio}, and so does a close by
     * another thread, in either way.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void interruptClosesTheChannel() throws Exception {
        for (Task.Kind kind : Task.Kind.values()) {
            LocalSocket interrupted = sockets().connected(STREAM).first();
            Task<Integer> reading =
                    Task.start(kind, () -> interrupted.read(ByteBuffer.allocate(1)));
            reading.assertWaiting().interrupt();
            reading.failure(ClosedByInterruptException.class);
            assertTrue(reading.interruptedAtEnd());
            assertFalse(interrupted.isOpen());

            LocalSocket closed = sockets().connected(STREAM.withBufferSize(4096)).first();
            LocalSockets.fill(closed);
            Task<Integer> writing = Task.start(kind, () -> closed.write(bytes("x")));
            writing.assertWaiting();
            closed.close();
            writing.failure(AsynchronousCloseException.class);
        }
    }

    /**
     * What a time-out or an interrupt cuts short is told by the buffer's position, and the rest can
     * be written later: nothing is lost or repeated.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void cutShortWritesGoOn() throws Exception {
        LocalSocketPair ends = sockets().connected(STREAM.withBufferSize(4096));
        byte[] sent = new byte[1_000_000];
        new Random(8).nextBytes(sent);
        ByteBuffer source = ByteBuffer.wrap(sent);
        int first = ends.first().write(source, Duration.ofMillis(1));
        assertEquals(first, source.position());
        assertTrue(first > 0 && first < sent.length);
        Task<Integer> writing = Task.start(() -> ends.first().write(source, Duration.ofDays(1)));
        writing.assertWaiting().interrupt();
        writing.failure(InterruptedException.class);
        Task<Integer> rest = Task.start(() -> ends.first().write(source));
        ByteBuffer target = ByteBuffer.allocate(sent.length);
        while (target.hasRemaining()) {
            assertTrue(ends.second().read(target, Pipes.LONG) > 0);
        }
        rest.result();
        assertArrayEquals(sent, target.array());
    }

    /**
     * Several writers take turns: each write of theirs stays in one piece.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void writersTakeTurns() throws Exception {
        LocalSocketPair ends = sockets().connected(STREAM.withBufferSize(4096));
        int size = 50_000;
        List<Task<Integer>> writers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            ByteBuffer block = ByteBuffer.allocate(size);
            while (block.hasRemaining()) {
                block.put((byte) ('a' + i));
            }
            block.flip();
            writers.add(
                    Task.start(
                            i % 2 == 0 ? Task.Kind.PLATFORM : Task.Kind.VIRTUAL,
                            () -> ends.first().write(block)));
        }
        for (int i = 0; i < 4; i++) {
            String block = next(ends.second(), size);
            assertEquals(block.substring(0, 1).repeat(size), block);
        }
        for (Task<Integer> writer : writers) {
            assertEquals(size, writer.result());
        }
    }

    /**
     * A target that cannot be written is refused, and so is what is closed while one waits.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void refusesMisuse() throws Exception {
        LocalSocket socket = sockets().connected(STREAM).first();
        ByteBuffer readOnly = ByteBuffer.allocate(1).asReadOnlyBuffer();
        assertThrows(ReadOnlyBufferException.class, () -> socket.read(readOnly));
        assertThrows(ReadOnlyBufferException.class, () -> socket.read(readOnly, Duration.ZERO));
        assertThrows(NullPointerException.class, () -> socket.read((ByteBuffer) null));
        assertThrows(NullPointerException.class, () -> socket.write((ByteBuffer) null));
        assertThrows(NullPointerException.class, () -> socket.read(ByteBuffer.allocate(1), null));
        assertThrows(NullPointerException.class, () -> socket.write(bytes("x"), null));
        Task<Integer> reading = Task.start(() -> socket.read(ByteBuffer.allocate(1), Pipes.LONG));
        reading.assertWaiting();
        socket.close();
        reading.failure(IpcClosedException.class);
    }
}
