// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.channel;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.internal.OneName;
import org.ipc4j.spi.TopicProvider;

/**
 * One of the subscribing ends of a topic, whose {@link Publisher} has a ring of messages in shared
 * memory.
 *
 * <p>Each subscriber sees, in order, the messages that are published after it was opened, each once
 * and whole, as far as the topic's {@link SlowSubscriber policy} keeps them for it: {@link #missed}
 * tells how many were not. Subscribers come and go, and know nothing of one another. A subscriber
 * is used by one thread at a time; every thread may have one of its own.
 *
 * <p>Under {@link SlowSubscriber#WAIT} a handler reads messages in place. Otherwise the publisher
 * may write there at any time, so what a handler gets is a copy that was proven to be whole.
 *
 * <p>If a handler throws, its message is delivered again by the next call.
 */
public interface Subscriber extends MessageSource {
    /**
     * Creates a topic and opens a subscribing end of it.
     *
     * @param name its name
     * @param options what it shall be like
     * @return the subscriber
     * @throws org.ipc4j.NameExistsException if the name is taken
     * @throws IpcException if the system refuses
     */
    static Subscriber create(IpcName name, TopicOptions options) throws IpcException {
        return OneName.of(TopicProvider.class, name)
                .create(provider -> provider.createSubscriber(name, options));
    }

    /**
     * Opens a subscribing end of a topic of the current user.
     *
     * @param name its name
     * @return the subscriber
     * @throws org.ipc4j.NameNotFoundException if there is none
     * @throws org.ipc4j.ResourceLimitException if it has all the subscribers that it can have
     * @throws IpcException if the system refuses
     */
    static Subscriber open(IpcName name) throws IpcException {
        return open(name, Access.OWNER);
    }

    /**
     * Opens a subscribing end of a topic.
     *
     * @param name its name
     * @param access whose topic is accepted
     * @return the subscriber
     * @throws org.ipc4j.NameNotFoundException if there is none
     * @throws org.ipc4j.IpcAccessDeniedException if it is not accepted
     * @throws org.ipc4j.ResourceLimitException if it has all the subscribers that it can have
     * @throws IpcException if the system refuses
     */
    static Subscriber open(IpcName name, Access access) throws IpcException {
        return OneName.of(TopicProvider.class, name)
                .open(provider -> provider.openSubscriber(name, access));
    }

    /**
     * Opens a subscribing end of a topic, which is created if it is not there.
     *
     * @param name its name
     * @param options what it shall be like if it is created; its access also tells whose topic is
     *     accepted
     * @return the subscriber
     * @throws org.ipc4j.ResourceLimitException if it has all the subscribers that it can have
     * @throws IpcException if the system refuses
     */
    static Subscriber createOrOpen(IpcName name, TopicOptions options) throws IpcException {
        return OneName.of(TopicProvider.class, name)
                .createOrOpen(
                        provider -> provider.openSubscriber(name, options.access()),
                        provider -> provider.createSubscriber(name, options));
    }

    /**
     * Counts the messages that this subscriber has missed, because others were written over them.
     *
     * @return how many messages were published between those that it has handled; 0 for ever unless
     *     the topic {@linkplain SlowSubscriber#OVERWRITE overwrites}
     */
    long missed();

    /**
     * Returns which of the topic's subscribers this is.
     *
     * @return 0 or more, less than the topic's number of subscribers; another one may get it later
     */
    int index();

    /**
     * Tells what is known of the publisher. It asks the kernel.
     *
     * @return its presence
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if this subscriber is closed
     */
    Presence publisher() throws IpcException;
}
