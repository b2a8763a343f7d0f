// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.stream;

import static org.ipc4j.tck.stream.Pipes.LONG;
import static org.ipc4j.tck.stream.Pipes.bytes;
import static org.ipc4j.tck.stream.Pipes.fill;
import static org.ipc4j.tck.stream.Pipes.next;
import static org.ipc4j.tck.stream.Pipes.text;
import static org.ipc4j.tck.stream.Pipes.tooMuch;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.IpcClosedException;
import org.ipc4j.PeerClosedException;
import org.ipc4j.spi.MechanismProvider;
import org.ipc4j.stream.PipeReader;
import org.ipc4j.stream.PipeWriter;
import org.ipc4j.tck.ProviderFixture;
import org.ipc4j.tck.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * The manners of {@code java.nio} that the ends of every pipe have as channels, with or without a
 * name: what they refuse, how they scatter and gather, and what an interrupt or a close does to
 * them.
 *
 * @param <P> the provider interface
 */
public abstract class PipeChannelContract<P extends MechanismProvider> extends ProviderFixture<P> {
    /** For subclasses. */
    protected PipeChannelContract() {}

    /**
     * Makes a pipe, which is closed after the test.
     *
     * @return its reading end
     * @throws Exception if that fails
     */
    protected abstract PipeReader reader() throws Exception;

    /**
     * Gives the end that writes to a reader, closed after the test.
     *
     * @param reader the reading end
     * @return the writing end of a pipe that has one; otherwise a further one
     * @throws Exception if that fails
     */
    protected abstract PipeWriter writer(PipeReader reader) throws Exception;

    /**
     * Null buffers and segments are a {@link NullPointerException}, and both ends stay usable.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void refusesNullBuffers() throws Exception {
        PipeReader reader = reader();
        PipeWriter writer = writer(reader);
        assertThrows(NullPointerException.class, () -> reader.read((ByteBuffer) null));
        assertThrows(
                NullPointerException.class, () -> reader.read((ByteBuffer) null, Duration.ZERO));
        assertThrows(NullPointerException.class, () -> reader.read((MemorySegment) null));
        assertThrows(
                NullPointerException.class, () -> reader.read((MemorySegment) null, Duration.ZERO));
        assertThrows(NullPointerException.class, () -> reader.read((ByteBuffer[]) null));
        assertThrows(NullPointerException.class, () -> writer.write((ByteBuffer) null));
        assertThrows(
                NullPointerException.class, () -> writer.write((ByteBuffer) null, Duration.ZERO));
        assertThrows(NullPointerException.class, () -> writer.write((MemorySegment) null));
        assertThrows(
                NullPointerException.class,
                () -> writer.write((MemorySegment) null, Duration.ZERO));
        assertThrows(NullPointerException.class, () -> writer.write((ByteBuffer[]) null));
        writer.write(bytes("well"));
        assertEquals("well", next(reader, 4));
    }

    /**
     * A read-only target is refused, and the bytes stay.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void refusesReadOnlyTargets() throws Exception {
        PipeReader reader = reader();
        PipeWriter writer = writer(reader);
        writer.write(bytes("stays"));
        for (ByteBuffer target :
                List.of(
                        ByteBuffer.allocate(8).asReadOnlyBuffer(),
                        ByteBuffer.allocateDirect(8).asReadOnlyBuffer())) {
            assertThrows(ReadOnlyBufferException.class, () -> reader.read(target));
            assertThrows(ReadOnlyBufferException.class, () -> reader.read(target, LONG));
            assertThrows(
                    ReadOnlyBufferException.class, () -> reader.read(new ByteBuffer[] {target}));
        }
        assertEquals("stays", next(reader, 5));
        writer.write(bytes("stays"));
        ByteBuffer first = ByteBuffer.allocate(2);
        ByteBuffer[] mixed = {first, ByteBuffer.allocate(8).asReadOnlyBuffer()};
        assertThrows(ReadOnlyBufferException.class, () -> reader.read(mixed));
        assertEquals(0, first.position(), "a refused read takes nothing");
        assertEquals("stays", next(reader, 5));
    }

    /**
     * Reading into no room and writing nothing gives 0 at once.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void nothingToMoveIsZero() throws Exception {
        PipeReader reader = reader();
        PipeWriter writer = writer(reader);
        ByteBuffer none = ByteBuffer.allocate(0);
        assertEquals(0, reader.read(none));
        assertEquals(0, reader.read(none, LONG));
        assertEquals(0, reader.read(MemorySegment.ofArray(new byte[0])));
        assertEquals(0, reader.read(MemorySegment.ofArray(new byte[0]), LONG));
        assertEquals(0, reader.read(new ByteBuffer[] {none, none}));
        assertEquals(0, reader.read(new ByteBuffer[0]));
        assertEquals(0, writer.write(none));
        assertEquals(0, writer.write(none, LONG));
        assertEquals(0, writer.write(MemorySegment.ofArray(new byte[0])));
        assertEquals(0, writer.write(MemorySegment.ofArray(new byte[0]), LONG));
        assertEquals(0, writer.write(new ByteBuffer[] {none, none}));
        fill(writer);
        assertEquals(0, writer.write(none));
        assertEquals(0, writer.write(none, LONG));
    }

    /**
     * Gathering writes everything in order, scattering fills one buffer after the other, both of
     * the part of the array that is meant.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void scattersAndGathers() throws Exception {
        PipeReader reader = reader();
        PipeWriter writer = writer(reader);
        ByteBuffer[] sources = {
            bytes("not"), bytes("one"), bytes(""), bytes("three"), bytes("not")
        };
        assertEquals(8, writer.write(sources, 1, 3));
        assertEquals(0, sources[0].position());
        assertEquals(3, sources[1].position());
        assertEquals(0, sources[4].position());
        ByteBuffer[] targets = {
            ByteBuffer.allocate(5),
            ByteBuffer.allocate(2),
            ByteBuffer.allocateDirect(4),
            ByteBuffer.allocate(90)
        };
        long count = 0;
        while (count < 8) {
            count += reader.read(targets, 1, 3);
        }
        assertEquals(8, count);
        assertEquals(0, targets[0].position());
        assertEquals("on", text(targets[1].flip()));
        assertEquals("ethr", text(targets[2].flip()));
        assertEquals("ee", text(targets[3].flip()));
        assertThrows(IndexOutOfBoundsException.class, () -> reader.read(targets, 3, 2));
        assertThrows(IndexOutOfBoundsException.class, () -> reader.read(targets, -1, 2));
        assertThrows(IndexOutOfBoundsException.class, () -> writer.write(sources, 0, 6));
    }

    /**
     * A scattering read returns what is there, and does not wait for the buffers to be full.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void scatteringReadTakesWhatIsThere() throws Exception {
        PipeReader reader = reader();
        PipeWriter writer = writer(reader);
        writer.write(bytes("abc"));
        assertEquals(
                3,
                Task.run(
                        Task.Kind.PLATFORM,
                        () -> {
                            ByteBuffer[] targets = {
                                ByteBuffer.allocate(2),
                                ByteBuffer.allocate(2),
                                ByteBuffer.allocate(2)
                            };
                            long count = 0;
                            while (count < 3) {
                                count += reader.read(targets);
                            }
                            return (int) count;
                        }));
    }

    /**
     * Every method of a closed end is a {@link ClosedChannelException}; closing again does nothing.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void refusesUseAfterClose() throws Exception {
        PipeReader reader = reader();
        PipeWriter writer = writer(reader);
        reader.close();
        writer.close();
        reader.close();
        writer.close();
        assertFalse(reader.isOpen());
        assertFalse(writer.isOpen());
        ByteBuffer buffer = ByteBuffer.allocate(4);
        MemorySegment segment = MemorySegment.ofArray(new byte[4]);
        for (Executable call :
                List.<Executable>of(
                        () -> reader.read(buffer),
                        () -> reader.read(buffer, LONG),
                        () -> reader.read(segment),
                        () -> reader.read(segment, LONG),
                        () -> reader.read(new ByteBuffer[] {buffer}),
                        () -> reader.read(ByteBuffer.allocate(0)),
                        () -> writer.write(buffer),
                        () -> writer.write(buffer, LONG),
                        () -> writer.write(segment),
                        () -> writer.write(segment, LONG),
                        () -> writer.write(new ByteBuffer[] {buffer}),
                        () -> writer.write(ByteBuffer.allocate(0)))) {
            assertThrows(ClosedChannelException.class, call);
        }
        assertEquals(0, buffer.position());
    }

    /**
     * In the {@code java.nio} methods an interrupt, before or while a thread waits, closes the
     * channel: {@link ClosedByInterruptException}, and the interrupt status stays set.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void interruptClosesTheChannel() throws Exception {
        for (Task.Kind kind : Task.Kind.values()) {
            for (boolean before : new boolean[] {true, false}) {
                PipeReader reader = reader();
                interruptCloses(kind, before, () -> reader.read(ByteBuffer.allocate(1)));
                assertFalse(reader.isOpen());

                PipeReader open = reader();
                PipeWriter writer = writer(open);
                fill(writer);
                interruptCloses(kind, before, () -> writer.write(tooMuch()));
                assertFalse(writer.isOpen());
                assertTrue(open.isOpen());
                PipeWriter other = writer(reader());
                fill(other);
                interruptCloses(kind, before, () -> other.write(MemorySegment.ofBuffer(tooMuch())));
                assertFalse(other.isOpen());
            }
        }
    }

    private static void interruptCloses(Task.Kind kind, boolean before, Callable<Number> call)
            throws Exception {
        Task<Number> task =
                Task.start(
                        kind,
                        () -> {
                            if (before) {
                                Thread.currentThread().interrupt();
                            }
                            return call.call();
                        });
        if (!before) {
            task.assertWaiting().interrupt();
        }
        task.failure(ClosedByInterruptException.class);
        assertTrue(
                task.interruptedAtEnd(),
                "ClosedByInterruptException leaves the interrupt status set");
    }

    /**
     * In the {@code java.nio} methods, another thread's close is an {@link
     * AsynchronousCloseException}.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void closeEndsABlockedCall() throws Exception {
        for (Task.Kind kind : Task.Kind.values()) {
            PipeReader early = reader();
            Task<Integer> first =
                    Task.start(kind, () -> early.read(ByteBuffer.allocate(1))).assertWaiting();
            early.close();
            first.failure(AsynchronousCloseException.class);

            PipeReader reader = reader();
            PipeWriter writer = writer(reader);
            fill(writer);
            Task<Integer> write = Task.start(kind, () -> writer.write(tooMuch())).assertWaiting();
            Task<Integer> next = Task.start(kind, () -> writer.write(bytes("x"))).assertWaiting();
            writer.close();
            write.failure(AsynchronousCloseException.class);
            next.failure(ClosedChannelException.class);

            PipeReader scattering = reader();
            PipeWriter idle = writer(scattering);
            idle.write(bytes("x"));
            assertEquals("x", next(scattering, 1));
            Task<Long> scatter =
                    Task.start(
                                    kind,
                                    () ->
                                            scattering.read(
                                                    new ByteBuffer[] {
                                                        ByteBuffer.allocate(1),
                                                        ByteBuffer.allocate(1)
                                                    }))
                            .assertWaiting();
            scattering.close();
            scatter.failure(AsynchronousCloseException.class);
        }
    }

    /**
     * Ends that are closed while others use them give those a {@link ClosedChannelException}, an
     * {@link IpcClosedException} or a {@link PeerClosedException}, and the process lives.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void closeUnderUseIsSafe() throws Exception {
        for (int round = 0; round < 40; round++) {
            PipeReader reader = reader();
            PipeWriter writer = writer(reader);
            List<Task<Void>> users = new ArrayList<>();
            for (Task.Kind kind : Task.Kind.values()) {
                boolean timed = kind == Task.Kind.PLATFORM;
                users.add(
                        Task.start(
                                kind,
                                () -> {
                                    while (true) {
                                        if (timed) {
                                            writer.write(bytes("x"), Duration.ofNanos(100_000));
                                        } else {
                                            writer.write(bytes("x"));
                                        }
                                    }
                                }));
                users.add(
                        Task.start(
                                kind,
                                () -> {
                                    ByteBuffer target = ByteBuffer.allocate(100);
                                    while (true) {
                                        target.clear();
                                        int count =
                                                timed
                                                        ? reader.read(
                                                                target, Duration.ofNanos(100_000))
                                                        : reader.read(target);
                                        if (count < 0) {
                                            Thread.onSpinWait();
                                        }
                                    }
                                }));
            }
            Thread.sleep(2);
            (round % 2 == 0 ? reader : writer).close();
            Thread.sleep(1);
            (round % 2 == 0 ? writer : reader).close();
            for (Task<Void> user : users) {
                Exception e = user.failure(Exception.class);
                assertTrue(
                        e instanceof ClosedChannelException
                                || e instanceof IpcClosedException
                                || e instanceof PeerClosedException,
                        () -> "unexpected " + e + " at " + List.of(e.getStackTrace()));
            }
        }
    }
}
