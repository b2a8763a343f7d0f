// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli.tour;

import org.ipc4j.Access;
import org.ipc4j.IpcName;
import org.ipc4j.Mechanism;
import org.ipc4j.cli.CommandFailure;
import org.ipc4j.cli.peer.Patience;
import org.ipc4j.stream.NamedPipe;
import org.ipc4j.stream.NamedPipeReader;
import org.ipc4j.stream.NamedPipeWriter;

import java.io.IOException;
import java.util.Optional;

/** A stream of bytes. Here it is the receiver who creates the object. */
record PipePassage() implements Passage {
    @Override
    public String word() {
        return "pipe";
    }

    @Override
    public Mechanism mechanism() {
        return Mechanism.NAMED_PIPE;
    }

    @Override
    public Sender create(TourNames names) {
        return new Stream(names.pipe(this));
    }

    @Override
    public void receive(TourNames names, Receipt receipt, Patience patience)
            throws IOException, InterruptedException, CommandFailure {
        try (NamedPipeReader pipe = NamedPipe.createReader(names.pipe(this))) {
            receipt.ready();
            Chunks.receive(pipe::read, receipt, patience);
        }
    }

    private static final class Stream implements Sender {
        private final IpcName name;
        private NamedPipeWriter pipe;
        private long count;

        Stream(IpcName name) {
            this.name = name;
        }

        @Override
        public String nativeKey() {
            return pipe == null ? "" : pipe.nativeKey();
        }

        @Override
        public int chunkSize() {
            return Chunks.SIZE;
        }

        @Override
        public void connect(Patience patience)
                throws IOException, InterruptedException, CommandFailure {
            patience.until(time -> {
                Optional<NamedPipeWriter> opened = NamedPipe.openWriter(name, Access.OWNER, time);
                pipe = opened.orElse(null);
                return opened.isPresent();
            });
        }

        @Override
        public void send(byte[] chunk, int length, Patience patience)
                throws IOException, InterruptedException, CommandFailure {
            Chunks.send(pipe::write, chunk, length, patience);
            count++;
        }

        @Override
        public void end(Patience patience) throws IOException {
            pipe.close();
        }

        @Override
        public String steps() {
            return Chunks.steps(count);
        }

        @Override
        public void close() throws IOException {
            if (pipe != null) {
                pipe.close();
            }
        }
    }
}
