// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.file;

import org.ipc4j.IpcException;

import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/**
 * A version of a file in the making: written piece by piece, and seen by nobody until it is
 * committed. One thread uses it at a time. If it is closed before, or its process dies, the file
 * stays as it is.
 *
 * <p>For a stream, see {@link java.nio.channels.Channels#newOutputStream(WritableByteChannel)}.
 */
public interface Publication extends WritableByteChannel {
    /**
     * Writes bytes after those that were written before.
     *
     * @param source the bytes from position to limit; the position is moved to the limit
     * @return how many
     * @throws org.ipc4j.ResourceLimitException if there is no space left
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if this was committed or closed
     */
    @Override
    int write(ByteBuffer source) throws IpcException;

    /**
     * Makes what was written the file's content: first durable, then visible, all at once. Ends
     * this publication, however it turns out; if it throws, the file is as it was before, or the
     * content is visible and only its durability could not be had.
     *
     * @return the generation of this version
     * @throws InterruptedException if the thread is interrupted, before or while it waits for
     *     another publisher's commit to end
     * @throws org.ipc4j.IpcClosedException if another thread closes the exchange meanwhile
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if this was committed or closed
     */
    long commit() throws IpcException, InterruptedException;

    /** Discards what was written, unless it was committed. Does nothing when called again. */
    @Override
    void close();
}
