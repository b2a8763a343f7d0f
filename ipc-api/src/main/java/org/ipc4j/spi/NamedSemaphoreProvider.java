// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.spi;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.sync.NamedSemaphore;
import org.ipc4j.sync.NamedSemaphoreOptions;

/**
 * Offers {@link NamedSemaphore}. Each method does what the method of that name in {@link
 * NamedSemaphore} says.
 */
public interface NamedSemaphoreProvider extends NamedObjectProvider {
    /**
     * Creates a semaphore.
     *
     * @param name its name
     * @param options what it shall be like
     * @return the open semaphore
     * @throws org.ipc4j.NameExistsException if the name is taken
     * @throws IpcException if the system refuses
     */
    NamedSemaphore create(IpcName name, NamedSemaphoreOptions options) throws IpcException;

    /**
     * Opens a semaphore that is there.
     *
     * @param name its name
     * @param access whose semaphore is accepted
     * @return the open semaphore
     * @throws org.ipc4j.NameNotFoundException if there is none
     * @throws IpcException if the system refuses
     */
    NamedSemaphore open(IpcName name, Access access) throws IpcException;
}
