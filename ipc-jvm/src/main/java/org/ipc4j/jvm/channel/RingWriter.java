// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.channel;

import static org.ipc4j.jvm.channel.RecordFormat.GAP;
import static org.ipc4j.jvm.channel.RecordFormat.MESSAGE;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import org.ipc4j.IncompatibleException;
import org.ipc4j.IpcName;
import org.ipc4j.channel.Sender;
import org.ipc4j.jvm.sys.Composite;
import org.ipc4j.spi.WakeWord;

import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * The writing end of a ring: the few instructions that every message costs.
 *
 * <p>The methods that take a {@link Ring} are compiled into the classes below this one, which know
 * it as a constant: see {@link Special}.
 */
abstract class RingWriter extends MessageWriter {
    static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();
    private static final long NOTHING = Long.MIN_VALUE;

    /** No answer to a claim. */
    private static final long READY = 0;

    private final Ring ring;

    /** Where those sleep who wait for messages. Null if they are never woken. */
    private final WakeWord messages;

    /** The position behind what is written; that of the message, while one is claimed. */
    private long next;

    /**
     * The position of the message that was claimed last, which is {@link #next} as long as it is
     * claimed; the complement of that once it was aborted.
     */
    private long last = NOTHING;

    /** How many bytes the message has that was claimed last. */
    private int claimed;

    /**
     * Up to where messages can be claimed without a look at the head, and without a gap: the end of
     * the room that was seen, or of this lap of the ring.
     */
    private long limit;

    /** Up to where messages are sent. */
    private long sent;

    /** The head as it was seen last; it only grows. */
    private long seenHead;

    /** Where the last gap begins, which belongs to the message at {@link #gapEnd}. */
    private long gap;

    private long gapEnd = NOTHING;

    RingWriter(
            IpcName name,
            Composite<? extends Layout> object,
            Seat seat,
            Waiting waiting,
            Ring ring,
            WakeWord messages,
            WakeWord room)
            throws IncompatibleException {
        super(name, object, seat, waiting, room);
        this.ring = ring;
        this.messages = messages;
        this.next = (long) LONG.getAcquire(ring.memory(), ring.tailAt());
        this.sent = next;
        this.seenHead = (long) LONG.getAcquire(ring.memory(), ring.headAt());
        if (seenHead < 0
                || !isPossible(seenHead)
                || next - seenHead > ring.capacity()
                || !ring.isPosition(next)) {
            throw damaged(seenHead);
        }
        this.limit = limit(ring);
        if (messages != null) {
            messages.wakeAnyway(); // the last writer may have died on the point of doing so
        }
    }

    /** Returns the ring as a field has it. */
    final Ring plainRing() {
        return ring;
    }

    /**
     * Returns up to where the room may be used again.
     *
     * @param end up to where it is wanted: the head shall be at {@code end - capacity} or more
     * @param make whether to make that room, if it is up to this end; only for the thread that
     *     writes
     * @return the head; what is no {@linkplain #isPossible possible} one if the memory is damaged
     */
    abstract long head(long end, boolean make);

    /** Returns what a ring without room means. */
    abstract long refusal();

    /**
     * Claims room. What happens to few messages only is not in here, so that this, and {@link
     * #stage}, are small enough to become part of the loops that call them, however often there is
     * no room.
     *
     * <p>What is no constant here is an offset in the ring, as the compiler sees. So it leaves out
     * the checks of who writes there: see {@link Layout#MARGIN}.
     */
    final long claim(Ring ring, int length) {
        if (length < 0
                || length > ring.maxMessageSize()
                || next + ring.size(length) > limit
                || isClaimed()) {
            long refused = prepare(ring, length);
            if (refused != READY) {
                return constant(refused);
            }
        }
        return claimed(ring, length);
    }

    /** The same, as the compiler can tell it from an offset. */
    private static long constant(long refused) {
        return refused == FULL ? FULL : refused == DAMAGED ? DAMAGED : Sender.RECEIVER_GONE;
    }

    private long claimed(Ring ring, int length) {
        requireOpen(ring);
        long position = next;
        claimed = length;
        last = position;
        return ring.start() + ring.index(position) + ring.prefix();
    }

    /** Prepares what needs a gap before it, or a look at the head; or refuses. */
    private long prepare(Ring ring, int length) {
        if (length < 0 || length > ring.maxMessageSize() || isClaimed()) {
            throw misuse(length);
        }
        long end = endOf(length);
        if (end - seenHead > ring.capacity() && !hasRoom(end)) {
            return isPossible(head(end, false)) ? refusal() : DAMAGED;
        }
        int toEnd = ring.toEnd(next);
        if (ring.size(length) > toEnd) {
            writeGap(ring, next, toEnd); // refuses when it is closed
            next += toEnd;
        }
        limit = limit(ring);
        return READY;
    }

    /** Returns the position behind the next message, of a length that is allowed. */
    private long endOf(int length) {
        int size = ring.size(length);
        int toEnd = ring.toEnd(next);
        return next + (size <= toEnd ? size : toEnd + size);
    }

    private long limit(Ring ring) {
        return Math.min(seenHead + ring.capacity(), next + ring.toEnd(next));
    }

    private void writeGap(Ring ring, long position, int toEnd) {
        ring.memory()
                .set(
                        JAVA_LONG_UNALIGNED,
                        ring.start() + ring.index(position),
                        RecordFormat.header(toEnd - ring.prefix(), GAP));
        gap = position;
        gapEnd = position + toEnd;
    }

    private boolean hasRoom(long end) {
        if (looksForRoom(end)) {
            return true;
        }
        if (next == sent) {
            return false;
        }
        publish(ring); // perhaps it is what was staged that takes the room
        return looksForRoom(end);
    }

    private boolean looksForRoom(long end) {
        long head = head(end, true);
        if (isPossible(head)) {
            seenHead = head;
        }
        return end - seenHead <= ring.capacity();
    }

    /** Returns the head as it was seen last, when it was a possible one. */
    final long seenHead() {
        return seenHead;
    }

    /** Returns up to where messages are sent. */
    final long sent() {
        return sent;
    }

    /**
     * Damaged memory may say anything; what it says must not have unhandled messages overwritten.
     */
    private boolean isPossible(long head) {
        return head >= seenHead && head <= next && ring.isPosition(head);
    }

    final IncompatibleException damaged(long head) {
        return Damage.of(name(), "head " + head + " at position " + next);
    }

    private RuntimeException misuse(int length) {
        if (isClaimed()) {
            return new IllegalStateException(
                    "a message is claimed already; commit or abort it first");
        }
        return new IllegalArgumentException(
                "messages have 0 to "
                        + ring.maxMessageSize()
                        + " bytes here, not "
                        + length
                        + "; split it, or create with a larger maxMessageSize");
    }

    /**
     * Completes the message that is claimed. What it begins with is written here and not by the
     * claim: then a round trip between two processors takes a fifth less time, as measured.
     */
    final void stage(Ring ring) {
        requireClaim();
        ring.memory() // refuses when it is closed
                .set(
                        JAVA_LONG_UNALIGNED,
                        ring.start() + ring.index(next),
                        RecordFormat.header(claimed, MESSAGE));
        next += ring.size(claimed);
    }

    final void publish(Ring ring) {
        sent = next;
        LONG.setRelease(ring.memory(), ring.tailAt(), next);
        if (messages != null) {
            messages.wake(ring.memory());
        }
    }

    @Override
    public final void abort() {
        requireClaim();
        requireOpen(ring);
        if (next == gapEnd && gap >= sent) {
            next = gap; // nobody has seen it yet
            gapEnd = NOTHING;
            limit = limit(ring);
        }
        last = ~last;
    }

    private boolean isClaimed() {
        return last == next;
    }

    final void requireClaim() {
        if (!isClaimed()) {
            throw new IllegalStateException("nothing is claimed");
        }
    }

    /** The memory refuses when it is closed. What is read there is never written. */
    private static void requireOpen(Ring ring) {
        ring.memory().get(ValueLayout.JAVA_BYTE, 0);
    }

    @Override
    final boolean hasRoomFor(int length) {
        long end = endOf(length);
        long head = head(end, false);
        return !isPossible(head) || end - head <= ring.capacity();
    }

    @Override
    public final long position() {
        return last >= 0 ? last : last == NOTHING ? -1 : ~last;
    }
}
