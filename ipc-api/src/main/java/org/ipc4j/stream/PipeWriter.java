// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.stream;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.InterruptibleChannel;
import java.time.Duration;

/**
 * An end of a pipe that is written, whether that pipe has a name or not.
 *
 * <p>The {@code java.nio} methods wait for room until all bytes are written, and are closed by an
 * interrupt; the methods that take a {@link Duration} throw {@link InterruptedException}, and the
 * pipe stays usable. Every method that writes throws {@link org.ipc4j.PeerClosedException} when the
 * reader is gone.
 */
public interface PipeWriter extends GatheringByteChannel, InterruptibleChannel {
    /**
     * Returns up to how many bytes a write is atomic: written whole or not at all, and never mixed
     * with another writer's.
     *
     * @return {@code PIPE_BUF}, or 0 without {@link org.ipc4j.spi.Capability#ATOMIC_WRITES}
     */
    int atomicWriteSize();

    /**
     * Writes bytes, waiting for room up to a time.
     *
     * @param source the bytes, from position to limit; its position is moved behind what was
     *     written, also when an exception is thrown
     * @param timeout how long to wait for room; zero or less writes what there is room for now
     * @return how many bytes were written; fewer than there are if the time ran out (then none, if
     *     there were at most {@link #atomicWriteSize()})
     * @throws InterruptedException if the thread is interrupted, before or while it waits; the
     *     position of {@code source} tells what was written, and the pipe stays open
     * @throws org.ipc4j.PeerClosedException if the reader is gone
     * @throws org.ipc4j.IpcClosedException if another thread closes this end meanwhile
     * @throws IOException if the system refuses, or this end is closed
     */
    int write(ByteBuffer source, Duration timeout) throws IOException, InterruptedException;

    /**
     * Writes the bytes of a segment, waiting for room until all are written.
     *
     * @param source the bytes
     * @return the segment's size in bytes
     * @throws org.ipc4j.PeerClosedException if the reader is gone
     * @throws IOException if the system refuses, or this end is or gets closed
     */
    long write(MemorySegment source) throws IOException;

    /**
     * Writes the bytes of a segment, waiting for room up to a time.
     *
     * @param source the bytes
     * @param timeout how long to wait for room; zero or less writes what there is room for now
     * @return how many bytes were written, from the start on
     * @throws InterruptedException if the thread is interrupted before anything is written; later,
     *     the method returns what was written and leaves the thread interrupted
     * @throws org.ipc4j.PeerClosedException if the reader is gone
     * @throws org.ipc4j.IpcClosedException if another thread closes this end meanwhile
     * @throws IOException if the system refuses, or this end is closed
     */
    long write(MemorySegment source, Duration timeout) throws IOException, InterruptedException;

    /**
     * Closes this end. When it was the last, the reader's stream ends. Does nothing when called
     * again.
     *
     * @throws IOException never
     */
    @Override
    void close() throws IOException;
}
