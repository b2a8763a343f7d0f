// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli.tour;

import org.ipc4j.IpcException;
import org.ipc4j.Mechanism;
import org.ipc4j.cli.CommandFailure;
import org.ipc4j.cli.peer.Patience;
import org.ipc4j.stream.AnonymousPipe;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * A stream of bytes without a name. The second process opens its end as any program does, by the
 * path that it was told.
 */
record AnonymousPassage() implements Passage {
    @Override
    public String word() {
        return "anonymous";
    }

    @Override
    public Mechanism mechanism() {
        return Mechanism.ANONYMOUS_PIPE;
    }

    @Override
    public boolean isEverywhere() {
        return false;
    }

    @Override
    public boolean isPossible() {
        try (AnonymousPipe pipe = AnonymousPipe.open()) {
            return pipe.reader().path().isPresent();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Sender create(TourNames names) throws IpcException {
        return new Stream(AnonymousPipe.open());
    }

    @Override
    public void receive(TourNames names, Receipt receipt, Patience patience) {
        throw new IllegalStateException("the second process was not told where the pipe is");
    }

    @Override
    public void receive(TourNames names, List<String> told, Receipt receipt, Patience patience)
            throws IOException {
        byte[] chunk = new byte[Chunks.SIZE];
        try (InputStream pipe = new FileInputStream(told.getFirst())) {
            receipt.ready();
            for (int count = pipe.read(chunk); count >= 0; count = pipe.read(chunk)) {
                receipt.add(chunk, count);
            }
        }
    }

    private static final class Stream implements Sender {
        private final AnonymousPipe pipe;
        private final String path;
        private long count;

        Stream(AnonymousPipe pipe) {
            this.pipe = pipe;
            this.path = pipe.reader().path().orElseThrow().toString();
        }

        @Override
        public List<String> told() {
            return List.of(path);
        }

        @Override
        public String nativeKey() {
            return path;
        }

        @Override
        public int chunkSize() {
            return Chunks.SIZE;
        }

        @Override
        public void connect(Patience patience) throws IOException {
            pipe.reader().close(); // the other process has its own
        }

        @Override
        public void send(byte[] chunk, int length, Patience patience)
                throws IOException, InterruptedException, CommandFailure {
            Chunks.send(pipe.writer()::write, chunk, length, patience);
            count++;
        }

        @Override
        public void end(Patience patience) throws IOException {
            pipe.writer().close();
        }

        @Override
        public String steps() {
            return Chunks.steps(count);
        }

        @Override
        public void close() throws IOException {
            pipe.close();
        }
    }
}
