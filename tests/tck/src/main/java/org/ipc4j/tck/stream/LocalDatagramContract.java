// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.stream;

import static org.ipc4j.tck.stream.Pipes.bytes;
import static org.ipc4j.tck.stream.Pipes.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.Access;
import org.ipc4j.IpcAccessDeniedException;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.NameExistsException;
import org.ipc4j.NameNotFoundException;
import org.ipc4j.ResourceLimitException;
import org.ipc4j.spi.AdoptableHandle;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.LocalSocketProvider;
import org.ipc4j.stream.LocalAddress;
import org.ipc4j.stream.LocalDatagram;
import org.ipc4j.stream.LocalDatagramOptions;
import org.ipc4j.stream.LocalDatagramSocket;
import org.ipc4j.stream.LocalSocketOptions;
import org.ipc4j.stream.Passable;
import org.ipc4j.stream.ReceivedHandle;
import org.ipc4j.tck.ProviderFixture;
import org.ipc4j.tck.Task;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What every {@link LocalDatagramSocket} does. */
public abstract class LocalDatagramContract extends ProviderFixture<LocalSocketProvider> {
    /** For subclasses. */
    protected LocalDatagramContract() {}

    private LocalDatagramSocket named() throws IpcException {
        return named(LocalAddress.of(fresh()));
    }

    private LocalDatagramSocket named(LocalAddress address) throws IpcException {
        require(Capability.DATAGRAMS);
        return closing(provider().createDatagram(address, LocalDatagramOptions.DEFAULT));
    }

    private LocalDatagramSocket unnamed() throws IpcException {
        require(Capability.DATAGRAMS);
        return closing(provider().createUnnamedDatagram(LocalDatagramOptions.DEFAULT));
    }

    private static LocalAddress at(LocalDatagramSocket socket) {
        return socket.address().orElseThrow();
    }

    /**
     * Without the capability everything is refused, and nothing is made.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void refusedWithoutTheCapability() throws Exception {
        if (has(Capability.DATAGRAMS)) {
            return;
        }
        IpcName name = fresh();
        assertThrows(
                UnsupportedOperationException.class,
                () ->
                        provider()
                                .createDatagram(
                                        LocalAddress.of(name), LocalDatagramOptions.DEFAULT));
        assertThrows(
                UnsupportedOperationException.class,
                () -> provider().createUnnamedDatagram(LocalDatagramOptions.DEFAULT));
        assertEquals(Optional.empty(), provider().find(name));
    }

    /**
     * Datagrams keep their boundaries and their order, tell who sent them, and can be answered.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void boundariesOrderAndSender() throws Exception {
        LocalDatagramSocket receiver = named();
        LocalDatagramSocket sender = named();
        for (String message : List.of("one", "", "three")) {
            ByteBuffer source = bytes(message);
            sender.send(source, at(receiver));
            assertFalse(source.hasRemaining());
        }
        for (String message : List.of("one", "", "three")) {
            ByteBuffer target = ByteBuffer.allocateDirect(100);
            LocalDatagram datagram = receiver.receive(target);
            assertEquals(message, text(target.flip()));
            assertEquals(message.length(), datagram.size());
            assertFalse(datagram.isTruncated());
            assertEquals(
                    OptionalLong.of(ProcessHandle.current().pid()),
                    datagram.credentials().processId());
            assertTrue(datagram.credentials().userId().isPresent());
            LocalAddress back = datagram.sender().orElseThrow();
            receiver.send(bytes("answer"), back);
            assertEquals(6, sender.receive(ByteBuffer.allocate(10)).size());
        }
        assertEquals(Optional.empty(), receiver.receive(ByteBuffer.allocate(1), Duration.ZERO));
    }

    /**
     * Who has no address sends all the same, and cannot be answered.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void unnamedSocketsSend() throws Exception {
        LocalDatagramSocket receiver = named();
        LocalDatagramSocket sender = unnamed();
        assertEquals(Optional.empty(), sender.address());
        sender.send(bytes("x"), at(receiver));
        LocalDatagram datagram = receiver.receive(ByteBuffer.allocate(10));
        assertEquals(Optional.empty(), datagram.sender());
        assertEquals(
                OptionalLong.of(ProcessHandle.current().pid()), datagram.credentials().processId());
    }

    /**
     * What a target has no room for is lost, and that is told.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void truncationIsTold() throws Exception {
        LocalDatagramSocket receiver = named();
        LocalDatagramSocket sender = unnamed();
        for (int room : new int[] {0, 3, 7}) {
            sender.send(bytes("abcdefg"), at(receiver));
            ByteBuffer target = ByteBuffer.allocate(room);
            LocalDatagram datagram = receiver.receive(target);
            assertEquals(room, datagram.size());
            assertEquals(7, datagram.fullSize());
            assertEquals(room < 7, datagram.isTruncated());
            assertEquals("abcdefg".substring(0, room), text(target.flip()));
        }
    }

    /**
     * Datagrams up to the limit go through whole; longer ones are refused.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void longDatagramsGoThroughWhole() throws Exception {
        LocalDatagramSocket receiver = named();
        LocalDatagramSocket sender = unnamed();
        int size = LocalDatagramOptions.DEFAULT.bufferSize();
        assertTrue(sender.maxMessageSize() >= size);
        ByteBuffer source = ByteBuffer.allocate(size).put(size - 1, (byte) 7);
        sender.send(source, at(receiver));
        ByteBuffer target = ByteBuffer.allocate(size + 1);
        LocalDatagram datagram = receiver.receive(target);
        assertEquals(size, datagram.fullSize());
        assertFalse(datagram.isTruncated());
        assertEquals(7, target.get(size - 1));
        ByteBuffer tooLong = ByteBuffer.allocate(sender.maxMessageSize() + 1);
        assertThrows(IllegalArgumentException.class, () -> sender.send(tooLong, at(receiver)));
        assertEquals(0, tooLong.position());
    }

    /**
     * A name has one socket; who sends where nobody is, or where a socket was closed, is told.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void nobodyThereIsAnError() throws Exception {
        LocalDatagramSocket receiver = named();
        LocalDatagramSocket sender = unnamed();
        LocalAddress address = at(receiver);
        assertThrows(
                NameExistsException.class,
                () -> provider().createDatagram(address, LocalDatagramOptions.DEFAULT));
        assertThrows(
                NameExistsException.class,
                () -> provider().create(address, LocalSocketOptions.DEFAULT));
        assertThrows(
                NameNotFoundException.class,
                () -> sender.send(bytes("x"), LocalAddress.of(fresh())));
        receiver.close();
        receiver.close();
        assertFalse(receiver.isOpen());
        assertThrows(NameNotFoundException.class, () -> sender.send(bytes("x"), address));
        assertThrows(IllegalStateException.class, () -> receiver.receive(ByteBuffer.allocate(1)));
        assertThrows(IllegalStateException.class, () -> receiver.send(bytes("x"), address));
        sender.send(bytes("x"), at(named(address)));
    }

    /**
     * Many senders send to one receiver, which gets everything of each in order.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void manySendToOne() throws Exception {
        LocalDatagramSocket receiver = named();
        int senders = 8;
        int messages = 200;
        List<Task<Void>> sending = new ArrayList<>();
        for (int s = 0; s < senders; s++) {
            int number = s;
            LocalDatagramSocket sender = unnamed();
            sending.add(
                    Task.start(
                            s % 2 == 0 ? Task.Kind.PLATFORM : Task.Kind.VIRTUAL,
                            () -> {
                                for (int i = 0; i < messages; i++) {
                                    sender.send(
                                            ByteBuffer.allocate(8).putInt(number).putInt(i).flip(),
                                            at(receiver));
                                }
                                return null;
                            }));
        }
        int[] next = new int[senders];
        ByteBuffer target = ByteBuffer.allocate(16);
        for (int i = 0; i < senders * messages; i++) {
            assertEquals(8, receiver.receive(target.clear(), Pipes.LONG).orElseThrow().size());
            int number = target.flip().getInt();
            assertEquals(next[number]++, target.getInt());
        }
        for (Task<Void> task : sending) {
            task.result();
        }
    }

    /**
     * An abstract name can be sent to by everybody, so only who accepts everybody uses it.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void abstractNamesAreForWhoAsks() throws Exception {
        require(Capability.ABSTRACT_NAMES);
        LocalAddress address = LocalAddress.ofAbstract(fresh().value());
        LocalDatagramSocket receiver = named(address);
        assertThrows(IpcAccessDeniedException.class, () -> unnamed().send(bytes("x"), address));
        LocalDatagramSocket sender =
                closing(
                        provider()
                                .createUnnamedDatagram(
                                        LocalDatagramOptions.DEFAULT.withAccess(Access.EVERYBODY)));
        sender.send(bytes("x"), address);
        assertEquals(1, receiver.receive(ByteBuffer.allocate(1)).size());
    }

    /**
     * Handles are passed with datagrams, and a datagram socket can be passed; what nobody asked for
     * is closed.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void passesHandles() throws Exception {
        require(Capability.HANDLE_PASSING);
        LocalDatagramSocket receiver = named();
        LocalDatagramSocket sender = unnamed();
        LocalDatagramSocket passed = named();
        List<Passable> flood = Collections.nCopies(100, passed);
        long before = held();
        sender.send(bytes("x"), at(receiver), flood, Pipes.LONG);
        assertEquals(1, receiver.receive(ByteBuffer.allocate(1)).size());
        sender.send(bytes("x"), at(receiver), flood, Pipes.LONG);
        List<ReceivedHandle> handles = new ArrayList<>();
        ByteBuffer target = ByteBuffer.allocate(1);
        assertThrows(
                ResourceLimitException.class, () -> receiver.receive(target, handles, Pipes.LONG));
        assertEquals(1, target.position());
        assertEquals(List.of(), handles);
        assertEquals(before, held());
        sender.send(bytes(""), at(receiver), List.of(passed), Pipes.LONG);
        receiver.receive(target, handles, Pipes.LONG).orElseThrow();
        assertEquals(1, handles.size());
        AdoptableHandle handle = AdoptableHandle.of(handles.getFirst());
        LocalDatagramSocket adopted = closing(provider().adoptDatagram(handle));
        sender.send(bytes("to the new one"), at(passed));
        assertEquals(14, adopted.receive(ByteBuffer.allocate(20)).size());
        adopted.close();
        sender.send(bytes("x"), at(passed));
        assertEquals(1, passed.receive(ByteBuffer.allocate(20)).size());
    }

    /**
     * Misuse is refused.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void refusesMisuse() throws Exception {
        LocalDatagramSocket socket = named();
        ByteBuffer one = ByteBuffer.allocate(1);
        assertThrows(NullPointerException.class, () -> socket.send(one, null));
        assertThrows(NullPointerException.class, () -> socket.send(null, at(socket)));
        assertThrows(NullPointerException.class, () -> socket.receive(null));
        assertThrows(NullPointerException.class, () -> socket.receive(one, null, Duration.ZERO));
        assertThrows(
                ReadOnlyBufferException.class,
                () -> socket.receive(one.asReadOnlyBuffer(), Duration.ZERO));
    }
}
