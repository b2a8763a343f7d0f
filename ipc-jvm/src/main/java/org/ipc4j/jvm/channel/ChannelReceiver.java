// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.channel;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.channel.MessageHandler;
import org.ipc4j.channel.Presence;
import org.ipc4j.channel.Receiver;
import org.ipc4j.jvm.sys.Composite;
import org.ipc4j.spi.Arguments;
import org.ipc4j.spi.Wait;
import org.ipc4j.spi.WakeWord;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** What a receiver does besides its rings: copies, waits, knows the senders, and is closed. */
abstract class ChannelReceiver implements Receiver {
    private final IpcName name;
    private final Composite<ChannelLayout> channel;
    private final MemorySegment memory;
    private final ChannelLayout layout;
    private final Seat seat;
    private final Waiting waiting;
    private final Wait messages;
    private final WakeWord bed;
    private final BooleanSupplier hasMessage = this::hasMessage;
    private final MessageHandler copy = this::copy;
    private final AtomicBoolean open = new AtomicBoolean(true);

    /**
     * The memory, for messages to be copied without making a segment of each; null if too large.
     */
    private final ByteBuffer view;

    private ByteBuffer target;
    private int copied;

    ChannelReceiver(IpcName name, Composite<ChannelLayout> channel, Seat seat, Waiting waiting) {
        this.name = name;
        this.channel = channel;
        this.memory = channel.memory().segment();
        this.layout = channel.layout();
        this.seat = seat;
        this.waiting = waiting;
        this.messages = waiting.place(this::isOpen, () -> hasMessage() ? 1 : 0);
        this.bed = waiting.messages();
        waiting.announce(ChannelLayout.RECEIVER);
        this.view = memory.byteSize() <= Integer.MAX_VALUE ? memory.asByteBuffer() : null;
    }

    /** Tells whether there is probably a message. Called by other threads too. */
    abstract boolean hasMessage();

    /** Returns how many rings have ever had a sender. */
    abstract int ringsInUse();

    /** Wakes the senders that wait for room; they find that this end is closed. */
    abstract void wakeSenders();

    @Override
    public final boolean await(Duration timeout) throws IpcException, InterruptedException {
        Arguments.requireOpen(isOpen(), name);
        return messages.until(
                timeout,
                nanos -> {
                    sleep(nanos);
                    return hasMessage();
                });
    }

    @Override
    public final int tryReceive(ByteBuffer target) throws IpcException {
        Arguments.requireRoom(target.remaining(), maxMessageSize());
        this.target = target;
        try {
            return poll(copy, 1) == 0 ? NONE : copied;
        } finally {
            this.target = null;
        }
    }

    /** Sleeps until there is probably a message. */
    private void sleep(long nanos) throws IpcException {
        if (nanos > 0) {
            bed.sleep(hasMessage, nanos, waiting.areSendersHeard(ringsInUse()));
            Arguments.requireOpen(isOpen(), name);
        }
    }

    private void copy(MemorySegment memory, long offset, int length) {
        if (view != null) {
            target.put(target.position(), view, (int) offset, length);
        } else {
            MemorySegment.copy(memory, offset, MemorySegment.ofBuffer(target), 0, length);
        }
        target.position(target.position() + length);
        copied = length;
    }

    @Override
    public final int receive(ByteBuffer target) throws IpcException, InterruptedException {
        return receive(target, Wait.FOREVER);
    }

    @Override
    public final int receive(ByteBuffer target, Duration timeout)
            throws IpcException, InterruptedException {
        Objects.requireNonNull(timeout, "timeout");
        Arguments.requireOpen(isOpen(), name);
        Wait.requireNotInterrupted();
        int length = tryReceive(target);
        if (length != NONE || !timeout.isPositive()) {
            return length; // without the cost of a place to wait
        }
        boolean received =
                messages.until(
                        timeout,
                        nanos -> {
                            sleep(nanos);
                            return tryReceive(target) != NONE;
                        });
        return received ? copied : NONE;
    }

    @Override
    public final Presence sender(int index) throws IpcException {
        Objects.checkIndex(index, layout.senders());
        Arguments.requireOpen(isOpen(), name);
        return new Seat(name, memory, layout.words(index) + ChannelLayout.SENDER, channel.self())
                .presence();
    }

    @Override
    public final int senders() {
        return layout.senders();
    }

    @Override
    public final int maxMessageSize() {
        return layout.options().maxMessageSize();
    }

    @Override
    public final IpcName name() {
        return name;
    }

    @Override
    public final String nativeKey() {
        return channel.memory().nativeKey();
    }

    @Override
    public final boolean isOpen() {
        return open.get();
    }

    @Override
    public final void close() {
        if (open.getAndSet(false)) {
            if (bed != null) {
                bed.wake(); // a thread that waits shall not use the memory any more
                wakeSenders();
            }
            waiting.close();
            seat.leave(channel);
        }
    }
}
