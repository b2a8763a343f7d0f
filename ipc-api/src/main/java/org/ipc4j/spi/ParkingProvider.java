// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.spi;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.memory.SharedMemory;

/** Offers {@link Parking}. */
public interface ParkingProvider extends MechanismProvider {
    /**
     * Makes the words of a shared memory object places to sleep at. Processes that do so with
     * different providers wake one another only as far as these say so.
     *
     * @param name the name of what the memory belongs to, for messages
     * @param memory the memory, whose segment is native
     * @return the places, to be closed before the memory
     * @throws IpcException if the system refuses
     */
    Parking open(IpcName name, SharedMemory memory) throws IpcException;
}
