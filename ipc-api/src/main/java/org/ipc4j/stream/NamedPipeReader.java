// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.stream;

import org.ipc4j.NamedObject;

import java.io.IOException;
import java.time.Duration;

/**
 * The reading end of a {@link NamedPipe}.
 *
 * <p>Every method that waits for bytes waits for the first writer too. They tell the end of the
 * stream when there has been a writer and the last one is gone.
 */
public interface NamedPipeReader extends NamedObject, PipeReader {
    /**
     * Waits until a writer has opened the pipe.
     *
     * @param timeout how long to wait; zero or less looks once
     * @return {@code false} if none came in time
     * @throws InterruptedException if the thread is interrupted, before or while it waits; the pipe
     *     stays open
     * @throws org.ipc4j.IpcClosedException if another thread closes this end meanwhile
     * @throws IOException if the system refuses, or this end is closed
     */
    boolean awaitWriter(Duration timeout) throws IOException, InterruptedException;

    /**
     * Closes this end; the name goes too if this end created it. Writers get {@link
     * org.ipc4j.PeerClosedException}. Does nothing when called again.
     *
     * @throws org.ipc4j.IpcException if the system refuses to delete the name; this end is closed
     *     all the same
     */
    @Override
    void close() throws IOException;
}
