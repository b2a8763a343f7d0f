// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.memory;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A mapped file and the arena that ends the mapping. */
record Mapping(Arena arena, MemorySegment segment) {
    private static final int ATTEMPTS = 100;
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LONG_PAUSE = TimeUnit.MILLISECONDS.toNanos(50);

    static Mapping of(FileChannel file, FileChannel.MapMode mode, long byteSize) throws IOException {
        Arena arena = Arena.ofShared();
        try {
            return new Mapping(arena, file.map(mode, 0, byteSize, arena));
        } catch (Throwable e) {
            arena.close();
            throw e;
        }
    }

    /** Unmaps, if need be later: an arena cannot be closed while a system call uses its memory. */
    void close() {
        if (!isClosedWithin(ATTEMPTS, PAUSE)) {
            Thread closer = Thread.ofPlatform()
                    .daemon()
                    .name("ipc4j-unmap")
                    .inheritInheritableThreadLocals(false)
                    .unstarted(() -> isClosedWithin(Integer.MAX_VALUE, LONG_PAUSE));
            closer.setContextClassLoader(null);
            closer.start();
        }
    }

    private boolean isClosedWithin(int attempts, long pause) {
        for (int i = 0; i < attempts; i++) {
            try {
                arena.close();
                return true;
            } catch (IllegalStateException e) {
                LockSupport.parkNanos(pause); // in use
            }
        }
        return false;
    }
}
