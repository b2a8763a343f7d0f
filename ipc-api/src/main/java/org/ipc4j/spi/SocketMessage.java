// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.spi;

import org.ipc4j.stream.LocalSocketOptions;
import org.ipc4j.stream.Passable;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What goes through a local socket at once. */
final class SocketMessage {
    private SocketMessage() {}

    /**
     * Refuses a message that is too long.
     *
     * @throws IllegalArgumentException if {@code size} is over the limit
     */
    static void requireSize(long size, int maxMessageSize) {
        if (size > maxMessageSize) {
            throw new IllegalArgumentException(
                    "a message through this socket has at most "
                            + maxMessageSize
                            + " bytes, this one has "
                            + size
                            + "; split it, or create the socket with a larger bufferSize");
        }
    }

    /** Makes one message of several buffers, and leaves these as they are. */
    static ByteBuffer gathered(List<ByteBuffer> sources, int maxMessageSize) {
        long size = sources.stream().mapToLong(ByteBuffer::remaining).sum();
        requireSize(size, maxMessageSize);
        ByteBuffer message = ByteBuffer.allocate((int) size);
        for (ByteBuffer source : sources) {
            message.put(source.duplicate());
        }
        return message.flip();
    }

    /**
     * Refuses what cannot be passed.
     *
     * @param handles what the user wants to pass
     * @return the same
     * @throws IllegalArgumentException if there are too many, or one cannot be passed
     */
    static List<PassableHandle> passed(List<? extends Passable> handles) {
        if (handles.isEmpty()) {
            return List.of();
        }
        if (handles.size() > LocalSocketOptions.HANDLES) {
            throw new IllegalArgumentException(
                    "at most "
                            + LocalSocketOptions.HANDLES
                            + " handles are passed with one message, not "
                            + handles.size());
        }
        List<PassableHandle> passed = new ArrayList<>(handles.size());
        for (Passable handle : handles) {
            if (!(Objects.requireNonNull(handle, "a handle") instanceof PassableHandle passable)) {
                throw new IllegalArgumentException(
                        handle + " cannot be passed: its provider has no handle for it");
            }
            passed.add(passable);
        }
        return passed;
    }
}
