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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Pipes without names between two users. Who is handed an end has it, whoever that is; who is not
 * cannot open it, though it has a path.
 */
@Interop
class AnonymousPipeUserIT {
    private static final int SIZE = 300_000;
    private static final String EXPECTED = SIZE + " " + Content.digest(Content.pattern(7, 0, SIZE));
    private static final Duration LONG = Duration.ofMinutes(5);

    @RegisterExtension static final SecondUser OTHER = new SecondUser();

    private static AnonymousPipe open() throws Exception {
        return Ipc.provider(AnonymousPipeProvider.class, "posix").open();
    }

    /** The JDK opens it before the program becomes somebody else. */
    @Test
    void aProgramOfAnotherUserHasThemAsStandardStreams() throws Exception {
        try (AnonymousPipe there = open();
                AnonymousPipe back = open()) {
            Process process =
                    new ProcessBuilder(OTHER.command("sh", "-c", "id -u; cat"))
                            .redirectInput(there.reader().redirect())
                            .redirectOutput(back.writer().redirect())
                            .start();
            there.reader().close();
            back.writer().close();
            there.writer().write(ByteBuffer.wrap("hello".getBytes(UTF_8)));
            there.writer().close();
            ByteBuffer target = ByteBuffer.allocate(1000);
            while (back.reader().read(target, LONG) > 0) {}
            assertEquals(SecondUser.ID + "\nhello", UTF_8.decode(target.flip()).toString());
            assertEquals(0, process.waitFor());
        }
    }

    @Test
    void whoKnowsThePathCannotOpenIt() throws Exception {
        try (AnonymousPipe pipe = open()) {
            for (Path path :
                    List.of(
                            pipe.reader().path().orElseThrow(),
                            pipe.writer().path().orElseThrow())) {
                String[] open = {"sh", "-c", ": <> \"$1\"", "sh", path.toString()};
                assertEquals(0, Run.run(open).status(), "this user may");
                assertTrue(Run.run(OTHER.command(open)).status() != 0);
            }
        }
    }

    /** What this user cannot open once more through {@code /proc} is used as it came. */
    @Test
    void endsArePassedToAnotherUser() throws Exception {
        String address =
                Path.of(System.getProperty("java.io.tmpdir"), Run.name("sock-user")).toString();
        try (Peer maker = Launcher.jvm("posix").start();
                Peer other = OTHER.jvm("posix").start()) {
            maker.ok("sock serve " + address + " stream everybody");
            other.ok("sock connect " + address + " stream everybody");
            maker.ok("sock accept");
            for (String end : List.of("reader", "writer")) {
                maker.ok("fifo anonymous");
                maker.ok("pass send it " + end);
                assertEquals("it PIPE", other.ok("pass receive"));
                other.ok("pass adopt " + end + " 0");
                boolean reads = end.equals("writer");
                maker.ok(reads ? "fifo closeWriter" : "fifo closeReader");
                Peer reader = reads ? maker : other;
                Peer writer = reads ? other : maker;
                reader.none("fifo timedread 20"); // it does not block
                reader.tell("fifo drain");
                writer.ok("fifo fill " + SIZE + " 7");
                writer.ok("fifo closeWriter");
                assertEquals(EXPECTED, reader.ok());
                reader.ok("fifo closeReader");
            }
            other.ok("sock close");
            maker.ok("sock close");
        }
    }

    @Test
    void anotherUsersReaderIsGone() throws Exception {
        try (AnonymousPipe pipe = open()) {
            Process process =
                    new ProcessBuilder(OTHER.command("head", "-c", "3"))
                            .redirectInput(pipe.reader().redirect())
                            .start();
            pipe.reader().close();
            pipe.writer().write(ByteBuffer.wrap("abc".getBytes(UTF_8)));
            assertEquals(0, process.waitFor());
            assertThrows(
                    PeerClosedException.class,
                    () -> pipe.writer().write(ByteBuffer.wrap("d".getBytes(UTF_8)), LONG));
        }
    }
}
