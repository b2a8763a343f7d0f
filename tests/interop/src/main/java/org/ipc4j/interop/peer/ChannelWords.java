// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop.peer;

/**
 * Where things are in the memory of a channel: the numbers of {@code native/peer/channel.h}, for
 * those who look at that memory without asking our code.
 *
 * @param senders how many rings there are
 * @param capacity how many bytes a ring has
 */
public record ChannelWords(int senders, int capacity) {
    /** The version of the layout. */
    public static final long VERSION = 8;

    /** Which ways to wait there are; of {@link org.ipc4j.channel.WaitStrategy}. */
    public static final long WAITING = 44;

    /** Who is the receiver. */
    public static final long RECEIVER = 128;

    /** How many rings have ever had a sender. */
    public static final long RINGS_IN_USE = 256;

    /** Where the receiver sleeps. */
    public static final long MESSAGES = 384;

    /** Of a ring's words: up to where messages are sent. */
    public static final long TAIL = 128;

    /** Of a ring's words: up to where the room may be used again. */
    public static final long HEAD = 256;

    /** Of a ring's words: up to where messages are handled. */
    public static final long HANDLED = 384;

    /** Of a ring's words: where the sender sleeps. */
    public static final long ROOM = 512;

    private static final long WORDS = 8704;
    private static final long WORDS_OF_RING = 640;
    private static final long PAGE = 4096;

    /**
     * Returns where the words of a ring are.
     *
     * @param ring which ring
     * @return the offset
     */
    public long words(int ring) {
        return WORDS + ring * WORDS_OF_RING;
    }

    /**
     * Returns where a ring is.
     *
     * @param ring which ring
     * @return the offset
     */
    public long ring(int ring) {
        return (words(senders) + PAGE - 1 & -PAGE) + (long) ring * capacity;
    }

    /**
     * Returns how many bytes the memory has.
     *
     * @return the number of bytes
     */
    public long byteSize() {
        return ring(senders);
    }
}
