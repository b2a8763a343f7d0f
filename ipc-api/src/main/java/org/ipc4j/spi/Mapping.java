// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.spi;

import org.ipc4j.IpcName;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** Memory that is mapped until it is closed, which is done once. */
public class Mapping implements AutoCloseable {
    private static final long RETRY_NANOS = 1_000_000;

    private final IpcName name;
    private final MemorySegment segment;
    private final Runnable unmap;
    private final AtomicBoolean open = new AtomicBoolean(true);

    /**
     * Takes over a mapping.
     *
     * @param name whose memory it is
     * @param segment the memory
     * @param unmap unmaps it, or throws {@link IllegalStateException} if a system call is using it,
     *     as {@link java.lang.foreign.Arena#close()} does
     */
    public Mapping(IpcName name, MemorySegment segment, Runnable unmap) {
        this.name = name;
        this.segment = segment;
        this.unmap = unmap;
    }

    /**
     * Returns the memory.
     *
     * @return the same segment for every call
     */
    public final MemorySegment segment() {
        return segment;
    }

    /**
     * Tells whether it is mapped.
     *
     * @return {@code false} from the moment that {@link #close} was called
     */
    public final boolean isOpen() {
        return open.get();
    }

    /**
     * Unmaps the memory. A mapping cannot go while a system call reads or writes it, so it may go a
     * little later, in the background. Does nothing when called again.
     */
    @Override
    public final void close() {
        if (open.getAndSet(false) && !unmapped()) {
            Thread.ofPlatform()
                    .daemon()
                    .name("ipc4j-unmap " + name.value())
                    .start(() -> {
                        while (!unmapped()) {
                            LockSupport.parkNanos(RETRY_NANOS);
                        }
                    });
        }
    }

    private boolean unmapped() {
        try {
            unmap.run();
            return true;
        } catch (IllegalStateException inUse) {
            return false;
        }
    }
}
