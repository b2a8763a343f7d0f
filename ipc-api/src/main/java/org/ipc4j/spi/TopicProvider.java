// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.spi;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.channel.Publisher;
import org.ipc4j.channel.Subscriber;
import org.ipc4j.channel.Topic;
import org.ipc4j.channel.TopicOptions;

/**
 * Offers topics. Each method does what the method of that name in {@link Topic}, {@link Publisher}
 * or {@link Subscriber} says.
 */
public interface TopicProvider extends NamedObjectProvider {
    /**
     * Creates a topic that nobody has published to or subscribed to yet.
     *
     * @param name its name
     * @param options what it shall be like
     * @return the topic
     * @throws org.ipc4j.NameExistsException if the name is taken
     * @throws IpcException if the system refuses
     */
    Topic create(IpcName name, TopicOptions options) throws IpcException;

    /**
     * Opens a topic that is there, without publishing or subscribing.
     *
     * @param name its name
     * @param access whose topic is accepted
     * @return the topic
     * @throws org.ipc4j.NameNotFoundException if there is none
     * @throws IpcException if the system refuses
     */
    Topic open(IpcName name, Access access) throws IpcException;

    /**
     * Creates a topic and opens the publishing end.
     *
     * @param name its name
     * @param options what it shall be like
     * @return the publisher
     * @throws org.ipc4j.NameExistsException if the name is taken
     * @throws IpcException if the system refuses
     */
    Publisher createPublisher(IpcName name, TopicOptions options) throws IpcException;

    /**
     * Opens the publishing end of a topic that is there.
     *
     * @param name its name
     * @param access whose topic is accepted
     * @return the publisher
     * @throws org.ipc4j.NameNotFoundException if there is none
     * @throws IpcException if the system refuses
     */
    Publisher openPublisher(IpcName name, Access access) throws IpcException;

    /**
     * Creates a topic and opens a subscribing end.
     *
     * @param name its name
     * @param options what it shall be like
     * @return the subscriber
     * @throws org.ipc4j.NameExistsException if the name is taken
     * @throws IpcException if the system refuses
     */
    Subscriber createSubscriber(IpcName name, TopicOptions options) throws IpcException;

    /**
     * Opens a subscribing end of a topic that is there.
     *
     * @param name its name
     * @param access whose topic is accepted
     * @return the subscriber
     * @throws org.ipc4j.NameNotFoundException if there is none
     * @throws IpcException if the system refuses
     */
    Subscriber openSubscriber(IpcName name, Access access) throws IpcException;
}
