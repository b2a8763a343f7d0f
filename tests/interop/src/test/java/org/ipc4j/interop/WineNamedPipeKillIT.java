// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.ipc4j.interop.peer.Content;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.stream.Stream;

/**
 * Windows processes that write and read a pipe are ended; the same is promised as in {@link
 * NamedPipeKillIT}, and that it disturbs no other writer.
 */
@WineInterop
class WineNamedPipeKillIT {
    /** More than can be written before the reader is gone. */
    private static final String ENDLESS = "fifo fill 1000000000000000 0";

    static Stream<WineVictims> writers() {
        Launcher windows = WineLauncher.jvm("windows");
        return Stream.of(
                new WineVictims(Lifetime.LAST_USER, windows, windows, 8, 4),
                new WineVictims(Lifetime.LAST_USER, windows, WineLauncher.c(), 12, 6));
    }

    static Stream<WineVictims> readers() {
        Launcher windows = WineLauncher.jvm("windows");
        return Stream.of(
                new WineVictims(Lifetime.LAST_USER, windows, windows, 6, 3),
                new WineVictims(Lifetime.LAST_USER, WineLauncher.c(), windows, 6, 3));
    }

    @ParameterizedTest
    @MethodSource("writers")
    void writersAreKilled(WineVictims victims) throws Exception {
        try (Peer reader = victims.survivor().start()) {
            String key = reader.ok("fifo reader " + Run.name("fifo-kill-writer"));
            victims.end(
                    "writer of a pipe",
                    campaign ->
                            NamedPipeKillIT.writersAreKilled(
                                    key, () -> readToTheEnd(reader), true, campaign));
            reader.ok("fifo close");
        }
    }

    @ParameterizedTest
    @MethodSource("writers")
    void otherWritersGoOn(WineVictims victims) throws Exception {
        try (Peer reader = victims.survivor().start();
                Peer other = victims.survivor().start()) {
            String key = reader.ok("fifo reader " + Run.name("fifo-kill-one"));
            other.ok("fifo writer " + key);
            victims.end(
                    "one of two writers of a pipe",
                    campaign -> {
                        while (campaign.goesOn()) {
                            Victim victim = campaign.victim();
                            victim.ok("fifo writer " + key);
                            victim.ok("fifo write last");
                            campaign.killNow(victim);
                            assertEquals("last", reader.ok("fifo read"));
                            reader.none("fifo timedread 50");
                            other.ok("fifo write more");
                            assertEquals("more", reader.ok("fifo read"));
                        }
                        campaign.succeeded();
                    });
            other.ok("fifo close");
            reader.none("fifo read");
        }
    }

    @ParameterizedTest
    @MethodSource("readers")
    void readersAreKilled(WineVictims victims) throws Exception {
        String name = Run.name("fifo-kill-reader");
        try (Peer writer = victims.survivor().start()) {
            victims.end(
                    "reader of a pipe",
                    campaign ->
                            NamedPipeKillIT.readersAreKilled(
                                    name,
                                    () -> sink(writer, victims.survivor().spell("fifo", name)),
                                    campaign));
        }
    }

    private static long readToTheEnd(Peer reader) {
        List<String> answer = List.of(reader.ok("fifo drain").split(" "));
        int size = Integer.parseInt(answer.get(0));
        boolean whole = answer.get(1).equals(Content.digest(Content.pattern(0, 0, size)));
        return whole ? size : -1;
    }

    private static NamedPipeKillIT.Sink sink(Peer writer, String name) {
        writer.ok("fifo writer " + name);
        return new NamedPipeKillIT.Sink() {
            @Override
            public long writeUntilTold() {
                writer.fails(ENDLESS, Failure.PEER_CLOSED);
                return System.nanoTime();
            }

            @Override
            public void close() {
                writer.ok("fifo close");
            }
        };
    }
}
