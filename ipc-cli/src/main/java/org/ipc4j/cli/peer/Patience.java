// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli.peer;

import org.ipc4j.cli.CommandFailure;
import org.ipc4j.cli.ExitStatus;

import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for the other process as long as it lives, but not for ever. */
public final class Patience {
    /** A process that does nothing for so long is stuck. */
    static final Duration LIMIT = Duration.ofSeconds(30);

    private static final Duration SLICE = Duration.ofMillis(100);

    private final BooleanSupplier otherLives;

    /**
     * Creates patience.
     *
     * @param otherLives whether the other process is alive
     */
    public Patience(BooleanSupplier otherLives) {
        this.otherLives = otherLives;
    }

    /** A bounded wait. */
    @FunctionalInterface
    public interface Attempt {
        /**
         * Waits.
         *
         * @param time how long at most
         * @return {@code false} if it was in vain
         * @throws IOException if it fails
         * @throws InterruptedException if the thread is interrupted
         */
        boolean within(Duration time) throws IOException, InterruptedException;
    }

    /**
     * Waits until an attempt succeeds.
     *
     * @param attempt what is tried again and again
     * @throws IOException if an attempt fails
     * @throws InterruptedException if the thread is interrupted
     * @throws CommandFailure if the other process has ended, or nothing happens for too long
     */
    public void until(Attempt attempt) throws IOException, InterruptedException, CommandFailure {
        long start = System.nanoTime();
        boolean lives = true;
        while (!attempt.within(SLICE)) {
            if (!lives) {
                throw new CommandFailure(ExitStatus.PEER_CLOSED, "the other process has ended");
            }
            if (System.nanoTime() - start > LIMIT.toNanos()) {
                throw new CommandFailure(
                        ExitStatus.TIMED_OUT,
                        "nothing has moved for " + LIMIT.toSeconds() + " seconds");
            }
            lives = otherLives.getAsBoolean(); // one more attempt takes what it did at the very end
        }
    }
}
