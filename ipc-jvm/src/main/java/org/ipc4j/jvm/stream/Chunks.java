// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/**
 * Moves bytes through channels that do not block, in parts: the JDK copies from and to the heap
 * through a buffer of the whole part's size, which it keeps.
 */
final class Chunks {
    private static final int SIZE = 1 << 16;

    private Chunks() {}

    /**
     * Reads what is there, a part at most.
     *
     * @return how many bytes; 0 if there is nothing; -1 at the end
     */
    static int read(ReadableByteChannel channel, ByteBuffer target) throws IOException {
        int limit = target.limit();
        try {
            target.limit(Math.min(limit, target.position() + SIZE));
            int count = channel.read(target);
            return count < -1 ? 0 : count; // the JDK has other numbers, one for an interrupted call
        } finally {
            target.limit(limit);
        }
    }

    /** Writes what there is room for. */
    static void write(WritableByteChannel channel, ByteBuffer source) throws IOException {
        int limit = source.limit();
        try {
            int chunk;
            int count;
            do {
                chunk = Math.min(limit - source.position(), SIZE);
                source.limit(source.position() + chunk);
                count = channel.write(source);
            } while (count == chunk && source.position() < limit);
        } finally {
            source.limit(limit);
        }
    }
}
