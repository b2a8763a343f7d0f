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

import org.ipc4j.IncompatibleException;
import org.ipc4j.ResourceLimitException;
import org.ipc4j.spi.AdoptableHandle;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.LocalSocketProvider;
import org.ipc4j.stream.HandleKind;
import org.ipc4j.stream.LocalServerSocket;
import org.ipc4j.stream.LocalSocket;
import org.ipc4j.stream.LocalSocketOptions;
import org.ipc4j.stream.LocalSocketPair;
import org.ipc4j.stream.LocalSocketType;
import org.ipc4j.stream.Passable;
import org.ipc4j.stream.ReceivedHandle;
import org.ipc4j.tck.ProviderFixture;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Handles that are passed through a {@link LocalSocket}. */
public abstract class LocalSocketHandleContract extends ProviderFixture<LocalSocketProvider> {
    /** For subclasses. */
    protected LocalSocketHandleContract() {}

    private LocalSockets sockets() {
        return new LocalSockets(provider(), this::fresh, this::closing);
    }

    private static AdoptableHandle single(List<ReceivedHandle> handles) {
        assertEquals(1, handles.size());
        return AdoptableHandle.of(handles.getFirst());
    }

    private List<ReceivedHandle> pass(LocalSocketPair through, Passable... handles)
            throws Exception {
        assertEquals(1, through.first().write(bytes("h"), List.of(handles), Pipes.LONG));
        List<ReceivedHandle> received = new ArrayList<>();
        assertEquals(1, through.second().read(ByteBuffer.allocate(9), received, Pipes.LONG));
        received.forEach(this::closing);
        return received;
    }

    /**
     * Without the capability everything is refused.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void refusedWithoutTheCapability() throws Exception {
        if (has(Capability.HANDLE_PASSING)) {
            return;
        }
        LocalSocketPair ends = sockets().pair(STREAM);
        assertThrows(
                UnsupportedOperationException.class,
                () -> ends.first().write(bytes("h"), List.of(), Duration.ZERO));
        assertThrows(
                UnsupportedOperationException.class,
                () -> ends.first().read(ByteBuffer.allocate(1), new ArrayList<>(), Duration.ZERO));
    }

    /**
     * A socket that is passed is the same socket: what its owner's other end writes is read through
     * it, also when the passed one is closed here.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void passesSockets() throws Exception {
        require(Capability.HANDLE_PASSING);
        for (LocalSocketOptions through : List.of(STREAM, MESSAGES)) {
            for (LocalSocketOptions options : List.of(STREAM, MESSAGES)) {
                LocalSocketPair ends = sockets().pair(options);
                AdoptableHandle handle = single(pass(sockets().connected(through), ends.first()));
                assertEquals(HandleKind.SOCKET, handle.kind());
                assertTrue(handle.isOpen());
                ends.first().close();
                LocalSocket adopted = closing(provider().adopt(handle));
                assertFalse(handle.isOpen());
                assertEquals(options.type(), adopted.type());
                assertEquals(ends.first().peer(), adopted.peer());
                ends.second().write(bytes("to the new one"));
                assertEquals("to the new one", next(adopted, 14));
                adopted.write(bytes("back"));
                assertEquals("back", next(ends.second(), 4));
                assertThrows(IllegalStateException.class, () -> provider().adopt(handle));
                adopted.close();
                assertEquals(-1, ends.second().read(ByteBuffer.allocate(1)));
            }
        }
    }

    /**
     * A server that is passed goes on serving, and its name stays its first owner's.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void passesServers() throws Exception {
        require(Capability.HANDLE_PASSING);
        LocalServerSocket server = sockets().server(STREAM);
        AdoptableHandle handle = single(pass(sockets().pair(STREAM), server));
        LocalServerSocket adopted = closing(provider().adoptServer(handle));
        assertEquals(server.type(), adopted.type());
        assertEquals(server.nativeKey(), adopted.nativeKey());
        LocalSocket client = sockets().client(server);
        client.write(bytes("x"));
        assertEquals("x", next(sockets().accepted(adopted), 1));
        adopted.close();
        sockets().client(server);
        sockets().accepted(server);
    }

    /**
     * What is adopted as something else is refused, and can still be adopted as what it is.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void wrongAdoptionIsRefused() throws Exception {
        require(Capability.HANDLE_PASSING);
        LocalServerSocket server = sockets().server(MESSAGES);
        LocalSocketPair ends = sockets().pair(STREAM);
        List<ReceivedHandle> received = pass(sockets().pair(STREAM), server, ends.first());
        AdoptableHandle listening = AdoptableHandle.of(received.get(0));
        AdoptableHandle connected = AdoptableHandle.of(received.get(1));
        assertThrows(IncompatibleException.class, () -> provider().adopt(listening));
        assertThrows(IncompatibleException.class, () -> provider().adoptServer(connected));
        assertThrows(IncompatibleException.class, () -> provider().adoptDatagram(listening));
        assertThrows(IncompatibleException.class, () -> provider().adoptDatagram(connected));
        assertThrows(IncompatibleException.class, () -> listening.take(HandleKind.MEMORY));
        assertEquals(LocalSocketType.SEQPACKET, closing(provider().adoptServer(listening)).type());
        assertEquals(LocalSocketType.STREAM, closing(provider().adopt(connected)).type());
    }

    /**
     * Handles come with the bytes that they were sent with: a read never goes beyond the next ones,
     * and bytes without handles bring none.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void handlesComeWithTheirBytes() throws Exception {
        require(Capability.HANDLE_PASSING);
        for (LocalSocketOptions options : List.of(STREAM, MESSAGES)) {
            LocalSocketPair through = sockets().connected(options);
            LocalSocketPair one = sockets().pair(STREAM);
            through.first().write(bytes("none"));
            through.first().write(bytes("one"), List.of(one.first()), Pipes.LONG);
            through.first().write(bytes("two"), List.of(one.first(), one.second()), Pipes.LONG);
            List<ReceivedHandle> received = new ArrayList<>();
            StringBuilder text = new StringBuilder();
            while (text.length() < 10) {
                ByteBuffer target = ByteBuffer.allocate(100);
                assertTrue(through.second().read(target, received, Pipes.LONG) > 0);
                received.forEach(this::closing);
                text.append(Pipes.text(target.flip()));
                String expected =
                        switch (received.size()) {
                            case 0 -> "none";
                            case 1 -> "noneone";
                            case 3 -> "noneonetwo";
                            default -> "nothing with " + received.size() + " handles";
                        };
                assertEquals(expected, text.toString());
            }
            assertEquals(3, received.size());
        }
    }

    /**
     * Handles that come with bytes that are read without asking for them are closed; so are more
     * than were asked for, of which the reader is told. The bytes are there all the same. However
     * often that happens, this process has no more open than before.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void leftoversAreClosed() throws Exception {
        require(Capability.HANDLE_PASSING);
        LocalSocketPair sent = sockets().pair(STREAM);
        List<Passable> flood = Collections.nCopies(LocalSocketOptions.HANDLES, sent.first());
        for (LocalSocketOptions options : List.of(STREAM, MESSAGES)) {
            LocalSocketPair through = sockets().connected(options.withMaxHandles(4));
            long before = held();
            for (int i = 0; i < 20; i++) {
                through.first().write(bytes("h"), flood, Pipes.LONG);
                ByteBuffer target = ByteBuffer.allocate(2);
                if (i % 2 == 0) {
                    assertEquals(1, through.second().read(target));
                } else {
                    List<ReceivedHandle> received = new ArrayList<>();
                    ResourceLimitException e =
                            assertThrows(
                                    ResourceLimitException.class,
                                    () -> through.second().read(target, received, Pipes.LONG));
                    assertTrue(e.getMessage().contains("4"), e::getMessage);
                    assertEquals(List.of(), received);
                    assertEquals(1, target.position());
                }
            }
            assertEquals(before, held());
            through.first().write(bytes("h"), flood.subList(0, 4), Pipes.LONG);
            List<ReceivedHandle> four = new ArrayList<>();
            assertEquals(1, through.second().read(ByteBuffer.allocate(2), four, Pipes.LONG));
            assertEquals(4, four.size());
            four.forEach(ReceivedHandle::close);
            four.forEach(ReceivedHandle::close);
            assertEquals(before, held());
        }
    }

    /**
     * Handles that nobody can take over, since the collection refuses them, are closed.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void refusedHandlesAreClosed() throws Exception {
        require(Capability.HANDLE_PASSING);
        LocalSocketPair through = sockets().connected(STREAM);
        long before = held();
        through.first().write(bytes("h"), List.of(through.first()), Pipes.LONG);
        assertThrows(
                UnsupportedOperationException.class,
                () -> through.second().read(ByteBuffer.allocate(1), List.of(), Pipes.LONG));
        assertEquals(before, held());
    }

    /**
     * What cannot be passed is refused, and nothing is written.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void refusesWhatCannotBePassed() throws Exception {
        require(Capability.HANDLE_PASSING);
        LocalSocketPair ends = sockets().pair(STREAM);
        LocalSocketPair closed = sockets().pair(STREAM);
        closed.close();
        Passable foreign = new Passable() {};
        assertThrows(
                IllegalArgumentException.class,
                () -> ends.first().write(bytes("h"), List.of(foreign), Duration.ZERO));
        assertThrows(
                IllegalStateException.class,
                () -> ends.first().write(bytes("h"), List.of(closed.first()), Duration.ZERO));
        assertThrows(
                IllegalArgumentException.class,
                () -> ends.first().write(bytes(""), List.of(ends.first()), Duration.ZERO));
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        ends.first()
                                .write(
                                        bytes("h"),
                                        Collections.nCopies(
                                                LocalSocketOptions.HANDLES + 1, ends.first()),
                                        Duration.ZERO));
        assertThrows(
                NullPointerException.class,
                () -> ends.first().read(ByteBuffer.allocate(1), null, Duration.ZERO));
        assertEquals(0, ends.second().read(ByteBuffer.allocate(1), Duration.ZERO));
    }
}
