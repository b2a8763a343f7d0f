// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.stream;

import static org.ipc4j.tck.stream.Pipes.LONG;
import static org.ipc4j.tck.stream.Pipes.bytes;
import static org.ipc4j.tck.stream.Pipes.drain;
import static org.ipc4j.tck.stream.Pipes.fill;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.spi.NamedPipeProvider;
import org.ipc4j.stream.NamedPipeOptions;
import org.ipc4j.stream.NamedPipeReader;
import org.ipc4j.stream.NamedPipeWriter;
import org.ipc4j.tck.Blocking;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The blocking operations of a pipe that an interrupt leaves usable. */
final class NamedPipeOperations {
    private NamedPipeOperations() {}

    static List<Blocking.Named> of(NamedPipeProvider provider) {
        return List.of(
                new Blocking.Named("NamedPipe.openWriter", name -> new OpenWriter(provider, name)),
                new Blocking.Named(
                        "NamedPipeReader.awaitWriter", name -> new AwaitWriter(provider, name)),
                new Blocking.Named(
                        "NamedPipeReader.read before a writer",
                        name -> new FirstRead(provider, name)),
                new Blocking.Named(
                        "NamedPipeReader.read(ByteBuffer)", name -> new ReadBuffer(provider, name)),
                new Blocking.Named(
                        "NamedPipeReader.read(MemorySegment)",
                        name -> new ReadSegment(provider, name)),
                new Blocking.Named(
                        "NamedPipeWriter.write(ByteBuffer)",
                        name -> new WriteBuffer(provider, name)),
                new Blocking.Named(
                        "NamedPipeWriter.write(MemorySegment)",
                        name -> new WriteSegment(provider, name)));
    }

    private static final class OpenWriter extends Blocking {
        private final NamedPipeProvider provider;
        private final IpcName name;
        private final List<NamedPipeWriter> writers = new ArrayList<>();
        private NamedPipeReader peer;

        OpenWriter(NamedPipeProvider provider, IpcName name) {
            this.provider = provider;
            this.name = name;
        }

        @Override
        public boolean within(Duration timeout) throws IpcException, InterruptedException {
            Optional<NamedPipeWriter> writer = provider.openWriter(name, Access.OWNER, timeout);
            synchronized (writers) {
                writer.ifPresent(writers::add);
            }
            return writer.isPresent();
        }

        @Override
        public void unblock() throws IpcException {
            peer = provider.createReader(name, NamedPipeOptions.DEFAULT);
        }

        @Override
        public boolean hasObject() {
            return false;
        }

        @Override
        public boolean consumes() {
            return false;
        }

        @Override
        public void closeObject() {
            throw new UnsupportedOperationException("nothing is open yet");
        }

        @Override
        public void close() throws IOException {
            for (NamedPipeWriter writer : writers) {
                writer.close();
            }
            if (peer != null) {
                peer.close();
            }
        }
    }

    /** A reader, and a writer that may have come. */
    private abstract static class Reading extends Blocking {
        final NamedPipeProvider provider;
        final NamedPipeReader mine;
        NamedPipeWriter peer;

        Reading(NamedPipeProvider provider, IpcName name) throws IpcException {
            this.provider = provider;
            mine = provider.createReader(name, NamedPipeOptions.DEFAULT);
        }

        final void openPeer() throws IpcException, InterruptedException {
            if (peer == null) {
                peer = provider.openWriter(mine.name(), Access.OWNER, LONG).orElseThrow();
            }
        }

        @Override
        public void closeObject() throws IOException {
            mine.close();
        }

        @Override
        public void close() throws IOException {
            if (peer != null) {
                peer.close();
            }
            mine.close();
        }
    }

    private static final class AwaitWriter extends Reading {
        AwaitWriter(NamedPipeProvider provider, IpcName name) throws IpcException {
            super(provider, name);
        }

        @Override
        public boolean within(Duration timeout) throws IOException, InterruptedException {
            return mine.awaitWriter(timeout);
        }

        @Override
        public void unblock() throws IpcException, InterruptedException {
            openPeer();
        }

        @Override
        public boolean consumes() {
            return false;
        }
    }

    private static class ReadBuffer extends Reading {
        ReadBuffer(NamedPipeProvider provider, IpcName name)
                throws IpcException, InterruptedException {
            super(provider, name);
            openPeer();
        }

        private ReadBuffer(NamedPipeProvider provider, IpcName name, boolean withoutWriter)
                throws IpcException {
            super(provider, name);
        }

        @Override
        public boolean within(Duration timeout) throws IOException, InterruptedException {
            ByteBuffer target = ByteBuffer.allocateDirect(1);
            int count = mine.read(target, timeout);
            assertTrue(count == 0 || count == 1, () -> "read gave " + count);
            assertEquals(count, target.position());
            return count == 1;
        }

        @Override
        public void unblock() throws IOException, InterruptedException {
            openPeer();
            assertEquals(1, peer.write(bytes("!")));
        }
    }

    private static final class FirstRead extends ReadBuffer {
        FirstRead(NamedPipeProvider provider, IpcName name) throws IpcException {
            super(provider, name, true);
        }
    }

    private static final class ReadSegment extends ReadBuffer {
        ReadSegment(NamedPipeProvider provider, IpcName name)
                throws IpcException, InterruptedException {
            super(provider, name);
        }

        @Override
        public boolean within(Duration timeout) throws IOException, InterruptedException {
            int count = mine.read(Arena.ofAuto().allocate(1), timeout);
            assertTrue(count == 0 || count == 1, () -> "read gave " + count);
            return count == 1;
        }
    }

    /**
     * A pipe without room. The reader makes room by reading a lot, so one success does not use it
     * up.
     */
    private abstract static class Writing extends Blocking {
        final NamedPipeReader peer;
        final NamedPipeWriter mine;

        Writing(NamedPipeProvider provider, IpcName name) throws IOException, InterruptedException {
            peer = provider.createReader(name, NamedPipeOptions.DEFAULT);
            mine = provider.openWriter(name, Access.OWNER, LONG).orElseThrow();
            fill(mine);
        }

        @Override
        public void unblock() throws IOException, InterruptedException {
            drain(peer, 1 << 20);
        }

        @Override
        public boolean consumes() {
            return false;
        }

        @Override
        public void closeObject() throws IOException {
            mine.close();
        }

        @Override
        public void close() throws IOException {
            mine.close();
            peer.close();
        }
    }

    private static final class WriteBuffer extends Writing {
        WriteBuffer(NamedPipeProvider provider, IpcName name)
                throws IOException, InterruptedException {
            super(provider, name);
        }

        @Override
        public boolean within(Duration timeout) throws IOException, InterruptedException {
            ByteBuffer source = bytes("x");
            int count = mine.write(source, timeout);
            assertEquals(count, source.position());
            return count == 1;
        }
    }

    private static final class WriteSegment extends Writing {
        WriteSegment(NamedPipeProvider provider, IpcName name)
                throws IOException, InterruptedException {
            super(provider, name);
        }

        @Override
        public boolean within(Duration timeout) throws IOException, InterruptedException {
            long count = mine.write(MemorySegment.ofArray(new byte[1]), timeout);
            assertTrue(count == 0 || count == 1, () -> "write gave " + count);
            return count == 1;
        }
    }
}
