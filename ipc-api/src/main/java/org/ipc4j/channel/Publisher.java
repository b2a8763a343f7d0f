// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.channel;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.internal.OneName;
import org.ipc4j.spi.TopicProvider;

/**
 * The publishing end of a topic: a ring of messages in shared memory, of which every {@link
 * Subscriber} sees every message.
 *
 * <p>There is one publisher at a time, used by one thread at a time; several publish under several
 * names. What a subscriber means that does not keep up is an option of the topic, {@link
 * SlowSubscriber}. A message that is published while there is no subscriber is seen by nobody.
 *
 * <table class="striped">
 * <caption>Platform dependencies</caption>
 * <thead><tr><th scope="col">provider</th><th scope="col">object</th><th scope="col">native key</th>
 *     <th scope="col">lifetime</th></tr></thead>
 * <tbody>
 * <tr><th scope="row">{@code jvm}</th><td>{@link org.ipc4j.memory.SharedMemory}, laid out as its package tells, and a
 *     lock file</td><td>that of the memory</td><td>that of the memory</td></tr>
 * </tbody>
 * </table>
 */
public interface Publisher extends MessageSink {
    /**
     * Creates a topic and opens the publishing end of it.
     *
     * @param name its name
     * @param options what it shall be like
     * @return the publisher
     * @throws org.ipc4j.NameExistsException if the name is taken
     * @throws IpcException if the system refuses
     */
    static Publisher create(IpcName name, TopicOptions options) throws IpcException {
        return OneName.of(TopicProvider.class, name)
                .create(provider -> provider.createPublisher(name, options));
    }

    /**
     * Opens the publishing end of a topic of the current user.
     *
     * @param name its name
     * @return the publisher
     * @throws org.ipc4j.NameNotFoundException if there is none
     * @throws org.ipc4j.ResourceLimitException if it has a publisher
     * @throws IpcException if the system refuses
     */
    static Publisher open(IpcName name) throws IpcException {
        return open(name, Access.OWNER);
    }

    /**
     * Opens the publishing end of a topic.
     *
     * @param name its name
     * @param access whose topic is accepted
     * @return the publisher
     * @throws org.ipc4j.NameNotFoundException if there is none
     * @throws org.ipc4j.IpcAccessDeniedException if it is not accepted
     * @throws org.ipc4j.ResourceLimitException if it has a publisher
     * @throws IpcException if the system refuses
     */
    static Publisher open(IpcName name, Access access) throws IpcException {
        return OneName.of(TopicProvider.class, name)
                .open(provider -> provider.openPublisher(name, access));
    }

    /**
     * Opens the publishing end of a topic, which is created if it is not there.
     *
     * @param name its name
     * @param options what it shall be like if it is created; its access also tells whose topic is
     *     accepted
     * @return the publisher
     * @throws org.ipc4j.ResourceLimitException if it has a publisher
     * @throws IpcException if the system refuses
     */
    static Publisher createOrOpen(IpcName name, TopicOptions options) throws IpcException {
        return OneName.of(TopicProvider.class, name)
                .createOrOpen(
                        provider -> provider.openPublisher(name, options.access()),
                        provider -> provider.createPublisher(name, options));
    }

    /**
     * Counts the subscribers that are there. It asks the kernel for each.
     *
     * @return how many there are, those not counted that are proven to be dead
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if this publisher is closed
     */
    int subscribers() throws IpcException;
}
