// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.spi;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.stream.NamedPipeConnection;
import org.ipc4j.stream.NamedPipeServer;
import org.ipc4j.stream.NamedPipeServerOptions;

import java.time.Duration;
import java.util.Optional;

/**
 * Offers {@link NamedPipeServer} and {@link NamedPipeConnection}. Each method does what the method
 * of that name there says.
 */
public interface NamedPipeServerProvider extends NamedObjectProvider {
    /**
     * Creates a server.
     *
     * @param name its name
     * @param options what it shall be like
     * @return the server, to which clients can connect
     * @throws org.ipc4j.NameExistsException if the name is taken
     * @throws IpcException if the system refuses
     */
    NamedPipeServer create(IpcName name, NamedPipeServerOptions options) throws IpcException;

    /**
     * Connects to a server.
     *
     * @param name the server's name
     * @param access whose server is accepted
     * @param timeout how long to wait while it is busy
     * @return the client's end, or empty if it was busy all the time
     * @throws org.ipc4j.NameNotFoundException if there is no server
     * @throws IpcException if the system refuses
     * @throws InterruptedException if the thread is interrupted
     */
    Optional<NamedPipeConnection> connect(IpcName name, Access access, Duration timeout)
            throws IpcException, InterruptedException;
}
