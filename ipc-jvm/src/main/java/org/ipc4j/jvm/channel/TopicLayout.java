// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.channel;

import org.ipc4j.channel.SlowSubscriber;
import org.ipc4j.channel.TopicOptions;
import org.ipc4j.channel.WaitStrategy;
import org.ipc4j.jvm.sys.Header;
import org.ipc4j.jvm.sys.Incarnation;
import org.ipc4j.jvm.sys.Participant;
import org.ipc4j.jvm.sys.ParticipantTable;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The memory of a topic. Numbers are in the machine's byte order. What different processes write is
 * 128 bytes apart.
 *
 * <pre>
 *     0  header                24 bytes, see {@link Header}
 *    24  long  family          of the {@link Incarnation}
 *    32  long  id              of the incarnation
 *    40  int   subscribers     how many there can be
 *    44  int   waiting         0 SPIN, 1 BACKOFF, 2 BLOCK
 *    48  int   capacity        how many bytes the ring has, a power of two
 *    52  int   message size    how many bytes a message has at most
 *    56  int   slow            0 WAIT, 1 OVERWRITE, 2 CUT_OFF
 *   128  long  publisher       who is the publisher, see {@link Seat}
 *   136  int   mute            1 if that one cannot wake subscribers, who then look by themselves
 *   256  int   places in use   places from here on have never had a subscriber
 *   384  long  tail            up to where messages are published. Written by the publisher, with
 *                              release
 *   512  long  head            where the oldest message is; what is before it may be written over
 *                              at any time. Written by the publisher
 *   520  long  landmarks[8]    of each eighth of the ring: the position of the first message that
 *                              began there most recently, or -1. Written by the publisher
 *   640  int   messages        where subscribers sleep, a {@link org.ipc4j.spi.WakeWord}; only if
 *                              waiting is BLOCK
 *   768  int   room            where the publisher sleeps; only if it waits for subscribers
 *  1024  long  epochs[1024]    see {@link ParticipantTable}
 *
 *  9216  the words of the subscribers, 256 bytes for each place:
 *        +0    long  subscriber  who has the place, see {@link Seat}
 *        +8    int   mute        1 if that one cannot wake the publisher
 *        +128  long  position    up to where it has handled, with release, once for many messages;
 *                                -1 if nobody has to be waited for
 *
 *        the ring, from the next multiple of 4096 on. Position p is at p modulo its capacity.
 *        There, at multiples of 16:
 *        +0    int   length    of the message
 *        +4    int   kind      0 a message, 1 a gap up to the end of the ring
 *        +8    long  sequence  how many messages there were before it, ever; nothing in a gap
 *        +16   bytes           the message, up to the next multiple of 16
 *
 *        and behind the ring the {@linkplain Layout#MARGIN margin}
 * </pre>
 *
 * <p><b>Publishing.</b> The publisher writes messages between tail and head + capacity, and then
 * its one store of the tail publishes them: whoever loads the tail with acquire sees them whole.
 * For room it moves the head on first, always to a landmark, so that the head is where a message
 * begins, and always to one before the tail.
 *
 * <p><b>A publisher that waits</b> moves the head no further than the subscribers' positions, so
 * they read in place: a subscriber's release of its position, and the publisher's acquire of that,
 * order its reading before the writing over. Who subscribes stores the tail as its position,
 * fences, and stores the tail as it is then; the publisher fences before it loads the positions. So
 * either it sees the first position, and moves the head no further; or it has loaded before, and
 * then the subscriber's second look sees at least the tail up to which it has moved on. A publisher
 * that finds nobody there goes on up to its tail. The place of a subscriber that is proven to be
 * dead is given the position -1 by compare-and-set.
 *
 * <p><b>A publisher that overwrites</b> asks nobody. It stores the head, then a store-store fence,
 * then it writes; a subscriber copies a message, then a load-load fence, then it loads the head. If
 * that has not passed the message, no byte of the copy can be of a later one.
 *
 * @param options what the topic is like; its access is not kept
 */
record TopicLayout(TopicOptions options) implements Layout {
    static final long PUBLISHER = 128;
    static final long PLACES_IN_USE = 256;
    static final long TAIL = 384;
    static final long HEAD = 512;
    static final long LANDMARKS = 520;
    static final long MESSAGES = 640;
    static final long ROOM = 768;

    static final long SUBSCRIBER = 0;
    static final long POSITION = 128;

    static final int PREFIX = 2 * Long.BYTES;

    /** From where a record begins. */
    static final int SEQUENCE = Long.BYTES;

    /** The position of a place where nobody is waited for. */
    static final long NOBODY = -1;

    static final int EIGHTHS = 8;

    static final Form<TopicLayout> FORM =
            new Form<>(new Header("ipc4jTO ", 1), TopicLayout.EPOCHS, TopicLayout::read);

    private static final long SUBSCRIBERS = 40;
    private static final long WAITING = 44;
    private static final long CAPACITY = 48;
    private static final long MAX_MESSAGE_SIZE = 52;
    private static final long SLOW = 56;
    private static final long EPOCHS = 1024;
    private static final long WORDS = EPOCHS + ParticipantTable.BYTES;
    private static final long WORDS_OF_PLACE = 256;
    private static final long PAGE = 4096;

    int capacity() {
        return options.capacity();
    }

    int subscribers() {
        return options.subscribers();
    }

    /** Tells whether the publisher waits for its subscribers. */
    boolean waits() {
        return options.slow() == SlowSubscriber.WAIT;
    }

    /** Returns where the words of a subscriber's place are. */
    long words(int place) {
        return WORDS + place * WORDS_OF_PLACE;
    }

    /** Returns where the position of a subscriber's place is. */
    long position(int place) {
        return words(place) + POSITION;
    }

    /** Returns where the records are. */
    private long start() {
        return words(subscribers()) + PAGE - 1 & -PAGE;
    }

    @Override
    public long byteSize() {
        return start() + capacity() + MARGIN;
    }

    /** Returns a topic's ring. */
    Ring ring(MemorySegment memory) {
        return new Ring(memory, TAIL, HEAD, start(), capacity(), maxMessageSize(), PREFIX);
    }

    @Override
    public int maxMessageSize() {
        return options.maxMessageSize();
    }

    @Override
    public WaitStrategy waiting() {
        return options.waiting();
    }

    @Override
    public ParticipantTable participants(MemorySegment memory) {
        return FORM.participants(memory);
    }

    /** Makes an empty topic of zeroed memory. */
    void initialize(MemorySegment memory, Participant founder) {
        memory.set(ValueLayout.JAVA_INT, SUBSCRIBERS, subscribers());
        memory.set(ValueLayout.JAVA_INT, WAITING, waiting().ordinal());
        memory.set(ValueLayout.JAVA_INT, CAPACITY, capacity());
        memory.set(ValueLayout.JAVA_INT, MAX_MESSAGE_SIZE, maxMessageSize());
        memory.set(ValueLayout.JAVA_INT, SLOW, options.slow().ordinal());
        for (int i = 0; i < EIGHTHS; i++) {
            memory.set(ValueLayout.JAVA_LONG, LANDMARKS + i * Long.BYTES, Landmarks.NONE);
        }
        for (int i = 0; i < subscribers(); i++) {
            memory.set(ValueLayout.JAVA_LONG, position(i), NOBODY);
        }
        FORM.initialize(memory, this, founder);
    }

    private static TopicLayout read(MemorySegment memory) {
        return new TopicLayout(
                TopicOptions.DEFAULT
                        .withCapacity(memory.get(ValueLayout.JAVA_INT, CAPACITY))
                        .withMaxMessageSize(memory.get(ValueLayout.JAVA_INT, MAX_MESSAGE_SIZE))
                        .withSubscribers(memory.get(ValueLayout.JAVA_INT, SUBSCRIBERS))
                        .withSlow(
                                Form.value(
                                        SlowSubscriber.values(),
                                        memory.get(ValueLayout.JAVA_INT, SLOW)))
                        .withWaiting(
                                Form.value(
                                        WaitStrategy.values(),
                                        memory.get(ValueLayout.JAVA_INT, WAITING))));
    }
}
