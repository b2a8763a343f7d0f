// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.channel;

import java.lang.foreign.MemorySegment;

/**
 * Where one ring of a channel is. In a {@link Special} class this is a constant for the compiler,
 * with all that it has.
 *
 * @param memory the channel's memory
 * @param tailAt where the tail is
 * @param headAt where the head is
 * @param start where the records begin
 * @param capacity how many bytes of records there are, a power of two
 * @param maxMessageSize how many bytes a message has at most
 */
record Ring(
        MemorySegment memory,
        long tailAt,
        long headAt,
        long start,
        int capacity,
        int maxMessageSize) {
    static Ring of(MemorySegment memory, ChannelLayout layout, int index) {
        return new Ring(
                memory,
                layout.words(index) + ChannelLayout.TAIL,
                layout.words(index) + ChannelLayout.HEAD,
                layout.ring(index),
                layout.capacity(),
                layout.options().maxMessageSize());
    }

    /**
     * Returns where a position is, from the start on. It is masked to be a multiple of 8, which it
     * is anyway, since then the compiler knows that a prefix fits in behind it.
     */
    int index(long position) {
        return (int) position & capacity - ChannelLayout.PREFIX;
    }
}
