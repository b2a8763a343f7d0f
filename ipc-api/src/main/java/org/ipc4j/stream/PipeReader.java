// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.stream;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.InterruptibleChannel;
import java.nio.channels.ScatteringByteChannel;
import java.time.Duration;

/**
 * The end of a pipe that is read, whether that pipe has a name or not.
 *
 * <p>The {@code java.nio} methods wait for bytes and are closed by an interrupt; they return {@code
 * -1} when the last writer is gone and everything is read. The methods that take a {@link Duration}
 * throw {@link InterruptedException}, and the pipe stays usable.
 */
public interface PipeReader extends ScatteringByteChannel, InterruptibleChannel {
    /**
     * Reads bytes, waiting for the first of them up to a time.
     *
     * @param target where the bytes go
     * @param timeout how long to wait for bytes; zero or less looks once
     * @return how many bytes were read; 0 if there were none in time, or {@code target} has no
     *     room; -1 if the last writer is gone
     * @throws InterruptedException if the thread is interrupted, before or while it waits; nothing
     *     is read then, and the pipe stays open
     * @throws org.ipc4j.IpcClosedException if another thread closes this end meanwhile
     * @throws IOException if the system refuses, or this end is closed
     */
    int read(ByteBuffer target, Duration timeout) throws IOException, InterruptedException;

    /**
     * Reads bytes into a segment, as {@link #read(ByteBuffer)} does.
     *
     * @param target where the bytes go, from its start on
     * @return how many bytes were read, at most 2<sup>31</sup>-1; -1 if the last writer is gone
     * @throws IOException if the system refuses, or this end is or gets closed
     */
    default int read(MemorySegment target) throws IOException {
        ByteBuffer buffer = asBuffer(target);
        return copied(read(buffer), buffer, target);
    }

    /**
     * Reads bytes into a segment, waiting for the first of them up to a time.
     *
     * @param target where the bytes go, from its start on
     * @param timeout how long to wait for bytes; zero or less looks once
     * @return how many bytes were read, at most 2<sup>31</sup>-1; 0 if there were none in time, or
     *     {@code target} is empty; -1 if the last writer is gone
     * @throws InterruptedException if the thread is interrupted, before or while it waits; nothing
     *     is read then, and the pipe stays open
     * @throws org.ipc4j.IpcClosedException if another thread closes this end meanwhile
     * @throws IOException if the system refuses, or this end is closed
     */
    default int read(MemorySegment target, Duration timeout)
            throws IOException, InterruptedException {
        ByteBuffer buffer = asBuffer(target);
        return copied(read(buffer, timeout), buffer, target);
    }

    /** A view of the segment; or, if that is an array of something else than bytes, a copy. */
    private static ByteBuffer asBuffer(MemorySegment target) {
        Object array = target.heapBase().orElse(null);
        return array == null || array instanceof byte[]
                ? target.asSlice(0, Math.min(target.byteSize(), Integer.MAX_VALUE)).asByteBuffer()
                : ByteBuffer.allocate((int) Math.min(target.byteSize(), 1 << 16));
    }

    private static int copied(int count, ByteBuffer buffer, MemorySegment target) {
        if (count > 0 && buffer.hasArray() && target.heapBase().orElse(null) != buffer.array()) {
            MemorySegment.copy(MemorySegment.ofArray(buffer.array()), 0, target, 0, count);
        }
        return count;
    }

    /**
     * Closes this end. When it was the last, writers get {@link org.ipc4j.PeerClosedException}.
     * Does nothing when called again.
     *
     * @throws IOException if the system refuses; this end is closed all the same
     */
    @Override
    void close() throws IOException;
}
