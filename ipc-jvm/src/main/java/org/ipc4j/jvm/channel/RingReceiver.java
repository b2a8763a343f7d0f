// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.channel;

import org.ipc4j.IncompatibleException;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.channel.MessageHandler;
import org.ipc4j.channel.Presence;
import org.ipc4j.channel.Receiver;
import org.ipc4j.jvm.sys.Composite;
import org.ipc4j.spi.Arguments;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;

/**
 * The receiving end of a channel: it goes round its rings, and knows who sends. See {@link Special}
 * for the constant.
 */
final class RingReceiver extends MessageReader implements Receiver {
    private static final RingReader CONSTANT =
            Special.dataOf(MethodHandles.lookup(), RingReader.class);
    private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();
    private static final int NOTHING = -1;

    private final Composite<ChannelLayout> channel;
    private final ChannelLayout layout;
    private final MemorySegment memory;
    private final Waiting waiting;
    private final RingReader[] readers;

    /** The only reader; null if there are several. */
    private final RingReader only;

    /** The ring to begin the next round with, so that none is starved. */
    private int turn;

    /** Whose message was handled last, if there are several readers. */
    private int current = NOTHING;

    RingReceiver(
            IpcName name,
            Composite<ChannelLayout> channel,
            RingReader[] readers,
            Seat seat,
            Waiting waiting) {
        super(
                name,
                channel,
                seat,
                waiting,
                waiting.word(ChannelLayout.MESSAGES),
                channel.memory().segment());
        this.channel = channel;
        this.layout = channel.layout();
        this.memory = channel.memory().segment();
        this.waiting = waiting;
        this.readers = readers;
        this.only = readers.length == 1 ? readers[0] : null;
        int rings = ringsInUse();
        for (int i = 0; i < rings; i++) {
            readers[i].wakeAnyway();
        }
    }

    /** In a class of this channel's own, it is a constant for the compiler. */
    private RingReader only() {
        return CONSTANT != null ? CONSTANT : only;
    }

    /** Returns how many rings have ever had a sender. Damaged memory has no more than there are. */
    private int ringsInUse() {
        return Math.clamp(
                (int) INT.getAcquire(memory, ChannelLayout.RINGS_IN_USE), 0, readers.length);
    }

    /**
     * {@inheritDoc} If there is one ring, it does not remember which one: a round trip between two
     * processors takes a sixth less time then, as measured.
     */
    @Override
    public int poll(MessageHandler handler, int limit) throws IncompatibleException {
        Objects.requireNonNull(handler, "handler");
        RingReader only = only();
        if (only != null) {
            return only.look() ? only.handle(handler, limit) : 0;
        }
        int rings = ringsInUse();
        int count = 0;
        int first = turn < rings ? turn : 0;
        for (int i = 0; i < rings && count < limit; i++) {
            int ring = first + i;
            turn = ring < rings ? ring : ring - rings; // again, if the handler throws
            count += poll(turn, handler, limit - count);
        }
        turn = first + 1;
        return count;
    }

    private int poll(int ring, MessageHandler handler, int limit) throws IncompatibleException {
        RingReader reader = readers[ring];
        if (!reader.look()) {
            return 0;
        }
        int before = current;
        current = ring;
        int count = reader.handle(handler, limit);
        if (count == 0) {
            current = before; // there was but a gap
        }
        return count;
    }

    @Override
    boolean hasMessage() {
        int rings = ringsInUse();
        for (int i = 0; i < rings; i++) {
            if (readers[i].hasMessage()) {
                return true;
            }
        }
        return false;
    }

    @Override
    boolean isWakeCertain() {
        int rings = ringsInUse();
        for (int i = 0; i < rings; i++) {
            if (!waiting.isHeard(layout.words(i) + ChannelLayout.SENDER)) {
                return false;
            }
        }
        return true;
    }

    /** Wakes the senders that wait for room; they find that this end is closed. */
    @Override
    void leave() {
        int rings = ringsInUse();
        for (int i = 0; i < rings; i++) {
            readers[i].leave();
        }
    }

    @Override
    public int sender() {
        if (only != null) {
            return only.position() == NOTHING ? NOTHING : 0;
        }
        return current;
    }

    @Override
    public long position() {
        int sender = sender();
        return sender == NOTHING ? NOTHING : readers[sender].position();
    }

    @Override
    public Presence sender(int index) throws IpcException {
        Objects.checkIndex(index, senders());
        Arguments.requireOpen(isOpen(), name());
        return Seat.of(name(), channel, layout.words(index) + ChannelLayout.SENDER).presence();
    }

    @Override
    public int senders() {
        return readers.length;
    }
}
