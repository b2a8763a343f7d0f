// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.stream;

import static org.ipc4j.tck.stream.Pipes.bytes;
import static org.ipc4j.tck.stream.Pipes.drain;
import static org.ipc4j.tck.stream.Pipes.fill;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.IpcName;
import org.ipc4j.stream.PipeReader;
import org.ipc4j.stream.PipeWriter;
import org.ipc4j.tck.Blocking;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/** The blocking operations of pipes with and without names that an interrupt leaves usable. */
final class PipeOperations {
    private PipeOperations() {}

    /** Makes a pipe. */
    @FunctionalInterface
    interface Source {
        Ends open(IpcName name) throws IOException, InterruptedException;
    }

    /** The ends of a pipe. */
    record Ends(PipeReader reader, PipeWriter writer) {
        void close() throws IOException {
            try (reader) {
                writer.close();
            }
        }
    }

    /**
     * Names the operations.
     *
     * @param kind what the names of the ends' types begin with
     */
    static List<Blocking.Named> of(String kind, Source source) {
        return List.of(
                new Blocking.Named(
                        kind + "Reader.read(ByteBuffer)",
                        name -> new ReadBuffer(source.open(name))),
                new Blocking.Named(
                        kind + "Reader.read(MemorySegment)",
                        name -> new ReadSegment(source.open(name))),
                new Blocking.Named(
                        kind + "Writer.write(ByteBuffer)",
                        name -> new WriteBuffer(source.open(name))),
                new Blocking.Named(
                        kind + "Writer.write(MemorySegment)",
                        name -> new WriteSegment(source.open(name))));
    }

    /** A read of one byte, which tells whether there was one. */
    static boolean read(PipeReader reader, Duration timeout)
            throws IOException, InterruptedException {
        ByteBuffer target = ByteBuffer.allocateDirect(1);
        int count = reader.read(target, timeout);
        assertTrue(count == 0 || count == 1, () -> "read gave " + count);
        assertEquals(count, target.position());
        return count == 1;
    }

    private static class ReadBuffer extends Blocking {
        final Ends ends;

        ReadBuffer(Ends ends) {
            this.ends = ends;
        }

        @Override
        public boolean within(Duration timeout) throws IOException, InterruptedException {
            return read(ends.reader(), timeout);
        }

        @Override
        public void unblock() throws IOException {
            assertEquals(1, ends.writer().write(bytes("!")));
        }

        @Override
        public void closeObject() throws IOException {
            ends.reader().close();
        }

        @Override
        public void close() throws IOException {
            ends.close();
        }
    }

    private static final class ReadSegment extends ReadBuffer {
        ReadSegment(Ends ends) {
            super(ends);
        }

        @Override
        public boolean within(Duration timeout) throws IOException, InterruptedException {
            int count = ends.reader().read(Arena.ofAuto().allocate(1), timeout);
            assertTrue(count == 0 || count == 1, () -> "read gave " + count);
            return count == 1;
        }
    }

    /**
     * A pipe without room. The reader makes room by reading a lot, so one success does not use it
     * up.
     */
    private abstract static class Writing extends Blocking {
        final Ends ends;

        Writing(Ends ends) throws IOException, InterruptedException {
            this.ends = ends;
            fill(ends.writer());
        }

        @Override
        public void unblock() throws IOException, InterruptedException {
            drain(ends.reader(), 1 << 20);
        }

        @Override
        public boolean consumes() {
            return false;
        }

        @Override
        public void closeObject() throws IOException {
            ends.writer().close();
        }

        @Override
        public void close() throws IOException {
            ends.close();
        }
    }

    private static final class WriteBuffer extends Writing {
        WriteBuffer(Ends ends) throws IOException, InterruptedException {
            super(ends);
        }

        @Override
        public boolean within(Duration timeout) throws IOException, InterruptedException {
            ByteBuffer source = bytes("x");
            int count = ends.writer().write(source, timeout);
            assertEquals(count, source.position());
            return count == 1;
        }
    }

    private static final class WriteSegment extends Writing {
        WriteSegment(Ends ends) throws IOException, InterruptedException {
            super(ends);
        }

        @Override
        public boolean within(Duration timeout) throws IOException, InterruptedException {
            long count = ends.writer().write(MemorySegment.ofArray(new byte[1]), timeout);
            assertTrue(count == 0 || count == 1, () -> "write gave " + count);
            return count == 1;
        }
    }
}
