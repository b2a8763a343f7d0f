// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.sync;

import org.ipc4j.IpcException;
import org.ipc4j.spi.Parking;
import org.ipc4j.spi.WakeWord;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Two threads, of one process or of two, that hand a number to and fro through shared memory and
 * sleep while it is the other's turn. Each waits a little before it hands over, so that waking
 * meets falling asleep at every instruction.
 *
 * @param memory zeroed memory of at least 512 bytes
 * @param parking the places to sleep at
 */
public record WakeWords(MemorySegment memory, Parking parking) {
    private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();
    private static final long CALL = 0;
    private static final long ANSWER = 128;
    private static final long CALLED = 256;
    private static final long ANSWERED = 384;

    /** Much longer than any thread is kept from running. */
    private static final long LOST = TimeUnit.SECONDS.toNanos(20);

    private static final int LONGEST_PAUSE = 2_000;

    /**
     * Calls, and waits for the answer to each call.
     *
     * @param rounds how often
     * @return how often it fell asleep
     * @throws IpcException if the system refuses
     */
    public long call(int rounds) throws IpcException {
        return hand(rounds, CALL, CALLED, ANSWER, ANSWERED, 0);
    }

    /**
     * Answers, and waits for each call.
     *
     * @param rounds how often
     * @return how often it fell asleep
     * @throws IpcException if the system refuses
     */
    public long echo(int rounds) throws IpcException {
        return hand(rounds, ANSWER, ANSWERED, CALL, CALLED, 1);
    }

    private long hand(int rounds, long mine, long wakeOther, long other, long wakeMe, int ahead)
            throws IpcException {
        WakeWord their = new WakeWord(parking, memory, wakeOther);
        WakeWord my = new WakeWord(parking, memory, wakeMe);
        SplittableRandom random = new SplittableRandom();
        long asleep = 0;
        for (long round = 1; round <= rounds; round++) {
            if (ahead == 1) {
                asleep += await(my, other, round);
            }
            for (int pause = random.nextInt(LONGEST_PAUSE); pause > 0; pause--) {
                Thread.onSpinWait();
            }
            LONG.setRelease(memory, mine, round);
            their.wake();
            if (ahead == 0) {
                asleep += await(my, other, round);
            }
        }
        return asleep;
    }

    private long await(WakeWord my, long other, long round) throws IpcException {
        long asleep = 0;
        while ((long) LONG.getAcquire(memory, other) < round) {
            if (!my.sleep(() -> (long) LONG.getAcquire(memory, other) >= round, LOST, true)
                    && parking.heavyFence()) {
                throw new AssertionError("a wake-up was lost in round " + round);
            }
            asleep++;
        }
        return asleep;
    }
}
