// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.spi;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.memory.MappedFile;
import org.ipc4j.memory.MappedFileOptions;

import java.nio.file.Path;

/**
 * Offers {@link MappedFile}. Each method does what the method of that name there says. {@link
 * CheckedMappedFile} holds what is the same everywhere.
 */
public interface MappedFileProvider extends MechanismProvider {
    /**
     * Creates a file and maps it.
     *
     * @param file the file
     * @param byteSize its size in bytes
     * @param access who it is for
     * @return the mapped file
     * @throws org.ipc4j.NameExistsException if there is something of that name
     * @throws IpcException if the system refuses
     * @throws IllegalArgumentException if {@code byteSize} is less than 1
     */
    MappedFile create(Path file, long byteSize, Access access) throws IpcException;

    /**
     * Maps a file.
     *
     * @param file the file
     * @param options what for, which part, and whose file is accepted
     * @return the mapped file
     * @throws org.ipc4j.NameNotFoundException if there is none
     * @throws IpcException if the system refuses
     */
    MappedFile open(Path file, MappedFileOptions options) throws IpcException;

    /**
     * Maps an open file that was received.
     *
     * @param handle what was received
     * @param options what for, which part, and whose file is accepted
     * @return the mapped file
     * @throws org.ipc4j.IncompatibleException if it is no regular file; the handle stays open
     * @throws IpcException if the system refuses
     * @throws UnsupportedOperationException without {@link Capability#HANDLE_PASSING}
     */
    default MappedFile adopt(AdoptableHandle handle, MappedFileOptions options)
            throws IpcException {
        throw Arguments.lacks(this, Capability.HANDLE_PASSING);
    }
}
