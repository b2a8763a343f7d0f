// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop.peer;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;

/**
 * Writes garbage into the memory of a channel or a topic: anywhere, but more often where it hurts.
 *
 * @param memory the memory
 * @param fuzzed what is where in it
 * @param random what to write, and where
 */
record Garbage(MemorySegment memory, Fuzzed fuzzed, SplittableRandom random) {
    /** Where the version of the layout is. */
    private static final long VERSION = 8;

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
                    case 3 -> before + 8L * random.nextInt(-Fuzzed.CAPACITY, Fuzzed.CAPACITY);
                    case 4 -> random.nextLong() >> random.nextInt(64);
                    default -> random.nextBoolean() ? Long.MAX_VALUE : Long.MIN_VALUE;
                };
        if (wide) {
            memory.set(JAVA_LONG, at, garbage);
        } else {
            memory.set(JAVA_INT, at, (int) garbage);
        }
        if (memory.get(JAVA_INT, VERSION) == 0) {
            memory.set(JAVA_INT, VERSION, 2); // else an opener waits for the creator
        }
    }

    private long place() {
        Fuzzed.Part part = fuzzed.part(random);
        return switch (random.nextInt(8)) {
            case 0, 1 -> position(part);
            case 2 -> random.nextInt(fuzzed.headerInts()) * 4L;
            case 3 -> part.words() + random.nextInt(part.ints()) * 4L;
            case 4 -> random.nextLong(fuzzed.byteSize() / 4) * 4;
            default -> {
                long position = memory.get(JAVA_LONG, part.next());
                yield part.ring() + (position + random.nextInt(17) * 4L & Fuzzed.CAPACITY - 4);
            }
        };
    }

    private long position(Fuzzed.Part part) {
        return part.positions()[random.nextInt(part.positions().length)];
    }

    /** Changes a position or a word of a ring, as fast as it gets. */
    void splash() {
        Fuzzed.Part part = fuzzed.part(random);
        long at =
                random.nextBoolean()
                        ? position(part)
                        : part.ring() + random.nextInt(Fuzzed.CAPACITY / 8) * 8L;
        memory.set(JAVA_LONG, at, random.nextLong() >> random.nextInt(64));
    }
}
