// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.channel;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.ResourceLimitException;
import org.ipc4j.channel.Publisher;
import org.ipc4j.channel.Subscriber;
import org.ipc4j.channel.Topic;
import org.ipc4j.channel.TopicOptions;
import org.ipc4j.jvm.sys.Composed;
import org.ipc4j.jvm.sys.Composite;
import org.ipc4j.jvm.sys.Composites;
import org.ipc4j.spi.Availability;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.TopicProvider;

import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.Set;

/** Offers topics that are composed of shared memory and a lock file. */
public final class JvmTopicProvider implements TopicProvider {
    private static final Composites<TopicLayout> TOPICS =
            new Composites<>(new Composed("ipc4j-topic."), TopicLayout.FORM);
    private static final Seating<TopicLayout> SEATING = new Seating<>(TOPICS);

    /** Does nothing. */
    public JvmTopicProvider() {}

    @Override
    public String name() {
        return "jvm";
    }

    @Override
    public Availability availability() {
        return TOPICS.availability();
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.copyOf(TOPICS.capabilities());
    }

    @Override
    public Topic create(IpcName name, TopicOptions options) throws IpcException {
        return new JvmTopic(name, createTopic(name, options));
    }

    @Override
    public Topic open(IpcName name, Access access) throws IpcException {
        return new JvmTopic(name, TOPICS.open(name, access));
    }

    @Override
    public Publisher createPublisher(IpcName name, TopicOptions options) throws IpcException {
        return publisher(name, createTopic(name, options), options.access());
    }

    @Override
    public Publisher openPublisher(IpcName name, Access access) throws IpcException {
        return publisher(name, TOPICS.open(name, access), access);
    }

    @Override
    public Subscriber createSubscriber(IpcName name, TopicOptions options) throws IpcException {
        return subscriber(name, createTopic(name, options), options.access());
    }

    @Override
    public Subscriber openSubscriber(IpcName name, Access access) throws IpcException {
        return subscriber(name, TOPICS.open(name, access), access);
    }

    private static Composite<TopicLayout> createTopic(IpcName name, TopicOptions options)
            throws IpcException {
        TopicLayout layout = new TopicLayout(options);
        return TOPICS.create(name, options.access(), layout, layout.byteSize(), layout::initialize);
    }

    private static Publisher publisher(IpcName name, Composite<TopicLayout> topic, Access access)
            throws IpcException {
        Ring ring = topic.layout().ring(topic.memory().segment());
        return SEATING.seated(
                name,
                topic,
                access,
                seats -> {
                    Seat seat = seats.apply(TopicLayout.PUBLISHER);
                    if (!seat.tryTake()) {
                        throw new ResourceLimitException(
                                name, "it has a publisher already; there can be one at a time");
                    }
                    return new Seating.Taken<>(
                            seat,
                            waiting ->
                                    (Publisher)
                                            Special.constructor(RingPublisher.class, ring)
                                                    .invoke(name, topic, seat, waiting));
                });
    }

    /** Takes a place that has no subscriber. */
    private static Subscriber subscriber(IpcName name, Composite<TopicLayout> topic, Access access)
            throws IpcException {
        TopicLayout layout = topic.layout();
        return SEATING.seated(
                name,
                topic,
                access,
                seats -> {
                    for (int i = 0; i < layout.subscribers(); i++) {
                        Seat seat = seats.apply(layout.words(i) + TopicLayout.SUBSCRIBER);
                        if (seat.tryTake()) {
                            return new Seating.Taken<>(seat, subscriber(name, topic, i, seat));
                        }
                    }
                    throw new ResourceLimitException(
                            name,
                            "it has all of its "
                                    + layout.subscribers()
                                    + " subscribers; close one, or create the topic for more");
                });
    }

    private static Seating.Maker<Subscriber> subscriber(
            IpcName name, Composite<TopicLayout> topic, int index, Seat seat) {
        TopicLayout layout = topic.layout();
        Ring ring = layout.ring(topic.memory().segment());
        MemorySegment copy = RingSubscriber.copy(layout);
        return waiting ->
                (Subscriber)
                        Special.constructor(RingSubscriber.class, ring)
                                .invoke(name, topic, index, seat, waiting, copy);
    }

    @Override
    public String nativeKey(IpcName name) {
        return TOPICS.nativeKey(name);
    }

    @Override
    public Optional<String> find(IpcName name) {
        return TOPICS.find(name);
    }

    @Override
    public boolean remove(IpcName name) throws IpcException {
        return TOPICS.remove(name);
    }
}
