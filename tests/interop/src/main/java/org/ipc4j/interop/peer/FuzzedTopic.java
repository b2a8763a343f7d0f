// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop.peer;

import static org.ipc4j.interop.peer.Fuzzed.copy;
import static org.ipc4j.interop.peer.Fuzzed.require;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.channel.MessageSink;
import org.ipc4j.channel.MessageSource;
import org.ipc4j.channel.Publisher;
import org.ipc4j.channel.SlowSubscriber;
import org.ipc4j.channel.Subscriber;
import org.ipc4j.channel.Topic;
import org.ipc4j.channel.TopicOptions;
import org.ipc4j.channel.WaitStrategy;

import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;

/** A topic with room for three subscribers; its numbers are those of native/peer/topic.h. */
final class FuzzedTopic implements Fuzzed {
    private static final int PLACES = 3;

    /** So many places would there be with the ring where it is, if the number is damaged. */
    private static final int MOST_PLACES = 12;

    private static final long PUBLISHER = 128;
    private static final long TAIL = 384;
    private static final long HEAD = 512;
    private static final long LANDMARKS = 520;
    private static final int EIGHTHS = 8;
    private static final long MESSAGES = 640;
    private static final long ROOM = 768;
    private static final long WORDS = 9216;
    private static final int WORDS_OF_PLACE = 256;
    private static final long POSITION = 128;
    private static final long RING = 12288;
    private static final long SEQUENCE = 8;
    private static final int PREFIX = 16;
    private static final long NOBODY = -1;

    private final IpcName name;
    private final Topic topic;

    FuzzedTopic(IpcName name, SlowSubscriber slow, WaitStrategy waiting) throws IpcException {
        this.name = name;
        this.topic =
                Topic.create(
                        name,
                        TopicOptions.DEFAULT
                                .withCapacity(CAPACITY)
                                .withMaxMessageSize(LONGEST)
                                .withSubscribers(PLACES)
                                .withSlow(slow)
                                .withWaiting(waiting));
    }

    private static long position(int place) {
        return WORDS + place * WORDS_OF_PLACE + POSITION;
    }

    private static long landmark(long eighth) {
        return LANDMARKS + eighth % EIGHTHS * Long.BYTES;
    }

    @Override
    public String nativeKey() {
        return topic.nativeKey();
    }

    @Override
    public MessageSink openSink() throws IpcException {
        return Publisher.open(name);
    }

    /** There is one at a time, unless the memory is damaged. */
    @Override
    public void admit(MemorySegment memory) {
        memory.set(JAVA_LONG, PUBLISHER, 0);
    }

    @Override
    public MessageSource openSource() throws IpcException {
        return Subscriber.open(name);
    }

    @Override
    public void ask(MessageSink sink) throws IpcException {
        int subscribers = ((Publisher) sink).subscribers();
        require(subscribers >= 0 && subscribers <= MOST_PLACES, subscribers + " subscribers");
    }

    @Override
    public void ask(MessageSource source, SplittableRandom random) throws IpcException {
        Subscriber subscriber = (Subscriber) source;
        require(subscriber.missed() >= 0, subscriber.missed() + " missed");
        subscriber.publisher();
    }

    @Override
    public void look(SplittableRandom random) throws IpcException {
        try (Topic other = Topic.open(name)) {
            int place = random.nextInt(other.subscribers());
            long unhandled = other.unhandledBytes(place);
            require(other.capacity() <= byteSize(), "a ring of " + other.capacity() + " bytes");
            require(other.maxMessageSize() <= other.capacity() / 4, "messages that do not fit");
            require(unhandled >= 0, unhandled + " unhandled");
            other.publisher();
            other.subscriber(place);
        }
    }

    /**
     * Who may be overtaken reads copies, in memory of its own. Whether it may be is something that
     * damaged memory says as well.
     */
    @Override
    public void check(MemorySegment memory, long offset, int length) {
        require(length >= 0 && length <= LONGEST, "a length of " + length);
        require(offset + length <= memory.byteSize(), "beyond the memory: " + offset);
        if (memory.byteSize() > LONGEST) {
            require(offset >= RING + PREFIX && offset % PREFIX == 0, "an offset of " + offset);
        } else {
            require(offset == 0, "a copy at " + offset);
        }
    }

    @Override
    public void remove() throws IpcException {
        topic.close();
        require(Topic.remove(name), "the topic is gone");
    }

    @Override
    public long byteSize() {
        return RING + CAPACITY;
    }

    @Override
    public int headerInts() {
        return 200;
    }

    /** The first place is the one whose subscriber is there all the time. */
    @Override
    public Part part(SplittableRandom random) {
        int place = random.nextInt(PLACES);
        long[] positions = {
            TAIL, HEAD, landmark(random.nextInt(EIGHTHS)), position(0), position(place)
        };
        return new Part(
                positions,
                WORDS + place * WORDS_OF_PLACE,
                WORDS_OF_PLACE / Integer.BYTES,
                RING,
                position(0));
    }

    /** There is one message, since there is one before every tail but 0. */
    @Override
    public void move(MemorySegment memory, SplittableRandom random) {
        long position = (long) PREFIX * random.nextInt(CAPACITY);
        long record = RING + position % CAPACITY;
        memory.set(JAVA_LONG, record, 0); // a message of no bytes
        memory.set(JAVA_LONG, record + SEQUENCE, random.nextLong(1L << 40));
        memory.set(JAVA_LONG, landmark(position / (CAPACITY / EIGHTHS)), position);
        memory.set(JAVA_LONG, HEAD, position);
        memory.set(JAVA_LONG, TAIL, position + PREFIX);
    }

    /** A publisher writes no position of others, except that it dismisses who is dead. */
    @Override
    public void forgive(MessageSink sink, MemorySegment now, MemorySegment before) {
        copy(now, before, RING, CAPACITY);
        copy(now, before, TAIL, Long.BYTES);
        copy(now, before, HEAD, (1 + EIGHTHS) * Long.BYTES);
        copy(now, before, MESSAGES, Integer.BYTES);
        copy(now, before, ROOM, Integer.BYTES);
        for (int place = 0; place < MOST_PLACES; place++) {
            if (now.get(JAVA_LONG, position(place)) == NOBODY) {
                copy(now, before, position(place), Long.BYTES);
            }
        }
    }
}
