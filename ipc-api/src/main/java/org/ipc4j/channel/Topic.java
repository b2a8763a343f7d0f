// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.channel;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.NamedObject;
import org.ipc4j.internal.OneName;
import org.ipc4j.spi.TopicProvider;

/**
 * A topic seen from outside: made and looked at without publishing or subscribing.
 *
 * <p>Who has a topic open like this is neither the {@link Publisher} nor a {@link Subscriber} of
 * it, and keeps nobody from becoming one. Where an object goes with its last handle, however, this
 * is a handle.
 */
public interface Topic extends NamedObject, AutoCloseable {
    /**
     * Creates a topic that nobody has published to or subscribed to yet.
     *
     * @param name its name
     * @param options what it shall be like
     * @return the topic
     * @throws org.ipc4j.NameExistsException if the name is taken
     * @throws IpcException if the system refuses
     */
    static Topic create(IpcName name, TopicOptions options) throws IpcException {
        return OneName.of(TopicProvider.class, name)
                .create(provider -> provider.create(name, options));
    }

    /**
     * Opens a topic of the current user.
     *
     * @param name its name
     * @return the topic
     * @throws org.ipc4j.NameNotFoundException if there is none
     * @throws IpcException if the system refuses
     */
    static Topic open(IpcName name) throws IpcException {
        return open(name, Access.OWNER);
    }

    /**
     * Opens a topic.
     *
     * @param name its name
     * @param access whose topic is accepted
     * @return the topic
     * @throws org.ipc4j.NameNotFoundException if there is none
     * @throws org.ipc4j.IpcAccessDeniedException if it is not accepted
     * @throws IpcException if the system refuses
     */
    static Topic open(IpcName name, Access access) throws IpcException {
        return OneName.of(TopicProvider.class, name).open(provider -> provider.open(name, access));
    }

    /**
     * Opens a topic, which is created if it is not there.
     *
     * @param name its name
     * @param options what it shall be like if it is created; its access also tells whose topic is
     *     accepted
     * @return the topic
     * @throws IpcException if the system refuses
     */
    static Topic createOrOpen(IpcName name, TopicOptions options) throws IpcException {
        return OneName.of(TopicProvider.class, name)
                .createOrOpen(
                        provider -> provider.open(name, options.access()),
                        provider -> provider.create(name, options));
    }

    /**
     * Deletes a topic's name. Who has it open keeps it.
     *
     * @param name the name
     * @return {@code false} if there was no such name
     * @throws IpcException if the system refuses
     */
    static boolean remove(IpcName name) throws IpcException {
        return OneName.of(TopicProvider.class, name).remove();
    }

    /**
     * Returns how many bytes of messages there can be at a time.
     *
     * @return the number of bytes
     */
    int capacity();

    /**
     * Returns how many bytes a message has at most.
     *
     * @return the number of bytes
     */
    int maxMessageSize();

    /**
     * Returns how many subscribers there can be at a time.
     *
     * @return the number
     */
    int subscribers();

    /**
     * Returns what it means that a subscriber does not keep up.
     *
     * @return the policy
     */
    SlowSubscriber slow();

    /**
     * Returns how those wait who have to.
     *
     * @return the wait strategy
     */
    WaitStrategy waiting();

    /**
     * Tells what is known of the publisher. It asks the kernel.
     *
     * @return its presence
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if this handle is closed
     */
    Presence publisher() throws IpcException;

    /**
     * Tells what is known of a subscriber. It asks the kernel.
     *
     * @param index which one, 0 or more and less than {@link #subscribers}
     * @return its presence
     * @throws IpcException if the system refuses
     * @throws IndexOutOfBoundsException if there can be no such subscriber
     * @throws IllegalStateException if this handle is closed
     */
    Presence subscriber(int index) throws IpcException;

    /**
     * Returns how far the publisher is ahead of a subscriber.
     *
     * @param index which one, 0 or more and less than {@link #subscribers}
     * @return the number of bytes, 0 or more, as of a moment ago; more than {@link #capacity} if it
     *     has been overtaken, 0 if there is no such subscriber
     * @throws IndexOutOfBoundsException if there can be no such subscriber
     * @throws IllegalStateException if this handle is closed
     */
    long unhandledBytes(int index);

    /** Gives up this handle. Does nothing when called again. */
    @Override
    void close();
}
