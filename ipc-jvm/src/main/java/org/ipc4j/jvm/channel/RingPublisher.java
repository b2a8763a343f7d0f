// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.channel;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import org.ipc4j.IncompatibleException;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.channel.Presence;
import org.ipc4j.channel.Publisher;
import org.ipc4j.jvm.sys.Composite;
import org.ipc4j.spi.Arguments;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** The publishing end of a topic: its ring, and the subscribers, if those are waited for. */
final class RingPublisher extends RingWriter implements Publisher {
    private static final Ring CONSTANT = Special.dataOf(MethodHandles.lookup(), Ring.class);
    private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();

    private final Ring field;
    private final Composite<TopicLayout> topic;
    private final TopicLayout layout;
    private final MemorySegment memory;
    private final Waiting waiting;
    private final Landmarks landmarks;

    /** What the memory says too, which nobody but this one has to believe. */
    private volatile long head;

    private long sequence;

    RingPublisher(IpcName name, Composite<TopicLayout> topic, Seat seat, Waiting waiting)
            throws IncompatibleException {
        super(
                name,
                topic,
                seat,
                waiting,
                topic.layout().ring(topic.memory().segment()),
                waiting.word(TopicLayout.MESSAGES),
                waiting.word(TopicLayout.ROOM));
        this.field = plainRing();
        this.topic = topic;
        this.layout = topic.layout();
        this.memory = field.memory();
        this.waiting = waiting;
        this.landmarks = new Landmarks(field);
        this.head = seenHead();
        long tail = sent();
        landmarks.beginAt(tail);
        this.sequence = landmarks.sequenceAt(tail);
        if (sequence == Landmarks.NONE) {
            throw Damage.of(name, "there is no message before its tail " + tail);
        }
    }

    /** In a class of this topic's own, all of it is a constant for the compiler. */
    private Ring ring() {
        return CONSTANT != null ? CONSTANT : field;
    }

    @Override
    public MemorySegment memory() {
        return ring().memory();
    }

    @Override
    public long tryClaim(int length) {
        return claim(ring(), length);
    }

    @Override
    public void stage() {
        Ring ring = ring();
        if (landmarks.isNew(position())) {
            land(ring);
        }
        stage(ring);
        ring.memory()
                .set(
                        JAVA_LONG_UNALIGNED,
                        ring.start() + ring.index(position()) + TopicLayout.SEQUENCE,
                        sequence);
        sequence++;
    }

    /**
     * Takes note of the message that is claimed. What is not published must not take the place of
     * the landmarks of what is, so that is published first; and the message afterwards, since
     * nothing is published whose landmark is missing.
     */
    private void land(Ring ring) {
        requireClaim();
        long position = position();
        if (position - sent() > layout.capacity() / 4) {
            publish(ring);
        }
        landmarks.note(position);
    }

    @Override
    public void commit() {
        stage();
        publish(ring());
    }

    @Override
    public void publish() {
        publish(ring());
    }

    @Override
    long head(long end, boolean make) {
        long least = end - layout.capacity();
        if (head >= least) {
            return head;
        }
        long tail = sent();
        long next = layout.waits() ? behindSlowest(least, tail, make) : enough(least, tail);
        if (next == DAMAGED || !make || next <= head) {
            return next == DAMAGED ? DAMAGED : Math.max(head, next);
        }
        head = next;
        LONG.setOpaque(memory, TopicLayout.HEAD, next);
        VarHandle.storeStoreFence(); // before anything is written there
        return next;
    }

    /**
     * Returns the first landmark that makes enough room. There is one once all is published, since
     * a message and the gap before it take less than the ring has from there to the tail; without
     * it there would never be room.
     */
    private long enough(long least, long tail) {
        long landmark = landmarks.first(least, tail);
        return landmark == Landmarks.NONE ? DAMAGED : landmark;
    }

    /** Returns the last landmark that all subscribers have passed. */
    private long behindSlowest(long least, long tail, boolean make) {
        long passed = passedByAll(tail);
        if (passed == DAMAGED || passed >= least) {
            return passed;
        }
        long enough = enough(least, tail);
        if (enough == DAMAGED) {
            return DAMAGED;
        }
        if (make && inquiry().isDue()) {
            inquiry().asked();
            dismissTheDead(enough);
            passed = passedByAll(tail);
        }
        return passed;
    }

    private long passedByAll(long tail) {
        long slowest = slowest(tail);
        return slowest == DAMAGED ? DAMAGED : landmarks.last(slowest, tail);
    }

    /** Returns the position of the slowest subscriber; the tail if there is none. */
    private long slowest(long tail) {
        VarHandle.fullFence(); // between the last store of the tail and the loads of the positions
        long slowest = tail;
        int places = placesInUse();
        for (int i = 0; i < places; i++) {
            long position = (long) LONG.getAcquire(memory, layout.position(i));
            if (position == TopicLayout.NOBODY) {
                continue;
            }
            if (position > tail || !field.isPosition(position)) {
                return DAMAGED;
            }
            if (position < slowest) {
                slowest = Math.max(position, head); // less, if it is just subscribing
            }
        }
        return slowest;
    }

    /**
     * Nobody waits for those subscribers any more that are before a position and proven to be gone.
     * Who takes the place of one meanwhile begins at the tail, which is not before that position,
     * so he is not taken for the dead one.
     */
    private void dismissTheDead(long limit) {
        int places = placesInUse();
        for (int i = 0; i < places; i++) {
            long position = (long) LONG.getAcquire(memory, layout.position(i));
            if (position != TopicLayout.NOBODY && position < limit && isGone(i)) {
                LONG.compareAndSet(memory, layout.position(i), position, TopicLayout.NOBODY);
            }
        }
    }

    private boolean isGone(int place) {
        try {
            Presence presence = subscriber(place).presence();
            return presence == Presence.CLOSED || presence == Presence.DIED;
        } catch (IpcException e) {
            return false; // not proven
        }
    }

    private Seat subscriber(int place) {
        return Seat.of(name(), topic, layout.words(place) + TopicLayout.SUBSCRIBER);
    }

    /** Damaged memory has no more places than there are. */
    private int placesInUse() {
        return Math.clamp(
                (int) INT.getAcquire(memory, TopicLayout.PLACES_IN_USE), 0, layout.subscribers());
    }

    @Override
    boolean isWakeCertain() {
        int places = placesInUse();
        for (int i = 0; i < places; i++) {
            if (!waiting.isHeard(layout.words(i) + TopicLayout.SUBSCRIBER)) {
                return false;
            }
        }
        return true;
    }

    @Override
    long refusal() {
        return FULL;
    }

    @Override
    IpcException refused(long answer) {
        return Damage.of(
                name(),
                "no landmark is before its tail " + sent() + ", or a subscriber is elsewhere");
    }

    @Override
    public int subscribers() throws IpcException {
        Arguments.requireOpen(isOpen(), name());
        int count = 0;
        int places = placesInUse();
        for (int i = 0; i < places; i++) {
            if (subscriber(i).presence() == Presence.PRESENT) {
                count++;
            }
        }
        return count;
    }
}
