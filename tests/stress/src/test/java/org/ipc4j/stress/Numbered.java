// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.stress;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;

/** Messages of one digit: every word of them is that digit. */
final class Numbered {
    private Numbered() {}

    static void write(MemorySegment memory, long offset, int length, int digit) {
        for (int at = 0; at < length; at += Long.BYTES) {
            memory.set(JAVA_LONG_UNALIGNED, offset + at, digit);
        }
    }

    /** Returns the digit, or a question mark if there are several: the message is torn. */
    static char read(MemorySegment memory, long offset, int length) {
        long digit = memory.get(JAVA_LONG_UNALIGNED, offset);
        for (int at = 0; at < length; at += Long.BYTES) {
            if (memory.get(JAVA_LONG_UNALIGNED, offset + at) != digit) {
                return '?';
            }
        }
        return digit >= 0 && digit < 10 ? (char) ('0' + digit) : '!';
    }
}
