// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.Ipc;
import org.ipc4j.IpcName;
import org.ipc4j.ResourceLimitException;
import org.ipc4j.interop.peer.Content;
import org.ipc4j.spi.LocalSocketProvider;
import org.ipc4j.stream.LocalAddress;
import org.ipc4j.stream.LocalServerSocket;
import org.ipc4j.stream.LocalSocket;
import org.ipc4j.stream.LocalSocketOptions;
import org.ipc4j.stream.ReceivedHandle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Two processes, two languages, one connection. */
@Interop
class LocalSocketIT {
    private static final int SIZE = 1_000_003;
    private static final String EXPECTED = SIZE + " " + Content.digest(Content.pattern(7, 0, SIZE));
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    static Stream<Arguments> meetings() {
        return Meetings.posix();
    }

    /** For streams of bytes it makes no difference either which provider a JVM has. */
    static Stream<Arguments> streams() {
        return Meetings.memory();
    }

    /** What keeps a server's address until it dies, and who takes it over. */
    static Stream<Arguments> heirs() {
        return Meetings.foreigners().stream()
                .flatMap(foreigner ->
                        Meetings.PROVIDERS.stream()
                                .map(provider -> Arguments.of(foreigner, Launcher.jvm(provider))));
    }

    static Stream<Arguments> foreigners() {
        return Meetings.foreigners().stream().map(Arguments::of);
    }

    /** A portable name where both know such, and a path otherwise. */
    private static String address(Launcher server, Launcher client) {
        return server.isJvm() && client.isJvm()
                ? Run.name("sock")
                : Path.of(System.getProperty("java.io.tmpdir"), Run.name("sock")).toString();
    }

    private static void clean(Peer server, Peer client, String address) {
        client.ok("sock close");
        server.ok("sock close");
        server.ask("sock unlink " + address);
    }

    /** Who is at the other end: as the system says, or as plain Java cannot know. */
    private static String who(Peer peer, Launcher asking) throws Exception {
        if (asking.equals(Launcher.jvm("jvm"))) {
            return "- -";
        }
        return peer.pid() + " " + Files.getAttribute(Path.of("/proc/self/stat"), "unix:uid");
    }

    @ParameterizedTest(name = "{0} serves, {1} connects")
    @MethodSource("streams")
    void streamsGoBothWays(Launcher first, Launcher second) throws Exception {
        String address = address(first, second);
        try (Peer server = first.start();
                Peer client = second.start()) {
            server.ok("sock serve " + address);
            assertEquals(who(server, second), client.ok("sock connect " + address));
            assertEquals(who(client, first), server.ok("sock accept")); // before the first byte
            client.ok("sock write question");
            assertEquals("question", server.ok("sock read"));
            server.ok("sock write answer");
            assertEquals("answer", client.ok("sock read"));

            server.tell("sock drain");
            client.ok("sock fill " + SIZE + " 7");
            client.ok("sock shutdown");
            assertEquals(EXPECTED, server.ok());
            client.tell("sock drain");
            server.ok("sock fill " + SIZE + " 7");
            server.ok("sock shutdown");
            assertEquals(EXPECTED, client.ok());
            client.ok("sock close");
            clean(server, client, address);
        }
    }

    @ParameterizedTest(name = "{0} serves, {1} connects")
    @MethodSource("streams")
    void closedPeersAreTold(Launcher first, Launcher second) {
        String address = address(first, second);
        try (Peer server = first.start();
                Peer client = second.start()) {
            server.ok("sock serve " + address);
            client.ok("sock connect " + address);
            server.ok("sock accept");
            client.ok("sock write last");
            client.ok("sock close");
            assertEquals("last", server.ok("sock read"));
            server.none("sock read");
            server.fails("sock write nobody", Failure.PEER_CLOSED); // and it lives on
            clean(server, client, address);
        }
    }

    @ParameterizedTest(name = "{0} serves, {1} connects")
    @MethodSource("meetings")
    void messagesKeepTheirBoundaries(Launcher first, Launcher second) throws Exception {
        String address = address(first, second);
        try (Peer server = first.start();
                Peer client = second.start()) {
            server.ok("sock serve " + address + " seqpacket");
            String connect = "sock connect " + address + " seqpacket";
            assertEquals(who(server, second), client.ok(connect));
            assertEquals(who(client, first), server.ok("sock accept"));
            for (int i = 0; i < 5; i++) {
                client.ok("sock write message" + i);
            }
            for (int i = 0; i < 5; i++) {
                assertEquals("message" + i, server.ok("sock read"));
            }
            server.tell("sock drain");
            client.ok("sock fill " + SIZE + " 7");
            client.ok("sock shutdown");
            assertEquals(EXPECTED, server.ok());
            clean(server, client, address);
        }
    }

    @ParameterizedTest(name = "{0} serves, {1} connects")
    @MethodSource("meetings")
    void aConnectedSocketIsPassed(Launcher first, Launcher second) {
        for (String type : List.of("stream", "seqpacket")) {
            String address = address(first, second);
            try (Peer server = first.start();
                    Peer client = second.start()) {
                server.ok("sock serve " + address + " " + type);
                client.ok("sock connect " + address + " " + type);
                server.ok("sock accept");
                client.ok("sock passPair here");
                assertEquals("here SOCKET", server.ok("sock take"));
                // Both go on with what is left of the first connection: the pair.
                client.ok("sock write through");
                assertEquals("through", server.ok("sock read"));
                server.ok("sock write back");
                assertEquals("back", client.ok("sock read"));
                client.ok("sock close");
                server.none("sock read");
                clean(server, client, address);
            }
        }
    }

    @ParameterizedTest(name = "from {0}")
    @MethodSource("foreigners")
    void whatIsPassedIsLookedAt(Launcher launcher) {
        Launcher java = Launcher.jvm("posix");
        String address = address(java, launcher);
        try (Peer server = java.start();
                Peer client = launcher.start()) {
            server.ok("sock serve " + address);
            client.ok("sock connect " + address);
            server.ok("sock accept");
            client.ok("sock passFile /proc/self/exe file");
            assertEquals("file FILE", server.ok("sock take"));
            client.ok("sock passFile /dev/null device");
            assertEquals("device OTHER", server.ok("sock take"));
            client.ok("sock write nothing");
            assertEquals("nothing NOTHING", server.ok("sock take"));
            clean(server, client, address);
        }
    }

    /**
     * The system lets a message carry 253 descriptors. However many come, we have as many as
     * before.
     */
    @ParameterizedTest(name = "from {0}")
    @MethodSource("foreigners")
    void aFloodOfDescriptorsIsHarmless(Launcher launcher) throws Exception {
        LocalSocketProvider sockets = Ipc.provider(LocalSocketProvider.class, "posix");
        LocalAddress address =
                LocalAddress.of(
                        Path.of(System.getProperty("java.io.tmpdir"), Run.name("sock-flood")));
        try (LocalServerSocket server = sockets.create(address, LocalSocketOptions.DEFAULT);
                Peer client = launcher.start()) {
            client.ok("sock connect " + server.nativeKey());
            try (LocalSocket socket = server.accept()) {
                long before = descriptors();
                for (int i = 0; i < 100; i++) {
                    client.ok("sock passFile /dev/null flood 253");
                    ByteBuffer bytes = ByteBuffer.allocate(100);
                    if (i % 2 == 0) {
                        assertEquals(5, socket.read(bytes, PATIENCE));
                    } else {
                        List<ReceivedHandle> handles = new ArrayList<>();
                        assertThrows(
                                ResourceLimitException.class,
                                () -> socket.read(bytes, handles, PATIENCE));
                        assertEquals(List.of(), handles);
                        assertEquals(5, bytes.position());
                    }
                }
                assertEquals(before, descriptors());
            }
        }
    }

    private static long descriptors() throws Exception {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return all.count();
        }
    }

    @ParameterizedTest(name = "{0} receives, {1} sends")
    @MethodSource("meetings")
    void datagramsTellTheirSender(Launcher first, Launcher second) throws Exception {
        String address = address(first, second);
        try (Peer receiver = first.start();
                Peer sender = second.start()) {
            receiver.ok("sock serve " + address + " dgram");
            sender.ok("sock sendto " + address + " one");
            sender.ok("sock sendto " + address + " two");
            String credentials = receiver.isJvm() ? " " + who(sender, first) : "";
            assertEquals("one" + credentials, receiver.ok("sock read"));
            assertEquals("two" + credentials, receiver.ok("sock read"));
            clean(receiver, sender, address);
        }
    }

    /**
     * A server of another program has no lock. As long as it lives it keeps its address; when it
     * has died without clean-up, the next server takes that over.
     */
    @ParameterizedTest(name = "{0} has the address, {1} wants it")
    @MethodSource("heirs")
    void aForeignServerKeepsItsAddressUntilItDies(Launcher launcher, Launcher java) {
        boolean posix = java.equals(Launcher.jvm("posix"));
        for (String type : List.of("stream", "seqpacket", "dgram")) {
            String address = address(launcher, java);
            try (Peer foreign = launcher.start();
                    Peer ours = java.start()) {
                foreign.ok("sock serve " + address + " " + type);
                ours.fails("sock serve " + address, Failure.PRESENT);
                if (posix) {
                    ours.fails("sock serve " + address + " dgram", Failure.PRESENT);
                }
                if (type.equals("stream") || posix && type.equals("seqpacket")) {
                    ours.ok("sock connect " + address + " " + type);
                    if (!posix) {
                        foreign.ok("sock accept"); // plain Java can look only by connecting
                    }
                    foreign.ok("sock accept"); // us, and nobody else who looked
                    ours.ok("sock write x");
                    assertEquals("x", foreign.ok("sock read"));
                }
                foreign.kill();
                awaitDeath(foreign);
                ours.ok("sock serve " + address);
                ours.ok("sock close");
                assertTrue(Files.notExists(Path.of(address)));
            }
        }
    }

    private static void awaitDeath(Peer peer) {
        while (peer.event().isPresent()) {
            Thread.onSpinWait();
        }
    }

    /** Through a socket that was passed, another one is passed. */
    @Test
    void passedSocketsPassSockets() throws Exception {
        LocalSocketProvider sockets = Ipc.provider(LocalSocketProvider.class, "posix");
        String name = Run.name("sock-chain");
        try (Peer middle = Launcher.jvm("posix").start();
                Peer last = Launcher.jvm("posix").start()) {
            last.ok("sock serve " + name);
            middle.ok("sock connect " + name);
            last.ok("sock accept");
            middle.ok("sock passPair first");
            assertEquals("first SOCKET", last.ok("sock take"));
            middle.ok("sock passPair second"); // through the pair, another one
            assertEquals("second SOCKET", last.ok("sock take"));
            middle.ok("sock write through");
            assertEquals("through", last.ok("sock read"));
            clean(last, middle, name);
        }
        assertFalse(sockets.remove(IpcName.of(name)));
    }
}
