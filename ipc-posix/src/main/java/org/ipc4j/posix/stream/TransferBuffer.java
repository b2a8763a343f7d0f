// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.stream;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Native memory that bytes pass through on their way from and to the heap, lent for one call. Of
 * small buffers there are as many as there were calls at a time, not as there are sockets or
 * threads; a large one goes when it is given back.
 */
final class TransferBuffer implements AutoCloseable {
    /** The size of a small one. */
    static final int SIZE = 1 << 16;

    private static final ConcurrentLinkedDeque<TransferBuffer> FREE = new ConcurrentLinkedDeque<>();

    private final MemorySegment segment;
    private final Arena large;

    private TransferBuffer(MemorySegment segment, Arena large) {
        this.segment = segment;
        this.large = large;
    }

    /**
     * Lends a buffer.
     *
     * @param atLeast how many bytes it shall have
     */
    static TransferBuffer borrow(long atLeast) {
        if (atLeast > SIZE) {
            Arena arena = Arena.ofConfined();
            return new TransferBuffer(arena.allocate(atLeast), arena);
        }
        TransferBuffer free = FREE.pollFirst();
        return free != null
                ? free
                : new TransferBuffer(Arena.ofAuto().allocate(SIZE, Long.BYTES), null);
    }

    MemorySegment segment() {
        return segment;
    }

    /** Gives it back. */
    @Override
    public void close() {
        if (large != null) {
            large.close();
        } else {
            FREE.addFirst(this);
        }
    }
}
