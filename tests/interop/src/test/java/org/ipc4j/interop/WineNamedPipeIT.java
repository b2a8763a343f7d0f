// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.stream.Stream;

/** Two Windows processes, two languages, one pipe that goes one way. */
@WineInterop
class WineNamedPipeIT {
    /** Who writes. */
    enum Writer {
        JVM,
        C;

        Launcher launcher() {
            return this == JVM ? WineLauncher.jvm("windows") : WineLauncher.c();
        }
    }

    static Stream<Arguments> foreignReaders() {
        return Stream.of(Writer.values())
                .flatMap(writer ->
                        Stream.of("bytes", "messages").map(kind -> Arguments.of(kind, writer)));
    }

    @ParameterizedTest(name = "a JVM reads, {0} writes")
    @EnumSource
    void aReaderCreatesThePipe(Writer second) {
        try (Peer reader = Writer.JVM.launcher().start();
                Peer writer = second.launcher().start()) {
            NamedPipeIT.writersComeAndGo(Run.name("fifo"), reader, writer);
        }
    }

    @ParameterizedTest(name = "C reads {0}, {1} writes")
    @MethodSource("foreignReaders")
    void aWriterMeetsAForeignReader(String kind, Writer second) {
        String key = NativeSystem.WINDOWS.key("fifo", Run.name("fifo"));
        try (Peer reader = WineLauncher.c().start();
                Peer writer = second.launcher().start()) {
            reader.ok("fifo make " + key + " " + kind);
            NamedPipeIT.aWriterMeetsAForeignReader(key, reader, writer);
            reader.ok("fifo close");
        }
    }

    @ParameterizedTest(name = "{0} writes first")
    @EnumSource
    void writersDoNotDisturbEachOther(Writer first) {
        String name = Run.name("fifo");
        try (Peer reader = Writer.JVM.launcher().start();
                Peer early = first.launcher().start();
                Peer late = WineLauncher.c().start()) {
            late.fails("fifo writer " + NativeSystem.WINDOWS.key("fifo", name), Failure.ABSENT);
            String key = reader.ok("fifo reader " + name);
            assertEquals("\\\\.\\pipe\\" + name, key);
            early.ok("fifo writer " + key);
            early.ok("fifo write early");
            assertEquals("early", reader.ok("fifo read"));
            late.ok("fifo writer " + key);
            late.ok("fifo write late");
            assertEquals("late", reader.ok("fifo read"));
            early.ok("fifo close");
            reader.none("fifo timedread 100"); // it goes on, as long as anybody writes
            late.ok("fifo write last");
            late.ok("fifo close");
            assertEquals("last", reader.ok("fifo read"));
            reader.none("fifo read");
        }
    }
}
