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

    /** Tells whether a header is that of a message, of a length that is allowed. */
    static boolean isMessage(long header, int maxMessageSize) {
        return LITTLE
                ? Long.compareUnsigned(header, maxMessageSize) <= 0 // its kind is 0
                : kind(header) == MESSAGE
                        && Integer.compareUnsigned(length(header), maxMessageSize) <= 0;
    }

    /** Returns the length that a header tells. */
    static int length(long header) {
        return (int) (LITTLE ? header : header >>> Integer.SIZE);
    }

    /** Returns the kind that a header tells. */
    private static int kind(long header) {
        return (int) (LITTLE ? header >>> Integer.SIZE : header);
    }

    /** Returns what a header says, for people. */
    static String text(long header) {
        return "a record of kind " + kind(header) + " with " + length(header) + " bytes";
    }

    /**
     * Returns how many bytes of a ring a record takes that somebody else has written. A gap is
     * shorter than the longest message, for which there would have been room else; so there is a
     * message in every lap of the ring.
     *
     * @param header how it begins
     * @param ring the ring
     * @param sent how many bytes were sent from there on
     * @param toEnd how far the end of the ring is
     * @return the number of bytes; {@link #IMPOSSIBLE} if there can be no such record there
     */
    static int size(long header, Ring ring, long sent, int toEnd) {
        if (!isMessage(header, ring.maxMessageSize())) {
            return isGap(header, ring, toEnd) && toEnd <= sent ? toEnd : IMPOSSIBLE;
        }
        int size = ring.size(length(header));
        return size <= sent && size <= toEnd ? size : IMPOSSIBLE;
    }

    private static boolean isGap(long header, Ring ring, int toEnd) {
        int length = length(header);
        return kind(header) == GAP
                && length >= 0
                && length <= ring.maxMessageSize()
                && ring.size(length) == toEnd;
    }
}
