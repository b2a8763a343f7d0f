// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.stream.Stream;

/**
 * Windows processes that write and read a pipe are ended; the same is promised as in {@link
 * NamedPipeKillIT}, and that it disturbs no other writer.
 */
@WineInterop
class WineNamedPipeKillIT {
    static Stream<WineVictims> writers() {
        Launcher windows = WineLauncher.jvm("windows");
        return Stream.of(
                new WineVictims(Lifetime.LAST_USER, windows, windows, 4, 2),
                new WineVictims(Lifetime.LAST_USER, windows, WineLauncher.c(), 12, 6));
    }

    static Stream<WineVictims> readers() {
        Launcher windows = WineLauncher.jvm("windows");
        return Stream.of(
                new WineVictims(Lifetime.LAST_USER, windows, windows, 4, 2),
                new WineVictims(Lifetime.LAST_USER, WineLauncher.c(), windows, 4, 2));
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
                                    victim -> victim.ok("fifo writer " + key),
                                    "fifo runWriter " + NamedPipeKillIT.RECORD,
                                    () -> PipePeers.readToTheEnd(reader, "fifo"),
                                    true,
                                    campaign));
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
        String open = "fifo writer " + victims.survivor().spell("fifo", name);
        try (Peer writer = victims.survivor().start()) {
            victims.end(
                    "reader of a pipe",
                    campaign ->
                            NamedPipeKillIT.readersAreKilled(
                                    "fifo reader " + name,
                                    "fifo runReader",
                                    () -> PipePeers.sink(writer, "fifo", open),
                                    campaign));
        }
    }
}
