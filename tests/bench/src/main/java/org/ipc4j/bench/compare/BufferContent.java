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
        if (length < Content.BULK) {
            for (int i = 0; i < length; i += Long.BYTES) {
                message.putLong(i, number);
            }
        } else {
            message.putLong(0, number);
            message.putLong(length - Long.BYTES, number);
        }
        return message.clear();
    }

    /** Returns the number of a message that is somewhere in a buffer. */
    long read(ByteBuffer buffer, int offset, int size) {
        if (size != length) {
            throw new IllegalStateException("a message has " + size + " bytes");
        }
        long number = buffer.getLong(offset);
        long different = number ^ buffer.getLong(offset + length - Long.BYTES);
        if (length < Content.BULK) {
            for (int i = Long.BYTES; i < length; i += Long.BYTES) {
                different |= buffer.getLong(offset + i) ^ number;
            }
        }
        return Content.same(number, different);
    }
}
