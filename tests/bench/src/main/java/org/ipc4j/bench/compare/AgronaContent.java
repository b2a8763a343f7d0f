// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.bench.compare;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteBuffer;

/** {@link Content} in the buffers of Agrona. */
final class AgronaContent {
    private final int length;
    private final UnsafeBuffer block;

    AgronaContent(int length) {
        this.length = length;
        this.block = new UnsafeBuffer(ByteBuffer.allocateDirect(length));
    }

    void write(MutableDirectBuffer buffer, int offset, long number) {
        switch (length) {
            case 8 -> writeLongs(buffer, offset, 8, number);
            case 64 -> writeLongs(buffer, offset, 64, number);
            default -> {
                if (length < Content.BULK) {
                    writeLongs(buffer, offset, length, number);
                } else {
                    buffer.putBytes(offset, block, 0, length);
                    buffer.putLong(offset, number);
                    buffer.putLong(offset + length - Long.BYTES, number);
                }
            }
        }
    }

    private static void writeLongs(
            MutableDirectBuffer buffer, int offset, int length, long number) {
        for (int at = 0; at < length; at += Long.BYTES) {
            buffer.putLong(offset + at, number);
        }
    }

    /** Returns the number of a message. */
    long read(DirectBuffer buffer, int offset, int size) {
        if (size != length) {
            throw new IllegalStateException("a message has " + size + " bytes");
        }
        return switch (length) {
            case 8 -> readLongs(buffer, offset, 8);
            case 64 -> readLongs(buffer, offset, 64);
            default -> {
                if (length < Content.BULK) {
                    yield readLongs(buffer, offset, length);
                }
                buffer.getBytes(offset, block, 0, length);
                long number = block.getLong(0);
                yield Content.same(number, number ^ block.getLong(length - Long.BYTES));
            }
        };
    }

    private static long readLongs(DirectBuffer buffer, int offset, int length) {
        long number = buffer.getLong(offset);
        long different = 0;
        for (int at = Long.BYTES; at < length; at += Long.BYTES) {
            different |= buffer.getLong(offset + at) ^ number;
        }
        return Content.same(number, different);
    }

    /** A message that is still to be copied. */
    UnsafeBuffer message(long number) {
        if (length < Content.BULK) {
            writeLongs(block, 0, length, number);
        } else {
            block.putLong(0, number);
            block.putLong(length - Long.BYTES, number);
        }
        return block;
    }
}
