// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.spi;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.memory.AnonymousMemory;
import org.ipc4j.memory.AnonymousMemoryOptions;
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

    /**
     * Creates memory without a name.
     *
     * @param options what it shall be like
     * @return the memory
     * @throws IpcException if the system refuses
     * @throws UnsupportedOperationException without {@link Capability#ANONYMOUS_MEMORY}
     */
    default AnonymousMemory anonymous(AnonymousMemoryOptions options) throws IpcException {
        throw Arguments.lacks(this, Capability.ANONYMOUS_MEMORY);
    }

    /**
     * Opens memory without a name whose size is sealed.
     *
     * @param handle what was received
     * @return the memory
     * @throws org.ipc4j.IncompatibleException if it is no such memory; the handle stays open
     * @throws IpcException if the system refuses
     * @throws UnsupportedOperationException without {@link Capability#ANONYMOUS_MEMORY}
     */
    default AnonymousMemory adopt(AdoptableHandle handle) throws IpcException {
        throw Arguments.lacks(this, Capability.ANONYMOUS_MEMORY);
    }

    /**
     * Opens memory without a name, also if its size is not sealed.
     *
     * @param handle what was received
     * @return the memory
     * @throws org.ipc4j.IncompatibleException if it is no memory; the handle stays open
     * @throws IpcException if the system refuses
     * @throws UnsupportedOperationException without {@link Capability#ANONYMOUS_MEMORY}
     */
    default AnonymousMemory adoptUnsealed(AdoptableHandle handle) throws IpcException {
        throw Arguments.lacks(this, Capability.ANONYMOUS_MEMORY);
    }
}
