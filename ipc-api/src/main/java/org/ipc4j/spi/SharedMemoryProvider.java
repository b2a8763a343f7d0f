// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.spi;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.memory.SharedMemory;
import org.ipc4j.memory.SharedMemoryOptions;

/**
 * Offers {@link SharedMemory}. Each method does what the method of that name in {@link
 * SharedMemory} says.
 */
public interface SharedMemoryProvider extends NamedObjectProvider {
    /**
     * Creates a shared memory object.
     *
     * @param name its name
     * @param options what it shall be like
     * @return the open shared memory object
     * @throws org.ipc4j.NameExistsException if the name is taken
     * @throws IpcException if the system refuses
     */
    SharedMemory create(IpcName name, SharedMemoryOptions options) throws IpcException;

    /**
     * Opens a shared memory object that is there, for reading and writing.
     *
     * @param name its name
     * @param access whose shared memory object is accepted
     * @return the open shared memory object
     * @throws org.ipc4j.NameNotFoundException if there is none
     * @throws IpcException if the system refuses
     */
    SharedMemory open(IpcName name, Access access) throws IpcException;

    /**
     * Opens a shared memory object that is there, for reading.
     *
     * @param name its name
     * @param access whose shared memory object is accepted
     * @return the open shared memory object, whose segment is read-only
     * @throws org.ipc4j.NameNotFoundException if there is none
     * @throws IpcException if the system refuses
     */
    SharedMemory openReadOnly(IpcName name, Access access) throws IpcException;
}
