// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.sys;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Native memory that bytes pass through on their way from and to the heap, lent for one call. Of
 * small buffers a few are kept, not one for each file, socket or thread; a large one goes when it
 * is given back.
 */
public final class TransferBuffer implements AutoCloseable {
    /** The size of a small one. */
    public static final int SIZE = 1 << 16;

    /** A power of two. Threads that share a place at the same time make another buffer. */
    private static final int PLACES = 16;

    private static final AtomicReferenceArray<TransferBuffer> FREE =
            new AtomicReferenceArray<>(PLACES);

    private final MemorySegment segment;
    private final ByteBuffer bytes;
    private final Arena large;

    private TransferBuffer(MemorySegment segment, Arena large) {
        this.segment = segment;
        this.bytes = segment.asByteBuffer();
        this.large = large;
    }

    /**
     * Lends a buffer.
     *
     * @param atLeast how many bytes it shall have
     * @return the buffer
     */
    public static TransferBuffer borrow(long atLeast) {
        if (atLeast > SIZE) {
            Arena arena = Arena.ofConfined();
            return new TransferBuffer(arena.allocate(atLeast), arena);
        }
        TransferBuffer free = FREE.getAndSet(place(), null);
        return free != null
                ? free
                : new TransferBuffer(Arena.ofAuto().allocate(SIZE, Long.BYTES), null);
    }

    private static int place() {
        return (int) Thread.currentThread().threadId() & (PLACES - 1);
    }

    /**
     * Returns the memory, for the system.
     *
     * @return the whole of it
     */
    public MemorySegment segment() {
        return segment;
    }

    /**
     * Tells how many bytes it has.
     *
     * @return the size
     */
    public int size() {
        return bytes.capacity();
    }

    /**
     * Copies what is sent, and leaves the source's position.
     *
     * @param source the bytes
     * @param count how many
     */
    public void put(ByteBuffer source, int count) {
        bytes.put(0, source, source.position(), count);
    }

    /**
     * Moves what was received to where it is wanted.
     *
     * @param target where that is; its position is moved
     * @param count how many bytes
     */
    public void take(ByteBuffer target, int count) {
        target.put(target.position(), bytes, 0, count);
        target.position(target.position() + count);
    }

    /** Gives it back. */
    @Override
    public void close() {
        if (large != null) {
            large.close();
        } else {
            FREE.setRelease(place(), this);
        }
    }
}
