// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.queue;

import org.ipc4j.Access;

import java.util.Objects;

/**
 * What a {@link MessageQueue} shall be like.
 *
 * @param capacity how many messages it holds, at least 1
 * @param maxMessageSize how many bytes a message has at most, at least 1
 * @param access who it is for
 */
public record MessageQueueOptions(int capacity, int maxMessageSize, Access access) {
    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if {@code capacity} or {@code maxMessageSize} is less than 1
     * @throws NullPointerException if {@code access} is null
     */
    public MessageQueueOptions {
        if (capacity < 1) {
            throw new IllegalArgumentException("a queue holds at least 1 message, not " + capacity);
        }
        if (maxMessageSize < 1) {
            throw new IllegalArgumentException(
                    "a queue's messages have at least 1 byte, not " + maxMessageSize);
        }
        Objects.requireNonNull(access, "access");
    }

    /**
     * Returns options for a queue of the current user.
     *
     * @param capacity how many messages it holds, at least 1
     * @param maxMessageSize how many bytes a message has at most, at least 1
     * @return the options
     * @throws IllegalArgumentException if {@code capacity} or {@code maxMessageSize} is less than 1
     */
    public static MessageQueueOptions of(int capacity, int maxMessageSize) {
        return new MessageQueueOptions(capacity, maxMessageSize, Access.OWNER);
    }

    /**
     * Returns these options with another access.
     *
     * @param access who the queue is for
     * @return the options
     */
    public MessageQueueOptions withAccess(Access access) {
        return new MessageQueueOptions(capacity, maxMessageSize, access);
    }
}
