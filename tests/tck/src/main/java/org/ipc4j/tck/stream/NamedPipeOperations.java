// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.stream;

import static org.ipc4j.tck.stream.Pipes.LONG;
import static org.ipc4j.tck.stream.Pipes.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.spi.NamedPipeProvider;
import org.ipc4j.stream.NamedPipeOptions;
import org.ipc4j.stream.NamedPipeReader;
import org.ipc4j.stream.NamedPipeWriter;
import org.ipc4j.tck.Blocking;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@link PipeOperations} of pipes with names, and those that wait for the other end to come. */
final class NamedPipeOperations {
    private NamedPipeOperations() {}

    static List<Blocking.Named> of(NamedPipeProvider provider) {
        List<Blocking.Named> operations = new ArrayList<>();
        operations.add(
                new Blocking.Named("NamedPipe.openWriter", name -> new OpenWriter(provider, name)));
        operations.add(
                new Blocking.Named(
                        "NamedPipeReader.awaitWriter", name -> new AwaitWriter(provider, name)));
        operations.add(
                new Blocking.Named(
                        "NamedPipeReader.read before a writer",
                        name -> new FirstRead(provider, name)));
        operations.addAll(PipeOperations.of("NamedPipe", name -> open(provider, name)));
        return operations;
    }

    private static PipeOperations.Ends open(NamedPipeProvider provider, IpcName name)
            throws IpcException, InterruptedException {
        NamedPipeReader reader = provider.createReader(name, NamedPipeOptions.DEFAULT);
        return new PipeOperations.Ends(
                reader, provider.openWriter(name, Access.OWNER, LONG).orElseThrow());
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

    /** A reader whose writer is to come. */
    private abstract static class Alone extends Blocking {
        final NamedPipeReader mine;
        private final NamedPipeProvider provider;
        private NamedPipeWriter peer;

        Alone(NamedPipeProvider provider, IpcName name) throws IpcException {
            this.provider = provider;
            mine = provider.createReader(name, NamedPipeOptions.DEFAULT);
        }

        final NamedPipeWriter peer() throws IpcException, InterruptedException {
            if (peer == null) {
                peer = provider.openWriter(mine.name(), Access.OWNER, LONG).orElseThrow();
            }
            return peer;
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

    private static final class AwaitWriter extends Alone {
        AwaitWriter(NamedPipeProvider provider, IpcName name) throws IpcException {
            super(provider, name);
        }

        @Override
        public boolean within(Duration timeout) throws IOException, InterruptedException {
            return mine.awaitWriter(timeout);
        }

        @Override
        public void unblock() throws IpcException, InterruptedException {
            peer();
        }

        @Override
        public boolean consumes() {
            return false;
        }
    }

    private static final class FirstRead extends Alone {
        FirstRead(NamedPipeProvider provider, IpcName name) throws IpcException {
            super(provider, name);
        }

        @Override
        public boolean within(Duration timeout) throws IOException, InterruptedException {
            return PipeOperations.read(mine, timeout);
        }

        @Override
        public void unblock() throws IOException, InterruptedException {
            assertEquals(1, peer().write(bytes("!")));
        }
    }
}
