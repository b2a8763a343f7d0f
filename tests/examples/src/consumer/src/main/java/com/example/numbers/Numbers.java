// SPDX-License-Identifier: Apache-2.0

package com.example.numbers;

import org.agrona.concurrent.UnsafeBuffer;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The numbers in a channel's memory. */
interface Numbers {
    /** Returns the number at an offset. */
    long get(long offset);

    /** Writes a number to an offset. */
    void put(long offset, long number);

    /**
     * Looks at memory.
     *
     * @param how as a {@code segment} of the JDK; or as a {@code buffer} of Agrona, which does not
     *     know when the memory is gone: it must not be used after the channel's end is closed
     */
    static Numbers of(String how, MemorySegment memory) {
        return switch (how) {
            case "segment" -> new InSegment(memory);
            case "buffer" ->
                    new InBuffer(
                            new UnsafeBuffer(memory.address(), Math.toIntExact(memory.byteSize())));
            default -> throw new IllegalArgumentException(how);
        };
    }

    /** Through the JDK. */
    record InSegment(MemorySegment memory) implements Numbers {
        @Override
        public long get(long offset) {
            return memory.get(ValueLayout.JAVA_LONG_UNALIGNED, offset);
        }

        @Override
        public void put(long offset, long number) {
            memory.set(ValueLayout.JAVA_LONG_UNALIGNED, offset, number);
        }
    }

    /** Through Agrona. */
    record InBuffer(UnsafeBuffer memory) implements Numbers {
        @Override
        public long get(long offset) {
            return memory.getLong((int) offset);
        }

        @Override
        public void put(long offset, long number) {
            memory.putLong((int) offset, number);
        }
    }
}
