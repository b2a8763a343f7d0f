// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.channel;

import org.ipc4j.channel.ChannelOptions;
import org.ipc4j.channel.WaitStrategy;
import org.ipc4j.jvm.sys.Header;
import org.ipc4j.jvm.sys.Incarnation;
import org.ipc4j.jvm.sys.Participant;
import org.ipc4j.jvm.sys.ParticipantTable;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The memory of a channel. Numbers are in the machine's byte order. What different processes write
 * is 128 bytes apart, which keeps their cache lines apart also where the processor fetches two at a
 * time.
 *
 * <pre>
 *     0  header                24 bytes, see {@link Header}
 *    24  long  family          of the {@link Incarnation}
 *    32  long  id              of the incarnation
 *    40  int   senders         how many rings there are
 *    44  int   waiting         0 SPIN, 1 BACKOFF, 2 BLOCK
 *    48  int   capacity        how many bytes a ring has, a power of two
 *    52  int   message size    how many bytes a message has at most
 *   128  long  receiver        who is the receiver, see {@link Seat}
 *   136  int   mute            1 if that one cannot wake senders, who then look by themselves
 *   256  int   rings in use    rings from here on have never had a sender
 *   384  int   messages        where the receiver sleeps, a {@link org.ipc4j.spi.WakeWord}; only
 *                              if waiting is BLOCK. Written by the receiver when it is about to
 *                              sleep, and by the sender who wakes it
 *   512  long  epochs[1024]    see {@link ParticipantTable}
 *
 *  8704  the words of the rings, 640 bytes for each ring:
 *        +0    long  sender    who is the sender, see {@link Seat}
 *        +8    int   mute      1 if that one cannot wake the receiver
 *        +128  long  tail      up to where messages are sent. Written by the sender, with release
 *        +256  long  head      up to where the room may be used again. Written by the receiver, with
 *                              release, once for many messages
 *        +384  long  handled   up to where messages are handled. Written by the receiver, after each,
 *                              without any order; read only by the next receiver
 *        +512  int   room      where the sender sleeps, as messages
 *
 *        the rings, one after the other, from the next multiple of 4096 on. Position p of a ring is
 *        at p modulo its capacity. There, at multiples of 8:
 *        +0    int   length    of the message
 *        +4    int   kind      0 a message, 1 a gap up to the end of the ring
 *        +8    bytes           the message, up to the next multiple of 8
 *
 *        and behind the rings the {@linkplain Layout#MARGIN margin}
 * </pre>
 *
 * <p>The sender writes messages between tail and head + capacity, and then its one store of the
 * tail sends them: whoever loads the tail with acquire sees them whole. The receiver's store of the
 * head gives their room back: whoever loads the head with acquire may write there. Nothing else
 * needs an order, on any processor, but waking: see {@link org.ipc4j.spi.Parking} for that. A
 * process that dies in between has sent nothing, or handled nothing.
 *
 * @param options what the channel is like; its access is not kept
 */
record ChannelLayout(ChannelOptions options) implements Layout {
    static final long RECEIVER = 128;
    static final long RINGS_IN_USE = 256;
    static final long MESSAGES = 384;

    static final long SENDER = 0;
    static final long TAIL = 128;
    static final long HEAD = 256;
    static final long HANDLED = 384;
    static final long ROOM = 512;

    static final int PREFIX = Long.BYTES;

    static final Form<ChannelLayout> FORM =
            new Form<>(new Header("ipc4jCH ", 1), ChannelLayout.EPOCHS, ChannelLayout::read);

    private static final long SENDERS = 40;
    private static final long WAITING = 44;
    private static final long CAPACITY = 48;
    private static final long MAX_MESSAGE_SIZE = 52;
    private static final long EPOCHS = 512;
    private static final long WORDS = EPOCHS + ParticipantTable.BYTES;
    private static final long WORDS_OF_RING = 640;
    private static final long PAGE = 4096;

    int capacity() {
        return options.capacity();
    }

    int senders() {
        return options.senders();
    }

    /** Returns where the words of a ring are. */
    long words(int ring) {
        return WORDS + ring * WORDS_OF_RING;
    }

    /** Returns where the records of a ring are. */
    long start(int ring) {
        return (words(senders()) + PAGE - 1 & -PAGE) + (long) ring * capacity();
    }

    @Override
    public long byteSize() {
        return start(senders()) + MARGIN;
    }

    /** Returns a ring of a channel. */
    Ring ring(MemorySegment memory, int ring) {
        return new Ring(
                memory,
                words(ring) + TAIL,
                words(ring) + HEAD,
                start(ring),
                capacity(),
                maxMessageSize(),
                PREFIX);
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

    /** Makes an empty channel of zeroed memory. */
    void initialize(MemorySegment memory, Participant founder) {
        memory.set(ValueLayout.JAVA_INT, SENDERS, senders());
        memory.set(ValueLayout.JAVA_INT, WAITING, waiting().ordinal());
        memory.set(ValueLayout.JAVA_INT, CAPACITY, capacity());
        memory.set(ValueLayout.JAVA_INT, MAX_MESSAGE_SIZE, maxMessageSize());
        FORM.initialize(memory, this, founder);
    }

    private static ChannelLayout read(MemorySegment memory) {
        return new ChannelLayout(
                ChannelOptions.DEFAULT
                        .withCapacity(memory.get(ValueLayout.JAVA_INT, CAPACITY))
                        .withMaxMessageSize(memory.get(ValueLayout.JAVA_INT, MAX_MESSAGE_SIZE))
                        .withSenders(memory.get(ValueLayout.JAVA_INT, SENDERS))
                        .withWaiting(
                                Form.value(
                                        WaitStrategy.values(),
                                        memory.get(ValueLayout.JAVA_INT, WAITING))));
    }
}
