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
import java.nio.ByteBuffer;
import java.util.Optional;

/** A stream of bytes. Here it is the receiver who creates the object. */
record PipePassage() implements Passage {
    private static final int CHUNK = 1 << 16;

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
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        try (NamedPipeReader pipe = NamedPipe.createReader(names.pipe(this))) {
            receipt.ready();
            int[] count = {0};
            do {
                chunk.clear();
                patience.until(time -> {
                    count[0] = pipe.read(chunk, time);
                    return count[0] != 0;
                });
                receipt.add(chunk.array(), chunk.position());
            } while (count[0] > 0);
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
            return CHUNK;
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
            ByteBuffer bytes = ByteBuffer.wrap(chunk, 0, length);
            while (bytes.hasRemaining()) {
                patience.until(time -> pipe.write(bytes, time) > 0);
            }
            count++;
        }

        @Override
        public void end(Patience patience) throws IOException {
            pipe.close();
        }

        @Override
        public String steps() {
            return count + " writes of " + (CHUNK >> 10) + " KiB";
        }

        @Override
        public void close() throws IOException {
            if (pipe != null) {
                pipe.close();
            }
        }
    }
}
