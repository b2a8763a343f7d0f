// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.ipc4j.interop.peer.Content;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.stream.Stream;

/** A server and its clients: two Windows processes, two languages, a pipe that goes both ways. */
@WineInterop
class WineNamedPipeServerIT {
    private static final int SIZE = 300_007;

    static Stream<Arguments> meetings() {
        return WineMeetings.windows()
                .flatMap(pair ->
                        Stream.of("bytes", "messages")
                                .map(kind -> Arguments.of(pair.get()[0], pair.get()[1], kind)));
    }

    @ParameterizedTest(name = "{0} serves, {1} is the client, {2}")
    @MethodSource("meetings")
    void theyTalk(Launcher first, Launcher second, String kind) {
        String name = Run.name("pipe");
        try (Peer server = first.start();
                Peer client = second.start()) {
            client.fails("pipe connect " + second.spell("pipe", name), Failure.ABSENT);
            String key = server.ok("pipe create " + first.spell("pipe", name) + " " + kind);
            assertEquals("\\\\.\\pipe\\" + name, key);
            assertEquals(key, client.ok("pipe connect " + key));
            server.ok("pipe accept");
            assertEquals(client.ok("self pid"), server.ok("pipe peer"));
            assertEquals(server.ok("self pid"), client.ok("pipe peer"));

            client.ok("pipe write question");
            assertEquals("question", server.ok("pipe read"));
            server.ok("pipe write answer");
            assertEquals("answer", client.ok("pipe read"));
            if (kind.equals("messages")) {
                messagesStayWhole(client, server);
                messagesStayWhole(server, client);
            }
            much(client, server);
            much(server, client);

            client.ok("pipe write last");
            client.ok("pipe close");
            assertEquals("last", server.ok("pipe read"));
            server.none("pipe read");
            server.ok("pipe close");

            // Another client; and when it is served, nobody else.
            client.ok("pipe connect " + second.spell("pipe", name));
            server.ok("pipe accept");
            server.ok("pipe closeServer");
            server.ok("pipe write bye");
            assertEquals("bye", client.ok("pipe read"));
            server.ok("pipe close");
            client.fails("pipe write nobody", Failure.PEER_CLOSED);
            client.ok("pipe close");
            client.fails("pipe connect " + key, Failure.ABSENT);
        }
    }

    private static void messagesStayWhole(Peer writer, Peer reader) {
        writer.ok("pipe write one");
        writer.ok("pipe write two");
        assertEquals("one", reader.ok("pipe read"));
        assertEquals("true", reader.ok("pipe complete"));
        assertEquals("tw", reader.ok("pipe read 2"));
        assertEquals("false", reader.ok("pipe complete"));
        assertEquals("o", reader.ok("pipe read"));
        assertEquals("true", reader.ok("pipe complete"));
    }

    private static void much(Peer writer, Peer reader) {
        writer.tell("pipe fill " + SIZE + " 7");
        assertEquals(
                SIZE + " " + Content.digest(Content.pattern(7, 0, SIZE)),
                reader.ok("pipe take " + SIZE));
        writer.ok();
    }
}
