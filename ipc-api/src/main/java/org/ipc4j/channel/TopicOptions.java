// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.channel;

import org.ipc4j.Access;

import java.util.Objects;

/**
 * What a topic shall be like.
 *
 * @param capacity how many bytes of messages there can be at a time: a power of two from 4096 to
 *     2<sup>30</sup>. A message takes its length and 16 bytes more, rounded up to a multiple of 16.
 *     Room is given back by the eighth of the capacity
 * @param maxMessageSize how many bytes a message has at most; a quarter of the capacity or less
 * @param subscribers how many subscribers there can be at a time, 1 to 64
 * @param slow what it means that one does not keep up
 * @param waiting how those wait who have to
 * @param access who the topic is for
 */
public record TopicOptions(
        int capacity,
        int maxMessageSize,
        int subscribers,
        SlowSubscriber slow,
        WaitStrategy waiting,
        Access access) {
    /**
     * A topic of the current user, of 1 MiB, for messages up to 64 KiB and up to 16 subscribers,
     * whom the publisher waits for.
     */
    public static final TopicOptions DEFAULT =
            new TopicOptions(
                    1 << 20, 1 << 16, 16, SlowSubscriber.WAIT, WaitStrategy.BLOCK, Access.OWNER);

    private static final int LEAST_CAPACITY = 4096;
    private static final int MOST_CAPACITY = 1 << 30;
    private static final int MOST_SUBSCRIBERS = 64;

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if a number is out of its range
     * @throws NullPointerException if {@code slow}, {@code waiting} or {@code access} is null
     */
    public TopicOptions {
        if (capacity < LEAST_CAPACITY
                || capacity > MOST_CAPACITY
                || Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException(
                    "a capacity is a power of two from 4096 to 1073741824, not " + capacity);
        }
        if (maxMessageSize < 1 || maxMessageSize > capacity / 4) {
            throw new IllegalArgumentException(
                    "with a capacity of "
                            + capacity
                            + " bytes messages have at most 1 to "
                            + capacity / 4
                            + " bytes, not "
                            + maxMessageSize);
        }
        if (subscribers < 1 || subscribers > MOST_SUBSCRIBERS) {
            throw new IllegalArgumentException(
                    "a topic has 1 to " + MOST_SUBSCRIBERS + " subscribers, not " + subscribers);
        }
        Objects.requireNonNull(slow, "slow");
        Objects.requireNonNull(waiting, "waiting");
        Objects.requireNonNull(access, "access");
    }

    /**
     * Returns these options with another capacity, and messages of at most a sixteenth of it.
     *
     * @param capacity how many bytes of messages there can be at a time
     * @return the options
     * @throws IllegalArgumentException if it is no power of two from 4096 to 2<sup>30</sup>
     */
    public TopicOptions withCapacity(int capacity) {
        return new TopicOptions(
                capacity, Math.max(1, capacity / 16), subscribers, slow, waiting, access);
    }

    /**
     * Returns these options with another limit of a message.
     *
     * @param maxMessageSize how many bytes a message has at most
     * @return the options
     * @throws IllegalArgumentException if it is not within 1 and a quarter of the capacity
     */
    public TopicOptions withMaxMessageSize(int maxMessageSize) {
        return new TopicOptions(capacity, maxMessageSize, subscribers, slow, waiting, access);
    }

    /**
     * Returns these options with another number of subscribers.
     *
     * @param subscribers how many there can be at a time
     * @return the options
     * @throws IllegalArgumentException if it is not within 1 and 64
     */
    public TopicOptions withSubscribers(int subscribers) {
        return new TopicOptions(capacity, maxMessageSize, subscribers, slow, waiting, access);
    }

    /**
     * Returns these options with another policy for slow subscribers.
     *
     * @param slow what it means that one does not keep up
     * @return the options
     */
    public TopicOptions withSlow(SlowSubscriber slow) {
        return new TopicOptions(capacity, maxMessageSize, subscribers, slow, waiting, access);
    }

    /**
     * Returns these options with another way to wait.
     *
     * @param waiting how those wait who have to
     * @return the options
     */
    public TopicOptions withWaiting(WaitStrategy waiting) {
        return new TopicOptions(capacity, maxMessageSize, subscribers, slow, waiting, access);
    }

    /**
     * Returns these options with another access.
     *
     * @param access who the topic is for
     * @return the options
     */
    public TopicOptions withAccess(Access access) {
        return new TopicOptions(capacity, maxMessageSize, subscribers, slow, waiting, access);
    }
}
