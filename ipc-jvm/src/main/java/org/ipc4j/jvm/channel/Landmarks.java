// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.channel;

import static org.ipc4j.jvm.channel.RecordFormat.IMPOSSIBLE;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * Where messages begin in a topic's ring: one position for each eighth of it. A ring can be entered
 * only where a message begins.
 *
 * <p>Only the publisher writes them. It does so before it publishes the message, so one that is not
 * before the tail does not count.
 */
final class Landmarks {
    static final long NONE = -1;

    private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();

    private final Ring ring;
    private final int shift;

    /** The eighth, counted from position 0 on, that has its landmark; known to the publisher. */
    private long noted = NONE;

    Landmarks(Ring ring) {
        this.ring = ring;
        this.shift = Integer.numberOfTrailingZeros(ring.capacity() / TopicLayout.EIGHTHS);
    }

    private static long at(long eighth) {
        return TopicLayout.LANDMARKS + (eighth & TopicLayout.EIGHTHS - 1) * Long.BYTES;
    }

    /** Returns the landmark of an eighth, {@link #NONE} if it has none any more or yet. */
    private long of(long eighth) {
        long landmark = (long) LONG.getAcquire(ring.memory(), at(eighth));
        return landmark >>> shift == eighth && ring.isPosition(landmark) ? landmark : NONE;
    }

    /** Tells whether a message is the first of its eighth. */
    boolean isNew(long position) {
        return position >>> shift != noted;
    }

    /** Takes note of a message that is the first of its eighth. */
    void note(long position) {
        noted = position >>> shift;
        LONG.setRelease(ring.memory(), at(noted), position);
    }

    /** Begins at a tail, and forgets what the last publisher has noted and not published. */
    void beginAt(long tail) {
        for (int i = 0; i < TopicLayout.EIGHTHS; i++) {
            if ((long) LONG.getAcquire(ring.memory(), at(i)) >= tail) {
                LONG.setRelease(ring.memory(), at(i), NONE);
            }
        }
        long eighth = tail >>> shift;
        noted = of(eighth) == NONE ? NONE : eighth;
    }

    /** Returns the first landmark from a position on that is before the tail. */
    long first(long from, long tail) {
        for (long eighth = from >>> shift; eighth <= tail - 1 >>> shift; eighth++) {
            long landmark = of(eighth);
            if (landmark >= from && landmark < tail) {
                return landmark;
            }
        }
        return NONE;
    }

    /** Returns the last landmark up to a position that is before the tail. */
    long last(long to, long tail) {
        long limit = Math.min(to, tail - 1);
        if (limit >= 0) {
            long newest = limit >>> shift;
            for (long eighth = newest;
                    eighth >= Math.max(0, newest - TopicLayout.EIGHTHS);
                    eighth--) {
                long landmark = of(eighth);
                if (landmark != NONE && landmark <= limit) {
                    return landmark;
                }
            }
        }
        return NONE;
    }

    /**
     * Returns the sequence of the message that comes at a tail, by counting from the last landmark
     * before it on.
     *
     * @return the sequence; {@link #NONE} if the messages there have been written over, or the
     *     memory is damaged
     */
    long sequenceAt(long tail) {
        if (tail == 0) {
            return 0;
        }
        MemorySegment memory = ring.memory();
        long landmark = last(tail, tail);
        if (landmark == NONE || tail - landmark > ring.capacity()) {
            return NONE;
        }
        long sequence = NONE;
        long position = landmark;
        while (position < tail) {
            int index = ring.index(position);
            long at = ring.start() + index;
            long header = memory.get(JAVA_LONG_UNALIGNED, at);
            int size = RecordFormat.size(header, ring, tail - position, ring.capacity() - index);
            if (size == IMPOSSIBLE) {
                return NONE;
            }
            if (RecordFormat.isMessage(header, ring.maxMessageSize())) {
                sequence = memory.get(JAVA_LONG_UNALIGNED, at + TopicLayout.SEQUENCE);
            }
            position += size;
        }
        VarHandle.loadLoadFence();
        boolean whole = (long) LONG.getAcquire(memory, ring.headAt()) <= landmark;
        return whole && sequence >= 0 ? sequence + 1 : NONE;
    }
}
