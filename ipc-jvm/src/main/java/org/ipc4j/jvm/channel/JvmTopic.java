// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.channel;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.channel.Presence;
import org.ipc4j.channel.SlowSubscriber;
import org.ipc4j.channel.Topic;
import org.ipc4j.channel.WaitStrategy;
import org.ipc4j.jvm.sys.Composite;
import org.ipc4j.spi.Arguments;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/** Looks at a topic's words. It writes none of them and takes no {@link Seat}. */
final class JvmTopic implements Topic {
    private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();

    private final IpcName name;
    private final Composite<TopicLayout> topic;
    private final TopicLayout layout;
    private final MemorySegment memory;
    private final AtomicBoolean open = new AtomicBoolean(true);

    JvmTopic(IpcName name, Composite<TopicLayout> topic) {
        this.name = name;
        this.topic = topic;
        this.layout = topic.layout();
        this.memory = topic.memory().segment();
    }

    @Override
    public int capacity() {
        return layout.capacity();
    }

    @Override
    public int maxMessageSize() {
        return layout.maxMessageSize();
    }

    @Override
    public int subscribers() {
        return layout.subscribers();
    }

    @Override
    public SlowSubscriber slow() {
        return layout.options().slow();
    }

    @Override
    public WaitStrategy waiting() {
        return layout.waiting();
    }

    @Override
    public Presence publisher() throws IpcException {
        Arguments.requireOpen(isOpen(), name);
        return Seat.of(name, topic, TopicLayout.PUBLISHER).presence();
    }

    @Override
    public Presence subscriber(int index) throws IpcException {
        Objects.checkIndex(index, subscribers());
        Arguments.requireOpen(isOpen(), name);
        return Seat.of(name, topic, layout.words(index) + TopicLayout.SUBSCRIBER).presence();
    }

    /** The two positions are not of one moment: that which is not the later one goes first. */
    @Override
    public long unhandledBytes(int index) {
        Objects.checkIndex(index, subscribers());
        Arguments.requireOpen(isOpen(), name);
        long position = (long) LONG.getAcquire(memory, layout.position(index));
        long tail = (long) LONG.getAcquire(memory, TopicLayout.TAIL);
        return position == TopicLayout.NOBODY ? 0 : Math.max(0, tail - position);
    }

    @Override
    public IpcName name() {
        return name;
    }

    @Override
    public String nativeKey() {
        return topic.memory().nativeKey();
    }

    @Override
    public boolean isOpen() {
        return open.get();
    }

    @Override
    public void close() {
        if (open.getAndSet(false)) {
            topic.close();
        }
    }
}
