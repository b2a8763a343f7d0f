// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.stream;

import org.ipc4j.Ipc;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.internal.OneName;
import org.ipc4j.spi.AdoptableHandle;
import org.ipc4j.spi.LocalSocketProvider;
import org.ipc4j.spi.Wait;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Sends messages to other such sockets of this machine, without a connection. None is lost,
 * duplicated or mixed with another on the way, and those of one sender stay in order: who sends
 * waits while the receiver has no room.
 *
 * <pre>{@code
 * try (LocalDatagramSocket log = LocalDatagramSocket.create(IpcName.of("log"))) {
 *     LocalDatagram line = log.receive(buffer); // tells who sent it
 * }
 * }</pre>
 *
 * <p>A socket that is created owns its name as a {@link LocalServerSocket} does, under the same
 * rules; servers and datagram sockets share one set of names. Only providers with {@link
 * org.ipc4j.spi.Capability#DATAGRAMS} have these.
 *
 * <table class="striped">
 * <caption>Platform dependencies</caption>
 * <thead><tr><th scope="col">provider</th><th scope="col">object</th><th scope="col">limits</th></tr></thead>
 * <tbody>
 * <tr><th scope="row">{@code posix}</th><td>{@code unix(7)}, {@code SOCK_DGRAM}</td><td>about {@code
 *     net.unix.max_dgram_qlen} datagrams wait in a receiver; who has an address that others cannot use, since its
 *     path is long, sends as one that has none</td></tr>
 * <tr><th scope="row">{@code windows}, {@code jvm}</th><td>none</td><td></td></tr>
 * </tbody>
 * </table>
 */
public interface LocalDatagramSocket extends AutoCloseable, Passable {
    /**
     * Creates a socket of the current user that others can send to.
     *
     * @param name its name
     * @return the socket
     * @throws org.ipc4j.NameExistsException if a living socket has that name
     * @throws IpcException if the system refuses
     * @throws UnsupportedOperationException without {@link org.ipc4j.spi.Capability#DATAGRAMS}
     */
    static LocalDatagramSocket create(IpcName name) throws IpcException {
        return create(LocalAddress.of(name), LocalDatagramOptions.DEFAULT);
    }

    /**
     * Creates a socket that others can send to.
     *
     * @param address where it is found
     * @param options what it shall be like
     * @return the socket
     * @throws org.ipc4j.NameExistsException if a living socket has that address
     * @throws IpcException if the system refuses
     * @throws UnsupportedOperationException without {@link org.ipc4j.spi.Capability#DATAGRAMS}, or
     *     if the provider has no sockets of that access or address
     */
    static LocalDatagramSocket create(LocalAddress address, LocalDatagramOptions options)
            throws IpcException {
        return OneName.of(LocalSocketProvider.class, address.name())
                .create(provider -> provider.createDatagram(address, options));
    }

    /**
     * Creates a socket without an address, which only sends.
     *
     * @param options what it shall be like
     * @return the socket
     * @throws IpcException if the system refuses
     * @throws UnsupportedOperationException without {@link org.ipc4j.spi.Capability#DATAGRAMS}
     */
    static LocalDatagramSocket createUnnamed(LocalDatagramOptions options) throws IpcException {
        return Ipc.provider(LocalSocketProvider.class).createUnnamedDatagram(options);
    }

    /**
     * Makes a socket of what another process passed. Closing it leaves its name.
     *
     * @param received a datagram socket
     * @return the socket, which owns it from now on
     * @throws org.ipc4j.IncompatibleException if it is something else; it can still be given to
     *     another mechanism then
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if it was adopted or closed already
     */
    static LocalDatagramSocket adopt(ReceivedHandle received) throws IpcException {
        AdoptableHandle handle = AdoptableHandle.of(received);
        return Ipc.provider(LocalSocketProvider.class, handle.provider()).adoptDatagram(handle);
    }

    /**
     * Returns what messages call it.
     *
     * @return its name; something in parentheses if it has none
     */
    IpcName name();

    /**
     * Returns where others send to.
     *
     * @return its address, or empty if it only sends
     */
    Optional<LocalAddress> address();

    /**
     * Returns how long a datagram may be.
     *
     * @return the longest one that can be sent, in bytes
     */
    int maxMessageSize();

    /**
     * Sends a datagram, waiting while the receiver has no room.
     *
     * @param source the bytes, from position to limit; none are allowed. Its position is moved to
     *     its limit when they are sent
     * @param to where they go
     * @throws IllegalArgumentException if it is longer than {@link #maxMessageSize}
     * @throws org.ipc4j.NameNotFoundException if nobody is there
     * @throws org.ipc4j.IpcAccessDeniedException if it is another user's, and that is not accepted
     * @throws InterruptedException if the thread is interrupted, before or while it waits
     * @throws org.ipc4j.IpcClosedException if another thread closes this socket meanwhile
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if this socket is closed
     */
    default void send(ByteBuffer source, LocalAddress to)
            throws IpcException, InterruptedException {
        send(source, to, List.of(), Wait.FOREVER);
    }

    /**
     * Sends a datagram and passes handles with it, waiting up to a time while the receiver has no
     * room.
     *
     * @param source the bytes, from position to limit; none are allowed. Its position is moved to
     *     its limit when they are sent
     * @param to where they go
     * @param handles what is passed; it stays the caller's
     * @param timeout how long to wait; zero or less looks once
     * @return {@code false} if there was no room in time; nothing is sent then
     * @throws IllegalArgumentException if it is longer than {@link #maxMessageSize}, there are more
     *     handles than {@link LocalSocketOptions#HANDLES}, or one of them is nothing that can be
     *     passed
     * @throws org.ipc4j.NameNotFoundException if nobody is there
     * @throws org.ipc4j.IpcAccessDeniedException if it is another user's, and that is not accepted
     * @throws InterruptedException if the thread is interrupted, before or while it waits
     * @throws org.ipc4j.IpcClosedException if another thread closes this socket meanwhile
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if this socket, or one of the handles, is closed
     */
    boolean send(
            ByteBuffer source, LocalAddress to, List<? extends Passable> handles, Duration timeout)
            throws IpcException, InterruptedException;

    /**
     * Receives a datagram, waiting for it. Handles that come with it are closed.
     *
     * @param target where the bytes go; what it has no room for is lost, which the result tells
     * @return what the system tells of it
     * @throws InterruptedException if the thread is interrupted, before or while it waits
     * @throws org.ipc4j.IpcClosedException if another thread closes this socket meanwhile
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if this socket is closed
     */
    default LocalDatagram receive(ByteBuffer target) throws IpcException, InterruptedException {
        return receive(target, Wait.FOREVER).orElseThrow();
    }

    /**
     * Receives a datagram, waiting for it up to a time. Handles that come with it are closed.
     *
     * @param target where the bytes go; what it has no room for is lost, which the result tells
     * @param timeout how long to wait; zero or less looks once
     * @return what the system tells of it, or empty if none came in time
     * @throws InterruptedException if the thread is interrupted, before or while it waits
     * @throws org.ipc4j.IpcClosedException if another thread closes this socket meanwhile
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if this socket is closed
     */
    Optional<LocalDatagram> receive(ByteBuffer target, Duration timeout)
            throws IpcException, InterruptedException;

    /**
     * Receives a datagram and what was passed with it, waiting for it up to a time.
     *
     * @param target where the bytes go; what it has no room for is lost, which the result tells
     * @param handles where the handles go, which are to be adopted or closed
     * @param timeout how long to wait; zero or less looks once
     * @return what the system tells of it, or empty if none came in time
     * @throws org.ipc4j.ResourceLimitException if there were more handles than {@link
     *     LocalDatagramOptions#maxHandles}, or than this process may have open. The datagram is
     *     received all the same, and of the handles none is kept
     * @throws InterruptedException if the thread is interrupted, before or while it waits
     * @throws org.ipc4j.IpcClosedException if another thread closes this socket meanwhile
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if this socket is closed
     */
    Optional<LocalDatagram> receive(
            ByteBuffer target, Collection<? super ReceivedHandle> handles, Duration timeout)
            throws IpcException, InterruptedException;

    /**
     * Tells whether it can still be used.
     *
     * @return {@code false} from the moment that {@link #close} was called
     */
    boolean isOpen();

    /** Closes it, and gives up its name. Does nothing when called again. */
    @Override
    void close();
}
