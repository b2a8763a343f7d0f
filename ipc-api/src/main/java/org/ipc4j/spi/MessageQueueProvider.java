// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.spi;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.queue.MessageQueue;
import org.ipc4j.queue.MessageQueueOptions;

/**
 * Offers {@link MessageQueue}. Each method does what the method of that name in {@link
 * MessageQueue} says.
 */
public interface MessageQueueProvider extends NamedObjectProvider {
    /**
     * Creates a queue.
     *
     * @param name its name
     * @param options what it shall be like
     * @return the open queue
     * @throws org.ipc4j.NameExistsException if the name is taken
     * @throws IpcException if the system refuses
     */
    MessageQueue create(IpcName name, MessageQueueOptions options) throws IpcException;

    /**
     * Opens a queue that is there.
     *
     * @param name its name
     * @param access whose queue is accepted
     * @return the open queue
     * @throws org.ipc4j.NameNotFoundException if there is none
     * @throws IpcException if the system refuses
     */
    MessageQueue open(IpcName name, Access access) throws IpcException;
}
