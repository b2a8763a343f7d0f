// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.Ipc;
import org.ipc4j.PeerClosedException;
import org.ipc4j.spi.AnonymousPipeProvider;
import org.ipc4j.stream.AnonymousPipe;
import org.ipc4j.tck.Task;
import org.ipc4j.tck.stream.AnonymousPipeContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.function.Executable;

import java.io.FileInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The provider {@code windows} keeps the contract of pipes without names. */
@EnabledOnOs(value = OS.WINDOWS, disabledReason = "the provider windows is for Windows")
class WindowsAnonymousPipeTest extends AnonymousPipeContract {
    @Override
    protected AnonymousPipeProvider provider() {
        return Ipc.provider(AnonymousPipeProvider.class, "windows");
    }

    /** Only one end can be handed over, and the reading end only before anything was written. */
    @Test
    void theFirstUseDecidesWhichEndProgramsGet() throws Exception {
        try (AnonymousPipe written = provider().open();
                AnonymousPipe read = provider().open();
                AnonymousPipe used = provider().open()) {
            assertTrue(written.writer().path().isPresent());
            assertEquals(Optional.empty(), written.reader().path());
            assertTrue(read.reader().path().isPresent());
            assertEquals(read.reader().path(), read.reader().path());
            assertEquals(Optional.empty(), read.writer().path());
            used.writer().write(ByteBuffer.wrap(new byte[1]));
            assertEquals(Optional.empty(), used.reader().path());
            for (Executable redirect :
                    List.<Executable>of(
                            () -> written.reader().redirect(),
                            () -> read.writer().redirect(),
                            () -> used.reader().redirect())) {
                String message =
                        assertThrows(UnsupportedOperationException.class, redirect).getMessage();
                assertTrue(message.contains("startPipeline"), message);
            }
        }
    }

    /** Until a program has come, writers wait; when this process gives up waiting, they fail. */
    @Test
    void writersWaitForTheProgram() throws Exception {
        try (AnonymousPipe pipe = provider().open()) {
            Path path = pipe.reader().path().orElseThrow();
            ByteBuffer source = ByteBuffer.wrap(new byte[] {1, 2});
            assertEquals(0, pipe.writer().write(source, Duration.ofMillis(20)));
            try (InputStream first = new FileInputStream(path.toFile())) {
                assertEquals(2, pipe.writer().write(source));
                assertEquals(1, first.read());
            }
            try (InputStream second = new FileInputStream(path.toFile())) {
                source.rewind();
                assertEquals(2, pipe.writer().write(source));
                assertEquals(1, second.read());
            }
            source.rewind();
            Task<Integer> waiting =
                    Task.start(Task.Kind.PLATFORM, () -> pipe.writer().write(source))
                            .assertWaiting();
            pipe.reader().close();
            waiting.failure(PeerClosedException.class);
        }
    }
}
