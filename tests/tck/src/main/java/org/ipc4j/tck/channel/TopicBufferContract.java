// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.channel;

import org.ipc4j.IpcException;
import org.ipc4j.channel.SlowSubscriber;
import org.ipc4j.channel.TopicOptions;
import org.ipc4j.spi.TopicProvider;

import java.util.ArrayList;
import java.util.List;

/** {@link MessageBufferContract} of topics. */
public abstract class TopicBufferContract extends MessageBufferContract<TopicProvider> {
    /** For subclasses. */
    protected TopicBufferContract() {}

    private Topics topics() {
        return new Topics(provider(), this::fresh, this::closing);
    }

    @Override
    protected Passage passage(int maxMessageSize) throws IpcException {
        return topics().passage(Topics.OPTIONS.withMaxMessageSize(maxMessageSize));
    }

    @Override
    protected int overhead() {
        return Topics.OVERHEAD;
    }

    /** Subscribers that are waited for and others do not do the same. */
    @Override
    protected List<Passage> passages(int count) throws IpcException {
        SlowSubscriber[] policies = SlowSubscriber.values();
        List<Passage> passages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            TopicOptions options = Topics.OPTIONS.withSlow(policies[i % policies.length]);
            passages.add(topics().passage(options));
        }
        return passages;
    }
}
