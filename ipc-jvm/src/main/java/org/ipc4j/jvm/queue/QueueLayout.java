// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.queue;

import org.ipc4j.IncompatibleException;
import org.ipc4j.IpcName;
import org.ipc4j.jvm.sys.Header;
import org.ipc4j.jvm.sys.Incarnation;
import org.ipc4j.jvm.sys.Participant;
import org.ipc4j.jvm.sys.ParticipantTable;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The memory of a queue.
 *
 * <pre>
 *    0  header               24 bytes, see {@link Header}
 *   24  long  family         of the {@link Incarnation}
 *   32  long  id             of the incarnation
 *   40  int   capacity       how many slots there are
 *   44  int   message size   how many bytes a message has at most
 *   64  long  lock           see {@link org.ipc4j.jvm.sys.RobustLock}
 *   72  int   messages       a {@link org.ipc4j.spi.WakeWord} at which those sleep who receive
 *   76  int   room           a {@link org.ipc4j.spi.WakeWord} at which those sleep who send
 *   80  int   mute           1 once anybody had it open who cannot wake those
 *
 *       The index: where to find what in the slots. It can be made anew from them.
 *  128  int   count          of messages
 *  132  int   priorities     bit p is set if there is a message of priority p
 *  136  int   free           the first free slot, or -1
 *  144  long  sequence       of the next message
 *  192  int   first[32]      the first slot of each priority that has one
 *  320  int   last[32]       the last slot of each priority that has one
 *
 *  448  long  epochs[1024]   see {@link ParticipantTable}
 *
 * 8640  slots, one after the other:
 *       +0   long  state     0 if it is free, else sequence &lt;&lt; 6 | priority &lt;&lt; 1 | 1. One store of this word sends
 *                            the message, or takes it away
 *       +8   int   length    of the message
 *       +12  int   link      the next slot of the same list, part of the index
 *       +16  bytes           the message, room for a multiple of 8
 * </pre>
 *
 * @param capacity how many messages there can be
 * @param maxMessageSize how many bytes a message has at most
 */
record QueueLayout(int capacity, int maxMessageSize) {
    static final int PRIORITIES = 32;

    static final long LOCK = 64;
    static final long MESSAGES = 72;
    static final long ROOM = 76;
    static final long MUTE = 80;
    static final long COUNT = 128;
    static final long USED_PRIORITIES = 132;
    static final long FREE_SLOTS = 136;
    static final long SEQUENCE = 144;
    static final long FIRST = 192;
    static final long LAST = FIRST + PRIORITIES * Integer.BYTES;
    static final long EPOCHS = LAST + PRIORITIES * Integer.BYTES;
    static final long SLOTS = EPOCHS + ParticipantTable.BYTES;

    static final long STATE = 0;
    static final long LENGTH = 8;
    static final long LINK = 12;
    static final long PAYLOAD = 16;

    private static final Header HEADER = new Header("ipc4jMQ ", 1);
    private static final long FAMILY = 24;
    private static final long ID = 32;
    private static final long CAPACITY = 40;
    private static final long MAX_MESSAGE_SIZE = 44;

    long byteSize() {
        return slot(capacity);
    }

    /** Returns where a slot is. */
    long slot(int index) {
        return SLOTS + index * slotSize();
    }

    private long slotSize() {
        return PAYLOAD + (maxMessageSize + 7L & -8L);
    }

    static ParticipantTable participants(MemorySegment memory) {
        return new ParticipantTable(memory, EPOCHS);
    }

    /** Makes an empty queue of zeroed memory. */
    void initialize(IpcName name, MemorySegment memory, Participant founder)
            throws IncompatibleException {
        memory.set(ValueLayout.JAVA_LONG, FAMILY, founder.incarnation().family());
        memory.set(ValueLayout.JAVA_LONG, ID, founder.incarnation().id());
        memory.set(ValueLayout.JAVA_INT, CAPACITY, capacity);
        memory.set(ValueLayout.JAVA_INT, MAX_MESSAGE_SIZE, maxMessageSize);
        participants(memory).enter(founder);
        new QueueRecords(name, memory, this).rebuild();
        HEADER.publish(memory, byteSize());
    }

    /** Makes sure that the memory is a queue, and tells its layout. */
    static QueueLayout require(IpcName name, MemorySegment memory) throws IncompatibleException {
        long byteSize = HEADER.require(name, memory);
        if (byteSize > SLOTS) {
            int capacity = memory.get(ValueLayout.JAVA_INT, CAPACITY);
            int maxMessageSize = memory.get(ValueLayout.JAVA_INT, MAX_MESSAGE_SIZE);
            QueueLayout layout = new QueueLayout(capacity, maxMessageSize);
            if (capacity > 0 && maxMessageSize > 0 && layout.byteSize() == byteSize) {
                return layout;
            }
        }
        throw new IncompatibleException(name, "its size does not fit its capacity; it is damaged");
    }

    /** Tells whose memory this is, once its header was found right. */
    static Incarnation incarnation(MemorySegment memory) {
        return new Incarnation(
                memory.get(ValueLayout.JAVA_LONG, FAMILY), memory.get(ValueLayout.JAVA_LONG, ID));
    }
}
