// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.channel;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.channel.Channel;
import org.ipc4j.channel.Presence;
import org.ipc4j.channel.WaitStrategy;
import org.ipc4j.jvm.sys.Composite;
import org.ipc4j.spi.Arguments;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/** Looks at a channel's words. It writes none of them and takes no {@link Seat}. */
final class JvmChannel implements Channel {
    private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();

    private final IpcName name;
    private final Composite<ChannelLayout> channel;
    private final ChannelLayout layout;
    private final MemorySegment memory;
    private final AtomicBoolean open = new AtomicBoolean(true);

    JvmChannel(IpcName name, Composite<ChannelLayout> channel) {
        this.name = name;
        this.channel = channel;
        this.layout = channel.layout();
        this.memory = channel.memory().segment();
    }

    @Override
    public int capacity() {
        return layout.capacity();
    }

    @Override
    public int maxMessageSize() {
        return layout.options().maxMessageSize();
    }

    @Override
    public int senders() {
        return layout.senders();
    }

    @Override
    public WaitStrategy waiting() {
        return layout.options().waiting();
    }

    @Override
    public Presence receiver() throws IpcException {
        Arguments.requireOpen(isOpen(), name);
        return presence(ChannelLayout.RECEIVER);
    }

    @Override
    public Presence sender(int index) throws IpcException {
        return presence(words(index) + ChannelLayout.SENDER);
    }

    private Presence presence(long seat) throws IpcException {
        return Seat.of(name, channel, seat).presence();
    }

    /** The two positions are not of one moment: handled goes first, so that it is not the later. */
    @Override
    public int unhandledBytes(int index) {
        long words = words(index);
        long handled = (long) LONG.getAcquire(memory, words + ChannelLayout.HANDLED);
        long tail = (long) LONG.getAcquire(memory, words + ChannelLayout.TAIL);
        return Math.clamp(tail - handled, 0, capacity());
    }

    /** Returns where the words of a sender's ring are, if they can be read. */
    private long words(int index) {
        Objects.checkIndex(index, senders());
        Arguments.requireOpen(isOpen(), name);
        return layout.words(index);
    }

    @Override
    public IpcName name() {
        return name;
    }

    @Override
    public String nativeKey() {
        return channel.memory().nativeKey();
    }

    @Override
    public boolean isOpen() {
        return open.get();
    }

    @Override
    public void close() {
        if (open.getAndSet(false)) {
            channel.close();
        }
    }
}
