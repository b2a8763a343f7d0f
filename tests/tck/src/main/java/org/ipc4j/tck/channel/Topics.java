// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.channel;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.NamedObject;
import org.ipc4j.channel.Publisher;
import org.ipc4j.channel.SlowSubscriber;
import org.ipc4j.channel.Subscriber;
import org.ipc4j.channel.TopicOptions;
import org.ipc4j.spi.TopicProvider;

import java.util.function.Consumer;
import java.util.function.Supplier;

/** Topics as the contracts make them. */
final class Topics {
    /** How many bytes an empty message takes. */
    static final int OVERHEAD = 16;

    static final TopicOptions OPTIONS =
            TopicOptions.DEFAULT
                    .withCapacity(Messages.CAPACITY)
                    .withMaxMessageSize(Messages.SIZE)
                    .withSubscribers(4);

    static final TopicOptions OVERWRITING = OPTIONS.withSlow(SlowSubscriber.OVERWRITE);

    private final TopicProvider provider;
    private final Supplier<IpcName> fresh;
    private final Consumer<AutoCloseable> closing;

    Topics(TopicProvider provider, Supplier<IpcName> fresh, Consumer<AutoCloseable> closing) {
        this.provider = provider;
        this.fresh = fresh;
        this.closing = closing;
    }

    /** Makes a topic with its publisher and a subscriber. */
    MessageFixture.Passage passage(TopicOptions options) throws IpcException {
        Publisher publisher = publisher(options);
        return new MessageFixture.Passage(publisher, subscriberOf(publisher));
    }

    Publisher publisher() throws IpcException {
        return publisher(OPTIONS);
    }

    Publisher publisher(TopicOptions options) throws IpcException {
        return closing(provider.createPublisher(fresh.get(), options));
    }

    Subscriber subscriber(TopicOptions options) throws IpcException {
        return closing(provider.createSubscriber(fresh.get(), options));
    }

    /** Opens the publisher of a topic. */
    Publisher publisherOf(NamedObject end) throws IpcException {
        return closing(provider.openPublisher(end.name(), Access.OWNER));
    }

    /** Opens one more subscriber of a topic. */
    Subscriber subscriberOf(NamedObject end) throws IpcException {
        return closing(provider.openSubscriber(end.name(), Access.OWNER));
    }

    private <C extends AutoCloseable> C closing(C end) {
        closing.accept(end);
        return end;
    }
}
