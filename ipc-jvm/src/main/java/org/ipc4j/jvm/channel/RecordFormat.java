// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.channel;

import java.nio.ByteOrder;

/**
 * How a message, or a gap up to the end of a ring, begins: with its length, and what it is. What
 * follows that is the ring's affair; see {@link ChannelLayout} and {@link TopicLayout}.
 */
final class RecordFormat {
    static final int MESSAGE = 0;
    static final int GAP = 1;
    static final int IMPOSSIBLE = -1;

    private static final boolean LITTLE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

    private RecordFormat() {}

    /** Returns the length, an {@code int}, and the kind, the {@code int} after it, as one store. */
    static long header(int length, int kind) {
        return LITTLE ? (long) kind << 32 | length : (long) length << 32 | kind;
    }

    /**
     * Returns how many bytes of a ring a record takes that somebody else has written. A gap is
     * shorter than the longest message, for which there would have been room else; so there is a
     * message in every lap of the ring.
     *
     * @param length its length
     * @param kind its kind
     * @param prefix how many bytes there are before a message
     * @param maxMessageSize how many bytes a message has at most
     * @param sent how many bytes were sent from there on
     * @param toEnd how far the end of the ring is
     * @return the number of bytes; {@link #IMPOSSIBLE} if there can be no such record there
     */
    static long size(int length, int kind, int prefix, int maxMessageSize, long sent, long toEnd) {
        long size = (long) length + (2 * prefix - 1) & -prefix;
        return length < 0
                        || length > maxMessageSize
                        || size > sent
                        || size > toEnd
                        || kind != MESSAGE && (kind != GAP || size != toEnd)
                ? IMPOSSIBLE
                : size;
    }
}
