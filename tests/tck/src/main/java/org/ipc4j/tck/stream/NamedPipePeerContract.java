// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.stream;

import static org.ipc4j.tck.stream.Pipes.LONG;
import static org.ipc4j.tck.stream.Pipes.bytes;
import static org.ipc4j.tck.stream.Pipes.fill;
import static org.ipc4j.tck.stream.Pipes.next;
import static org.ipc4j.tck.stream.Pipes.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.PeerClosedException;
import org.ipc4j.spi.NamedPipeProvider;
import org.ipc4j.stream.NamedPipe;
import org.ipc4j.stream.NamedPipeReader;
import org.ipc4j.stream.NamedPipeWriter;
import org.ipc4j.tck.ProviderFixture;
import org.ipc4j.tck.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * What the ends of every {@link NamedPipe} learn of each other: that a writer has not come yet,
 * that the last one is gone, that the reader is gone.
 */
public abstract class NamedPipePeerContract extends ProviderFixture<NamedPipeProvider> {
    /** For subclasses. */
    protected NamedPipePeerContract() {}

    private Pipes pipes() {
        return new Pipes(provider(), this::fresh, this::closing);
    }

    /**
     * Before the first writer has come a read finds nothing, which is not the end of the stream.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void nothingBeforeTheFirstWriterIsNotTheEnd() throws Exception {
        NamedPipeReader reader = pipes().reader();
        ByteBuffer target = ByteBuffer.allocate(10);
        assertFalse(reader.awaitWriter(Duration.ZERO));
        for (Duration timeout :
                List.of(Duration.ZERO, Duration.ofMillis(30), Duration.ofNanos(-5))) {
            long start = System.nanoTime();
            assertEquals(0, reader.read(target, timeout));
            assertTrue(System.nanoTime() - start >= timeout.toNanos());
            assertEquals(0, reader.read(Arena.ofAuto().allocate(10), timeout));
        }
        assertEquals(0, target.position());
        pipes().writer(reader).write(bytes("first"));
        assertTrue(reader.awaitWriter(Duration.ZERO));
        assertEquals("first", next(reader, 5));
    }

    /**
     * A writer that is idle is not the end of the stream either.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void idleWriterIsNotTheEnd() throws Exception {
        NamedPipeReader reader = pipes().reader();
        NamedPipeWriter writer = pipes().writer(reader);
        assertTrue(reader.awaitWriter(LONG));
        ByteBuffer target = ByteBuffer.allocate(10);
        assertEquals(0, reader.read(target, Duration.ofMillis(20)));
        writer.write(bytes("a"));
        assertEquals("a", next(reader, 1));
        assertEquals(0, reader.read(target, Duration.ofMillis(20)));
    }

    /**
     * When the last writer is gone the reader gets what is left, and then {@code -1}, again and
     * again, in every form.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void streamEndsWithTheLastWriter() throws Exception {
        NamedPipeReader reader = pipes().reader();
        NamedPipeWriter writer = pipes().writer(reader);
        NamedPipeWriter other = pipes().writer(reader);
        writer.write(bytes("rest"));
        writer.close();
        ByteBuffer target = ByteBuffer.allocate(10);
        assertEquals("rest", next(reader, 4));
        assertEquals(
                0, reader.read(target, Duration.ofMillis(20)), "the other writer is still there");
        other.write(bytes("more"));
        other.close();
        assertEquals("more", next(reader, 4));
        for (int i = 0; i < 2; i++) {
            assertEquals(-1, reader.read(target));
            assertEquals(-1, reader.read(target, Duration.ZERO));
            assertEquals(-1, reader.read(target, LONG));
            assertEquals(-1, reader.read(new ByteBuffer[] {target}));
            assertEquals(-1, reader.read(MemorySegment.ofBuffer(target)));
            assertEquals(-1, reader.read(MemorySegment.ofBuffer(target), LONG));
        }
        assertEquals(0, target.position());
        assertTrue(reader.isOpen());
    }

    /**
     * A writer that comes and goes without a byte makes the stream end too.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void streamEndsWithASilentWriter() throws Exception {
        NamedPipeReader reader = pipes().reader();
        pipes().writer(reader).close();
        assertEquals(-1, reader.read(ByteBuffer.allocate(10), LONG));
    }

    /**
     * A blocked read ends with the last writer, in both forms and on both kinds of threads.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void lastWriterEndsABlockedRead() throws Exception {
        for (Task.Kind kind : Task.Kind.values()) {
            NamedPipeReader reader = pipes().reader();
            for (Callable<Integer> read :
                    List.<Callable<Integer>>of(
                            () -> reader.read(ByteBuffer.allocate(1)),
                            () -> reader.read(ByteBuffer.allocate(1), LONG))) {
                NamedPipeWriter writer = pipes().writer(reader);
                // Until the writer is seen, the end of the previous one may be.
                writer.write(bytes("x"));
                assertEquals("x", next(reader, 1));
                Task<Integer> task = Task.start(kind, read).assertWaiting();
                writer.close();
                assertEquals(-1, task.result());
            }
        }
    }

    /**
     * After the end of the stream another writer begins it anew.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void anotherWriterBeginsAnew() throws Exception {
        NamedPipeReader reader = pipes().reader();
        for (int i = 0; i < 5; i++) {
            NamedPipeWriter writer = pipes().writer(reader);
            writer.write(bytes("round " + i));
            assertEquals("round " + i, next(reader, 7));
            writer.close();
            assertEquals(-1, reader.read(ByteBuffer.allocate(10), LONG));
        }
    }

    /**
     * A writer that is there is not taken for gone, as the one before it is.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void newWriterIsSeenAtOnce() throws Exception {
        NamedPipeReader reader = pipes().reader();
        for (int i = 0; i < 100; i++) {
            NamedPipeWriter writer = pipes().writer(reader);
            assertEquals(0, reader.read(ByteBuffer.allocate(1), Duration.ZERO));
            writer.close();
            assertEquals(-1, reader.read(ByteBuffer.allocate(1), LONG));
        }
    }

    /**
     * A writer that comes, writes and goes just while the reader looks has written.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void quickWriterLosesNothing() throws Exception {
        for (int i = 0; i < 200; i++) {
            try (NamedPipeReader reader = pipes().reader()) {
                Task<Integer> visit =
                        Task.start(() -> {
                            try (NamedPipeWriter writer = pipes().writer(reader)) {
                                return writer.write(bytes("!"));
                            }
                        });
                ByteBuffer target = ByteBuffer.allocate(1);
                int count;
                do {
                    count = reader.read(target, Duration.ZERO);
                } while (count == 0);
                assertEquals(1, count);
                assertEquals(1, visit.result());
                assertEquals(-1, reader.read(ByteBuffer.allocate(1), LONG));
            }
        }
    }

    /**
     * What several writers have written before the reader looks is there.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void bytesOfDepartedWritersAreThere() throws Exception {
        NamedPipeReader reader = pipes().reader();
        for (String text : List.of("a", "b", "c")) {
            NamedPipeWriter writer = pipes().writer(reader);
            writer.write(bytes(text));
            writer.close();
        }
        ByteBuffer target = ByteBuffer.allocate(10);
        while (target.position() < 3) {
            // Between two writers a provider may tell an end of the stream.
            reader.read(target, LONG);
        }
        assertEquals(3, text(target.flip()).chars().distinct().count());
        assertEquals(-1, reader.read(ByteBuffer.allocate(10), LONG));
    }

    /**
     * A writer whose reader is gone gets {@link PeerClosedException}, in every form; it stays open
     * until it is closed.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void writerLearnsThatTheReaderIsGone() throws Exception {
        NamedPipeReader reader = pipes().reader();
        NamedPipeWriter writer = pipes().writer(reader);
        writer.write(bytes("before"));
        reader.close();
        for (Executable write :
                List.<Executable>of(
                        () -> writer.write(bytes("x")),
                        () -> writer.write(bytes("x"), Duration.ZERO),
                        () -> writer.write(bytes("x"), LONG),
                        () -> writer.write(new ByteBuffer[] {bytes("x"), bytes("y")}),
                        () -> writer.write(MemorySegment.ofArray(new byte[1])),
                        () -> writer.write(MemorySegment.ofArray(new byte[1]), LONG))) {
            PeerClosedException e = assertThrows(PeerClosedException.class, write);
            assertEquals(Optional.of(reader.name()), e.name());
        }
        assertTrue(writer.isOpen());
    }

    /**
     * A blocked write ends with {@link PeerClosedException} when the reader goes, in both forms and
     * on both kinds of threads.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void goingReaderEndsABlockedWrite() throws Exception {
        for (Task.Kind kind : Task.Kind.values()) {
            for (boolean timed : new boolean[] {false, true}) {
                NamedPipeReader reader = pipes().reader();
                NamedPipeWriter writer = pipes().writer(reader);
                fill(writer);
                Task<Integer> task =
                        Task.start(
                                        kind,
                                        () ->
                                                timed
                                                        ? writer.write(bytes("x"), LONG)
                                                        : writer.write(bytes("x")))
                                .assertWaiting();
                reader.close();
                task.failure(PeerClosedException.class);
            }
        }
    }

    /**
     * A writer of a reader that is gone does not write to the reader that comes next under the same
     * name.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void oldWriterDoesNotReachANewReader() throws Exception {
        NamedPipeReader first = pipes().reader();
        NamedPipeWriter old = pipes().writer(first);
        first.close();
        NamedPipeReader second = pipes().reader(first.name());
        assertThrows(PeerClosedException.class, () -> old.write(bytes("old")));
        pipes().writer(second).write(bytes("new"));
        assertEquals("new", next(second, 3));
    }
}
