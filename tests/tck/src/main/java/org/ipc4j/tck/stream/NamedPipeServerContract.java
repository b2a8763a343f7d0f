// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.stream;

import static org.ipc4j.tck.stream.Connections.next;
import static org.ipc4j.tck.stream.Pipes.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.Access;
import org.ipc4j.IpcClosedException;
import org.ipc4j.IpcName;
import org.ipc4j.NameExistsException;
import org.ipc4j.NameNotFoundException;
import org.ipc4j.spi.NamedPipeServerProvider;
import org.ipc4j.stream.NamedPipeConnection;
import org.ipc4j.stream.NamedPipeServer;
import org.ipc4j.stream.NamedPipeServerOptions;
import org.ipc4j.stream.PipeTransfer;
import org.ipc4j.tck.Blocking;
import org.ipc4j.tck.ProviderContract;
import org.ipc4j.tck.Task;
import org.ipc4j.tck.WaitingContract;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What every {@link NamedPipeServer} does: with its name, and with those who connect.
 *
 * @see NamedPipeConnectionContract
 */
public abstract class NamedPipeServerContract extends ProviderContract<NamedPipeServerProvider> {
    private static final NamedPipeServerOptions MESSAGES =
            NamedPipeServerOptions.DEFAULT.withTransfer(PipeTransfer.MESSAGES);

    /** For subclasses. */
    protected NamedPipeServerContract() {}

    /** {@link WaitingContract} of a server and its connections. */
    public abstract static class Waiting extends WaitingContract<NamedPipeServerProvider> {
        /** For subclasses. */
        protected Waiting() {}

        @Override
        protected List<Blocking.Named> operations() {
            return blocking(provider());
        }
    }

    /**
     * Returns the blocking operations of a server and of its connections.
     *
     * @param provider the provider
     * @return the operations
     */
    public static List<Blocking.Named> blocking(NamedPipeServerProvider provider) {
        return NamedPipeServerOperations.of(provider);
    }

    private Connections connections() {
        return new Connections(provider(), this::fresh, this::closing);
    }

    /** Null is a {@link NullPointerException}. */
    @Test
    protected void refusesNull() {
        IpcName name = fresh();
        assertThrows(
                NullPointerException.class,
                () -> provider().create(null, NamedPipeServerOptions.DEFAULT));
        assertThrows(NullPointerException.class, () -> provider().create(name, null));
        assertThrows(
                NullPointerException.class,
                () -> provider().connect(null, Access.OWNER, Duration.ZERO));
        assertThrows(
                NullPointerException.class, () -> provider().connect(name, null, Duration.ZERO));
        assertThrows(
                NullPointerException.class, () -> provider().connect(name, Access.OWNER, null));
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
                            () -> provider().connect(name, Access.OWNER, timeout));
            assertEquals(Optional.of(name), e.name());
        }
    }

    /**
     * A server tells its name, its key, how it transfers; it is found by its name as long as it is
     * open.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void tellsWhatItIs() throws Exception {
        for (NamedPipeServerOptions options : List.of(NamedPipeServerOptions.DEFAULT, MESSAGES)) {
            IpcName name = fresh();
            NamedPipeServer server = connections().server(name, options);
            assertTrue(server.isOpen());
            assertEquals(name, server.name());
            assertEquals(provider().nativeKey(name), server.nativeKey());
            assertEquals(options.transfer(), server.transfer());
            assertEquals(Optional.of(server.nativeKey()), provider().find(name));
            Connections.Pair pair = connections().pair(server);
            for (NamedPipeConnection end : List.of(pair.server(), pair.client())) {
                assertTrue(end.isOpen());
                assertEquals(name, end.name());
                assertEquals(server.nativeKey(), end.nativeKey());
                assertEquals(options.transfer(), end.transfer());
                assertEquals(OptionalLong.of(ProcessHandle.current().pid()), end.peerProcessId());
            }
        }
    }

    /**
     * To look for a server does not disturb it: no connection comes of it.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void findingIsNotConnecting() throws Exception {
        NamedPipeServer server = connections().server(NamedPipeServerOptions.DEFAULT);
        for (int i = 0; i < 10; i++) {
            assertTrue(provider().find(server.name()).isPresent());
        }
        assertEquals(Optional.empty(), server.accept(Duration.ofMillis(30)));
        connections().pair(server);
        assertEquals(Optional.empty(), server.accept(Duration.ZERO));
    }

    /**
     * A name has one server.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void secondServerIsRefused() throws Exception {
        NamedPipeServer server = connections().server(NamedPipeServerOptions.DEFAULT);
        for (NamedPipeServerOptions options : List.of(NamedPipeServerOptions.DEFAULT, MESSAGES)) {
            NameExistsException e =
                    assertThrows(
                            NameExistsException.class,
                            () -> provider().create(server.name(), options));
            assertEquals(Optional.of(server.name()), e.name());
        }
        Connections.Pair pair = connections().pair(server);
        pair.client().write(bytes("undisturbed"));
        assertEquals("undisturbed", next(pair.server(), 11));
    }

    /**
     * When the server is closed nobody can connect, what was accepted goes on, and the name is free
     * when that has ended too.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void closedServerLeavesItsConnections() throws Exception {
        NamedPipeServer server = connections().server(NamedPipeServerOptions.DEFAULT);
        Connections.Pair pair = connections().pair(server);
        server.close();
        server.close();
        assertFalse(server.isOpen());
        assertNobodyCanConnect(server.name());
        pair.client().write(bytes("still here"));
        assertEquals("still here", next(pair.server(), 10));
        pair.server().close();
        pair.client().close();
        assertThrows(
                NameNotFoundException.class,
                () -> provider().connect(server.name(), Access.OWNER, Duration.ZERO));
        NamedPipeServer next = connections().server(server.name(), MESSAGES);
        connections().pair(next);
    }

    /** As long as there are connections, a system may still know the name. */
    private void assertNobodyCanConnect(IpcName name) throws Exception {
        try {
            assertEquals(
                    Optional.empty(),
                    provider().connect(name, Access.OWNER, Duration.ofMillis(20)));
        } catch (NameNotFoundException e) {
            assertEquals(Optional.of(name), e.name());
        }
    }

    /**
     * A client that has connected, and was not accepted before the server was closed, is
     * disconnected.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void closeDisconnectsWhoWasNotAccepted() throws Exception {
        NamedPipeServer server = connections().server(NamedPipeServerOptions.DEFAULT);
        NamedPipeConnection client = connections().client(server);
        server.close();
        assertEquals(-1, client.read(ByteBuffer.allocate(1), Pipes.LONG));
    }

    /**
     * A closed server accepts nobody.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void closedServerAcceptsNobody() throws Exception {
        NamedPipeServer server = connections().server(NamedPipeServerOptions.DEFAULT);
        Task<NamedPipeConnection> waiting = Task.start(server::accept).assertWaiting();
        server.close();
        waiting.failure(IpcClosedException.class);
        assertThrows(IllegalStateException.class, server::accept);
        assertThrows(IllegalStateException.class, () -> server.accept(Duration.ZERO));
    }

    /**
     * A client that connects, writes and goes before it is accepted has been there.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void clientThatLeftAtOnceWasThere() throws Exception {
        NamedPipeServer server = connections().server(NamedPipeServerOptions.DEFAULT);
        NamedPipeConnection client = connections().client(server);
        client.write(bytes("card"));
        client.close();
        NamedPipeConnection connection = connections().accepted(server);
        assertEquals("card", next(connection, 4));
        assertEquals(-1, connection.read(ByteBuffer.allocate(1), Pipes.LONG));
        connections().pair(server);
    }

    /**
     * Each client goes to one of the threads that accept.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void eachClientIsAcceptedOnce() throws Exception {
        NamedPipeServer server = connections().server(NamedPipeServerOptions.DEFAULT);
        List<Task<NamedPipeConnection>> accepts = new ArrayList<>();
        for (Task.Kind kind : List.of(Task.Kind.PLATFORM, Task.Kind.VIRTUAL, Task.Kind.PLATFORM)) {
            accepts.add(Task.start(kind, () -> connections().accepted(server)));
        }
        for (Task<NamedPipeConnection> accept : accepts) {
            accept.assertWaiting();
        }
        Set<String> greetings = ConcurrentHashMap.newKeySet();
        for (int i = 0; i < accepts.size(); i++) {
            connections().client(server).write(bytes("client " + i));
        }
        for (Task<NamedPipeConnection> accept : accepts) {
            greetings.add(next(accept.result(), 8));
        }
        assertEquals(Set.of("client 0", "client 1", "client 2"), greetings);
    }

    /**
     * A hundred clients at once, on either kind of thread, each with its own conversation.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void servesAHundredClientsAtOnce() throws Exception {
        int count = 100;
        NamedPipeServer server = connections().server(NamedPipeServerOptions.DEFAULT);
        List<Task<String>> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String greeting = String.format("client %03d", i);
            clients.add(
                    Task.start(
                            Task.Kind.values()[i % 2],
                            () -> {
                                NamedPipeConnection client = connections().client(server);
                                client.write(bytes(greeting));
                                return next(client, greeting.length());
                            }));
        }
        List<NamedPipeConnection> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(connections().accepted(server));
        }
        for (NamedPipeConnection connection : all) { // all are open now
            connection.write(bytes(next(connection, 10)));
        }
        for (int i = 0; i < count; i++) {
            assertEquals(String.format("client %03d", i), clients.get(i).result());
        }
    }

    /**
     * When a client goes, the others notice nothing.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void goingClientDisturbsNobody() throws Exception {
        NamedPipeServer server = connections().server(MESSAGES);
        Connections.Pair one = connections().pair(server);
        Connections.Pair two = connections().pair(server);
        Task<Integer> read =
                Task.start(() -> two.server().read(ByteBuffer.allocate(10), Pipes.LONG))
                        .assertWaiting();
        one.client().close();
        assertEquals(-1, one.server().read(ByteBuffer.allocate(10), Pipes.LONG));
        assertFalse(read.isDone());
        two.client().write(bytes("here"));
        assertEquals(4, read.result());
        connections().pair(server);
    }
}
