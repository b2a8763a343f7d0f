// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.stream;

import static org.ipc4j.tck.stream.Pipes.LONG;
import static org.ipc4j.tck.stream.Pipes.bytes;
import static org.ipc4j.tck.stream.Pipes.drain;
import static org.ipc4j.tck.stream.Pipes.fill;
import static org.ipc4j.tck.stream.Pipes.next;
import static org.ipc4j.tck.stream.Pipes.text;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.ipc4j.spi.Capability;
import org.ipc4j.spi.MechanismProvider;
import org.ipc4j.stream.PipeReader;
import org.ipc4j.stream.PipeWriter;
import org.ipc4j.tck.Allocation;
import org.ipc4j.tck.ProviderFixture;
import org.ipc4j.tck.Task;
import org.junit.jupiter.api.Test;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/**
 * How bytes go through every pipe, with or without a name: from and to every kind of memory, in
 * part, as atomic writes, many at once, and without an allocation.
 *
 * @param <P> the provider interface
 */
public abstract class PipeDataContract<P extends MechanismProvider> extends ProviderFixture<P> {
    /** For subclasses. */
    protected PipeDataContract() {}

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
     * @return the writing end
     * @throws Exception if that fails
     */
    protected abstract PipeWriter writer(PipeReader reader) throws Exception;

    /**
     * Buffers of every kind are written from position to limit and read from their position on;
     * positions move by what was moved; nothing else is changed.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void everyKindOfBuffer() throws Exception {
        PipeReader reader = reader();
        PipeWriter writer = writer(reader);
        List<ByteBuffer> buffers =
                List.of(
                        ByteBuffer.allocate(20),
                        ByteBuffer.allocateDirect(20),
                        ByteBuffer.allocate(40).slice(9, 20),
                        ByteBuffer.allocateDirect(40).slice(9, 20),
                        Arena.ofAuto().allocate(20).asByteBuffer(),
                        Arena.ofShared().allocate(20).asByteBuffer());
        try (Arena confined = Arena.ofConfined()) {
            List<ByteBuffer> all = new ArrayList<>(buffers);
            all.add(confined.allocate(20).asByteBuffer());
            for (ByteBuffer source : all) {
                source.clear().put(0, "0123456789abcdefghij".getBytes(UTF_8));
                for (ByteBuffer view : List.of(source, source.asReadOnlyBuffer())) {
                    view.clear().position(3).limit(8);
                    assertEquals(5, writer.write(view));
                    assertEquals(8, view.position());
                    assertEquals(8, view.limit());
                    assertEquals("34567", next(reader, 5));
                    view.clear().position(3).limit(8);
                    assertEquals(5, writer.write(view, LONG));
                    assertEquals(8, view.position());
                    assertEquals("34567", next(reader, 5));
                }
            }
            for (ByteBuffer target : all) {
                for (boolean timed : new boolean[] {false, true}) {
                    target.clear().put(0, "....................".getBytes(UTF_8));
                    writer.write(bytes("abcdefg"));
                    target.clear().position(3).limit(8);
                    int count = 0;
                    while (target.hasRemaining()) {
                        count += timed ? reader.read(target, LONG) : reader.read(target);
                    }
                    assertEquals(5, count);
                    assertEquals(8, target.limit());
                    assertEquals("...abcde............", text(target.clear()));
                    assertEquals("fg", next(reader, 2));
                }
            }
        }
    }

    /**
     * Segments of every kind are written whole and read from their start on: heap and native, of
     * bytes and of other types, slices, read-only ones as sources, and those of a confined arena.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void everyKindOfSegment() throws Exception {
        PipeReader reader = reader();
        PipeWriter writer = writer(reader);
        try (Arena confined = Arena.ofConfined();
                Arena shared = Arena.ofShared()) {
            for (Function<Integer, MemorySegment> kind :
                    List.<Function<Integer, MemorySegment>>of(
                            confined::allocate,
                            shared::allocate,
                            size -> Arena.ofAuto().allocate(size),
                            size -> MemorySegment.ofArray(new byte[size]),
                            size -> MemorySegment.ofArray(new int[size / 4]),
                            size -> MemorySegment.ofArray(new long[size / 8]),
                            size ->
                                    MemorySegment.ofBuffer(
                                            ByteBuffer.allocate(size + 3).position(3)))) {
                MemorySegment whole = kind.apply(24);
                MemorySegment.copy(
                        MemorySegment.ofBuffer(bytes("0123456789abcdefghijklmn")), 0, whole, 0, 24);
                assertEquals(24, writer.write(whole));
                assertEquals("0123456789abcdefghijklmn", next(reader, 24), whole::toString);
                assertEquals(8, writer.write(whole.asSlice(8, 8).asReadOnly(), LONG));
                assertEquals("89abcdef", next(reader, 8), whole::toString);
                for (boolean timed : new boolean[] {false, true}) {
                    whole.fill((byte) '.');
                    writer.write(bytes("89abcdef"));
                    MemorySegment target = whole.asSlice(8, 8);
                    int count = 0;
                    while (count < 8) {
                        MemorySegment rest = target.asSlice(count);
                        count += timed ? reader.read(rest, LONG) : reader.read(rest);
                    }
                    assertEquals(8, count);
                    assertEquals(
                            "........89abcdef........",
                            new String(whole.toArray(ValueLayout.JAVA_BYTE), UTF_8),
                            whole::toString);
                }
            }
        }
    }

    /**
     * A write that runs out of time has written what the position of its source tells; going on
     * from there, everything arrives.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void partialWriteTellsHowFarItCame() throws Exception {
        PipeReader reader = reader();
        PipeWriter writer = writer(reader);
        byte[] sent = random(3 << 20);
        ByteBuffer source = ByteBuffer.wrap(sent);
        ByteBuffer received = ByteBuffer.allocate(sent.length);
        long start = System.nanoTime();
        int written = writer.write(source, Duration.ofMillis(30));
        assertTrue(System.nanoTime() - start >= 30_000_000);
        assertTrue(written > 0 && written < sent.length, () -> "wrote " + written);
        assertEquals(written, source.position());
        while (received.hasRemaining()) {
            reader.read(received, Duration.ofMillis(1));
            int before = source.position();
            assertEquals(writer.write(source, Duration.ZERO), source.position() - before);
        }
        assertFalse(source.hasRemaining());
        assertArrayEquals(sent, received.array());
        assertEquals(0, reader.read(ByteBuffer.allocate(1), Duration.ofMillis(5)));
    }

    /**
     * The same with segments, where the result tells how far it came.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void partialSegmentWriteTellsHowFarItCame() throws Exception {
        PipeReader reader = reader();
        PipeWriter writer = writer(reader);
        byte[] sent = random(2 << 20);
        long written = 0;
        ByteBuffer received = ByteBuffer.allocate(sent.length);
        while (received.hasRemaining()) {
            written +=
                    writer.write(
                            MemorySegment.ofArray(sent).asSlice(written), Duration.ofMillis(1));
            while (reader.read(received, Duration.ZERO) > 0) {}
        }
        assertEquals(sent.length, written);
        assertArrayEquals(sent, received.array());
    }

    /**
     * A write that is interrupted after its first bytes tells how far it came: a buffer by its
     * position, a segment by the result and a thread that stays interrupted.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void interruptedWriteTellsHowFarItCame() throws Exception {
        for (Task.Kind kind : Task.Kind.values()) {
            PipeReader reader = reader();
            PipeWriter writer = writer(reader);
            byte[] sent = random(2 << 20);
            ByteBuffer source = ByteBuffer.wrap(sent);
            Task.start(kind, () -> writer.write(source, LONG))
                    .assertWaiting()
                    .interrupt()
                    .failure(InterruptedException.class);
            int first = source.position();
            assertTrue(first > 0 && first < sent.length, () -> "wrote " + first);
            byte[] received = new byte[first];
            ByteBuffer target = ByteBuffer.wrap(received);
            while (target.hasRemaining()) {
                assertTrue(reader.read(target, LONG) > 0);
            }
            assertArrayEquals(Arrays.copyOf(sent, first), received);
            assertEquals(0, reader.read(ByteBuffer.allocate(1), Duration.ofMillis(5)));

            Task<Long> segment =
                    Task.start(kind, () -> writer.write(MemorySegment.ofArray(sent), LONG))
                            .assertWaiting()
                            .interrupt();
            long second = segment.result();
            assertTrue(second > 0 && second < sent.length, () -> "wrote " + second);
            assertTrue(segment.interruptedAtEnd());
            assertEquals(second, drain(reader, sent.length));
        }
    }

    /**
     * With {@link Capability#ATOMIC_WRITES} the size of an atomic write is positive, without it 0.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void tellsTheSizeOfAtomicWrites() throws Exception {
        int size = writer(reader()).atomicWriteSize();
        if (has(Capability.ATOMIC_WRITES)) {
            assertTrue(size >= 512, () -> "POSIX promises 512 bytes, not " + size);
        } else {
            assertEquals(0, size);
        }
    }

    /**
     * With {@link Capability#ATOMIC_WRITES} a small write that runs out of time has written
     * nothing.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void atomicWriteIsAllOrNothing() throws Exception {
        require(Capability.ATOMIC_WRITES);
        PipeReader reader = reader();
        PipeWriter writer = writer(reader);
        int size = writer.atomicWriteSize();
        long filled = fill(writer);
        ByteBuffer source = ByteBuffer.allocate(size);
        for (int read = 0; read < 3 * size; read += 100) {
            int count = writer.write(source.clear(), Duration.ofMillis(1));
            assertTrue(count == 0 || count == size, () -> "wrote " + count + " of " + size);
            assertEquals(count, source.position());
            filled += count;
            ByteBuffer some = ByteBuffer.allocate(100);
            filled -= reader.read(some, LONG);
        }
        assertEquals(filled, drain(reader, 1 << 22));
    }

    /**
     * 16 MiB arrive as they were sent, in every form, between both kinds of threads.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void largeTransfersArrive() throws Exception {
        byte[] sent = random(16 << 20);
        for (Task.Kind kind : Task.Kind.values()) {
            for (boolean timed : new boolean[] {false, true}) {
                PipeReader reader = reader();
                PipeWriter writer = writer(reader);
                Task<Void> writing =
                        Task.start(
                                kind,
                                () -> {
                                    ByteBuffer source = ByteBuffer.wrap(sent);
                                    if (timed) {
                                        while (source.hasRemaining()) {
                                            writer.write(source, Duration.ofMillis(3));
                                        }
                                    } else {
                                        assertEquals(1000, writer.write(source.limit(1000)));
                                        assertEquals(
                                                sent.length - 1000,
                                                writer.write(
                                                        MemorySegment.ofArray(sent).asSlice(1000)));
                                    }
                                    writer.close();
                                    return null;
                                });
                Task<String> reading =
                        Task.start(
                                kind,
                                () -> {
                                    MessageDigest digest = MessageDigest.getInstance("SHA-256");
                                    ByteBuffer target = ByteBuffer.allocateDirect(100_000);
                                    while ((timed
                                                    ? reader.read(target.clear(), LONG)
                                                    : reader.read(target.clear()))
                                            >= 0) {
                                        digest.update(target.flip());
                                    }
                                    return HexFormat.of().formatHex(digest.digest());
                                });
                writing.result();
                assertEquals(
                        HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(sent)),
                        reading.result());
            }
        }
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    /**
     * What need not wait allocates no more than {@link #allocation}, with heap and direct buffers.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void allocatesNothing() throws Exception {
        PipeReader reader = reader();
        PipeWriter writer = writer(reader);
        for (ByteBuffer buffer : List.of(ByteBuffer.allocateDirect(64), ByteBuffer.allocate(64))) {
            Allocation.assertAtMost(
                    allocation(),
                    "write(ByteBuffer, Duration), read(ByteBuffer, Duration) of " + buffer,
                    () -> {
                        writer.write(buffer.clear(), LONG);
                        reader.read(buffer.clear(), LONG);
                    });
        }
    }

    /**
     * How many bytes a write and a read may allocate together.
     *
     * @return nothing, unless the provider says that it needs more
     */
    protected int allocation() {
        return 0;
    }
}
