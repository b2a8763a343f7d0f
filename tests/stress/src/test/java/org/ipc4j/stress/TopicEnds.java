// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.stress;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.channel.Publisher;
import org.ipc4j.channel.SlowSubscriber;
import org.ipc4j.channel.Subscriber;
import org.ipc4j.channel.Topic;
import org.ipc4j.channel.TopicOptions;
import org.ipc4j.channel.WaitStrategy;

import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A topic with all its ends in this process, as {@link Ends} are a channel. */
final class TopicEnds {
    /** How many bytes the ring has. */
    static final int CAPACITY = 4096;

    /** The payload of a message of which four fill a ring. */
    static final int QUARTER = CAPACITY / 4 - 16;

    /** The payload of a message that is written in several steps. */
    static final int WORDS = 64;

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Map<SlowSubscriber, ConcurrentLinkedQueue<TopicEnds>> POOLS =
            new EnumMap<>(SlowSubscriber.class);

    static {
        for (SlowSubscriber slow : SlowSubscriber.values()) {
            POOLS.put(slow, new ConcurrentLinkedQueue<>());
        }
    }

    private final IpcName name =
            IpcName.of(
                    System.getProperty("ipc.stress.names", "ipc4j-stress")
                            + "-topic-"
                            + ProcessHandle.current().pid()
                            + "-"
                            + COUNT.incrementAndGet());
    private final SlowSubscriber slow;
    private Publisher publisher;
    private Subscriber first;
    private Subscriber second;

    /** The first topic of a process has classes of its own for its ends, others do without. */
    private TopicEnds(SlowSubscriber slow) {
        this.slow = slow;
        System.setProperty(
                "org.ipc4j.channel.special", Boolean.toString(name.value().endsWith("-1")));
        try {
            publisher =
                    Publisher.create(
                            name,
                            TopicOptions.DEFAULT
                                    .withCapacity(CAPACITY)
                                    .withMaxMessageSize(CAPACITY / 4)
                                    .withSubscribers(2)
                                    .withSlow(slow)
                                    .withWaiting(WaitStrategy.BLOCK));
            first = Subscriber.open(name);
            second = Subscriber.open(name);
            Runtime.getRuntime().addShutdownHook(new Thread(this::remove));
        } catch (IpcException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void remove() {
        try {
            Topic.remove(name);
        } catch (IpcException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a topic of which both subscribers have seen everything. */
    static TopicEnds take(SlowSubscriber slow) {
        TopicEnds free = POOLS.get(slow).poll();
        return free != null ? free : new TopicEnds(slow);
    }

    /** Returns one whose ring is full of the messages 1 to 4, which begin at its start. */
    static TopicEnds takeFull(SlowSubscriber slow) {
        TopicEnds ends = take(slow);
        while (ends.publish(QUARTER, 0) && (ends.publisher.position() & CAPACITY - 1) != 3072) {
            ends.drain();
        }
        ends.drain();
        for (int digit = 1; digit <= 4; digit++) {
            if (!ends.publish(QUARTER, digit)) {
                throw new IllegalStateException("four quarters are no more than the whole");
            }
        }
        return ends;
    }

    boolean publish(int length, int digit) {
        long offset = publisher.tryClaim(length);
        if (offset < 0) {
            return false;
        }
        Numbered.write(publisher.memory(), offset, length, digit);
        publisher.commit();
        return true;
    }

    String seenByFirst(int limit) {
        return seen(first, limit);
    }

    String seenBySecond(int limit) {
        return seen(second, limit);
    }

    /** Returns the messages that are there, a dash if none. */
    private static String seen(Subscriber subscriber, int limit) {
        StringBuilder digits = new StringBuilder();
        try {
            subscriber.poll(
                    (memory, offset, length) ->
                            digits.append(Numbered.read(memory, offset, length)),
                    limit);
        } catch (IpcException e) {
            return e.toString();
        }
        return digits.isEmpty() ? "-" : digits.toString();
    }

    /** Has another second subscriber, and returns what that sees at once. */
    String subscribeAnew() {
        try {
            second.close();
            second = Subscriber.open(name);
        } catch (IpcException e) {
            throw new UncheckedIOException(e);
        }
        return seenBySecond(9);
    }

    /** How many messages the first subscriber has missed so far. */
    long missedByFirst() {
        return first.missed();
    }

    /** Returns what the first subscriber has not seen yet. */
    String drainFirst() {
        return all(first);
    }

    /** Returns what the second subscriber has not seen yet. */
    String drainSecond() {
        return all(second);
    }

    private void drain() {
        drainFirst();
        drainSecond();
    }

    /** Gives it back for the next state. */
    void giveBack() {
        POOLS.get(slow).add(this);
    }

    private static String all(Subscriber subscriber) {
        StringBuilder rest = new StringBuilder();
        // one call need not see what came after the one before it had looked
        for (String some = seen(subscriber, 9); !some.equals("-"); some = seen(subscriber, 9)) {
            rest.append(some);
        }
        return rest.isEmpty() ? "-" : rest.toString();
    }
}
