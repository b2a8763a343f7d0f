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
    private static final MemorySegment CONSTANT = Special.memoryOf(MethodHandles.lookup());
    private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();
    private static final boolean LITTLE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    private static final int NOTHING = -1;

    private final MemorySegment field;
    private final long tailAt;
    private final long headAt;
    private final long ring;
    private final int capacity;
    private final int maxMessageSize;

    /** Where the receiver sleeps while there are no messages. Null if it is never woken. */
    private final WakeWord messages;

    /** The position behind what is written; that of the message, while one is claimed. */
    private long next;

    /** The head as it was seen last; it only grows. */
    private long seenHead;

    /** Where the last gap begins, which belongs to the message at {@link #gapEnd}. */
    private long gap;

    private long gapEnd = NOTHING;
    private int claimed = NOTHING;
    private long last = NOTHING;

    RingSender(
            IpcName name, Composite<ChannelLayout> channel, int index, Seat seat, Waiting waiting)
            throws IncompatibleException {
        super(name, channel, index, seat, waiting);
        this.messages = waiting.messages();
        ChannelLayout layout = channel.layout();
        this.field = channel.memory().segment();
        this.tailAt = layout.words(index) + ChannelLayout.TAIL;
        this.headAt = layout.words(index) + ChannelLayout.HEAD;
        this.ring = layout.ring(index);
        this.capacity = layout.capacity();
        this.maxMessageSize = layout.options().maxMessageSize();
        this.next = (long) LONG.getAcquire(field, tailAt);
        this.seenHead = (long) LONG.getAcquire(field, headAt);
        if (seenHead < 0 || !isPossible(seenHead) || next - seenHead > capacity || next % 8 != 0) {
            throw damaged(seenHead);
        }
        if (messages != null) {
            messages.wakeAnyway(); // the last sender may have died on the point of doing so
        }
    }

    /** In a class of this channel's own, the memory is a constant for the compiler. */
    private MemorySegment fast() {
        return CONSTANT != null ? CONSTANT : field;
    }

    @Override
    public MemorySegment memory() {
        return fast();
    }

    @Override
    public long tryClaim(int length) {
        if (length < 0 || length > maxMessageSize || claimed != NOTHING) {
            throw misuse(length);
        }
        MemorySegment memory = fast();
        long position = next;
        int size = ChannelLayout.size(length);
        int at = (int) position & capacity - 1;
        int toEnd = capacity - at;
        int needed = size <= toEnd ? size : toEnd + size;
        if (position + needed - seenHead > capacity && !hasRoom(memory, position + needed)) {
            publish();
            return refusal();
        }
        if (size > toEnd) {
            memory.set(JAVA_LONG_UNALIGNED, ring + at, prefix(toEnd - PREFIX, GAP));
            gap = position;
            position += toEnd;
            gapEnd = position;
            at = 0;
        }
        memory.set(JAVA_LONG_UNALIGNED, ring + at, prefix(length, ChannelLayout.MESSAGE));
        claimed = length;
        next = position;
        last = position;
        return ring + at + PREFIX;
    }

    private static long prefix(int length, int kind) {
        return LITTLE ? (long) kind << 32 | length : (long) length << 32 | kind;
    }

    private boolean hasRoom(MemorySegment memory, long end) {
        long head = (long) LONG.getAcquire(memory, headAt);
        if (isPossible(head)) {
            seenHead = head;
        }
        return end - seenHead <= capacity;
    }

    /**
     * Damaged memory may say anything; what it says must not have unhandled messages overwritten.
     */
    private boolean isPossible(long head) {
        return head >= seenHead && head <= next && head % 8 == 0;
    }

    @Override
    void requireSound() throws IncompatibleException {
        long head = (long) LONG.getAcquire(field, headAt);
        if (!isPossible(head)) {
            throw damaged(head);
        }
    }

    private IncompatibleException damaged(long head) {
        return Damage.of(name(), "head " + head + " at position " + next + " of ring " + index());
    }

    private RuntimeException misuse(int length) {
        if (claimed != NOTHING) {
            return new IllegalStateException(
                    "a message is claimed already; commit or abort it first");
        }
        return new IllegalArgumentException(
                "this channel's messages have 0 to "
                        + maxMessageSize
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
        next += ChannelLayout.size(claimed);
        claimed = NOTHING;
    }

    @Override
    public void publish() {
        MemorySegment memory = fast();
        LONG.setRelease(memory, tailAt, next);
        if (messages != null) {
            messages.wake(memory);
        }
    }

    @Override
    public void abort() {
        requireClaim();
        claimed = NOTHING;
        if (next == gapEnd && gap >= (long) LONG.get(fast(), tailAt)) {
            next = gap; // nobody has seen it yet
            gapEnd = NOTHING;
        }
    }

    private void requireClaim() {
        if (claimed == NOTHING) {
            throw new IllegalStateException("nothing is claimed");
        }
        fast().get(ValueLayout.JAVA_BYTE, ring); // refuses when this sender is closed
    }

    @Override
    boolean hasRoomFor(int length) {
        int size = ChannelLayout.size(length);
        int toEnd = capacity - ((int) next & capacity - 1);
        int needed = size <= toEnd ? size : toEnd + size;
        long head = (long) LONG.getAcquire(field, headAt);
        return !isPossible(head) || next + needed - head <= capacity;
    }

    @Override
    public long position() {
        return last;
    }
}
