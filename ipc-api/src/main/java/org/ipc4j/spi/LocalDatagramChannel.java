// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.spi;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.stream.LocalAddress;
import org.ipc4j.stream.LocalDatagram;
import org.ipc4j.stream.LocalDatagramSocket;
import org.ipc4j.stream.Passable;
import org.ipc4j.stream.ReceivedHandle;

import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Makes a {@link LocalDatagramSocket} from a send and a receive that do not wait. */
public abstract class LocalDatagramChannel implements LocalDatagramSocket {
    private final IpcName name;
    private final Optional<LocalAddress> address;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * Creates the part that waits.
     *
     * @param name what messages call it
     * @param address where others send to, or empty
     */
    protected LocalDatagramChannel(IpcName name, Optional<LocalAddress> address) {
        this.name = name;
        this.address = address;
    }

    /**
     * Sends a datagram if there is room. Called by any number of threads.
     *
     * @param source the bytes; its position is moved to its limit if they are sent
     * @param to where they go
     * @param handles what is passed
     * @return {@code false} if there is no room now
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if the socket is closed
     */
    protected abstract boolean sendNow(
            ByteBuffer source, LocalAddress to, List<PassableHandle> handles) throws IpcException;

    /**
     * Receives a datagram if there is one. Called by any number of threads.
     *
     * @param target where the bytes go
     * @param handles where the handles go, or null if they are to be closed
     * @return what the system tells of it, or null if there is none now
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if the socket is closed
     */
    protected abstract LocalDatagram receiveNow(
            ByteBuffer target, Collection<? super ReceivedHandle> handles) throws IpcException;

    /**
     * Returns where datagrams are waited for.
     *
     * @return the same object for every call
     */
    protected abstract Wait datagrams();

    /**
     * Waits in the kernel until there is probably a datagram. Only called if {@link #datagrams()}
     * waits in the kernel.
     *
     * @param nanos how long at most
     * @throws IllegalStateException if the socket is closed
     */
    protected void awaitDatagram(long nanos) {}

    /**
     * Returns where the room of receivers is waited for. Each send may be to another one.
     *
     * @return the same object for every call
     */
    protected abstract Wait room();

    /** Closes what the system gave, and gives up the name. Called once. */
    protected abstract void closeNow();

    @Override
    public final IpcName name() {
        return name;
    }

    @Override
    public final Optional<LocalAddress> address() {
        return address;
    }

    @Override
    public final boolean send(
            ByteBuffer source, LocalAddress to, List<? extends Passable> handles, Duration timeout)
            throws IpcException, InterruptedException {
        Arguments.requireOpen(isOpen(), name);
        Objects.requireNonNull(to, "to");
        SocketMessage.requireSize(source.remaining(), maxMessageSize());
        List<PassableHandle> passed = SocketMessage.passed(handles);
        return room().until(timeout, nanos -> sendNow(source, to, passed));
    }

    @Override
    public final Optional<LocalDatagram> receive(ByteBuffer target, Duration timeout)
            throws IpcException, InterruptedException {
        return receiveUntil(target, null, timeout);
    }

    @Override
    public final Optional<LocalDatagram> receive(
            ByteBuffer target, Collection<? super ReceivedHandle> handles, Duration timeout)
            throws IpcException, InterruptedException {
        return receiveUntil(target, Objects.requireNonNull(handles, "handles"), timeout);
    }

    private Optional<LocalDatagram> receiveUntil(
            ByteBuffer target, Collection<? super ReceivedHandle> handles, Duration timeout)
            throws IpcException, InterruptedException {
        Arguments.requireOpen(isOpen(), name);
        if (target.isReadOnly()) {
            throw new ReadOnlyBufferException();
        }
        LocalDatagram[] received = {null};
        datagrams()
                .until(
                        timeout,
                        nanos -> {
                            if (nanos > 0) {
                                awaitDatagram(nanos);
                            }
                            received[0] = receiveNow(target, handles);
                            return received[0] != null;
                        });
        return Optional.ofNullable(received[0]);
    }

    @Override
    public final boolean isOpen() {
        return !closed.get();
    }

    @Override
    public final void close() {
        if (closed.compareAndSet(false, true)) {
            closeNow();
        }
    }
}
