// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.bench.compare;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The bytes of a message: its number again and again, written and read in place. A large one is
 * copied from and to a block of the process's own, and has its number at both ends.
 *
 * <p>The classes of the others' buffers have the same loops, and like the C compiler's they can be
 * made vector instructions of, if a message is not so short that they are unrolled.
 */
final class Content {
    /** From how many bytes on a message is large. */
    static final int BULK = 2048;

    private final int length;
    private final MemorySegment block;

    Content(int length) {
        this.length = length;
        this.block = Arena.global().allocate(length, Long.BYTES);
    }

    void write(MemorySegment memory, long offset, long number) {
        switch (length) {
            case 8 -> writeLongs(memory, offset, 8, number);
            case 64 -> writeLongs(memory, offset, 64, number);
            default -> {
                if (length < BULK) {
                    writeLongs(memory, offset, length, number);
                } else {
                    MemorySegment.copy(block, 0, memory, offset, length);
                    memory.set(JAVA_LONG_UNALIGNED, offset, number);
                    memory.set(JAVA_LONG_UNALIGNED, offset + length - Long.BYTES, number);
                }
            }
        }
    }

    private static void writeLongs(MemorySegment memory, long offset, int length, long number) {
        for (int at = 0; at < length; at += Long.BYTES) {
            memory.set(JAVA_LONG_UNALIGNED, offset + at, number);
        }
    }

    /** Returns the number of a message. */
    long read(MemorySegment memory, long offset, int size) {
        if (size != length) {
            throw new IllegalStateException("a message has " + size + " bytes");
        }
        return switch (length) {
            case 8 -> readLongs(memory, offset, 8);
            case 64 -> readLongs(memory, offset, 64);
            default -> {
                if (length < BULK) {
                    yield readLongs(memory, offset, length);
                }
                MemorySegment.copy(memory, offset, block, 0, length);
                long number = block.get(JAVA_LONG_UNALIGNED, 0);
                yield same(number, number ^ block.get(JAVA_LONG_UNALIGNED, length - Long.BYTES));
            }
        };
    }

    private static long readLongs(MemorySegment memory, long offset, int length) {
        long number = memory.get(JAVA_LONG_UNALIGNED, offset);
        long different = 0;
        for (int at = Long.BYTES; at < length; at += Long.BYTES) {
            different |= memory.get(JAVA_LONG_UNALIGNED, offset + at) ^ number;
        }
        return same(number, different);
    }

    static long same(long number, long different) {
        if (different != 0) {
            throw new IllegalStateException("message " + number + " is torn");
        }
        return number;
    }
}
