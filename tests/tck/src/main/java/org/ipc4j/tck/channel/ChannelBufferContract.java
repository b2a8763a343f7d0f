// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.channel;

import static org.ipc4j.tck.channel.Channels.OPTIONS;

import org.ipc4j.IpcException;
import org.ipc4j.spi.ChannelProvider;

import java.util.ArrayList;
import java.util.List;

/** {@link MessageBufferContract} of channels. */
public abstract class ChannelBufferContract extends MessageBufferContract<ChannelProvider> {
    /** For subclasses. */
    protected ChannelBufferContract() {}

    private Channels channels() {
        return new Channels(provider(), this::fresh, this::closing);
    }

    @Override
    protected Passage passage(int maxMessageSize) throws IpcException {
        return channels().passage(OPTIONS.withMaxMessageSize(maxMessageSize));
    }

    @Override
    protected int overhead() {
        return 8;
    }

    /** Receivers of one ring and of several do not do the same. */
    @Override
    protected List<Passage> passages(int count) throws IpcException {
        List<Passage> passages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            passages.add(channels().passage(OPTIONS.withSenders(1 + i % 2)));
        }
        return passages;
    }
}
