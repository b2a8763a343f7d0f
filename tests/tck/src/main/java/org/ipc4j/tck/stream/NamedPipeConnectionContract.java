// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.stream;

import static org.ipc4j.tck.stream.Connections.next;
import static org.ipc4j.tck.stream.Pipes.LONG;
import static org.ipc4j.tck.stream.Pipes.bytes;
import static org.ipc4j.tck.stream.Pipes.text;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.IpcClosedException;
import org.ipc4j.PeerClosedException;
import org.ipc4j.spi.NamedPipeServerProvider;
import org.ipc4j.stream.NamedPipeConnection;
import org.ipc4j.stream.NamedPipeServerOptions;
import org.ipc4j.stream.PipeTransfer;
import org.ipc4j.tck.ProviderFixture;
import org.ipc4j.tck.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.function.Function;

/** What every {@link NamedPipeConnection} does with bytes, with messages, and as a channel. */
public abstract class NamedPipeConnectionContract extends ProviderFixture<NamedPipeServerProvider> {
    private static final NamedPipeServerOptions BYTES = NamedPipeServerOptions.DEFAULT;
    private static final NamedPipeServerOptions MESSAGES =
            NamedPipeServerOptions.DEFAULT.withTransfer(PipeTransfer.MESSAGES);

    /** Either end may be the one that does something. */
    private static final List<Function<Connections.Pair, Connections.Pair>> BOTH_WAYS =
            List.of(
                    Function.identity(),
                    pair -> new Connections.Pair(pair.client(), pair.server()));

    private static final Duration MOMENT = Duration.ofNanos(100_000);

    /** For subclasses. */
    protected NamedPipeConnectionContract() {}

    private Connections connections() {
        return new Connections(provider(), this::fresh, this::closing);
    }

    private interface Body {
        void on(NamedPipeConnection one, NamedPipeConnection other) throws Exception;
    }

    private void eachWay(NamedPipeServerOptions options, Body body) throws Exception {
        for (Function<Connections.Pair, Connections.Pair> way : BOTH_WAYS) {
            Connections.Pair pair = way.apply(connections().pair(options));
            body.on(pair.server(), pair.client());
        }
    }

    /**
     * Bytes go both ways, in order, however they are cut up.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void bytesGoBothWays() throws Exception {
        eachWay(
                BYTES,
                (one, other) -> {
                    one.write(bytes("three "));
                    one.write(bytes("written "));
                    one.write(bytes("pieces"), LONG);
                    assertEquals("three written pieces", next(other, 20));
                    assertFalse(other.isMessageComplete(), "a stream has no messages");
                    other.write(bytes("in one"));
                    assertEquals("in", next(one, 2));
                    assertEquals(" one", next(one, 4));
                });
    }

    /**
     * More than any buffer holds goes through both directions at the same time.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void muchGoesBothWaysAtOnce() throws Exception {
        for (NamedPipeServerOptions options : List.of(BYTES, MESSAGES)) {
            Connections.Pair pair = connections().pair(options);
            byte[] there = random(1, 1 << 20);
            byte[] back = random(2, 1 << 20);
            List<Task<byte[]>> tasks =
                    List.of(
                            Task.start(() -> written(pair.server(), there)),
                            Task.start(() -> written(pair.client(), back)),
                            Task.start(() -> read(pair.client(), there.length)),
                            Task.start(() -> read(pair.server(), back.length)));
            assertArrayEquals(there, tasks.get(2).result());
            assertArrayEquals(back, tasks.get(3).result());
            tasks.get(0).result();
            tasks.get(1).result();
        }
    }

    private static byte[] random(long seed, int length) {
        byte[] bytes = new byte[length];
        new SplittableRandom(seed).nextBytes(bytes);
        return bytes;
    }

    private static byte[] written(NamedPipeConnection end, byte[] bytes) throws IOException {
        ByteBuffer source = ByteBuffer.wrap(bytes);
        for (int i = 1; source.hasRemaining(); i++) {
            int size = Math.min(source.remaining(), i * 997 % 70_000 + 1);
            ByteBuffer piece = source.slice(source.position(), size);
            assertEquals(size, end.write(piece));
            source.position(source.position() + size);
        }
        return bytes;
    }

    private static byte[] read(NamedPipeConnection end, int length) throws IOException {
        ByteBuffer target = ByteBuffer.allocate(length);
        while (target.hasRemaining()) {
            assertTrue(end.read(target) > 0);
        }
        return target.array();
    }

    /**
     * A read gets bytes of one message only, and tells whether that was all of it.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void messagesKeepTheirBoundaries() throws Exception {
        eachWay(
                MESSAGES,
                (one, other) -> {
                    assertFalse(other.isMessageComplete(), "nothing was read yet");
                    one.write(bytes("first"));
                    one.write(bytes("the second"), LONG);
                    one.write(bytes("3"));
                    ByteBuffer target = ByteBuffer.allocate(100);
                    assertEquals(5, other.read(target));
                    assertTrue(other.isMessageComplete());
                    assertEquals("first", text(target.flip()));

                    assertEquals(3, other.read(target.clear().limit(3)));
                    assertFalse(other.isMessageComplete());
                    assertEquals(7, other.read(target.limit(100), LONG));
                    assertTrue(other.isMessageComplete());
                    assertEquals("the second", text(target.flip()));

                    assertEquals(1, other.read(target.clear()));
                    assertTrue(other.isMessageComplete());
                    assertEquals(0, other.read(target, Duration.ZERO));
                    assertFalse(other.isMessageComplete(), "nothing was read this time");
                });
    }

    /**
     * A message may be longer than the system's buffer, if its writer waits for the reader.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void messageMayBeLongerThanTheBuffer() throws Exception {
        eachWay(
                MESSAGES.withBufferSize(4096),
                (one, other) -> {
                    byte[] message = random(3, 300_000);
                    Task<Integer> write = Task.start(() -> one.write(ByteBuffer.wrap(message)));
                    ByteBuffer target = ByteBuffer.allocate(message.length + 1);
                    do {
                        assertTrue(other.read(target, LONG) > 0);
                    } while (!other.isMessageComplete());
                    assertEquals(message.length, write.result());
                    assertEquals(ByteBuffer.wrap(message), target.flip());
                });
    }

    /**
     * A message that could not be taken back when the time is up is refused from the start.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void timedMessageFitsTheBuffer() throws Exception {
        eachWay(
                MESSAGES.withBufferSize(4096),
                (one, other) -> {
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> one.write(ByteBuffer.allocate(4097), LONG));
                    assertEquals(4096, one.write(ByteBuffer.allocate(4096), LONG));
                    ByteBuffer target = ByteBuffer.allocate(5000);
                    while (!other.isMessageComplete()) {
                        assertTrue(other.read(target, LONG) > 0);
                    }
                    assertEquals(4096, target.position());
                });
    }

    /**
     * What a write did not get rid of in time does not come out at the other end.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void onlyWhatWasWrittenArrives() throws Exception {
        for (PipeTransfer transfer : PipeTransfer.values()) {
            eachWay(
                    BYTES.withTransfer(transfer).withBufferSize(4096),
                    (one, other) -> {
                        long total = Connections.fill(one);
                        for (Duration timeout : List.of(Duration.ZERO, Duration.ofMillis(60))) {
                            ByteBuffer source = bytes("not now");
                            total += one.write(source, timeout);
                            assertEquals(7, source.limit());
                        }
                        assertEquals(total, Connections.drain(other));
                        one.write(bytes("now"));
                        assertEquals("now", next(other, 3));
                    });
        }
    }

    /**
     * What was written is read, though the thread that wrote it, and could not write more, has come
     * to its end, and then its end of the connection was closed.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void writtenIsReadThoughItsWriterIsGone() throws Exception {
        for (PipeTransfer transfer : PipeTransfer.values()) {
            eachWay(
                    BYTES.withTransfer(transfer).withBufferSize(4096),
                    (one, other) -> {
                        long written = Task.run(Task.Kind.PLATFORM, () -> Connections.fill(one));
                        Thread.sleep(50); // for what a system does when a thread has ended
                        one.close();
                        ByteBuffer target = ByteBuffer.allocate(1000);
                        for (long left = written; left > 0; left -= target.position()) {
                            assertTrue(other.read(target.clear(), LONG) > 0);
                        }
                        assertEquals(-1, other.read(target.clear(), LONG));
                    });
        }
    }

    /**
     * Writes that run out of time all the while lose nothing and repeat nothing, and a message is
     * whole.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void writesThatRunOutOfTimeLoseNothing() throws Exception {
        int count = 3000;
        for (PipeTransfer transfer : PipeTransfer.values()) {
            eachWay(
                    BYTES.withTransfer(transfer).withBufferSize(1024),
                    (one, other) -> {
                        Task<Void> writing =
                                Task.start(() -> {
                                    for (int i = 0; i < count; i++) {
                                        writeRecord(one, i);
                                    }
                                    return null;
                                });
                        ByteBuffer target = ByteBuffer.allocate(1024);
                        for (int i = 0; i < count; i++) {
                            target.clear().limit(4 * recordLength(i));
                            while (target.hasRemaining()) {
                                assertTrue(other.read(target, LONG) > 0);
                            }
                            assertEquals(
                                    transfer == PipeTransfer.MESSAGES, other.isMessageComplete());
                            target.flip();
                            while (target.hasRemaining()) {
                                assertEquals(i, target.getInt());
                            }
                        }
                        writing.result();
                    });
        }
    }

    private static int recordLength(int i) {
        return 1 + i % 255;
    }

    private static void writeRecord(NamedPipeConnection end, int i)
            throws IOException, InterruptedException {
        ByteBuffer record = ByteBuffer.allocate(4 * recordLength(i));
        while (record.hasRemaining()) {
            record.putInt(i);
        }
        record.flip();
        while (record.hasRemaining()) {
            end.write(record, Duration.ofNanos(i % 3 * 50_000L));
        }
    }

    /**
     * Who waits for bytes does not keep others from writing.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void blockedReadDoesNotBlockAWrite() throws Exception {
        for (Task.Kind kind : Task.Kind.values()) {
            eachWay(
                    BYTES,
                    (one, other) -> {
                        Task<Integer> read =
                                Task.start(kind, () -> one.read(ByteBuffer.allocate(10)))
                                        .assertWaiting();
                        one.write(bytes("ping"));
                        assertEquals("ping", next(other, 4));
                        one.write(bytes("ping"), LONG);
                        assertEquals("ping", next(other, 4));
                        assertFalse(read.isDone());
                        other.write(bytes("pong"));
                        assertEquals(4, read.result());
                    });
        }
    }

    /**
     * Who waits for room does not keep others from reading.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void blockedWriteDoesNotBlockARead() throws Exception {
        eachWay(
                BYTES,
                (one, other) -> {
                    Connections.fill(one);
                    Task<Integer> write = Task.start(() -> one.write(bytes("x"))).assertWaiting();
                    other.write(bytes("other way"));
                    assertEquals("other way", next(one, 9));
                    assertFalse(write.isDone());
                    Connections.drain(other);
                    assertEquals(1, write.result());
                });
    }

    /**
     * What was written before the close can still be read; then the stream ends, in every form, and
     * who writes is told.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void closedPeerIsTheEnd() throws Exception {
        for (NamedPipeServerOptions options : List.of(BYTES, MESSAGES)) {
            eachWay(
                    options,
                    (one, other) -> {
                        one.write(bytes("rest"));
                        one.close();
                        assertEquals("rest", next(other, 4));
                        for (int i = 0; i < 2; i++) {
                            assertEquals(-1, other.read(ByteBuffer.allocate(10)));
                            assertEquals(-1, other.read(ByteBuffer.allocate(10), Duration.ZERO));
                            assertEquals(-1, other.read(ByteBuffer.allocate(10), LONG));
                            assertThrows(PeerClosedException.class, () -> other.write(bytes("x")));
                            assertThrows(
                                    PeerClosedException.class, () -> other.write(bytes("x"), LONG));
                        }
                        assertTrue(other.isOpen());
                    });
        }
    }

    /**
     * A peer that goes ends a wait, in every form and on both kinds of threads.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void goingPeerEndsAWait() throws Exception {
        for (Task.Kind kind : Task.Kind.values()) {
            for (boolean timed : new boolean[] {false, true}) {
                eachWay(
                        BYTES,
                        (one, other) -> {
                            Connections.fill(other);
                            Task<Integer> read =
                                    Task.start(kind, reading(other, timed)).assertWaiting();
                            Task<Integer> write =
                                    Task.start(kind, writing(other, timed)).assertWaiting();
                            one.close();
                            assertEquals(-1, read.result());
                            write.failure(PeerClosedException.class);
                        });
            }
        }
    }

    private static Callable<Integer> reading(NamedPipeConnection end, boolean timed) {
        ByteBuffer target = ByteBuffer.allocate(1);
        return () -> timed ? end.read(target, LONG) : end.read(target);
    }

    private static Callable<Integer> writing(NamedPipeConnection end, boolean timed) {
        ByteBuffer source = ByteBuffer.allocate(1);
        return () -> timed ? end.write(source, LONG) : end.write(source);
    }

    /**
     * An interrupt closes the connection in the {@code java.nio} methods, as it closes any channel.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void interruptClosesTheChannel() throws Exception {
        for (Task.Kind kind : Task.Kind.values()) {
            for (boolean writes : new boolean[] {false, true}) {
                eachWay(
                        BYTES,
                        (one, other) -> {
                            Connections.fill(one);
                            Task<Integer> task =
                                    Task.start(
                                                    kind,
                                                    writes
                                                            ? writing(one, false)
                                                            : reading(one, false))
                                            .assertWaiting()
                                            .interrupt();
                            task.failure(ClosedByInterruptException.class);
                            assertTrue(task.interruptedAtEnd());
                            assertFalse(one.isOpen());
                        });
            }
        }
    }

    /**
     * A close ends the {@code java.nio} methods of other threads.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void closeEndsAWait() throws Exception {
        for (Task.Kind kind : Task.Kind.values()) {
            eachWay(
                    BYTES,
                    (one, other) -> {
                        Connections.fill(one);
                        Task<Integer> read = Task.start(kind, reading(one, false)).assertWaiting();
                        Task<Integer> write = Task.start(kind, writing(one, false)).assertWaiting();
                        one.close();
                        read.failure(AsynchronousCloseException.class);
                        write.failure(AsynchronousCloseException.class);
                    });
        }
    }

    /**
     * Ends that are closed while others use them give those an exception that says so, and the
     * process lives.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void closeUnderUseIsSafe() throws Exception {
        for (int round = 0; round < 10; round++) {
            for (PipeTransfer transfer : PipeTransfer.values()) {
                eachWay(
                        BYTES.withTransfer(transfer).withBufferSize(4096),
                        (one, other) -> {
                            List<Task<Void>> users = new ArrayList<>();
                            for (Task.Kind kind : Task.Kind.values()) {
                                for (NamedPipeConnection end : List.of(one, other)) {
                                    boolean timed = kind == Task.Kind.PLATFORM;
                                    users.add(Task.start(kind, () -> readOn(end, timed)));
                                    users.add(Task.start(kind, () -> writeOn(end, timed)));
                                }
                            }
                            Thread.sleep(3);
                            one.close();
                            Thread.sleep(1);
                            other.close();
                            for (Task<Void> user : users) {
                                Exception e = user.failure(Exception.class);
                                assertTrue(
                                        e instanceof ClosedChannelException
                                                || e instanceof IpcClosedException
                                                || e instanceof PeerClosedException,
                                        () -> "unexpected " + e);
                            }
                        });
            }
        }
    }

    private static Void readOn(NamedPipeConnection end, boolean timed) throws Exception {
        ByteBuffer target = ByteBuffer.allocate(100);
        while (true) {
            int count = timed ? end.read(target.clear(), MOMENT) : end.read(target.clear());
            if (count < 0) {
                Thread.onSpinWait();
            }
        }
    }

    private static Void writeOn(NamedPipeConnection end, boolean timed) throws Exception {
        ByteBuffer source = ByteBuffer.allocate(100);
        while (true) {
            int count = timed ? end.write(source.clear(), MOMENT) : end.write(source.clear());
            assertEquals(source.position(), count);
        }
    }

    /**
     * A closed end refuses everything, with the exceptions of {@code java.nio}.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void closedEndRefusesEverything() throws Exception {
        eachWay(
                BYTES,
                (one, other) -> {
                    one.close();
                    one.close();
                    assertFalse(one.isOpen());
                    for (Executable use :
                            List.<Executable>of(
                                    () -> one.read(ByteBuffer.allocate(1)),
                                    () -> one.read(ByteBuffer.allocate(1), LONG),
                                    () -> one.read(ByteBuffer.allocate(0)),
                                    () -> one.write(ByteBuffer.allocate(1)),
                                    () -> one.write(ByteBuffer.allocate(1), LONG),
                                    () -> one.write(ByteBuffer.allocate(0)))) {
                        assertThrows(ClosedChannelException.class, use);
                    }
                });
    }

    /**
     * Buffers: a read-only one cannot be read into, one without room gets nothing, an empty one is
     * no message.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void buffersAreUsedAsChannelsDo() throws Exception {
        eachWay(
                MESSAGES,
                (one, other) -> {
                    ByteBuffer readOnly = ByteBuffer.allocate(1).asReadOnlyBuffer();
                    assertThrows(ReadOnlyBufferException.class, () -> one.read(readOnly));
                    assertThrows(ReadOnlyBufferException.class, () -> one.read(readOnly, LONG));
                    assertThrows(NullPointerException.class, () -> one.read(null));
                    assertThrows(NullPointerException.class, () -> one.write(null));
                    assertEquals(0, one.read(ByteBuffer.allocate(0)));
                    assertEquals(0, one.write(ByteBuffer.allocate(0)));
                    assertEquals(0, one.write(ByteBuffer.allocate(0), LONG));
                    one.write(bytes("xwholex").position(1).limit(6));
                    one.write(bytes("direct").asReadOnlyBuffer());
                    ByteBuffer direct = ByteBuffer.allocateDirect(20).position(3);
                    assertEquals(5, other.read(direct));
                    assertEquals(8, direct.position());
                    assertEquals("whole", text(direct.flip().position(3)));
                    assertEquals("direct", next(other, 6));
                });
    }
}
