// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.spi;

import org.ipc4j.IpcException;
import org.ipc4j.file.FileRange;

import java.nio.ByteBuffer;

/** A new file that gets its content, and then the name of another one. One thread uses it. */
public interface FileDraft extends AutoCloseable {
    /**
     * Locks a part of this file that has no bytes, until it is closed or its process dies. Others
     * meet that lock as one of {@link WaitingFileExchange#lockOf}.
     *
     * @param mark which part; nobody has locked it yet
     * @throws IpcException if the system refuses
     */
    void lock(FileRange mark) throws IpcException;

    /**
     * Writes bytes after those that were written before.
     *
     * @param source the bytes from position to limit; the position is moved to the limit
     * @throws IpcException if the system refuses
     */
    void write(ByteBuffer source) throws IpcException;

    /**
     * Waits until content and times are on the disk.
     *
     * @throws IpcException if the system refuses
     */
    void sync() throws IpcException;

    /**
     * Gives this file the name of the target, atomically, whether there is one or not, and waits
     * until that is on the disk where the system can do so.
     *
     * @throws IpcException if the system refuses
     */
    void replaceTarget() throws IpcException;

    /** Closes the file, wherever it is now. */
    @Override
    void close();
}
