// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.channel;

import java.lang.foreign.MemorySegment;

/**
 * Where one ring is. In a {@link Special} class this is a constant for the compiler, with all that
 * it has.
 *
 * @param memory the memory that it is in
 * @param tailAt where the tail is
 * @param headAt where the head is
 * @param start where the records begin
 * @param capacity how many bytes of records there are, a power of two
 * @param maxMessageSize how many bytes a message has at most
 * @param prefix how many bytes a record has before its message, a power of two; positions are
 *     multiples of it
 */
record Ring(
        MemorySegment memory,
        long tailAt,
        long headAt,
        long start,
        int capacity,
        int maxMessageSize,
        int prefix) {
    /**
     * Returns where a position is, from the start on. It is masked to be a multiple of the prefix,
     * which it is anyway, since then the compiler knows that a prefix fits in behind it.
     */
    int index(long position) {
        return (int) position & capacity - prefix;
    }

    /** Returns how far the end of this lap of the ring is from a position. */
    int toEnd(long position) {
        return capacity - index(position);
    }

    /** Returns how many bytes a message takes, of a length that is allowed. */
    int size(int length) {
        return length + (2 * prefix - 1) & -prefix;
    }

    /** Tells whether a position can be one. */
    boolean isPosition(long position) {
        return position >= 0 && (position & prefix - 1) == 0;
    }
}
