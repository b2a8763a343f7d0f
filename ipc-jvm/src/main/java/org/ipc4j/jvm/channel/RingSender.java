// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.channel;

import static org.ipc4j.jvm.channel.ChannelLayout.GAP;
import static org.ipc4j.jvm.channel.ChannelLayout.PREFIX;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import org.ipc4j.IncompatibleException;
import org.ipc4j.IpcName;
import org.ipc4j.jvm.sys.Composite;
import org.ipc4j.spi.WakeWord;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The sending end of a ring: the few instructions that every message costs. See {@link Special} for
 * the constant.
 */
final class RingSender extends ChannelSender {
    private static final Ring CONSTANT = Special.dataOf(MethodHandles.lookup(), Ring.class);
    private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();
    private static final boolean LITTLE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    private static final int NOTHING = -1;

    private final Ring field;

    /** Where the receiver sleeps while there are no messages. Null if it is never woken. */
    private final WakeWord messages;

    /** The position behind what is written; that of the message, while one is claimed. */
    private long next;

    /** The position behind the message that is claimed; {@link #next} if there is none. */
    private long claimEnd;

    /** The head as it was seen last; it only grows. */
    private long seenHead;

    /** Where the last gap begins, which belongs to the message at {@link #gapEnd}. */
    private long gap;

    private long gapEnd = NOTHING;
    private long last = NOTHING;

    RingSender(
            IpcName name, Composite<ChannelLayout> channel, int index, Seat seat, Waiting waiting)
            throws IncompatibleException {
        super(name, channel, index, seat, waiting);
        this.messages = waiting.messages();
        this.field = Ring.of(channel.memory().segment(), channel.layout(), index);
        this.next = (long) LONG.getAcquire(field.memory(), field.tailAt());
        this.claimEnd = next;
        this.seenHead = (long) LONG.getAcquire(field.memory(), field.headAt());
        if (seenHead < 0
                || !isPossible(seenHead)
                || next - seenHead > field.capacity()
                || next % 8 != 0) {
            throw damaged(seenHead);
        }
        if (messages != null) {
            messages.wakeAnyway(); // the last sender may have died on the point of doing so
        }
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
        Ring ring = ring();
        long position = next;
        if (length < 0 || length > ring.maxMessageSize() || claimEnd != position) {
            throw misuse(length);
        }
        int size = ChannelLayout.size(length);
        int at = ring.index(position);
        int toEnd = ring.capacity() - at;
        int needed = size <= toEnd ? size : toEnd + size;
        if (position + needed - seenHead > ring.capacity() && !hasRoom(position + needed)) {
            publish();
            return refusal();
        }
        if (size > toEnd) {
            writeGap(ring, position, toEnd);
            position += toEnd;
            next = position;
            at = 0;
        }
        long offset = ring.start() + at;
        ring.memory().set(JAVA_LONG_UNALIGNED, offset, prefix(length, ChannelLayout.MESSAGE));
        claimEnd = position + size;
        last = position;
        return offset + PREFIX;
    }

    private void writeGap(Ring ring, long position, int toEnd) {
        ring.memory()
                .set(
                        JAVA_LONG_UNALIGNED,
                        ring.start() + ring.index(position),
                        prefix(toEnd - PREFIX, GAP));
        gap = position;
        gapEnd = position + toEnd;
    }

    private static long prefix(int length, int kind) {
        return LITTLE ? (long) kind << 32 | length : (long) length << 32 | kind;
    }

    private boolean hasRoom(long end) {
        long head = head();
        if (isPossible(head)) {
            seenHead = head;
        }
        return end - seenHead <= field.capacity();
    }

    private long head() {
        return (long) LONG.getAcquire(field.memory(), field.headAt());
    }

    /**
     * Damaged memory may say anything; what it says must not have unhandled messages overwritten.
     */
    private boolean isPossible(long head) {
        return head >= seenHead && head <= next && head % 8 == 0;
    }

    @Override
    void requireSound() throws IncompatibleException {
        long head = head();
        if (!isPossible(head)) {
            throw damaged(head);
        }
    }

    private IncompatibleException damaged(long head) {
        return Damage.of(name(), "head " + head + " at position " + next + " of ring " + index());
    }

    private RuntimeException misuse(int length) {
        if (claimEnd != next) {
            return new IllegalStateException(
                    "a message is claimed already; commit or abort it first");
        }
        return new IllegalArgumentException(
                "this channel's messages have 0 to "
                        + field.maxMessageSize()
                        + " bytes, not "
                        + length
                        + "; split it, or create the channel with a larger maxMessageSize");
    }

    @Override
    public void commit() {
        stage();
        publish();
    }

    @Override
    public void stage() {
        requireClaim();
        next = claimEnd;
    }

    @Override
    public void publish() {
        Ring ring = ring();
        LONG.setRelease(ring.memory(), ring.tailAt(), next);
        if (messages != null) {
            messages.wake(ring.memory());
        }
    }

    @Override
    public void abort() {
        requireClaim();
        if (next == gapEnd && gap >= (long) LONG.get(field.memory(), field.tailAt())) {
            next = gap; // nobody has seen it yet
            gapEnd = NOTHING;
        }
        claimEnd = next;
    }

    private void requireClaim() {
        if (claimEnd == next) {
            throw new IllegalStateException("nothing is claimed");
        }
        Ring ring = ring();
        ring.memory().get(ValueLayout.JAVA_BYTE, ring.start()); // refuses when this is closed
    }

    @Override
    boolean hasRoomFor(int length) {
        int size = ChannelLayout.size(length);
        int toEnd = field.capacity() - field.index(next);
        int needed = size <= toEnd ? size : toEnd + size;
        long head = head();
        return !isPossible(head) || next + needed - head <= field.capacity();
    }

    @Override
    public long position() {
        return last;
    }
}
