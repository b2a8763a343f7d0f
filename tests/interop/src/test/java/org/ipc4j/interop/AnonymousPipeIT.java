// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.ipc4j.Ipc;
import org.ipc4j.PeerClosedException;
import org.ipc4j.interop.peer.Content;
import org.ipc4j.spi.AnonymousPipeProvider;
import org.ipc4j.stream.AnonymousPipe;
import org.ipc4j.stream.PipeReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;

/** The ends of pipes without names are handed to other programs. */
@Interop
class AnonymousPipeIT {
    private static final int SIZE = 1_000_003;
    private static final String EXPECTED = SIZE + " " + Content.digest(Content.pattern(7, 0, SIZE));
    private static final Duration LONG = Duration.ofMinutes(5);

    private static AnonymousPipe open() throws IOException {
        return Ipc.provider(AnonymousPipeProvider.class, "posix").open();
    }

    static Stream<Launcher> others() {
        return Stream.of(Launcher.c(), Launcher.python());
    }

    private static byte[] untilEnd(PipeReader reader) throws IOException, InterruptedException {
        ByteBuffer target = ByteBuffer.allocate(2 * SIZE);
        while (reader.read(target, LONG) > 0) {}
        return Arrays.copyOf(target.array(), target.position());
    }

    /** Both standard streams of a program, which ends when its input does. */
    @Test
    void catCopiesFromPipeToPipe() throws Exception {
        try (AnonymousPipe there = open();
                AnonymousPipe back = open()) {
            Process cat =
                    new ProcessBuilder("cat")
                            .redirectInput(there.reader().redirect())
                            .redirectOutput(back.writer().redirect())
                            .start();
            there.reader().close();
            back.writer().close();
            byte[] sent = Content.pattern(7, 0, SIZE);
            Thread writing =
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    there.writer().write(ByteBuffer.wrap(sent));
                                    there.writer().close();
                                } catch (IOException e) {
                                    throw new UncheckedIOException(e);
                                }
                            });
            assertEquals(Content.digest(sent), Content.digest(untilEnd(back.reader())));
            writing.join();
            assertEquals(0, cat.waitFor());
        }
    }

    /** A pipe besides the standard streams, as descriptor 3 of a shell. */
    @Test
    void shellWritesToAnotherDescriptor() throws Exception {
        try (AnonymousPipe pipe = open()) {
            Process shell =
                    new ProcessBuilder(
                                    "sh",
                                    "-c",
                                    "exec 3>\"$1\"; echo ready; read go; echo three >&3",
                                    "sh",
                                    pipe.writer().path().orElseThrow().toString())
                            .start();
            assertEquals("ready", shell.inputReader().readLine());
            pipe.writer().close();
            shell.outputWriter().append("go\n").flush();
            assertEquals("three\n", new String(untilEnd(pipe.reader()), UTF_8));
            assertEquals(0, shell.waitFor());
        }
    }

    @ParameterizedTest(name = "{0} writes")
    @MethodSource("others")
    void anotherLanguageWrites(Launcher launcher) throws Exception {
        try (AnonymousPipe pipe = open();
                Peer writer = launcher.start()) {
            writer.ok("fifo writer " + pipe.writer().path().orElseThrow());
            pipe.writer().close();
            writer.tell("fifo fill " + SIZE + " 7");
            byte[] received = new byte[SIZE];
            ByteBuffer target = ByteBuffer.wrap(received);
            while (target.hasRemaining()) {
                assertTrue(pipe.reader().read(target, LONG) > 0);
            }
            writer.ok();
            assertEquals(EXPECTED, SIZE + " " + Content.digest(received));
            writer.ok("fifo close");
            assertEquals(-1, pipe.reader().read(ByteBuffer.allocate(1), LONG));
        }
    }

    @ParameterizedTest(name = "{0} reads")
    @MethodSource("others")
    void anotherLanguageReads(Launcher launcher) throws Exception {
        try (AnonymousPipe pipe = open();
                Peer reader = launcher.start()) {
            reader.ok("fifo reader " + pipe.reader().path().orElseThrow());
            pipe.reader().close();
            reader.tell("fifo drain");
            pipe.writer().write(ByteBuffer.wrap(Content.pattern(7, 0, SIZE)));
            pipe.writer().close();
            assertEquals(EXPECTED, reader.ok());
        }
    }

    /**
     * Of a killed writer, what its writes returned for arrives, then at most the write it died in,
     * whole, then the end of the stream.
     */
    @Test
    void writersAreKilled() throws Exception {
        AnonymousPipe[] pipe = {null};
        try (Campaign campaign = new Campaign("writer of an anonymous pipe", Launcher.c(), 10)) {
            NamedPipeKillIT.writersAreKilled(
                    victim -> pipe[0] = openedBy(victim),
                    "fifo runWriter " + NamedPipeKillIT.RECORD,
                    () -> NamedPipeKillIT.readToTheEnd(pipe[0].reader()),
                    true,
                    campaign);
        } finally {
            if (pipe[0] != null) {
                pipe[0].close();
            }
        }
    }

    private static AnonymousPipe openedBy(Victim victim) {
        try {
            AnonymousPipe pipe = open();
            victim.ok("fifo writer " + pipe.writer().path().orElseThrow());
            pipe.writer().close();
            return pipe;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void writerIsToldOfAKilledReader() throws Exception {
        for (int i = 0; i < 10; i++) {
            try (AnonymousPipe pipe = open()) {
                Process cat =
                        new ProcessBuilder("cat")
                                .redirectInput(pipe.reader().redirect())
                                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                                .start();
                pipe.reader().close();
                pipe.writer().write(ByteBuffer.allocate(100_000 * i));
                cat.destroyForcibly().waitFor();
                assertThrows(
                        PeerClosedException.class,
                        () -> pipe.writer().write(ByteBuffer.allocate(1 << 20), LONG));
            }
        }
    }
}
