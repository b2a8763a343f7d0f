// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.stream;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.NamedObject;
import org.ipc4j.internal.OneName;
import org.ipc4j.spi.NamedPipeServerProvider;

import java.time.Duration;
import java.util.Optional;

/**
 * The server of a named pipe as Windows programs know it: under one name any number of clients
 * connect, and each has a connection of its own that goes both ways.
 *
 * <pre>{@code
 * try (NamedPipeServer server = NamedPipeServer.create(IpcName.of("orders"))) {
 *     while (true) {
 *         NamedPipeConnection client = server.accept();
 *         Thread.startVirtualThread(() -> serve(client));
 *     }
 * }
 * }</pre>
 *
 * <p>Only Windows has such pipes. Programs that shall run elsewhere too use local sockets, or the
 * one-way {@link NamedPipe}.
 *
 * <table class="striped">
 * <caption>Platform dependencies</caption>
 * <thead><tr><th scope="col">provider</th><th scope="col">object</th><th scope="col">native key</th>
 *     <th scope="col">lifetime</th><th scope="col">limits</th></tr></thead>
 * <tbody>
 * <tr><th scope="row">{@code windows}</th><td>{@code CreateNamedPipeW}, closed to other machines</td>
 *     <td>{@code \\.\pipe\name}; upper and lower case are the same to Windows</td><td>the name goes with the server and
 *     its last connection, also when the process dies</td><td>a key has at most 256 characters</td></tr>
 * </tbody>
 * </table>
 *
 * @see <a href="https://learn.microsoft.com/en-us/windows/win32/ipc/named-pipes">Named Pipes</a>
 */
public interface NamedPipeServer extends NamedObject, AutoCloseable {
    /**
     * Creates a server of byte streams for the current user.
     *
     * @param name its name
     * @return the server; clients can connect from now on
     * @throws org.ipc4j.NameExistsException if another server has that name
     * @throws IpcException if the system refuses
     * @throws UnsupportedOperationException if this system has no such pipes
     */
    static NamedPipeServer create(IpcName name) throws IpcException {
        return create(name, NamedPipeServerOptions.DEFAULT);
    }

    /**
     * Creates a server.
     *
     * @param name its name
     * @param options what it shall be like
     * @return the server; clients can connect from now on
     * @throws org.ipc4j.NameExistsException if another server has that name
     * @throws IpcException if the system refuses
     * @throws UnsupportedOperationException if this system has no such pipes
     */
    static NamedPipeServer create(IpcName name, NamedPipeServerOptions options)
            throws IpcException {
        return OneName.of(NamedPipeServerProvider.class, name)
                .create(provider -> provider.create(name, options));
    }

    /**
     * Returns how this server exchanges data.
     *
     * @return as it was created
     */
    PipeTransfer transfer();

    /**
     * Waits for the next client. Several threads may wait; each client goes to one of them.
     *
     * @return the server's end of the client's connection, which stays open when the server is
     *     closed
     * @throws InterruptedException if the thread is interrupted, before or while it waits
     * @throws org.ipc4j.IpcClosedException if another thread closes this server meanwhile
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if this server is closed
     */
    NamedPipeConnection accept() throws IpcException, InterruptedException;

    /**
     * Waits for the next client up to a time.
     *
     * @param timeout how long to wait; zero or less looks once
     * @return the server's end of the client's connection, or empty if none came in time
     * @throws InterruptedException if the thread is interrupted, before or while it waits
     * @throws org.ipc4j.IpcClosedException if another thread closes this server meanwhile
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if this server is closed
     */
    Optional<NamedPipeConnection> accept(Duration timeout)
            throws IpcException, InterruptedException;

    /**
     * Ends the service: nobody can connect any more, and clients that were not accepted yet are
     * disconnected. Accepted connections stay. Does nothing when called again.
     */
    @Override
    void close();
}
