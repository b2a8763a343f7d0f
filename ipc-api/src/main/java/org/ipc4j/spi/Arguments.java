// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.spi;

import org.ipc4j.IpcName;

/** Refuses misuse, with the same sentences in every provider. */
public final class Arguments {
    private Arguments() {}

    /**
     * Refuses to use a closed object.
     *
     * @param open whether it is open
     * @param name its name
     * @throws IllegalStateException if it is closed
     */
    public static void requireOpen(boolean open, IpcName name) {
        if (!open) {
            throw closed(name);
        }
    }

    /**
     * Makes the exception for the use of a closed object.
     *
     * @param name its name
     * @return the exception
     */
    public static IllegalStateException closed(IpcName name) {
        return new IllegalStateException(name + " is closed; open it again to go on");
    }

    /**
     * Refuses to create a mapped file without content.
     *
     * @param byteSize its size in bytes
     * @throws IllegalArgumentException if {@code byteSize} is less than 1
     */
    public static void requireSize(long byteSize) {
        if (byteSize < 1) {
            throw new IllegalArgumentException(
                    "a mapped file is created with a size of at least 1 byte, not " + byteSize);
        }
    }

    /**
     * Makes the exception for what a provider cannot do.
     *
     * @param provider the provider
     * @param capability what it lacks
     * @return the exception
     */
    public static UnsupportedOperationException lacks(
            MechanismProvider provider, Capability capability) {
        return new UnsupportedOperationException(
                "the provider "
                        + provider.name()
                        + " does not have Capability."
                        + capability
                        + "; see what Ipc.report() shows of the others");
    }

    /**
     * Refuses a priority that a queue does not have.
     *
     * @param priority the priority
     * @param maxPriority the queue's highest priority
     * @throws IllegalArgumentException if {@code priority} is not within 0 and {@code maxPriority}
     */
    public static void requirePriority(int priority, int maxPriority) {
        if (priority < 0 || priority > maxPriority) {
            throw new IllegalArgumentException(
                    "this queue has the priorities 0 to "
                            + maxPriority
                            + ", there is no "
                            + priority);
        }
    }

    /**
     * Refuses a message that is too long for a queue.
     *
     * @param size the message's size in bytes
     * @param maxMessageSize the queue's limit in bytes
     * @throws IllegalArgumentException if {@code size} is over the limit
     */
    public static void requireMessageSize(long size, int maxMessageSize) {
        if (size > maxMessageSize) {
            throw new IllegalArgumentException(
                    "this queue's messages have at most "
                            + maxMessageSize
                            + " bytes, this one has "
                            + size
                            + "; split it, or create the queue with a larger maxMessageSize");
        }
    }

    /**
     * Refuses a target that could not hold every message of a queue.
     *
     * @param room the target's room in bytes
     * @param maxMessageSize the queue's limit in bytes
     * @throws IllegalArgumentException if {@code room} is less than the limit
     */
    public static void requireRoom(long room, int maxMessageSize) {
        if (room < maxMessageSize) {
            throw new IllegalArgumentException(
                    "the next message may have "
                            + maxMessageSize
                            + " bytes, but the target has room for "
                            + room
                            + "; nothing was received");
        }
    }
}
