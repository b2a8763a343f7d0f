// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.stream.Stream;

/**
 * Windows processes that are a local socket's server or client are ended.
 *
 * <p>Promised of a killed client: what its writes returned for arrives, then at most a part of the
 * write it died in (all or nothing if it is a message), then the end; who writes to it is told. Of
 * a killed server: the client is told, and the name is free for the next one.
 */
@WineInterop
class WineLocalSocketKillIT {
    static Stream<Arguments> pairs() {
        Launcher windows = WineLauncher.jvm("windows");
        Launcher c = WineLauncher.c();
        return Stream.of(
                        new WineVictims(Lifetime.LAST_USER, windows, windows, 3, 1),
                        new WineVictims(Lifetime.LAST_USER, windows, c, 8, 4),
                        new WineVictims(Lifetime.LAST_USER, c, windows, 3, 1))
                .flatMap(victims ->
                        Stream.of("stream", "seqpacket").map(type -> Arguments.of(type, victims)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("pairs")
    void clientsAreKilled(String type, WineVictims victims) throws Exception {
        String name = Run.name("sock-kill-client");
        String connect = "sock connect " + victims.victim().spell("sock", name) + " " + type;
        String serve = "sock serve " + victims.survivor().spell("sock", name) + " " + type;
        try (Peer server = victims.survivor().start()) {
            victims.end(
                    "client of a local socket",
                    campaign ->
                            NamedPipeKillIT.writersAreKilled(
                                    victim -> {
                                        server.ok(serve);
                                        victim.ok(connect);
                                        server.ok("sock accept");
                                    },
                                    "sock runWriter " + NamedPipeKillIT.RECORD,
                                    () -> {
                                        long size = PipePeers.readToTheEnd(server, "sock");
                                        server.fails("sock write nobody", Failure.PEER_CLOSED);
                                        server.ok("sock close");
                                        return size;
                                    },
                                    type.equals("seqpacket"),
                                    campaign));
        }
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("pairs")
    void serversAreKilled(String type, WineVictims victims) throws Exception {
        String name = Run.name("sock-kill-server");
        String connect = "sock connect " + victims.survivor().spell("sock", name) + " " + type;
        String serve = "sock serve " + victims.victim().spell("sock", name) + " " + type;
        try (Peer client = victims.survivor().start()) {
            victims.end(
                    "server of a local socket",
                    campaign ->
                            NamedPipeKillIT.readersAreKilled(
                                    serve,
                                    "sock runReader",
                                    () -> PipePeers.sink(client, "sock", connect),
                                    campaign));
        }
    }
}
