// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.ipc4j.interop.peer.Content;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.stream.Stream;

/**
 * Local sockets between two Windows processes, in two languages. The C program knows of named pipes
 * only.
 */
@WineInterop
class WineLocalSocketIT {
    private static final int SIZE = 300_007;
    private static final String EXPECTED = SIZE + " " + Content.digest(Content.pattern(7, 0, SIZE));

    static Stream<Arguments> meetings() {
        return WineMeetings.windows()
                .flatMap(pair ->
                        Stream.of("stream", "seqpacket")
                                .map(type -> Arguments.of(pair.get()[0], pair.get()[1], type)));
    }

    @ParameterizedTest(name = "{0} serves, {1} connects, {2}")
    @MethodSource("meetings")
    void theyTalk(Launcher first, Launcher second, String type) {
        String name = Run.name("sock");
        String serve = "sock serve " + first.spell("sock", name) + " " + type;
        String connect = "sock connect " + second.spell("sock", name) + " " + type;
        try (Peer server = first.start();
                Peer client = second.start()) {
            client.fails(connect, Failure.ABSENT);
            assertEquals("\\\\.\\pipe\\" + name, server.ok(serve));
            assertEquals(server.ok("self pid") + " -", client.ok(connect));
            assertEquals(client.ok("self pid") + " -", server.ok("sock accept"));

            client.ok("sock write question");
            assertEquals("question", server.ok("sock read"));
            server.ok("sock write answer");
            assertEquals("answer", client.ok("sock read"));
            if (type.equals("seqpacket")) {
                messagesKeepTheirBoundaries(client, server);
                messagesKeepTheirBoundaries(server, client);
            }

            server.tell("sock drain");
            client.ok("sock fill " + SIZE + " 7");
            client.ok("sock close");
            assertEquals(EXPECTED, server.ok());
            server.none("sock read");
            server.fails("sock write nobody", Failure.PEER_CLOSED); // and it lives on
            server.ok("sock close");
            client.fails(connect, Failure.ABSENT);

            // The name is free, and now the server closes first.
            server.ok(serve);
            client.ok(connect);
            server.ok("sock accept");
            client.tell("sock drain");
            server.ok("sock fill " + SIZE + " 7");
            server.ok("sock close");
            assertEquals(EXPECTED, client.ok());
            client.fails("sock write nobody", Failure.PEER_CLOSED);
            client.ok("sock close");
        }
    }

    private static void messagesKeepTheirBoundaries(Peer writer, Peer reader) {
        for (int i = 0; i < 5; i++) {
            writer.ok("sock write message" + i);
        }
        for (int i = 0; i < 5; i++) {
            assertEquals("message" + i, reader.ok("sock read"));
        }
    }
}
