// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.stream;

import static org.ipc4j.tck.stream.LocalSockets.MESSAGES;
import static org.ipc4j.tck.stream.LocalSockets.STREAM;
import static org.ipc4j.tck.stream.LocalSockets.next;
import static org.ipc4j.tck.stream.Pipes.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.Access;
import org.ipc4j.IncompatibleException;
import org.ipc4j.IpcName;
import org.ipc4j.NameExistsException;
import org.ipc4j.NameNotFoundException;
import org.ipc4j.ResourceLimitException;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.LocalSocketProvider;
import org.ipc4j.stream.LocalAddress;
import org.ipc4j.stream.LocalServerSocket;
import org.ipc4j.stream.LocalSocket;
import org.ipc4j.stream.LocalSocketOptions;
import org.ipc4j.stream.LocalSocketPair;
import org.ipc4j.stream.PeerCredentials;
import org.ipc4j.tck.Blocking;
import org.ipc4j.tck.ProviderContract;
import org.ipc4j.tck.Task;
import org.ipc4j.tck.WaitingContract;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What every {@link LocalServerSocket} does: with its address, and with those who connect.
 *
 * @see LocalSocketDataContract
 * @see LocalSocketMessageContract
 * @see LocalSocketHandleContract
 * @see LocalDatagramContract
 */
public abstract class LocalSocketContract extends ProviderContract<LocalSocketProvider> {
    /** For subclasses. */
    protected LocalSocketContract() {}

    /** {@link WaitingContract} of servers, sockets and datagrams. */
    public abstract static class Waiting extends WaitingContract<LocalSocketProvider> {
        /** For subclasses. */
        protected Waiting() {}

        @Override
        protected List<Blocking.Named> operations() {
            return blocking(provider());
        }
    }

    /**
     * Returns the blocking operations.
     *
     * @param provider the provider
     * @return the operations
     */
    public static List<Blocking.Named> blocking(LocalSocketProvider provider) {
        return LocalSocketOperations.of(provider);
    }

    private LocalSockets sockets() {
        return new LocalSockets(provider(), this::fresh, this::closing);
    }

    /** Null is a {@link NullPointerException}. */
    @Test
    protected void refusesNull() {
        IpcName name = fresh();
        LocalAddress address = LocalAddress.of(name);
        assertThrows(NullPointerException.class, () -> provider().create(null, STREAM));
        assertThrows(NullPointerException.class, () -> provider().create(address, null));
        assertThrows(
                NullPointerException.class, () -> provider().connect(null, STREAM, Duration.ZERO));
        assertThrows(
                NullPointerException.class, () -> provider().connect(address, null, Duration.ZERO));
        assertThrows(NullPointerException.class, () -> provider().connect(address, STREAM, null));
        assertThrows(NullPointerException.class, () -> provider().pair(null));
        assertEquals(Optional.empty(), provider().find(name));
    }

    /** Who connects to a server that is not there is told at once, whatever the time-out. */
    @Test
    protected void absentServerIsAnError() {
        IpcName name = fresh();
        for (Duration timeout : List.of(Duration.ZERO, Pipes.LONG)) {
            NameNotFoundException e =
                    assertThrows(
                            NameNotFoundException.class,
                            () -> provider().connect(LocalAddress.of(name), STREAM, timeout));
            assertEquals(Optional.of(name), e.name());
        }
    }

    /**
     * A server tells its name, its key, its type; it is found by its name as long as it is open.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void tellsWhatItIs() throws Exception {
        IpcName name = fresh();
        LocalServerSocket server = sockets().server(LocalAddress.of(name), STREAM);
        assertTrue(server.isOpen());
        assertEquals(name, server.name());
        assertEquals(LocalAddress.of(name), server.address());
        assertEquals(STREAM.type(), server.type());
        assertEquals(provider().nativeKey(name), server.nativeKey());
        assertEquals(Optional.of(server.nativeKey()), provider().find(name));
        LocalSocket client = sockets().client(server);
        LocalSocket accepted = sockets().accepted(server);
        for (LocalSocket end : List.of(client, accepted)) {
            assertTrue(end.isOpen());
            assertEquals(name, end.name());
            assertEquals(STREAM.type(), end.type());
        }
        server.close();
        server.close();
        assertFalse(server.isOpen());
        assertEquals(name, server.name());
        assertThrows(IllegalStateException.class, server::accept);
        client.write(bytes("still"));
        assertEquals("still", next(accepted, 5));
        if (!has(Capability.REMOVABLE_NAME)) { // a name that stays as long as a connection
            client.close();
            accepted.close();
        }
        assertEquals(Optional.empty(), provider().find(name));
        assertThrows(NameNotFoundException.class, () -> sockets().client(server));
    }

    /**
     * Two servers cannot have one name, and the second is told; when the first is closed, the name
     * is free.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void oneServerHasTheName() throws Exception {
        LocalAddress address = LocalAddress.of(fresh());
        for (int i = 0; i < 3; i++) {
            LocalServerSocket server = sockets().server(address, STREAM);
            NameExistsException e =
                    assertThrows(
                            NameExistsException.class, () -> provider().create(address, STREAM));
            assertEquals(Optional.of(address.name()), e.name());
            LocalSocket client = sockets().client(server);
            LocalSocket accepted = sockets().accepted(server);
            if (!has(Capability.REMOVABLE_NAME)) { // a name that stays as long as a connection
                client.close();
                accepted.close();
            }
            server.close();
        }
    }

    /**
     * Of threads that create at the same time, one succeeds, and to look at it disturbs no server.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void oneOfManyCreates() throws Exception {
        for (int round = 0; round < 10; round++) {
            LocalAddress address = LocalAddress.of(fresh());
            List<Task<LocalServerSocket>> creators = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                creators.add(Task.start(() -> provider().create(address, STREAM)));
            }
            int created = 0;
            for (Task<LocalServerSocket> creator : creators) {
                try {
                    closing(creator.result());
                    created++;
                } catch (NameExistsException e) {
                    assertEquals(Optional.of(address.name()), e.name());
                }
            }
            assertEquals(1, created);
            LocalServerSocket server = null;
            for (Task<LocalServerSocket> creator : creators) {
                server = created(creator, server);
            }
            assertEquals(Optional.empty(), server.accept(Duration.ZERO));
        }
    }

    private static LocalServerSocket created(
            Task<LocalServerSocket> creator, LocalServerSocket otherwise) throws Exception {
        try {
            return creator.result();
        } catch (NameExistsException e) {
            return otherwise;
        }
    }

    /**
     * To remove a name leaves the server alone, which serves those who have connected; others can
     * have the name, and keep it when the first server closes.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void removeLeavesOpenSocketsAlone() throws Exception {
        require(Capability.REMOVABLE_NAME);
        LocalAddress address = LocalAddress.of(fresh());
        LocalServerSocket first = sockets().server(address, STREAM);
        LocalSocket client = sockets().client(first);
        assertTrue(provider().remove(address.name()));
        assertFalse(provider().remove(address.name()));
        assertThrows(NameNotFoundException.class, () -> sockets().client(address, STREAM));
        LocalSocket accepted = sockets().accepted(first);
        LocalServerSocket second = sockets().server(address, STREAM);
        first.close();
        sockets().client(address, STREAM);
        sockets().accepted(second);
        client.write(bytes("x"));
        assertEquals("x", next(accepted, 1));
    }

    /**
     * Each end knows who the other is before the first byte: this process. What the provider does
     * not declare is absent, and not 0.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void peerIsKnownBeforeTheFirstByte() throws Exception {
        LocalSocketPair connected = sockets().connected(STREAM);
        LocalSocketPair pair = sockets().pair(STREAM);
        for (LocalSocket end :
                List.of(connected.first(), connected.second(), pair.first(), pair.second())) {
            PeerCredentials peer = end.peer();
            assertEquals(
                    has(Capability.PEER_PROCESS)
                            ? OptionalLong.of(ProcessHandle.current().pid())
                            : OptionalLong.empty(),
                    peer.processId());
            if (has(Capability.PEER_IDENTITY)) {
                Map<String, Object> self =
                        Files.readAttributes(Path.of("/proc/self/stat"), "unix:uid,gid");
                assertEquals(
                        OptionalLong.of(Integer.toUnsignedLong((int) self.get("uid"))),
                        peer.userId());
                assertEquals(
                        OptionalLong.of(Integer.toUnsignedLong((int) self.get("gid"))),
                        peer.groupId());
                assertTrue(peer.groups().isPresent());
            } else {
                assertEquals(OptionalLong.empty(), peer.userId());
                assertEquals(OptionalLong.empty(), peer.groupId());
                assertEquals(Optional.empty(), peer.groups());
            }
        }
    }

    /**
     * Clients are accepted in the order in which they have connected.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void clientsKeepTheirOrder() throws Exception {
        LocalServerSocket server = sockets().server(STREAM);
        List<LocalSocket> clients = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            clients.add(sockets().client(server));
            clients.get(i).write(bytes("" + i));
        }
        for (int i = 0; i < 5; i++) {
            assertEquals("" + i, next(sockets().accepted(server), 1));
        }
        assertEquals(Optional.empty(), server.accept(Duration.ZERO));
    }

    /**
     * A thousand virtual threads ask one server, which answers each of them in another.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void servesAThousandVirtualThreads() throws Exception {
        LocalServerSocket server = sockets().server(STREAM.withBacklog(16));
        int clients = 1000;
        Task<Void> serving =
                Task.start(() -> {
                    for (int i = 0; i < clients; i++) {
                        LocalSocket accepted = server.accept();
                        Thread.startVirtualThread(() -> echo(accepted));
                    }
                    return null;
                });
        List<Task<String>> asking = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            String question = "question %4d".formatted(i);
            asking.add(
                    Task.start(
                            Task.Kind.VIRTUAL,
                            () -> {
                                try (LocalSocket client =
                                        provider()
                                                .connect(server.address(), STREAM, Pipes.LONG)
                                                .orElseThrow()) {
                                    client.write(bytes(question));
                                    return next(client, question.length());
                                }
                            }));
        }
        for (int i = 0; i < clients; i++) {
            assertEquals("question %4d".formatted(i), asking.get(i).result());
        }
        serving.result();
    }

    private static void echo(LocalSocket client) {
        try (client) {
            ByteBuffer buffer = ByteBuffer.allocate(64);
            while (client.read(buffer.clear()) >= 0) {
                client.write(buffer.flip());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A type, an address or an access that a provider does not declare is refused, and nothing is
     * made.
     */
    @Test
    protected void refusesWhatItDoesNotDeclare() {
        IpcName name = fresh();
        LocalAddress address = LocalAddress.of(name);
        if (!has(Capability.MESSAGE_SOCKETS)) {
            assertThrows(
                    UnsupportedOperationException.class,
                    () -> provider().create(address, MESSAGES));
            assertThrows(UnsupportedOperationException.class, () -> provider().pair(MESSAGES));
        }
        if (!has(Capability.ABSTRACT_NAMES)) {
            assertThrows(
                    UnsupportedOperationException.class,
                    () -> provider().create(LocalAddress.ofAbstract(name.value()), STREAM));
        }
        if (!has(Capability.SOCKET_FILES)) {
            assertThrows(
                    UnsupportedOperationException.class,
                    () -> provider().create(LocalAddress.of(Path.of(name.value())), STREAM));
        }
        if (has(Capability.SOCKET_FILES)) { // then names are in a folder of the user's own
            assertThrows(
                    UnsupportedOperationException.class,
                    () -> provider().create(address, STREAM.withAccess(Access.EVERYBODY)));
        }
        assertEquals(Optional.empty(), provider().find(name));
    }

    /**
     * A server and a client of different types are told.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void typesMustAgree() throws Exception {
        require(Capability.MESSAGE_SOCKETS);
        for (LocalSocketOptions options : List.of(STREAM, MESSAGES)) {
            LocalServerSocket server = sockets().server(options);
            LocalSocketOptions other = options == STREAM ? MESSAGES : STREAM;
            assertThrows(
                    IncompatibleException.class,
                    () -> provider().connect(server.address(), other, Pipes.LONG));
            sockets().client(server);
            sockets().accepted(server);
        }
    }

    /**
     * A path may be given, however long; it is the server's alone unless others are let in, and
     * what is there and no socket is left alone.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void pathsAreAddresses() throws Exception {
        require(Capability.SOCKET_FILES);
        Path folder = Files.createTempDirectory("tck");
        try {
            Path deep = Files.createDirectory(folder.resolve("deep".repeat(40)));
            for (Path file : List.of(folder.resolve("s"), deep.resolve("s".repeat(70)))) {
                for (Access access :
                        has(Capability.SHARED_ACCESS)
                                ? Access.values()
                                : new Access[] {Access.OWNER}) {
                    LocalAddress address = LocalAddress.of(file);
                    LocalSocketOptions options = STREAM.withAccess(access);
                    LocalServerSocket server;
                    try {
                        server = sockets().server(address, options);
                    } catch (ResourceLimitException e) {
                        assertTrue(e.getMessage().matches(".*\\d+ bytes.*"), e::getMessage);
                        continue; // the limit, in a sentence
                    }
                    assertMode(server, access);
                    assertEquals(file.toString(), server.nativeKey());
                    sockets().client(address, options).write(bytes("x"));
                    assertEquals("x", next(sockets().accepted(server), 1));
                    assertThrows(
                            NameExistsException.class, () -> provider().create(address, options));
                    server.close();
                    assertFalse(Files.exists(file, LinkOption.NOFOLLOW_LINKS));
                }
            }
            Path other = Files.writeString(folder.resolve("other"), "precious");
            assertThrows(
                    IncompatibleException.class,
                    () -> provider().create(LocalAddress.of(other), STREAM));
            provider().remove(IpcName.ofNative(other.toString()));
            assertEquals("precious", Files.readString(other));
            Files.delete(other);
            Files.delete(deep);
        } finally {
            closeAll();
            Files.delete(folder); // nothing is left in it
        }
    }

    /**
     * A name that is too long for the system is refused with the limit, and not cut short.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void tooLongPathIsASentence() throws Exception {
        require(Capability.SOCKET_FILES);
        LocalAddress address = LocalAddress.of(Path.of("/tmp", "x".repeat(200)));
        Exception e =
                assertThrows(
                        ResourceLimitException.class, () -> provider().create(address, STREAM));
        assertTrue(e.getMessage().matches(".*\\d+ bytes.*"), e::getMessage);
    }

    /**
     * Every portable name works, however long.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void portableNamesWork() throws Exception {
        IpcName first = fresh();
        int left = IpcName.MAX_BYTES - first.value().length() - 1;
        for (String suffix :
                List.of("x".repeat(left) + "1", "x".repeat(left) + "2", "\u00e4\u6f22", " a ")) {
            IpcName name = removing(IpcName.of(first.value() + suffix));
            LocalServerSocket server = sockets().server(LocalAddress.of(name), STREAM);
            sockets().client(server);
            sockets().accepted(server);
            assertEquals(Optional.of(server.nativeKey()), provider().find(name));
        }
    }

    /**
     * An abstract name is taken only where one asks for it, and has no file.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void abstractNamesAreForWhoAsks() throws Exception {
        require(Capability.ABSTRACT_NAMES);
        IpcName name = fresh();
        LocalAddress address = LocalAddress.ofAbstract(name.value());
        LocalServerSocket server = sockets().server(address, STREAM);
        assertThrows(NameExistsException.class, () -> provider().create(address, STREAM));
        assertThrows(
                NameNotFoundException.class, () -> sockets().client(LocalAddress.of(name), STREAM));
        sockets().client(address, STREAM).write(bytes("x"));
        assertEquals("x", next(sockets().accepted(server), 1));
        server.close();
        assertThrows(NameNotFoundException.class, () -> sockets().client(address, STREAM));
    }

    /**
     * Closing gives everything back.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void closeGivesEverythingBack() throws Exception {
        connectAndClose();
        long before = held();
        for (int i = 0; i < 100; i++) {
            connectAndClose();
        }
        long more = held() - before;
        assertTrue(more < 50, () -> "100 connections were closed and left " + more);
    }

    private void connectAndClose() throws Exception {
        LocalAddress address = LocalAddress.of(fresh());
        try (LocalServerSocket server = provider().create(address, STREAM);
                LocalSocket client = provider().connect(address, STREAM, Pipes.LONG).orElseThrow();
                LocalSocket accepted = server.accept();
                LocalSocketPair pair = provider().pair(STREAM)) {
            client.write(bytes("x"));
            assertEquals("x", next(accepted, 1));
            pair.first().write(bytes("y"));
            assertEquals("y", next(pair.second(), 1));
            assertThrows(NameExistsException.class, () -> provider().create(address, STREAM));
        }
        assertThrows(
                NameNotFoundException.class,
                () -> provider().connect(address, STREAM, Duration.ZERO));
    }
}
