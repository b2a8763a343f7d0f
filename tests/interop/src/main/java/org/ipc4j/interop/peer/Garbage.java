// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop.peer;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;

/**
 * Writes garbage into the memory of a channel: anywhere, but more often where it hurts.
 *
 * @param memory the memory
 * @param words what is where in it
 * @param random what to write, and where
 */
record Garbage(MemorySegment memory, ChannelWords words, SplittableRandom random) {
    private static final long[] POSITIONS = {
        ChannelWords.TAIL, ChannelWords.HEAD, ChannelWords.HANDLED
    };

    /** A header, as far as it has words. */
    private static final int HEADER_INTS = 96;

    private static final int RING_INTS = 160;

    /** Puts all positions of each ring to the same place. */
    void moveRings() {
        for (int ring = 0; ring < words.senders(); ring++) {
            long position = 8L * random.nextInt(words.capacity());
            for (long at : POSITIONS) {
                memory.set(JAVA_LONG, words.words(ring) + at, position);
            }
        }
    }

    /** Changes one word. */
    void mutate() {
        long at = place();
        boolean wide = at % 8 == 0 && random.nextBoolean();
        long before = wide ? memory.get(JAVA_LONG, at) : memory.get(JAVA_INT, at);
        long garbage =
                switch (random.nextInt(6)) {
                    case 0 -> random.nextLong();
                    case 1 -> before ^ 1L << random.nextInt(64);
                    case 2 -> before + random.nextInt(-64, 65);
                    case 3 -> before + 8L * random.nextInt(-words.capacity(), words.capacity());
                    case 4 -> random.nextLong() >> random.nextInt(64);
                    default -> random.nextBoolean() ? Long.MAX_VALUE : Long.MIN_VALUE;
                };
        if (wide) {
            memory.set(JAVA_LONG, at, garbage);
        } else {
            memory.set(JAVA_INT, at, (int) garbage);
        }
        if (memory.get(JAVA_INT, ChannelWords.VERSION) == 0) {
            memory.set(JAVA_INT, ChannelWords.VERSION, 2); // else an opener waits for the creator
        }
    }

    private long place() {
        int ring = random.nextInt(words.senders());
        long its = words.words(ring);
        return switch (random.nextInt(8)) {
            case 0, 1 -> its + POSITIONS[random.nextInt(POSITIONS.length)];
            case 2 -> random.nextInt(HEADER_INTS) * 4L;
            case 3 -> its + random.nextInt(RING_INTS) * 4L;
            case 4 -> random.nextLong(words.byteSize() / 4) * 4;
            default -> {
                long position = memory.get(JAVA_LONG, its + ChannelWords.HANDLED);
                yield words.ring(ring)
                        + (position + random.nextInt(17) * 4L & words.capacity() - 4);
            }
        };
    }

    /** Changes a position or a word of a ring, as fast as it gets. */
    void splash() {
        int ring = random.nextInt(words.senders());
        long at =
                random.nextBoolean()
                        ? words.words(ring) + POSITIONS[random.nextInt(POSITIONS.length)]
                        : words.ring(ring) + random.nextInt(words.capacity() / 8) * 8L;
        memory.set(JAVA_LONG, at, random.nextLong() >> random.nextInt(64));
    }
}
