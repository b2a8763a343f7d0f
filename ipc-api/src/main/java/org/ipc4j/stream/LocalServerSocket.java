// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.stream;

import org.ipc4j.Ipc;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.NamedObject;
import org.ipc4j.internal.OneName;
import org.ipc4j.spi.AdoptableHandle;
import org.ipc4j.spi.LocalSocketProvider;

import java.time.Duration;
import java.util.Optional;

/**
 * A server that processes of this machine connect to, each with a {@link LocalSocket} of its own.
 *
 * <pre>{@code
 * try (LocalServerSocket server = LocalServerSocket.create(IpcName.of("orders"))) {
 *     while (true) {
 *         LocalSocket client = server.accept();
 *         Thread.startVirtualThread(() -> serve(client));
 *     }
 * }
 * }</pre>
 *
 * <p>The server owns its name, which goes when it is closed. One that dies leaves its name behind;
 * the next {@link #create} proves that its owner is dead and takes it over, {@link #remove} deletes
 * it. A client that the server's {@link LocalSocketOptions#access} does not let in is closed, and
 * {@link #accept} never sees it.
 *
 * <table class="striped">
 * <caption>Platform dependencies</caption>
 * <thead><tr><th scope="col">provider</th><th scope="col">native key of a portable name</th><th scope="col">proof
 *     that an owner lives</th><th scope="col">limits</th></tr></thead>
 * <tbody>
 * <tr><th scope="row">{@code posix}</th><td>{@code $XDG_RUNTIME_DIR/ipc4j/name.sock}, or {@code
 *     /dev/shm/ipc4j-UID/name.sock} where that is not set; a directory of mode 0700, so {@link
 *     org.ipc4j.Access#OWNER} only; long names are cut and get a hash</td><td>a lock of {@code
 *     name.sock.lock} beside it ({@code F_OFD_SETLK}); a server of another program is asked of the kernel</td><td>a path has at most 107 bytes, or its last part at most 80</td></tr>
 * <tr><th scope="row">{@code windows}</th><td>{@code \\.\pipe\name}; upper and lower case are the
 *     same to Windows</td><td>the name goes with the process</td><td>a key has at most 256 characters; no paths</td></tr>
 * <tr><th scope="row">{@code jvm}</th><td>as {@code posix}, on Linux; elsewhere a directory in the
 *     temporary directory</td><td>a file lock beside the socket; a server of
 *     another program is connected to for a moment</td><td>a path has at most 102 bytes</td></tr>
 * </tbody>
 * </table>
 */
public interface LocalServerSocket extends NamedObject, AutoCloseable, Passable {
    /**
     * Creates a server of byte streams for the current user.
     *
     * @param name its name
     * @return the server; clients can connect from now on
     * @throws org.ipc4j.NameExistsException if a living server has that name
     * @throws IpcException if the system refuses
     */
    static LocalServerSocket create(IpcName name) throws IpcException {
        return create(LocalAddress.of(name), LocalSocketOptions.DEFAULT);
    }

    /**
     * Creates a server.
     *
     * @param address where it is found
     * @param options what it and the sockets that it accepts shall be like
     * @return the server; clients can connect from now on
     * @throws org.ipc4j.NameExistsException if a living server has that address
     * @throws IpcException if the system refuses
     * @throws UnsupportedOperationException if the provider has no sockets of that type, access or
     *     address
     */
    static LocalServerSocket create(LocalAddress address, LocalSocketOptions options)
            throws IpcException {
        return OneName.of(LocalSocketProvider.class, address.name())
                .create(provider -> provider.create(address, options));
    }

    /**
     * Makes a server of what another process passed. Closing it leaves its name.
     *
     * @param received a socket that listens
     * @return the server, which owns the socket from now on
     * @throws org.ipc4j.IncompatibleException if it is something else; it can still be given to
     *     another mechanism then
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if it was adopted or closed already
     */
    static LocalServerSocket adopt(ReceivedHandle received) throws IpcException {
        AdoptableHandle handle = AdoptableHandle.of(received);
        return Ipc.provider(LocalSocketProvider.class, handle.provider()).adoptServer(handle);
    }

    /**
     * Deletes a name that a server or a datagram socket has left behind. What is open stays so.
     *
     * @param name the name
     * @return {@code false} if there was no such name
     * @throws IpcException if the system refuses
     */
    static boolean remove(IpcName name) throws IpcException {
        return OneName.of(LocalSocketProvider.class, name).remove();
    }

    /**
     * Returns where it is found.
     *
     * @return as it was created
     */
    LocalAddress address();

    /**
     * Returns what goes through the sockets that it accepts.
     *
     * @return as it was created
     */
    LocalSocketType type();

    /**
     * Waits for the next client. Several threads may wait; each client goes to one of them.
     *
     * @return the server's end of the client's connection, which stays open when the server is
     *     closed
     * @throws InterruptedException if the thread is interrupted, before or while it waits
     * @throws org.ipc4j.IpcClosedException if another thread closes this server meanwhile
     * @throws org.ipc4j.ResourceLimitException if this process cannot open anything more; the
     *     client still waits then
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if this server is closed
     */
    LocalSocket accept() throws IpcException, InterruptedException;

    /**
     * Waits for the next client up to a time.
     *
     * @param timeout how long to wait; zero or less looks once
     * @return the server's end of the client's connection, or empty if none came in time
     * @throws InterruptedException if the thread is interrupted, before or while it waits
     * @throws org.ipc4j.IpcClosedException if another thread closes this server meanwhile
     * @throws org.ipc4j.ResourceLimitException if this process cannot open anything more; the
     *     client still waits then
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if this server is closed
     */
    Optional<LocalSocket> accept(Duration timeout) throws IpcException, InterruptedException;

    /**
     * Ends the service: nobody can connect any more, and clients that were not accepted yet are
     * disconnected. Accepted sockets stay. Does nothing when called again.
     */
    @Override
    void close();
}
