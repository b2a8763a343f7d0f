// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.channel;

import static org.ipc4j.jvm.channel.RecordFormat.IMPOSSIBLE;
import static org.ipc4j.jvm.channel.TopicLayout.PREFIX;
import static org.ipc4j.jvm.channel.TopicLayout.SEQUENCE;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import org.ipc4j.IncompatibleException;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.channel.CutOffException;
import org.ipc4j.channel.MessageHandler;
import org.ipc4j.channel.Presence;
import org.ipc4j.channel.SlowSubscriber;
import org.ipc4j.channel.Subscriber;
import org.ipc4j.jvm.sys.Composite;
import org.ipc4j.spi.Arguments;
import org.ipc4j.spi.WakeWord;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;

/**
 * One of the subscribing ends of a topic. {@link TopicLayout} says why what it reads is whole.
 *
 * <p>Whatever the memory says is loaded once and checked before it is used: what is wrong is an
 * {@link IncompatibleException}, never an access elsewhere or a loop without end.
 */
final class RingSubscriber extends MessageReader implements Subscriber {
    private static final Ring CONSTANT = Special.dataOf(MethodHandles.lookup(), Ring.class);
    private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();
    private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();
    private static final int NOTHING = -1;

    private final Ring field;
    private final Composite<TopicLayout> topic;
    private final SlowSubscriber slow;
    private final int index;
    private final long positionAt;
    private final Waiting waiting;

    /** Where the publisher sleeps while it waits for room. Null if it is never woken. */
    private final WakeWord room;

    /** Where messages are copied that may be written over. Null if they are read in place. */
    private final MemorySegment copy;

    /** Up to where messages are handled. */
    private long handled;

    /** The tail as it was seen last. */
    private long seenTail;

    /** The sequence of the next message, unless some are missed. */
    private long sequence;

    /** How many bytes the publisher has overtaken, since the last message that was handled. */
    private long overtaken;

    private long missed;
    private long position = NOTHING;

    RingSubscriber(
            IpcName name,
            Composite<TopicLayout> topic,
            int index,
            Seat seat,
            Waiting waiting,
            MemorySegment copy)
            throws IncompatibleException {
        super(
                name,
                topic,
                seat,
                waiting,
                waiting.word(TopicLayout.MESSAGES),
                copy == null ? topic.memory().segment() : copy);
        TopicLayout layout = topic.layout();
        this.field = layout.ring(topic.memory().segment());
        this.topic = topic;
        this.slow = layout.options().slow();
        this.index = index;
        this.positionAt = layout.position(index);
        this.waiting = waiting;
        this.room = layout.waits() ? waiting.word(TopicLayout.ROOM) : null;
        this.copy = copy;
        subscribe();
    }

    /** Returns where a subscriber of such a topic copies messages; null if it need not. */
    static MemorySegment copy(TopicLayout layout) {
        return layout.waits() ? null : Arena.ofAuto().allocate(layout.maxMessageSize(), PREFIX);
    }

    /** In a class of this topic's own, all of it is a constant for the compiler. */
    private Ring ring() {
        return CONSTANT != null ? CONSTANT : field;
    }

    /** Begins behind what is published. The publisher may be overtaking meanwhile. */
    private void subscribe() throws IncompatibleException {
        MemorySegment memory = field.memory();
        LONG.setRelease(memory, positionAt, tail());
        Seating.use(memory, TopicLayout.PLACES_IN_USE, index);
        VarHandle.fullFence(); // now the publisher sees this place, or its tail is seen here
        do {
            handled = tail();
            LONG.setRelease(memory, positionAt, handled);
            sequence = new Landmarks(field).sequenceAt(handled);
        } while (sequence == Landmarks.NONE && tail() != handled);
        seenTail = handled;
        if (sequence == Landmarks.NONE) {
            throw damaged("there is no message before its tail " + handled);
        }
    }

    private long tail() throws IncompatibleException {
        long tail = (long) LONG.getAcquire(ring().memory(), TopicLayout.TAIL);
        if (!ring().isPosition(tail)) {
            throw damaged("tail " + tail);
        }
        return tail;
    }

    /** Returns the tail as it was seen last, unless that is handled. */
    private long seenTail(long done) throws IncompatibleException {
        if (done == seenTail) {
            seenTail = tail();
            if (seenTail < done) {
                throw damaged("tail " + seenTail + " at position " + done);
            }
        }
        return seenTail;
    }

    private long head() {
        return (long) LONG.getAcquire(ring().memory(), TopicLayout.HEAD);
    }

    @Override
    public int poll(MessageHandler handler, int limit) throws IpcException {
        Objects.requireNonNull(handler, "handler");
        if (seenTail(handled) == handled) {
            return 0; // in here and not in there, as ChannelRingReader does
        }
        return copy == null ? pollInPlace(handler, limit) : pollCopies(handler, limit);
    }

    private int pollInPlace(MessageHandler handler, int limit) throws IncompatibleException {
        Ring ring = ring();
        MemorySegment memory = ring.memory();
        long start = handled;
        long done = start;
        long tail = seenTail(start);
        if (tail - start > ring.capacity()) {
            throw damaged("tail " + tail + " at position " + start);
        }
        int count = 0;
        try {
            while (count < limit && done < tail) {
                int at = ring.index(done);
                long offset = ring.start() + at;
                long header = memory.get(JAVA_LONG_UNALIGNED, offset);
                int size = RecordFormat.size(header, ring, tail - done, ring.capacity() - at);
                if (size == IMPOSSIBLE) {
                    throw damaged(RecordFormat.text(header));
                }
                if (RecordFormat.isMessage(header, ring.maxMessageSize())) {
                    expect(memory.get(JAVA_LONG_UNALIGNED, offset + SEQUENCE));
                    position = done;
                    handler.onMessage(memory, offset + PREFIX, RecordFormat.length(header));
                    sequence++;
                    count++;
                    done += size;
                } else {
                    done += size;
                    tail = seenTail(done); // the gap may have been published before what follows
                }
            }
        } finally {
            advance(memory, start, done);
        }
        return count;
    }

    private int pollCopies(MessageHandler handler, int limit) throws IpcException {
        Ring ring = ring();
        MemorySegment memory = ring.memory();
        long start = handled;
        long done = start;
        long tail = seenTail(start);
        int count = 0;
        try {
            while (count < limit && done < tail) {
                int at = ring.index(done);
                long offset = ring.start() + at;
                long header = memory.get(JAVA_LONG_UNALIGNED, offset);
                long found = memory.get(JAVA_LONG_UNALIGNED, offset + SEQUENCE);
                int size = RecordFormat.size(header, ring, tail - done, ring.capacity() - at);
                if (RecordFormat.isMessage(header, ring.maxMessageSize()) && size != IMPOSSIBLE) {
                    MemorySegment.copy(
                            memory, offset + PREFIX, copy, 0, RecordFormat.length(header));
                }
                VarHandle.loadLoadFence();
                long head = head();
                if (head > done) {
                    done = overtaken(done, head);
                    tail = seenTail(done);
                } else if (size == IMPOSSIBLE || tail - done > ring.capacity()) {
                    throw damaged(RecordFormat.text(header));
                } else if (RecordFormat.isMessage(header, ring.maxMessageSize())) {
                    expect(found);
                    position = done;
                    handler.onMessage(copy, 0, RecordFormat.length(header));
                    sequence++;
                    count++;
                    done += size;
                } else {
                    done += size;
                    tail = seenTail(done); // the gap may have been published before what follows
                }
            }
        } finally {
            advance(memory, start, done);
        }
        return count;
    }

    /** Says up to where messages are handled. */
    private void advance(MemorySegment memory, long start, long done) {
        if (done != start) {
            handled = done;
            LONG.setRelease(memory, positionAt, done);
            if (room != null) {
                room.wake(memory);
            }
        }
    }

    /** Counts what was missed before a message. */
    private void expect(long found) throws IncompatibleException {
        if (found != sequence) {
            long skipped = found - sequence;
            if (skipped < 0 || skipped > overtaken / PREFIX) {
                throw damaged("message " + found + " where " + sequence + " was expected");
            }
            missed += skipped;
            sequence = found;
        }
        overtaken = 0;
    }

    /** Returns where to go on when messages that were not handled have been written over. */
    private long overtaken(long done, long head) throws IpcException {
        seenTail = tail();
        if (!ring().isPosition(head) || head > seenTail) {
            throw damaged("head " + head + " with tail " + seenTail);
        }
        if (slow == SlowSubscriber.CUT_OFF) {
            throw new CutOffException(
                    name(),
                    "this subscriber did not keep up and was cut off; poll more often, create the"
                            + " topic with more capacity, or subscribe anew");
        }
        overtaken += head - done;
        return head;
    }

    private IncompatibleException damaged(String what) {
        return Damage.of(name(), what);
    }

    @Override
    boolean hasMessage() {
        return (long) LONG.getAcquire(field.memory(), TopicLayout.TAIL) != handled;
    }

    @Override
    boolean isWakeCertain() {
        boolean alone = (int) INT.getAcquire(field.memory(), TopicLayout.PLACES_IN_USE) == 1;
        return (alone || waiting.wakesAll()) && waiting.isHeard(TopicLayout.PUBLISHER);
    }

    /** The publisher does not wait for this one any more. */
    @Override
    void leave() {
        LONG.setRelease(field.memory(), positionAt, TopicLayout.NOBODY);
        if (room != null) {
            room.wake();
        }
    }

    @Override
    public long missed() {
        return missed;
    }

    @Override
    public int index() {
        return index;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public Presence publisher() throws IpcException {
        Arguments.requireOpen(isOpen(), name());
        return Seat.of(name(), topic, TopicLayout.PUBLISHER).presence();
    }
}
