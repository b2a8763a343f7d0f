// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.ipc4j.Ipc;
import org.ipc4j.IpcName;
import org.ipc4j.NameNotFoundException;
import org.ipc4j.PeerClosedException;
import org.ipc4j.interop.peer.Content;
import org.ipc4j.spi.LocalSocketProvider;
import org.ipc4j.stream.LocalAddress;
import org.ipc4j.stream.LocalServerSocket;
import org.ipc4j.stream.LocalSocket;
import org.ipc4j.stream.LocalSocketOptions;
import org.ipc4j.stream.LocalSocketType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Clients and servers of local sockets are killed.
 *
 * <p>Promised of a killed client: what its writes returned for arrives, then at most a part of the
 * write it died in (all or nothing if it is a message), then the end. Of a killed server: the
 * client is told, and the next server takes the name over.
 */
@Interop
class LocalSocketKillIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    static Stream<Arguments> clients() {
        return Stream.of(
                Arguments.of("posix", LocalSocketType.STREAM, Launcher.jvm("posix"), 10),
                Arguments.of("posix", LocalSocketType.STREAM, Launcher.jvm("jvm"), 10),
                Arguments.of("posix", LocalSocketType.STREAM, Launcher.c(), 20),
                Arguments.of("posix", LocalSocketType.SEQPACKET, Launcher.jvm("posix"), 10),
                Arguments.of("posix", LocalSocketType.SEQPACKET, Launcher.c(), 20),
                Arguments.of("jvm", LocalSocketType.STREAM, Launcher.jvm("jvm"), 10),
                Arguments.of("jvm", LocalSocketType.STREAM, Launcher.jvm("posix"), 10),
                Arguments.of("jvm", LocalSocketType.STREAM, Launcher.c(), 20));
    }

    static Stream<Arguments> servers() {
        return Stream.of(
                Arguments.of("posix", LocalSocketType.STREAM, Launcher.jvm("posix"), 12),
                Arguments.of("posix", LocalSocketType.STREAM, Launcher.jvm("jvm"), 12),
                Arguments.of("posix", LocalSocketType.SEQPACKET, Launcher.jvm("posix"), 12),
                Arguments.of("jvm", LocalSocketType.STREAM, Launcher.jvm("jvm"), 12),
                Arguments.of("jvm", LocalSocketType.STREAM, Launcher.jvm("posix"), 12));
    }

    private static LocalSocketProvider sockets(String provider) {
        return Ipc.provider(LocalSocketProvider.class, provider);
    }

    private static String word(LocalSocketType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }

    @ParameterizedTest(name = "{0}, {1}: {3} victims, {2}")
    @MethodSource("clients")
    void clientsAreKilled(String provider, LocalSocketType type, Launcher launcher, int rounds)
            throws Exception {
        LocalAddress address = LocalAddress.of(IpcName.of(Run.name("sock-kill-client")));
        LocalSocketOptions options = LocalSocketOptions.DEFAULT.withType(type);
        try (LocalServerSocket server = sockets(provider).create(address, options);
                Campaign campaign =
                        new Campaign("client of a " + word(type) + " socket", launcher, rounds)) {
            LocalSocket[] accepted = {null};
            NamedPipeKillIT.writersAreKilled(
                    victim -> {
                        victim.ok("sock connect " + server.nativeKey() + " " + word(type));
                        accepted[0] = accept(server);
                    },
                    "sock runWriter " + NamedPipeKillIT.RECORD,
                    () -> readToTheEnd(accepted[0]),
                    type == LocalSocketType.SEQPACKET,
                    campaign);
        }
    }

    private static LocalSocket accept(LocalServerSocket server) {
        try {
            return server.accept(PATIENCE).orElseThrow();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns how many bytes there were; negative if one was wrong. */
    private static long readToTheEnd(LocalSocket socket) {
        ByteBuffer part = ByteBuffer.allocate(1 << 16);
        long at = 0;
        try (socket) {
            while (socket.read(part.clear()) != -1) {
                for (int i = 0; i < part.position(); i++) {
                    if (part.get(i) != Content.pattern(0, at + i)) {
                        return -1;
                    }
                }
                at += part.position();
            }
        } catch (IOException e) {
            e.printStackTrace();
            return -2;
        }
        return at;
    }

    @ParameterizedTest(name = "{1}: {3} victims, {2}, beside {0}")
    @MethodSource("servers")
    void serversAreKilled(String provider, LocalSocketType type, Launcher launcher, int rounds)
            throws Exception {
        IpcName name = IpcName.of(Run.name("sock-kill-server"));
        LocalSocketOptions options = LocalSocketOptions.DEFAULT.withType(type);
        try (Campaign campaign =
                new Campaign("server of a " + word(type) + " socket", launcher, rounds)) {
            NamedPipeKillIT.readersAreKilled(
                    "sock serve " + name.value() + " " + word(type),
                    "sock runReader",
                    () ->
                            sink(
                                    sockets(provider)
                                            .connect(LocalAddress.of(name), options, PATIENCE)
                                            .orElseThrow()),
                    campaign);
        } finally {
            sockets(provider).remove(name);
        }
    }

    /**
     * Servers are killed while they take their name and give it up: whatever they have left behind,
     * nobody can connect to it, and the next server takes the name over at once.
     */
    @ParameterizedTest
    @ValueSource(strings = {"posix", "jvm"})
    void creatorsAreKilled(String provider) throws Exception {
        LocalSocketProvider sockets = sockets(provider);
        LocalAddress address = LocalAddress.of(IpcName.of(Run.name("sock-kill-creator")));
        LocalSocketOptions options = LocalSocketOptions.DEFAULT;
        Path folder = Path.of(sockets.nativeKey(address.name())).getParent();
        try (Campaign campaign = new Campaign("creator of a server", Launcher.jvm(provider), 20)) {
            while (campaign.goesOn()) {
                Victim victim = campaign.victim();
                victim.run("sock runCreator " + address.name().value());
                campaign.kill(List.of(victim));
                long killed = System.nanoTime();
                assertThrows(
                        NameNotFoundException.class,
                        () -> sockets.connect(address, options, PATIENCE));
                try (LocalServerSocket server = sockets.create(address, options);
                        LocalSocket client =
                                sockets.connect(address, options, PATIENCE).orElseThrow();
                        LocalSocket accepted = accept(server)) {
                    campaign.recovered(System.nanoTime() - killed);
                    client.write(ByteBuffer.wrap(new byte[] {7}));
                    assertEquals(1, accepted.read(ByteBuffer.allocate(2)));
                }
                try (Stream<Path> files = Files.list(folder)) {
                    assertEquals(
                            List.of(),
                            files.filter(file -> file.toString().contains(address.name().value()))
                                    .toList(),
                            "left behind");
                }
                campaign.uncertain(victim.last() == 'c' || victim.last() == 'd' ? 1 : 0);
            }
            campaign.succeeded();
        }
    }

    private static NamedPipeKillIT.Sink sink(LocalSocket socket) {
        return new NamedPipeKillIT.Sink() {
            @Override
            public long writeUntilTold() {
                return LocalSocketKillIT.writeUntilTold(socket);
            }

            @Override
            public void close() throws IOException {
                socket.close();
            }
        };
    }

    /** Returns when the server turned out to be gone; 0 if something else happened. */
    private static long writeUntilTold(LocalSocket socket) {
        try {
            for (long at = 0; ; at += NamedPipeKillIT.RECORD) {
                socket.write(ByteBuffer.wrap(Content.pattern(0, at, NamedPipeKillIT.RECORD)));
            }
        } catch (PeerClosedException expected) {
            return System.nanoTime();
        } catch (IOException e) {
            e.printStackTrace();
            return 0;
        }
    }
}
