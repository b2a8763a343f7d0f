// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.file;

import java.io.IOException;
import java.nio.channels.FileChannel;

/**
 * One complete version of a file, open for reading. It stays what it is when a newer version is
 * published, or the file is deleted.
 */
public interface FileVersion extends AutoCloseable {
    /**
     * Returns which version this is.
     *
     * @return a number that is greater than that of every version before
     */
    long generation();

    /**
     * Returns how long this version is.
     *
     * @return the number of bytes
     * @throws IOException if the system refuses, or this is closed
     */
    long size() throws IOException;

    /**
     * Returns all of this version. It is read through the channel, which an interrupt closes; open
     * the version anew then.
     *
     * @return the bytes
     * @throws IOException if the system refuses, this is closed, or there are more bytes than an
     *     array can have; read the channel then
     */
    byte[] bytes() throws IOException;

    /**
     * Returns the open file, to read or to map it piece by piece. As all channels of {@code
     * java.nio} it is closed by an interrupt of the thread that uses it.
     *
     * @return always the same channel, which is closed with this
     */
    FileChannel channel();

    /** Closes the channel. Does nothing when called again. */
    @Override
    void close();
}
