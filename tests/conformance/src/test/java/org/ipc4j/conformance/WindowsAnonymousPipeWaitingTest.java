// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.Ipc;
import org.ipc4j.spi.AnonymousPipeProvider;
import org.ipc4j.stream.AnonymousPipe;
import org.ipc4j.stream.AnonymousPipeWriter;
import org.ipc4j.tck.Blocking;
import org.ipc4j.tck.stream.AnonymousPipeContract;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Whatever waits for pipes without names of the provider {@code windows} keeps the waiting
 * contract, also while a program has the reading end.
 */
@EnabledOnOs(value = OS.WINDOWS, disabledReason = "the provider windows is for Windows")
class WindowsAnonymousPipeWaitingTest extends AnonymousPipeContract.Waiting {
    @Override
    protected AnonymousPipeProvider provider() {
        return Ipc.provider(AnonymousPipeProvider.class, "windows");
    }

    @Override
    protected List<Blocking.Named> operations() {
        List<Blocking.Named> all = new ArrayList<>(super.operations());
        all.add(
                new Blocking.Named(
                        "AnonymousPipeWriter.write to whoever comes",
                        name -> new Write(provider().open())));
        all.add(
                new Blocking.Named(
                        "AnonymousPipeWriter.write to a program",
                        name -> new WriteMuch(provider().open())));
        return all;
    }

    /** Nobody has come for the reading end yet. */
    private static class Write extends Blocking {
        final AnonymousPipe pipe;
        private final String path;
        InputStream program;

        Write(AnonymousPipe pipe) {
            this.pipe = pipe;
            this.path = pipe.reader().path().orElseThrow().toString();
        }

        @Override
        public boolean within(Duration timeout) throws IOException, InterruptedException {
            ByteBuffer source = ByteBuffer.allocate(1);
            int count = pipe.writer().write(source, timeout);
            assertEquals(count, source.position());
            return count == 1;
        }

        final void come() throws IOException {
            if (program == null) {
                program = new FileInputStream(path);
            }
        }

        @Override
        public void unblock() throws IOException, InterruptedException {
            come();
        }

        @Override
        public boolean consumes() {
            return false;
        }

        @Override
        public void closeObject() throws IOException {
            pipe.writer().close();
        }

        @Override
        public void close() throws IOException {
            try (pipe) {
                if (program != null) {
                    program.close();
                }
            }
        }
    }

    /** Somebody has come, and does not read. */
    private static final class WriteMuch extends Write {
        WriteMuch(AnonymousPipe pipe) throws IOException, InterruptedException {
            super(pipe);
            come();
            AnonymousPipeWriter writer = pipe.writer();
            long total = 0;
            for (int size = 1 << 12; size > 0; size >>= 1) {
                int count;
                do {
                    count = writer.write(ByteBuffer.allocate(size), Duration.ofMillis(1));
                    total += count;
                } while (count > 0);
            }
            assertTrue(total > 0, "there was room at first");
        }

        /** Reads what is there, as long as more comes: what was on its way is then written. */
        @Override
        public void unblock() throws IOException, InterruptedException {
            while (program.available() > 0) {
                program.read(new byte[1 << 16]);
                Thread.sleep(Duration.ofMillis(10));
            }
        }
    }
}
