// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.spi;

import org.ipc4j.IpcException;
import org.ipc4j.stream.AnonymousPipe;
import org.ipc4j.stream.AnonymousPipeReader;
import org.ipc4j.stream.AnonymousPipeWriter;

/**
 * Offers {@link AnonymousPipe}. Each method does what the method of that name there says. {@link
 * PipeReaderChannel} and {@link PipeWriterChannel} do the waiting.
 *
 * <p>With {@link Capability#CROSS_PROCESS} the writing end, at least, can be handed to a program
 * that is started.
 */
public interface AnonymousPipeProvider extends MechanismProvider {
    /**
     * Makes a pipe.
     *
     * @return the pipe, with both its ends
     * @throws IpcException if the system refuses
     */
    AnonymousPipe open() throws IpcException;

    /**
     * Makes a reader of what was received. Only with {@link Capability#HANDLE_PASSING}.
     *
     * @param handle what was received, over a socket of this provider
     * @return the reading end
     * @throws org.ipc4j.IncompatibleException if it is no end of a pipe that can be read
     * @throws IpcException if the system refuses
     */
    default AnonymousPipeReader adoptReader(AdoptableHandle handle) throws IpcException {
        throw new UnsupportedOperationException(
                "provider " + name() + " passes no ends of pipes to other processes");
    }

    /**
     * Makes a writer of what was received. Only with {@link Capability#HANDLE_PASSING}.
     *
     * @param handle what was received, over a socket of this provider
     * @return the writing end
     * @throws org.ipc4j.IncompatibleException if it is no end of a pipe that can be written
     * @throws IpcException if the system refuses
     */
    default AnonymousPipeWriter adoptWriter(AdoptableHandle handle) throws IpcException {
        throw new UnsupportedOperationException(
                "provider " + name() + " passes no ends of pipes to other processes");
    }
}
