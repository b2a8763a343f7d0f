// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.sys;

import org.ipc4j.spi.NativeHandle;

import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;

/**
 * A pointer that is given back when nobody can be using it any more, which the collector knows
 * without anybody counting.
 *
 * <p>It serves functions so short that counting uses, as {@link NativeHandle} does, would cost more
 * than the call: two atomic operations around each of {@code sem_post} and {@code sem_trywait} make
 * the pair half as fast again. The owner drops its reference to close; a user holds one until after
 * the call, with {@link java.lang.ref.Reference#reachabilityFence}.
 */
public final class Pointer {
    private static final Cleaner CLEANER = Cleaner.create();

    /**
     * Given up, but not yet given back. A process has some 65,000 mappings ({@code
     * vm.max_map_count}).
     */
    private static final AtomicInteger GIVEN_UP = new AtomicInteger();

    private static final int MANY = 4096;

    private final long address;

    /**
     * Takes over a pointer.
     *
     * @param address the pointer
     * @param release gives it back
     */
    public Pointer(long address, LongConsumer release) {
        this.address = address;
        CLEANER.register(
                this,
                () -> {
                    release.accept(address);
                    GIVEN_UP.updateAndGet(count -> Math.max(0, count - 1));
                });
    }

    /**
     * Returns the pointer.
     *
     * @return valid as long as this object is reachable
     */
    public long address() {
        return address;
    }

    /** Says that its owner has just dropped one. Hurries the collector if there are many. */
    public static void givenUp() {
        if (GIVEN_UP.incrementAndGet() % MANY == 0) {
            System.gc();
        }
    }
}
