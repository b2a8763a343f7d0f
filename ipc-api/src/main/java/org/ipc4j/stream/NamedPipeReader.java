// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.stream;

import org.ipc4j.NamedObject;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.InterruptibleChannel;
import java.nio.channels.ScatteringByteChannel;
import java.time.Duration;

/**
 * The reading end of a {@link NamedPipe}.
 *
 * <p>The {@code java.nio} methods wait for the first writer and then for bytes; they return {@code
 * -1} when there has been a writer and the last one is gone.
 */
public interface NamedPipeReader extends NamedObject, ScatteringByteChannel, InterruptibleChannel {
    /**
     * Waits until a writer has opened the pipe.
     *
     * @param timeout how long to wait; zero or less looks once
     * @return {@code false} if none came in time
     * @throws InterruptedException if the thread is interrupted, before or while it waits; the pipe
     *     stays open
     * @throws org.ipc4j.IpcClosedException if another thread closes this end meanwhile
     * @throws IOException if the system refuses, or this end is closed
     */
    boolean awaitWriter(Duration timeout) throws IOException, InterruptedException;

    /**
     * Reads bytes, waiting for the first of them up to a time.
     *
     * @param target where the bytes go
     * @param timeout how long to wait for a writer and for bytes; zero or less looks once
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
     * @param timeout how long to wait for a writer and for bytes; zero or less looks once
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
     * Closes this end; the name goes too if this end created it. Writers get {@link
     * org.ipc4j.PeerClosedException}. Does nothing when called again.
     *
     * @throws org.ipc4j.IpcException if the system refuses to delete the name; this end is closed
     *     all the same
     */
    @Override
    void close() throws IOException;
}
