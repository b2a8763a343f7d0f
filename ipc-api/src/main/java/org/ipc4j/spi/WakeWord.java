// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.spi;

import org.ipc4j.IpcException;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.function.BooleanSupplier;

/**
 * A word of shared memory at which threads sleep until others have changed what they wait for, of
 * which the word itself knows nothing.
 *
 * <p>The word is a number that only grows, and wraps around. It is odd while somebody may be
 * asleep. Who wants to sleep makes it odd, fences, looks once more, and parks as long as it is that
 * odd number. Who has changed something loads it; if it is odd he adds one, and wakes. So
 *
 * <ul>
 *   <li>while nobody sleeps, a change costs one load, of a word that nobody writes;
 *   <li>of many changes, only the first makes a system call;
 *   <li>who was about to sleep when it was changed does not, even if somebody else has made it odd
 *       again meanwhile;
 *   <li>a sleeper that dies leaves an odd number, which costs somebody one needless system call;
 *       one who dies between the addition and the waking lets the others sleep until somebody takes
 *       his place ({@link #wakeAnyway}) or their time is up. Nobody sleeps longer than a
 *       {@linkplain Wait#SLICE slice} at a time.
 * </ul>
 *
 * <p>Why none misses the other is told in {@link Parking}.
 */
public final class WakeWord {
    /** How long to sleep when it is not certain to be woken, in nanoseconds. */
    public static final long UNCERTAIN = 2_000_000;

    private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();
    private static final int ASLEEP = 1;

    private final Parking parking;
    private final MemorySegment memory;
    private final long offset;

    /** Others may go on fencing for a while when this has become unnecessary. */
    private boolean fences = true;

    /**
     * Makes a handle of a word that is there.
     *
     * @param parking the places to sleep at
     * @param memory the memory that they are in
     * @param offset where the word is, a multiple of 4; its first value is 0
     */
    public WakeWord(Parking parking, MemorySegment memory, long offset) {
        this.parking = parking;
        this.memory = memory;
        this.offset = offset;
    }

    /**
     * Sleeps until woken, unless there is something to do. It may come back early.
     *
     * @param ready whether there is something to do; asked once, with the word announcing a sleeper
     * @param nanos how long at most
     * @param certain whether all who change something do wake
     * @return {@code false} if it slept until the time was up
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if the memory is closed
     */
    public boolean sleep(BooleanSupplier ready, long nanos, boolean certain) throws IpcException {
        int announced = (int) INT.getAndBitwiseOr(memory, offset, ASLEEP) | ASLEEP;
        boolean fenced = parking.heavyFence();
        if (ready.getAsBoolean()) {
            return true;
        }
        return parking.park(
                offset, announced, certain && fenced ? nanos : Math.min(nanos, UNCERTAIN));
    }

    /**
     * Wakes who sleeps. To be called after every change that may give others something to do; the
     * change is at least a store with release.
     *
     * @throws IllegalStateException if the memory is closed
     */
    public void wake() {
        wake(memory);
    }

    /**
     * As {@link #wake()}, for those who know the memory as a constant.
     *
     * @param memory the memory that this was made with
     * @throws IllegalStateException if the memory is closed
     */
    public void wake(MemorySegment memory) {
        if (fences) {
            fence();
        }
        int word = (int) INT.getOpaque(memory, offset);
        if ((word & ASLEEP) != 0) {
            wakeFrom(word);
        }
    }

    /**
     * Wakes who sleeps, whatever the word says: for who comes after somebody who may have died
     * between saying that he wakes and doing it. It makes a system call.
     *
     * @throws IllegalStateException if the memory is closed
     */
    public void wakeAnyway() {
        wake();
        parking.unpark(offset);
    }

    private void fence() {
        fences = parking.needsFence();
        VarHandle.fullFence();
    }

    /**
     * Whoever adds the one wakes. An odd number that came meanwhile is of somebody who sleeps too.
     */
    private void wakeFrom(int seen) {
        if (parking.wakes() == Parking.Waking.NOBODY) {
            return; // the word stays odd, for somebody who can
        }
        int word = seen;
        while ((word & ASLEEP) != 0) {
            int witness = (int) INT.compareAndExchange(memory, offset, word, word + 1);
            if (witness == word) {
                parking.unpark(offset);
                return;
            }
            word = witness;
        }
    }
}
