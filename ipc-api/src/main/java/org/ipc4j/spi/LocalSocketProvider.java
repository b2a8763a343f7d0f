// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.spi;

import org.ipc4j.IpcException;
import org.ipc4j.stream.LocalAddress;
import org.ipc4j.stream.LocalDatagramOptions;
import org.ipc4j.stream.LocalDatagramSocket;
import org.ipc4j.stream.LocalServerSocket;
import org.ipc4j.stream.LocalSocket;
import org.ipc4j.stream.LocalSocketOptions;
import org.ipc4j.stream.LocalSocketPair;

import java.time.Duration;
import java.util.Optional;

/**
 * Offers {@link LocalSocket}, {@link LocalServerSocket} and {@link LocalDatagramSocket}. Each
 * method does what the method of that name there says. {@link LocalSocketChannel}, {@link
 * LocalServerChannel} and {@link LocalDatagramChannel} do the waiting.
 *
 * <p>What a provider lacks is told by {@link Capability#MESSAGE_SOCKETS}, {@link
 * Capability#DATAGRAMS}, {@link Capability#SOCKET_FILES}, {@link Capability#ABSTRACT_NAMES}, {@link
 * Capability#HALF_CLOSE}, {@link Capability#PEER_PROCESS}, {@link Capability#PEER_IDENTITY} and
 * {@link Capability#HANDLE_PASSING}.
 */
public interface LocalSocketProvider extends NamedObjectProvider {
    /**
     * Creates a server.
     *
     * @param address where it is found
     * @param options what it shall be like
     * @return the server, to which clients can connect
     * @throws org.ipc4j.NameExistsException if a living server has that address
     * @throws IpcException if the system refuses
     */
    LocalServerSocket create(LocalAddress address, LocalSocketOptions options) throws IpcException;

    /**
     * Connects to a server.
     *
     * @param address where it is
     * @param options what the socket shall be like
     * @param timeout how long to wait while the server has too many clients waiting
     * @return the client's end, or empty if it had all the time
     * @throws org.ipc4j.NameNotFoundException if there is no server
     * @throws IpcException if the system refuses
     * @throws InterruptedException if the thread is interrupted
     */
    Optional<LocalSocket> connect(
            LocalAddress address, LocalSocketOptions options, Duration timeout)
            throws IpcException, InterruptedException;

    /**
     * Makes two sockets that are connected with each other.
     *
     * @param options what they shall be like
     * @return both ends
     * @throws IpcException if the system refuses
     */
    LocalSocketPair pair(LocalSocketOptions options) throws IpcException;

    /**
     * Makes a socket of what was received.
     *
     * @param received of this provider
     * @return the socket
     * @throws IpcException if it is no connected socket
     */
    default LocalSocket adopt(AdoptableHandle received) throws IpcException {
        throw new UnsupportedOperationException(name() + " passes no handles");
    }

    /**
     * Makes a server of what was received.
     *
     * @param received of this provider
     * @return the server
     * @throws IpcException if it is no socket that listens
     */
    default LocalServerSocket adoptServer(AdoptableHandle received) throws IpcException {
        throw new UnsupportedOperationException(name() + " passes no handles");
    }

    /**
     * Creates a datagram socket that others can send to.
     *
     * @param address where it is found
     * @param options what it shall be like
     * @return the socket
     * @throws org.ipc4j.NameExistsException if a living socket has that address
     * @throws IpcException if the system refuses
     */
    default LocalDatagramSocket createDatagram(LocalAddress address, LocalDatagramOptions options)
            throws IpcException {
        throw new UnsupportedOperationException(name() + " has no local datagrams");
    }

    /**
     * Creates a datagram socket that only sends.
     *
     * @param options what it shall be like
     * @return the socket
     * @throws IpcException if the system refuses
     */
    default LocalDatagramSocket createUnnamedDatagram(LocalDatagramOptions options)
            throws IpcException {
        throw new UnsupportedOperationException(name() + " has no local datagrams");
    }

    /**
     * Makes a datagram socket of what was received.
     *
     * @param received of this provider
     * @return the socket
     * @throws IpcException if it is no datagram socket
     */
    default LocalDatagramSocket adoptDatagram(AdoptableHandle received) throws IpcException {
        throw new UnsupportedOperationException(name() + " has no local datagrams");
    }
}
