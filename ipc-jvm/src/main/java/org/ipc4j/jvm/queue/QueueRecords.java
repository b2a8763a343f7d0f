// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.queue;

import static org.ipc4j.jvm.queue.QueueLayout.COUNT;
import static org.ipc4j.jvm.queue.QueueLayout.FIRST;
import static org.ipc4j.jvm.queue.QueueLayout.FREE_SLOTS;
import static org.ipc4j.jvm.queue.QueueLayout.LAST;
import static org.ipc4j.jvm.queue.QueueLayout.LENGTH;
import static org.ipc4j.jvm.queue.QueueLayout.LINK;
import static org.ipc4j.jvm.queue.QueueLayout.PAYLOAD;
import static org.ipc4j.jvm.queue.QueueLayout.PRIORITIES;
import static org.ipc4j.jvm.queue.QueueLayout.SEQUENCE;
import static org.ipc4j.jvm.queue.QueueLayout.STATE;
import static org.ipc4j.jvm.queue.QueueLayout.USED_PRIORITIES;

import org.ipc4j.IncompatibleException;
import org.ipc4j.IpcName;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The messages in a queue's memory, for who has the lock.
 *
 * <p>A slot's state word is the truth: it is set when the message is complete, with one store, and
 * cleared with one store when the message has been copied out. Everything else is an index that is
 * changed afterwards, and made anew ({@link #rebuild}) when somebody died in between.
 *
 * <p>Sending is {@link #claim}, copying into {@link #payload}, {@link #commit}; receiving is {@link
 * #first}, copying out of it, {@link #consume}. The first step reads and checks every word that the
 * last one needs, each once, and changes nothing.
 *
 * <p>All words are aligned. Those that need no order are nevertheless read and written by unaligned
 * layouts, since with the others each access begins with a look at the address.
 */
class QueueRecords {
    /** Where a death leaves something for {@link #rebuild} to do. Tests die here. */
    enum Step {
        SEND_WRITTEN,
        SEND_COMMITTED,
        SEND_UNCHAINED,
        SEND_CHAINED,
        SEND_COUNTED,
        RECEIVE_COMMITTED,
        RECEIVE_UNCHAINED,
        RECEIVE_CHAINED,
        RECEIVE_COUNTED,
        REBUILD_CLEARED,
        REBUILD_SLOT,
        REBUILD_CHAINED
    }

    private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();
    private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();
    private static final int NO_SLOT = -1;
    private static final long FREE = 0;
    private static final long FULL = 1;
    private static final int SEQUENCE_SHIFT = 6;
    private static final long MAX_SEQUENCE = (1L << 57) - 1;

    private final IpcName name;
    private final MemorySegment memory;
    private final QueueLayout layout;

    // What claim and first have read, for commit and consume.
    private int slot;
    private int count;
    private int usedPriorities;
    private int priority;
    private int lastSlot;
    private int nextSlot;
    private int freeSlot;
    private int length;
    private long sequence;

    QueueRecords(IpcName name, MemorySegment memory, QueueLayout layout) {
        this.name = name;
        this.memory = memory;
        this.layout = layout;
    }

    /**
     * Returns how many messages there are. May be asked without the lock, and be wrong after a
     * death.
     */
    int count() {
        return (int) INT.getAcquire(memory, COUNT);
    }

    /**
     * Chooses a free slot.
     *
     * @return {@code false} if there is none
     */
    boolean claim(int wantedPriority) throws IncompatibleException {
        slot = getInt(FREE_SLOTS);
        count = getInt(COUNT);
        if (slot == NO_SLOT && count == layout.capacity()) {
            return false;
        }
        requireSlot(slot);
        require(getLong(at(slot) + STATE) == FREE);
        require(count >= 0 && count < layout.capacity());
        nextSlot = requireSlotOrNone(getInt(at(slot) + LINK));
        priority = wantedPriority;
        usedPriorities = getInt(USED_PRIORITIES);
        lastSlot = isUsed() ? requireSlot(getInt(last())) : NO_SLOT;
        sequence = getLong(SEQUENCE);
        require(sequence >= 0 && sequence < MAX_SEQUENCE);
        return true;
    }

    /** Returns where the message of the chosen slot is, or goes. */
    long payload() {
        return at(slot) + PAYLOAD;
    }

    /** Sends the message that is in the chosen slot. */
    void commit(int messageLength) {
        putInt(at(slot) + LENGTH, messageLength);
        reached(Step.SEND_WRITTEN);
        LONG.setRelease(
                memory, at(slot) + STATE, sequence << SEQUENCE_SHIFT | (long) priority << 1 | FULL);
        reached(Step.SEND_COMMITTED);
        putInt(FREE_SLOTS, nextSlot);
        putLong(SEQUENCE, sequence + 1);
        reached(Step.SEND_UNCHAINED);
        append(slot);
        reached(Step.SEND_CHAINED);
        putInt(COUNT, count + 1);
        reached(Step.SEND_COUNTED);
    }

    /**
     * Chooses the slot of the message that is next.
     *
     * @return {@code false} if there is no message
     */
    boolean first() throws IncompatibleException {
        usedPriorities = getInt(USED_PRIORITIES);
        count = getInt(COUNT);
        if (usedPriorities == 0 && count == 0) {
            return false;
        }
        require(usedPriorities != 0 && count > 0 && count <= layout.capacity());
        priority = PRIORITIES - 1 - Integer.numberOfLeadingZeros(usedPriorities);
        slot = requireSlot(getInt(first(priority)));
        long state = getLong(at(slot) + STATE);
        require((state & FULL) != 0 && priority(state) == priority);
        length = getInt(at(slot) + LENGTH);
        require(length >= 0 && length <= layout.maxMessageSize());
        lastSlot = getInt(last());
        nextSlot = slot == lastSlot ? NO_SLOT : requireSlot(getInt(at(slot) + LINK));
        freeSlot = requireSlotOrNone(getInt(FREE_SLOTS));
        return true;
    }

    int length() {
        return length;
    }

    int priority() {
        return priority;
    }

    /** Takes the message in the chosen slot out of the queue. */
    void consume() {
        LONG.setRelease(memory, at(slot) + STATE, FREE);
        reached(Step.RECEIVE_COMMITTED);
        if (nextSlot == NO_SLOT) {
            putInt(USED_PRIORITIES, usedPriorities & ~(1 << priority));
        } else {
            putInt(first(priority), nextSlot);
        }
        reached(Step.RECEIVE_UNCHAINED);
        putInt(at(slot) + LINK, freeSlot);
        putInt(FREE_SLOTS, slot);
        reached(Step.RECEIVE_CHAINED);
        putInt(COUNT, count - 1);
        reached(Step.RECEIVE_COUNTED);
    }

    /** A slot with a message, as it was when its state was read. */
    private record Message(int slot, long state) {
        long sequence() {
            return state >>> SEQUENCE_SHIFT;
        }
    }

    /** Makes the index anew from what the slots say. */
    void rebuild() throws IncompatibleException {
        List<Message> messages = new ArrayList<>();
        count = 0;
        usedPriorities = 0;
        freeSlot = NO_SLOT;
        putInt(COUNT, 0);
        putInt(USED_PRIORITIES, 0);
        reached(Step.REBUILD_CLEARED);
        for (int i = layout.capacity() - 1; i >= 0; i--) {
            long state = getLong(at(i) + STATE);
            if (state == FREE) {
                putInt(at(i) + LINK, freeSlot);
                freeSlot = i;
            } else {
                Message message = new Message(i, state);
                require((state & FULL) != 0 && message.sequence() < MAX_SEQUENCE);
                messages.add(message);
            }
            reached(Step.REBUILD_SLOT);
        }
        putInt(FREE_SLOTS, freeSlot);
        messages.sort(Comparator.comparingLong(Message::sequence));
        for (Message message : messages) {
            priority = priority(message.state());
            lastSlot = isUsed() ? getInt(last()) : NO_SLOT;
            append(message.slot());
            usedPriorities |= 1 << priority;
            reached(Step.REBUILD_CHAINED);
        }
        putLong(SEQUENCE, messages.isEmpty() ? 0 : messages.getLast().sequence() + 1);
        putInt(COUNT, messages.size());
    }

    /**
     * Called at each step; the calls are gone from compiled code as long as no subclass is loaded.
     */
    void reached(Step step) {}

    /** Puts a slot at the end of the list of {@link #priority}, behind {@link #lastSlot}. */
    private void append(int newSlot) {
        if (lastSlot == NO_SLOT) {
            putInt(first(priority), newSlot);
        } else {
            putInt(at(lastSlot) + LINK, newSlot);
        }
        putInt(last(), newSlot);
        putInt(USED_PRIORITIES, usedPriorities | 1 << priority);
    }

    private boolean isUsed() {
        return (usedPriorities & 1 << priority) != 0;
    }

    private static int priority(long state) {
        return (int) (state >>> 1) & PRIORITIES - 1;
    }

    private long at(int index) {
        return layout.slot(index);
    }

    private static long first(int priority) {
        return FIRST + (long) priority * Integer.BYTES;
    }

    private long last() {
        return LAST + (long) priority * Integer.BYTES;
    }

    private int getInt(long offset) {
        return memory.get(ValueLayout.JAVA_INT_UNALIGNED, offset);
    }

    private void putInt(long offset, int value) {
        memory.set(ValueLayout.JAVA_INT_UNALIGNED, offset, value);
    }

    private long getLong(long offset) {
        return memory.get(ValueLayout.JAVA_LONG_UNALIGNED, offset);
    }

    private void putLong(long offset, long value) {
        memory.set(ValueLayout.JAVA_LONG_UNALIGNED, offset, value);
    }

    private int requireSlot(int index) throws IncompatibleException {
        require(index >= 0 && index < layout.capacity());
        return index;
    }

    private int requireSlotOrNone(int index) throws IncompatibleException {
        return index == NO_SLOT ? index : requireSlot(index);
    }

    private void require(boolean sound) throws IncompatibleException {
        if (!sound) {
            throw new IncompatibleException(
                    name, "its memory is damaged; some program has written into it");
        }
    }
}
