// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.ipc4j.interop.peer.Content;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Path;
import java.util.stream.Stream;

/** Two processes, two languages, one pipe. */
@Interop
class NamedPipeIT {
    private static final int SIZE = 1_000_003;
    private static final String EXPECTED = SIZE + " " + Content.digest(Content.pattern(7, 0, SIZE));

    static Stream<Arguments> withReaderInJava() {
        return Meetings.all().filter(pair -> ((Launcher) pair.get()[0]).isJvm());
    }

    static Stream<Arguments> withReaderInAnotherLanguage() {
        return Meetings.posix().filter(pair -> !((Launcher) pair.get()[0]).isJvm());
    }

    static Stream<Arguments> withOneInAnotherLanguage() {
        return Meetings.posix()
                .filter(pair -> Stream.of(pair.get()).anyMatch(each -> !((Launcher) each).isJvm()));
    }

    @ParameterizedTest(name = "{0} reads, {1} writes")
    @MethodSource("withReaderInJava")
    void aReaderCreatesThePipe(Launcher first, Launcher second) {
        String name = Run.name("fifo");
        try (Peer reader = first.start();
                Peer writer = second.start()) {
            writersComeAndGo(name, reader, writer);
        }
    }

    @ParameterizedTest(name = "{0} reads, {1} writes")
    @MethodSource("withReaderInAnotherLanguage")
    void aWriterMeetsAForeignReader(Launcher first, Launcher second) {
        String path = path();
        try (Peer reader = first.start();
                Peer writer = second.start()) {
            reader.ok("fifo make " + path);
            aWriterMeetsAForeignReader(path, reader, writer);
            reader.ok("fifo unlink " + path);
        }
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("withOneInAnotherLanguage")
    void aForeignFifoIsRead(Launcher first, Launcher second) {
        Launcher java = first.isJvm() ? first : second;
        Launcher other = first.isJvm() ? second : first;
        String path = path();
        try (Peer reader = java.start();
                Peer writer = other.start()) {
            writer.ok("fifo make " + path);
            reader.ok("fifo openReader " + path);
            writer.ok("fifo writer " + path);
            reader.tell("fifo drain");
            writer.ok("fifo fill " + SIZE + " 7");
            writer.ok("fifo close");
            assertEquals(EXPECTED, reader.ok());
            reader.ok("fifo close");
            writer.ok("fifo unlink " + path); // the name is its maker's
        }
    }

    private static String path() {
        return Path.of(System.getProperty("java.io.tmpdir"), Run.name("fifo")).toString();
    }

    /** A process creates a pipe and reads what another one writes. */
    static void writersComeAndGo(String name, Peer reader, Peer writer) {
        String key = reader.ok("fifo reader " + name);
        reader.none("fifo timedread 20");
        assertEquals(key, writer.ok("fifo writer " + key));
        reader.none("fifo timedread 20");
        writer.ok("fifo write hello");
        assertEquals("hello", reader.ok("fifo read"));

        reader.tell("fifo drain");
        writer.ok("fifo fill " + SIZE + " 7");
        writer.ok("fifo close");
        assertEquals(EXPECTED, reader.ok());

        // Another writer begins the stream anew, by the portable name where it knows such.
        writer.ok("fifo writer " + (writer.isJvm() ? name : key));
        writer.ok("fifo write again");
        assertEquals("again", reader.ok("fifo read"));
        reader.ok("fifo close");
        writer.fails("fifo write nobody", Failure.PEER_CLOSED);
    }

    /**
     * A process that speaks another language has made a pipe, and reads what another one writes.
     */
    static void aWriterMeetsAForeignReader(String key, Peer reader, Peer writer) {
        reader.tell("fifo reader " + key);
        assertEquals(key, writer.ok("fifo writer " + key)); // waits for the reader
        reader.ok();
        reader.tell("fifo drain");
        writer.ok("fifo fill " + SIZE + " 7");
        writer.ok("fifo close");
        assertEquals(EXPECTED, reader.ok());
    }
}
