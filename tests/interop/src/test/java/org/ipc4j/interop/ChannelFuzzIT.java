// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.channel.WaitStrategy;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Garbage in the memory of a channel that is in use, in a JVM of its own with very little memory:
 * typed errors only. A crash of that JVM, an endless loop and an allocation by a length that nobody
 * checked are failures of the test. It says which seed the peer was given last, with which it does
 * the same again.
 */
@Interop
@Timeout(value = 1, unit = TimeUnit.HOURS)
class ChannelFuzzIT {
    private static final boolean FULL = "full".equals(System.getProperty("ipc.campaign"));

    /** Of all parameters together a million in a campaign, and a tenth of that otherwise. */
    private static final int PORTIONS = FULL ? 500 : 50;

    private static final int PORTION = 500;

    @ParameterizedTest(name = "memory of {0}, {1}")
    @CsvSource({"posix,SPIN", "posix,BLOCK", "jvm,BLOCK", "jvm,BACKOFF"})
    void damageGivesTypedErrorsOnly(String provider, WaitStrategy waiting) {
        Tally tally = portions("mutate", PORTION, provider, waiting);
        assertTrue(tally.handled > tally.done / 2, () -> "much is sound all the same: " + tally);
        assertTrue(tally.told > tally.done / 10, () -> "much is told: " + tally);
    }

    @ParameterizedTest(name = "memory of {0}, {1}")
    @CsvSource({"posix,BLOCK", "jvm,SPIN"})
    void damageInBetweenGivesTypedErrorsOnly(String provider, WaitStrategy waiting) {
        Tally tally = portions("race", PORTION / 10, provider, waiting);
        assertTrue(tally.handled > 0 && tally.told > 0, tally::toString);
    }

    /** What all portions together did. */
    private static final class Tally {
        private long done;
        private long handled;
        private long told;

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%,d times garbage, %,d messages handled, %,d errors told",
                    done,
                    handled,
                    told);
        }
    }

    /** Each portion is answered within a minute, or the peer is killed and has failed. */
    private static Tally portions(String verb, int portion, String provider, WaitStrategy waiting) {
        Tally tally = new Tally();
        Launcher launcher =
                Launcher.jvm(
                        provider,
                        Launcher.ModulePath.HERE,
                        "-XX:TieredStopAtLevel=4", // the same is compiled differently in the end
                        "-Dorg.ipc4j.provider.channel=jvm",
                        "-Dipc.peer.trace=true");
        long first = Long.getLong("ipc.seed", System.nanoTime());
        try (Peer peer = launcher.start()) {
            String name = Run.name("fuzz");
            peer.ok("fuzz create " + name + " " + waiting);
            for (long seed = first; seed < first + PORTIONS; seed++) {
                String[] counts = portion(peer, verb + " " + portion + " " + seed).split(" ");
                tally.done += portion;
                tally.handled += Long.parseLong(counts[0]);
                tally.told += Long.parseLong(counts[1]);
            }
            peer.ok("fuzz close");
        }
        System.out.println("fuzz " + verb + ", " + provider + ", " + waiting + ": " + tally);
        return tally;
    }

    private static String portion(Peer peer, String line) {
        try {
            return peer.ok("fuzz " + line);
        } catch (AssertionError e) {
            throw new AssertionError("fuzz " + line, e);
        }
    }
}
