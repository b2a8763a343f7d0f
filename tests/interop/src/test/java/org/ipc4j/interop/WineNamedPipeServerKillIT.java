// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.stream.Stream;

/**
 * Windows processes that are a pipe's server or client are ended.
 *
 * <p>Promised of a killed client: what it wrote arrives, each message whole, then the end; the next
 * client is served. Of a killed server: the client is told, and the name is free for the next one.
 */
@WineInterop
class WineNamedPipeServerKillIT {
    static Stream<WineVictims> pairs() {
        Launcher windows = WineLauncher.jvm("windows");
        Launcher c = WineLauncher.c();
        return Stream.of(
                new WineVictims(Lifetime.LAST_USER, windows, windows, 4, 2),
                new WineVictims(Lifetime.LAST_USER, windows, c, 12, 6),
                new WineVictims(Lifetime.LAST_USER, c, windows, 4, 2));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void clientsAreKilled(WineVictims victims) throws Exception {
        String name = Run.name("pipe-kill-client");
        try (Peer server = victims.survivor().start()) {
            String key =
                    server.ok(
                            "pipe create " + victims.survivor().spell("pipe", name) + " messages");
            victims.end(
                    "client of a pipe",
                    campaign ->
                            NamedPipeKillIT.writersAreKilled(
                                    victim -> {
                                        victim.ok("pipe connect " + key);
                                        server.ok("pipe accept");
                                    },
                                    "pipe runWriter " + NamedPipeKillIT.RECORD,
                                    () -> {
                                        long size = PipePeers.readToTheEnd(server, "pipe");
                                        server.ok("pipe close");
                                        return size;
                                    },
                                    true,
                                    campaign));
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void serversAreKilled(WineVictims victims) throws Exception {
        String name = Run.name("pipe-kill-server");
        String connect = "pipe connect " + victims.survivor().spell("pipe", name);
        try (Peer client = victims.survivor().start()) {
            victims.end(
                    "server of a pipe",
                    campaign ->
                            NamedPipeKillIT.readersAreKilled(
                                    "pipe create "
                                            + victims.victim().spell("pipe", name)
                                            + " bytes",
                                    "pipe runReader",
                                    () -> PipePeers.sink(client, "pipe", connect),
                                    campaign));
        }
    }
}
