// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.bench.compare;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** {@link Content} in byte buffers of the process's own. */
final class BufferContent {
    private final int length;

    BufferContent(int length) {
        this.length = length;
    }

    /** Makes a buffer for some messages. */
    ByteBuffer buffer(int messages) {
        return ByteBuffer.allocateDirect(messages * length).order(ByteOrder.nativeOrder());
    }

    /** Makes the only message of a buffer, and the buffer ready to be read. */
    ByteBuffer fill(ByteBuffer message, long number) {
        switch (length) {
            case 8 -> putLongs(message, 8, number);
            case 64 -> putLongs(message, 64, number);
            default -> {
                if (length < Content.BULK) {
                    putLongs(message, length, number);
                } else {
                    message.putLong(0, number);
                    message.putLong(length - Long.BYTES, number);
                }
            }
        }
        return message.clear();
    }

    private static void putLongs(ByteBuffer message, int length, long number) {
        for (int at = 0; at < length; at += Long.BYTES) {
            message.putLong(at, number);
        }
    }

    /** Returns the number of a message that is somewhere in a buffer. */
    long read(ByteBuffer buffer, int offset, int size) {
        if (size != length) {
            throw new IllegalStateException("a message has " + size + " bytes");
        }
        return switch (length) {
            case 8 -> getLongs(buffer, offset, 8);
            case 64 -> getLongs(buffer, offset, 64);
            default -> {
                if (length < Content.BULK) {
                    yield getLongs(buffer, offset, length);
                }
                long number = buffer.getLong(offset);
                yield Content.same(number, number ^ buffer.getLong(offset + length - Long.BYTES));
            }
        };
    }

    private static long getLongs(ByteBuffer buffer, int offset, int length) {
        long number = buffer.getLong(offset);
        long different = 0;
        for (int at = Long.BYTES; at < length; at += Long.BYTES) {
            different |= buffer.getLong(offset + at) ^ number;
        }
        return Content.same(number, different);
    }
}
