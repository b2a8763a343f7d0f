// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.spi;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.stream.NamedPipe;
import org.ipc4j.stream.NamedPipeOptions;
import org.ipc4j.stream.NamedPipeReader;
import org.ipc4j.stream.NamedPipeWriter;

import java.time.Duration;
import java.util.Optional;

/**
 * Offers {@link NamedPipe}. Each method does what the method of that name in {@link NamedPipe}
 * says.
 */
public interface NamedPipeProvider extends NamedObjectProvider {
    /**
     * Creates a pipe and opens its reader's end.
     *
     * @param name its name
     * @param options what it shall be like
     * @return the reader's end, which owns the name
     * @throws org.ipc4j.NameExistsException if a reader owns the name already
     * @throws IpcException if the system refuses
     */
    NamedPipeReader createReader(IpcName name, NamedPipeOptions options) throws IpcException;

    /**
     * Opens the reader's end of a pipe that another program has made. Only with {@link
     * Capability#EXISTING_PIPE}.
     *
     * @param name its name
     * @param access whose pipe is accepted
     * @return the reader's end, which does not own the name
     * @throws org.ipc4j.NameNotFoundException if there is none
     * @throws org.ipc4j.NameExistsException if a reader has it open already
     * @throws UnsupportedOperationException without the capability
     * @throws IpcException if the system refuses
     */
    NamedPipeReader openReader(IpcName name, Access access) throws IpcException;

    /**
     * Opens a writer's end, waiting for the reader.
     *
     * @param name the pipe's name
     * @param access whose pipe is accepted
     * @param timeout how long to wait for a reader
     * @return the writer's end, or empty if no reader came in time
     * @throws IpcException if the system refuses
     * @throws InterruptedException if the thread is interrupted
     */
    Optional<NamedPipeWriter> openWriter(IpcName name, Access access, Duration timeout)
            throws IpcException, InterruptedException;
}
