// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.spi;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.file.FileExchange;

import java.nio.file.Path;

/** Offers {@link FileExchange}. {@link WaitingFileExchange} holds what is the same everywhere. */
public interface FileExchangeProvider extends MechanismProvider {
    /**
     * Returns the exchange of a file.
     *
     * @param file the file, which need not exist yet
     * @param access who the versions are for that are published, and whose versions are accepted
     * @return the exchange
     * @throws IpcException if the system refuses
     */
    FileExchange at(Path file, Access access) throws IpcException;
}
