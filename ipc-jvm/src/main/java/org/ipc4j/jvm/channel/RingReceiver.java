// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.channel;

import static org.ipc4j.jvm.channel.ChannelLayout.PREFIX;
import static org.ipc4j.jvm.channel.RecordFormat.IMPOSSIBLE;
import static org.ipc4j.jvm.channel.RecordFormat.MESSAGE;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import org.ipc4j.IncompatibleException;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.channel.MessageHandler;
import org.ipc4j.channel.Presence;
import org.ipc4j.channel.Receiver;
import org.ipc4j.jvm.sys.Composite;
import org.ipc4j.spi.Arguments;
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
final class RingReceiver extends MessageReader implements Receiver {
    private static final Rings CONSTANT = Special.dataOf(MethodHandles.lookup(), Rings.class);
    private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();
    private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();
    private static final int NOTHING = -1;

    /** What the compiler shall know as a constant. */
    record Rings(MemorySegment memory, ChannelLayout layout) {}

    private final Rings field;
    private final Composite<ChannelLayout> channel;
    private final Waiting waiting;

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
        super(
                name,
                channel,
                seat,
                waiting,
                waiting.word(ChannelLayout.MESSAGES),
                channel.memory().segment());
        MemorySegment memory = channel.memory().segment();
        ChannelLayout layout = channel.layout();
        this.field = new Rings(memory, layout);
        this.channel = channel;
        this.waiting = waiting;
        this.handled = new long[layout.senders()];
        this.seenTail = new long[layout.senders()];
        this.room =
                waiting.word(ChannelLayout.MESSAGES) == null
                        ? null
                        : IntStream.range(0, handled.length)
                                .mapToObj(i -> waiting.word(layout.words(i) + ChannelLayout.ROOM))
                                .toArray(WakeWord[]::new);
        for (int i = 0; i < handled.length; i++) {
            long head = (long) LONG.getAcquire(memory, layout.words(i) + ChannelLayout.HEAD);
            handled[i] = (long) LONG.getAcquire(memory, layout.words(i) + ChannelLayout.HANDLED);
            seenTail[i] = handled[i];
            long ahead = handled[i] - head;
            if (head < 0 || ahead < 0 || ahead > layout.capacity() || handled[i] % 8 != 0) {
                throw damaged("position " + handled[i] + " of ring " + i);
            }
            // The last receiver may have died with all handled and the room not given back.
            LONG.setRelease(memory, layout.words(i) + ChannelLayout.HEAD, handled[i]);
            if (room != null && i < ringsInUse()) {
                room[i].wakeAnyway();
            }
        }
    }

    /** In a class of this channel's own, all of it is a constant for the compiler. */
    private Rings rings() {
        return CONSTANT != null ? CONSTANT : field;
    }

    /** Returns how many rings have ever had a sender. Damaged memory has no more than there are. */
    private int ringsInUse() {
        return Math.clamp(
                (int) INT.getAcquire(rings().memory(), ChannelLayout.RINGS_IN_USE),
                0,
                handled.length);
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

    /**
     * Looks, and no more than that: who spins does this thousands of times for each message, and
     * the compiler would take what follows for too rare to be worth its while if it were in here.
     */
    private int poll(int ring, MessageHandler handler, int limit) throws IncompatibleException {
        long start = handled[ring];
        if (start == seenTail[ring] && start == newTail(ring)) {
            return 0;
        }
        int count = handle(ring, handler, limit);
        // Perhaps there was nothing but a gap, sent before the message that follows it.
        return count == 0 && handled[ring] != start ? poll(ring, handler, limit) : count;
    }

    /** Handles messages up to the tail as it was seen. */
    private int handle(int ring, MessageHandler handler, int limit) throws IncompatibleException {
        MemorySegment memory = rings().memory();
        ChannelLayout layout = rings().layout();
        long words = layout.words(ring);
        long bytes = layout.start(ring);
        int capacity = layout.capacity();
        long tail = seenTail[ring];
        long done = handled[ring];
        int count = 0;
        current = ring;
        try {
            while (count < limit && done < tail) {
                long at = bytes + (done & capacity - 1);
                int length = memory.get(JAVA_INT_UNALIGNED, at);
                int kind = memory.get(JAVA_INT_UNALIGNED, at + Integer.BYTES);
                long size =
                        RecordFormat.size(
                                length,
                                kind,
                                PREFIX,
                                layout.maxMessageSize(),
                                tail - done,
                                bytes + capacity - at);
                if (size == IMPOSSIBLE) {
                    throw damaged("a record of kind " + kind + " with " + length + " bytes");
                }
                if (kind == MESSAGE) {
                    position = done;
                    handler.onMessage(memory, at + PREFIX, length);
                    count++;
                }
                done += size;
                LONG.setOpaque(memory, words + ChannelLayout.HANDLED, done);
            }
        } finally {
            handled[ring] = done;
            LONG.setRelease(memory, words + ChannelLayout.HEAD, done);
            if (room != null) {
                room[ring].wake(memory);
            }
        }
        return count;
    }

    private long newTail(int ring) throws IncompatibleException {
        long tail =
                (long)
                        LONG.getAcquire(
                                rings().memory(),
                                rings().layout().words(ring) + ChannelLayout.TAIL);
        long ahead = tail - handled[ring];
        if (ahead < 0 || ahead > rings().layout().capacity() || tail % 8 != 0) {
            throw damaged("tail " + tail + " at position " + handled[ring] + " of ring " + ring);
        }
        seenTail[ring] = tail;
        return tail;
    }

    private IncompatibleException damaged(String what) {
        return Damage.of(name(), what);
    }

    @Override
    boolean hasMessage() {
        MemorySegment memory = rings().memory();
        ChannelLayout layout = rings().layout();
        int rings = ringsInUse();
        for (int i = 0; i < rings; i++) {
            if ((long) LONG.getAcquire(memory, layout.words(i) + ChannelLayout.TAIL)
                    != handled[i]) {
                return true;
            }
        }
        return false;
    }

    @Override
    boolean isWakeCertain() {
        int rings = ringsInUse();
        for (int i = 0; i < rings; i++) {
            if (!waiting.isHeard(rings().layout().words(i) + ChannelLayout.SENDER)) {
                return false;
            }
        }
        return true;
    }

    /** Wakes the senders that wait for room; they find that this end is closed. */
    @Override
    void leave() {
        if (room != null) {
            for (int i = 0; i < ringsInUse(); i++) {
                room[i].wake();
            }
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

    @Override
    public Presence sender(int index) throws IpcException {
        Objects.checkIndex(index, senders());
        Arguments.requireOpen(isOpen(), name());
        return Seat.of(name(), channel, rings().layout().words(index) + ChannelLayout.SENDER)
                .presence();
    }

    @Override
    public int senders() {
        return handled.length;
    }
}
