// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.channel;

import static org.ipc4j.jvm.channel.ChannelLayout.GAP;
import static org.ipc4j.jvm.channel.ChannelLayout.MESSAGE;
import static org.ipc4j.jvm.channel.ChannelLayout.PREFIX;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import org.ipc4j.IncompatibleException;
import org.ipc4j.IpcName;
import org.ipc4j.channel.MessageHandler;
import org.ipc4j.jvm.sys.Composite;
import org.ipc4j.spi.WakeWord;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * The receiving end of the rings: the few instructions that every message costs. See {@link
 * Special} for the constant.
 *
 * <p>Whatever the memory says is loaded once and checked before it is used: what is wrong is an
 * {@link IncompatibleException}, never an access elsewhere or a loop without end.
 */
final class RingReceiver extends ChannelReceiver {
    private static final MemorySegment CONSTANT =
            Special.dataOf(MethodHandles.lookup(), MemorySegment.class);
    private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();
    private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();
    private static final int NOTHING = -1;

    private final MemorySegment field;
    private final ChannelLayout layout;
    private final int maxMessageSize;

    /** Of each ring: where its sender sleeps while there is no room. Null if nobody is woken. */
    private final WakeWord[] room;

    /** Of each ring: up to where its messages are handled. */
    private final long[] handled;

    /** Of each ring: its tail as it was seen last; it only grows. */
    private final long[] seenTail;

    /** The ring to begin the next round with, so that none is starved. */
    private int turn;

    private int current = NOTHING;
    private long position = NOTHING;

    RingReceiver(IpcName name, Composite<ChannelLayout> channel, Seat seat, Waiting waiting)
            throws IncompatibleException {
        super(name, channel, seat, waiting);
        this.field = channel.memory().segment();
        this.layout = channel.layout();
        this.maxMessageSize = layout.options().maxMessageSize();
        this.handled = new long[layout.senders()];
        this.seenTail = new long[layout.senders()];
        this.room =
                waiting.messages() == null
                        ? null
                        : IntStream.range(0, handled.length)
                                .mapToObj(waiting::room)
                                .toArray(WakeWord[]::new);
        for (int i = 0; i < handled.length; i++) {
            long head = (long) LONG.getAcquire(field, layout.words(i) + ChannelLayout.HEAD);
            handled[i] = (long) LONG.getAcquire(field, layout.words(i) + ChannelLayout.HANDLED);
            seenTail[i] = handled[i];
            long ahead = handled[i] - head;
            if (head < 0 || ahead < 0 || ahead > layout.capacity() || handled[i] % 8 != 0) {
                throw damaged("position " + handled[i] + " of ring " + i);
            }
            // The last receiver may have died with all handled and the room not given back.
            LONG.setRelease(field, layout.words(i) + ChannelLayout.HEAD, handled[i]);
            if (room != null && i < ringsInUse()) {
                room[i].wakeAnyway();
            }
        }
    }

    /** In a class of this channel's own, the memory is a constant for the compiler. */
    private MemorySegment fast() {
        return CONSTANT != null ? CONSTANT : field;
    }

    /** Damaged memory has no more rings than there are. */
    @Override
    int ringsInUse() {
        return Math.clamp(
                (int) INT.getAcquire(fast(), ChannelLayout.RINGS_IN_USE), 0, handled.length);
    }

    @Override
    public int poll(MessageHandler handler, int limit) throws IncompatibleException {
        Objects.requireNonNull(handler, "handler");
        int rings = ringsInUse();
        if (rings == 1) {
            return poll(0, handler, limit);
        }
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
        MemorySegment memory = fast();
        long words = layout.words(ring);
        long start = handled[ring];
        long tail = seenTail[ring];
        if (start == tail) {
            tail = newTail(memory, words, ring);
            if (start == tail) {
                return 0;
            }
        }
        long bytes = layout.ring(ring);
        int capacity = layout.capacity();
        long done = start;
        int count = 0;
        current = ring;
        try {
            while (count < limit && done < tail) {
                long at = bytes + (done & capacity - 1);
                int length = memory.get(JAVA_INT_UNALIGNED, at);
                int kind = memory.get(JAVA_INT_UNALIGNED, at + Integer.BYTES);
                long size = checked(length, kind, tail - done, bytes + capacity - at);
                if (kind == MESSAGE) {
                    position = done;
                    handler.onMessage(memory, at + PREFIX, length);
                    count++;
                }
                done += size;
                LONG.setRelease(memory, words + ChannelLayout.HANDLED, done);
            }
        } finally {
            handled[ring] = done;
            LONG.setRelease(memory, words + ChannelLayout.HEAD, done);
            if (room != null) {
                room[ring].wake(memory);
            }
        }
        // Perhaps there was nothing but a gap, sent before the message that follows it.
        return count == 0 && done != start ? poll(ring, handler, limit) : count;
    }

    private long newTail(MemorySegment memory, long words, int ring) throws IncompatibleException {
        long tail = (long) LONG.getAcquire(memory, words + ChannelLayout.TAIL);
        long ahead = tail - handled[ring];
        if (ahead < 0 || ahead > layout.capacity() || tail % 8 != 0) {
            throw damaged("tail " + tail + " at position " + handled[ring] + " of ring " + ring);
        }
        seenTail[ring] = tail;
        return tail;
    }

    /** Returns how many bytes of the ring a record takes, if there can be such a record. */
    private long checked(int length, int kind, long sent, long toEnd) throws IncompatibleException {
        long size = ChannelLayout.size(length);
        if (length < 0
                || size > sent
                || size > toEnd
                || (kind == MESSAGE ? length > maxMessageSize : kind != GAP || size != toEnd)) {
            throw damaged("a record of kind " + kind + " with " + length + " bytes");
        }
        return size;
    }

    private IncompatibleException damaged(String what) {
        return Damage.of(name(), what);
    }

    @Override
    boolean hasMessage() {
        int rings = ringsInUse();
        for (int i = 0; i < rings; i++) {
            if ((long) LONG.getAcquire(field, layout.words(i) + ChannelLayout.TAIL) != handled[i]) {
                return true;
            }
        }
        return false;
    }

    @Override
    void wakeSenders() {
        for (int i = 0; i < ringsInUse(); i++) {
            room[i].wake();
        }
    }

    @Override
    public int sender() {
        return current;
    }

    @Override
    public long position() {
        return position;
    }
}
