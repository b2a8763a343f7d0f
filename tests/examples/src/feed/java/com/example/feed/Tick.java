// SPDX-License-Identifier: Apache-2.0

package com.example.feed;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;

/**
 * One trade of one instrument, as it lies in a channel. Nothing is made of it: its fields are
 * written and read where they are.
 *
 * <pre>
 *    0  long  number       1 and more, without a gap
 *    8  long  price        in ten-thousandths
 *   16  int   quantity
 *   20  int   instrument   0 and more
 * </pre>
 */
public final class Tick {
    /** How many bytes it has. */
    public static final int BYTES = 24;

    private static final long NUMBER = 0;
    private static final long PRICE = 8;
    private static final long QUANTITY = 16;
    private static final long INSTRUMENT = 20;

    private Tick() {}

    /** Writes all of it. */
    public static void write(
            MemorySegment memory,
            long offset,
            long number,
            long price,
            int quantity,
            int instrument) {
        memory.set(JAVA_LONG_UNALIGNED, offset + NUMBER, number);
        memory.set(JAVA_LONG_UNALIGNED, offset + PRICE, price);
        memory.set(JAVA_INT_UNALIGNED, offset + QUANTITY, quantity);
        memory.set(JAVA_INT_UNALIGNED, offset + INSTRUMENT, instrument);
    }

    /** Reads which tick it is. */
    public static long number(MemorySegment memory, long offset) {
        return memory.get(JAVA_LONG_UNALIGNED, offset + NUMBER);
    }

    /** Reads the price. */
    public static long price(MemorySegment memory, long offset) {
        return memory.get(JAVA_LONG_UNALIGNED, offset + PRICE);
    }

    /** Reads the quantity. */
    public static int quantity(MemorySegment memory, long offset) {
        return memory.get(JAVA_INT_UNALIGNED, offset + QUANTITY);
    }

    /** Reads which instrument it is of. */
    public static int instrument(MemorySegment memory, long offset) {
        return memory.get(JAVA_INT_UNALIGNED, offset + INSTRUMENT);
    }
}
