// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.channel;

import org.ipc4j.Access;

import java.util.Objects;

/**
 * What a channel shall be like.
 *
 * @param capacity how many bytes of messages each sender can be ahead of the receiver: a power of
 *     two from 4096 to 2<sup>30</sup>. A message takes its length and 8 bytes more, rounded up to a
 *     multiple of 8
 * @param maxMessageSize how many bytes a message has at most; a quarter of the capacity or less
 * @param senders how many senders there can be at a time, 1 to 64; each has a ring of its own
 * @param waiting how those wait who have to
 * @param access who the channel is for
 */
public record ChannelOptions(
        int capacity, int maxMessageSize, int senders, WaitStrategy waiting, Access access) {
    /** A channel of one sender of the current user, of 1 MiB, for messages up to 64 KiB. */
    public static final ChannelOptions DEFAULT =
            new ChannelOptions(1 << 20, 1 << 16, 1, WaitStrategy.BLOCK, Access.OWNER);

    private static final int LEAST_CAPACITY = 4096;
    private static final int MOST_CAPACITY = 1 << 30;
    private static final int MOST_SENDERS = 64;

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if a number is out of its range
     * @throws NullPointerException if {@code waiting} or {@code access} is null
     */
    public ChannelOptions {
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
        if (senders < 1 || senders > MOST_SENDERS) {
            throw new IllegalArgumentException(
                    "a channel has 1 to " + MOST_SENDERS + " senders, not " + senders);
        }
        Objects.requireNonNull(waiting, "waiting");
        Objects.requireNonNull(access, "access");
    }

    /**
     * Returns these options with another capacity, and messages of at most a sixteenth of it.
     *
     * @param capacity how many bytes each sender can be ahead
     * @return the options
     * @throws IllegalArgumentException if it is no power of two from 4096 to 2<sup>30</sup>
     */
    public ChannelOptions withCapacity(int capacity) {
        return new ChannelOptions(capacity, Math.max(1, capacity / 16), senders, waiting, access);
    }

    /**
     * Returns these options with another limit of a message.
     *
     * @param maxMessageSize how many bytes a message has at most
     * @return the options
     * @throws IllegalArgumentException if it is not within 1 and a quarter of the capacity
     */
    public ChannelOptions withMaxMessageSize(int maxMessageSize) {
        return new ChannelOptions(capacity, maxMessageSize, senders, waiting, access);
    }

    /**
     * Returns these options with another number of senders.
     *
     * @param senders how many there can be at a time
     * @return the options
     * @throws IllegalArgumentException if it is not within 1 and 64
     */
    public ChannelOptions withSenders(int senders) {
        return new ChannelOptions(capacity, maxMessageSize, senders, waiting, access);
    }

    /**
     * Returns these options with another way to wait.
     *
     * @param waiting how those wait who have to
     * @return the options
     */
    public ChannelOptions withWaiting(WaitStrategy waiting) {
        return new ChannelOptions(capacity, maxMessageSize, senders, waiting, access);
    }

    /**
     * Returns these options with another access.
     *
     * @param access who the channel is for
     * @return the options
     */
    public ChannelOptions withAccess(Access access) {
        return new ChannelOptions(capacity, maxMessageSize, senders, waiting, access);
    }
}
