// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.channel;

import static org.ipc4j.jvm.channel.RecordFormat.GAP;
import static org.ipc4j.jvm.channel.RecordFormat.MESSAGE;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import org.ipc4j.IncompatibleException;
import org.ipc4j.IpcName;
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
    private static final int NOTHING = -1;

    private final Ring ring;

    /** Where those sleep who wait for messages. Null if they are never woken. */
    private final WakeWord messages;

    /** The position behind what is written; that of the message, while one is claimed. */
    private long next;

    /** The position behind the message that is claimed; {@link #next} if there is none. */
    private long claimEnd;

    /** How many bytes the message has that is claimed. */
    private int claimed;

    /** Up to where messages are sent. */
    private long sent;

    /** The head as it was seen last; it only grows. */
    private long seenHead;

    /** Where the last gap begins, which belongs to the message at {@link #gapEnd}. */
    private long gap;

    private long gapEnd = NOTHING;
    private long last = NOTHING;

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
        this.claimEnd = next;
        this.sent = next;
        this.seenHead = (long) LONG.getAcquire(ring.memory(), ring.headAt());
        if (seenHead < 0
                || !isPossible(seenHead)
                || next - seenHead > ring.capacity()
                || !ring.isPosition(next)) {
            throw damaged(seenHead);
        }
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

    final long claim(Ring ring, int length) {
        long position = next;
        if (length < 0 || length > ring.maxMessageSize() || claimEnd != position) {
            throw misuse(length);
        }
        int size = ring.size(length);
        int at = ring.index(position);
        int toEnd = ring.capacity() - at;
        long end = position + (size <= toEnd ? size : toEnd + size);
        if (end - seenHead > ring.capacity() && !hasRoom(end)) {
            return isPossible(head(end, false)) ? refusal() : DAMAGED;
        }
        if (size > toEnd) {
            writeGap(ring, position, toEnd);
            position += toEnd;
            next = position;
            at = 0;
        }
        requireOpen(ring);
        claimed = length;
        claimEnd = position + size;
        last = position;
        return ring.start() + at + ring.prefix();
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
        if (claimEnd != next) {
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
        next = claimEnd;
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
        }
        claimEnd = next;
    }

    final void requireClaim() {
        if (claimEnd == next) {
            throw new IllegalStateException("nothing is claimed");
        }
    }

    /** The memory refuses when it is closed. What is read there is never written. */
    private static void requireOpen(Ring ring) {
        ring.memory().get(ValueLayout.JAVA_BYTE, 0);
    }

    @Override
    final boolean hasRoomFor(int length) {
        int size = ring.size(length);
        int toEnd = ring.capacity() - ring.index(next);
        long end = next + (size <= toEnd ? size : toEnd + size);
        long head = head(end, false);
        return !isPossible(head) || end - head <= ring.capacity();
    }

    @Override
    public final long position() {
        return last;
    }
}
