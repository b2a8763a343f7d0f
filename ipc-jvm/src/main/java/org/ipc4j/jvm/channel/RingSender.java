// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.channel;

import org.ipc4j.IncompatibleException;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.PeerClosedException;
import org.ipc4j.channel.Presence;
import org.ipc4j.channel.Sender;
import org.ipc4j.jvm.sys.Composite;
import org.ipc4j.spi.Arguments;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;

/** The sending end of a channel: a ring of its own, and the receiver. */
final class RingSender extends RingWriter implements Sender {
    private static final Ring CONSTANT = Special.dataOf(MethodHandles.lookup(), Ring.class);

    private final Ring field;
    private final int index;
    private final Seat receiver;
    private final Waiting waiting;

    RingSender(
            IpcName name, Composite<ChannelLayout> channel, int index, Seat seat, Waiting waiting)
            throws IncompatibleException {
        super(
                name,
                channel,
                seat,
                waiting,
                channel.layout().ring(channel.memory().segment(), index),
                waiting.word(ChannelLayout.MESSAGES),
                waiting.word(channel.layout().words(index) + ChannelLayout.ROOM));
        this.field = plainRing();
        this.index = index;
        this.receiver = Seat.of(name, channel, ChannelLayout.RECEIVER);
        this.waiting = waiting;
    }

    /** In a class of this channel's own, all of it is a constant for the compiler. */
    private Ring ring() {
        return CONSTANT != null ? CONSTANT : field;
    }

    @Override
    public MemorySegment memory() {
        return ring().memory();
    }

    @Override
    public long tryClaim(int length) {
        return claim(ring(), length);
    }

    @Override
    public void commit() {
        Ring ring = ring();
        stage(ring);
        publish(ring);
    }

    @Override
    public void stage() {
        stage(ring());
    }

    @Override
    public void publish() {
        publish(ring());
    }

    @Override
    long head(long end, boolean make) {
        return (long) LONG.getAcquire(field.memory(), field.headAt());
    }

    @Override
    boolean isWakeCertain() {
        return waiting.isHeard(ChannelLayout.RECEIVER);
    }

    /** The receiver is asked for now and then only. */
    @Override
    long refusal() {
        if (!inquiry().isDue()) {
            return FULL;
        }
        inquiry().asked();
        try {
            return switch (receiver.presence()) {
                case NOT_YET, PRESENT -> FULL;
                case CLOSED, DIED -> {
                    inquiry().again(); // the next one is told at once too
                    yield RECEIVER_GONE;
                }
            };
        } catch (IpcException e) {
            return FULL; // not proven
        }
    }

    @Override
    IpcException refused(long answer) {
        return answer == DAMAGED
                ? damaged(head(0, false))
                : new PeerClosedException(
                        name(),
                        "there is no room, and the receiver is gone; what was sent is kept for the"
                                + " next one");
    }

    @Override
    public int index() {
        return index;
    }

    @Override
    public Presence receiver() throws IpcException {
        Arguments.requireOpen(isOpen(), name());
        return receiver.presence();
    }
}
