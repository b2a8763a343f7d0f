// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop.peer;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.OptionalLong;
import java.util.zip.CRC32;

/**
 * What is sent through the mechanisms: bytes and messages that a number stands for. The same as in
 * {@code peer.h}.
 */
public final class Content {
    /** A number, and a checksum. */
    private static final int FRAME = Long.BYTES + Integer.BYTES;

    /** So many different priorities do the numbered messages have. */
    private static final int PRIORITIES = 4;

    private Content() {}

    /**
     * Returns one byte of a content.
     *
     * @param seed which content
     * @param index which byte
     * @return the byte
     */
    public static byte pattern(long seed, long index) {
        return (byte) (seed + index * 31 + (index >>> 8));
    }

    /**
     * Returns a part of a content.
     *
     * @param seed which content
     * @param start the first byte
     * @param size how many bytes
     * @return the bytes
     */
    public static byte[] pattern(long seed, long start, int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = pattern(seed, start + i);
        }
        return bytes;
    }

    /**
     * Fills memory.
     *
     * @param memory the memory
     * @param seed which content
     */
    public static void fill(MemorySegment memory, long seed) {
        for (long i = 0; i < memory.byteSize(); i++) {
            memory.set(ValueLayout.JAVA_BYTE, i, pattern(seed, i));
        }
    }

    /**
     * Compares memory.
     *
     * @param memory the memory
     * @param seed which content is expected
     * @return the first offset that differs, or -1
     */
    public static long mismatch(MemorySegment memory, long seed) {
        for (long i = 0; i < memory.byteSize(); i++) {
            if (memory.get(ValueLayout.JAVA_BYTE, i) != pattern(seed, i)) {
                return i;
            }
        }
        return -1;
    }

    /**
     * Returns a checksum in hexadecimal.
     *
     * @param bytes the bytes
     * @return eight digits
     */
    public static String digest(byte[] bytes) {
        return HexFormat.of().toHexDigits(crc(bytes, bytes.length));
    }

    /**
     * Returns the message that a number stands for.
     *
     * @param sequence the number
     * @param max the queue's limit, at least 12
     * @return its number, the content that it stands for, a checksum; 12 to {@code max} bytes
     */
    public static byte[] message(long sequence, int max) {
        int length = length(sequence, max);
        ByteBuffer message = ByteBuffer.wrap(pattern(sequence, 0, length));
        message.putLong(0, sequence);
        message.putInt(length - Integer.BYTES, crc(message.array(), length - Integer.BYTES));
        return message.array();
    }

    /**
     * Returns the priority that a numbered message has.
     *
     * @param sequence the message's number
     * @return the priority
     */
    public static int priority(long sequence) {
        return (int) Long.remainderUnsigned(sequence, PRIORITIES);
    }

    /**
     * Checks a message of a queue.
     *
     * @param payload the message, from position to limit
     * @param priority the priority that it came with
     * @param max the queue's limit
     * @return its number, or empty if it is torn
     */
    public static OptionalLong sequence(ByteBuffer payload, int priority, int max) {
        OptionalLong sequence = sequence(payload, max);
        return sequence.isPresent() && priority == priority(sequence.getAsLong())
                ? sequence
                : OptionalLong.empty();
    }

    /**
     * Checks a message.
     *
     * @param payload the message, from position to limit
     * @param max the limit of whatever it came through
     * @return its number, or empty if it is torn
     */
    public static OptionalLong sequence(ByteBuffer payload, int max) {
        byte[] message = new byte[payload.remaining()];
        payload.get(payload.position(), message);
        if (message.length < FRAME) {
            return OptionalLong.empty();
        }
        ByteBuffer buffer = ByteBuffer.wrap(message);
        long sequence = buffer.getLong(0);
        boolean whole =
                message.length == length(sequence, max)
                        && buffer.getInt(message.length - Integer.BYTES)
                                == crc(message, message.length - Integer.BYTES);
        return whole ? OptionalLong.of(sequence) : OptionalLong.empty();
    }

    private static int length(long sequence, int max) {
        return FRAME + (int) Long.remainderUnsigned(sequence * 7919, max - FRAME + 1);
    }

    private static int crc(byte[] bytes, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
