// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.spi;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.file.SharedFileLock;

import java.nio.file.Path;

/**
 * Offers {@link SharedFileLock}. Each method does what the method of that name there says. {@link
 * WaitingFileLock} does the waiting.
 */
public interface FileLockProvider extends MechanismProvider {
    /**
     * Opens a file to lock it.
     *
     * @param file the file
     * @param access whose file is accepted
     * @return its locks
     * @throws org.ipc4j.NameNotFoundException if there is none
     * @throws IpcException if the system refuses
     */
    SharedFileLock open(Path file, Access access) throws IpcException;

    /**
     * Opens a file to lock it, or creates an empty one.
     *
     * @param file the file
     * @param access who the file is for if it is created, and whose file is accepted
     * @return its locks
     * @throws IpcException if the system refuses
     */
    SharedFileLock createOrOpen(Path file, Access access) throws IpcException;
}
