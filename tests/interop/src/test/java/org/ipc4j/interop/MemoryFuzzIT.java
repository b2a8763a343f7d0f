// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.channel.SlowSubscriber;
import org.ipc4j.channel.WaitStrategy;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Garbage in the memory of a channel or a topic that is in use, in a JVM of its own with very
 * little memory: typed errors only. A crash of that JVM, an endless loop and an allocation by a
 * length that nobody checked are failures of the test. It says which seed the peer was given last,
 * with which it does the same again.
 */
@Interop
@Timeout(value = 1, unit = TimeUnit.HOURS)
class MemoryFuzzIT {
    private static final boolean FULL = "full".equals(System.getProperty("ipc.campaign"));

    /** Of channels, and of topics, a million in a campaign, and a tenth of that otherwise. */
    private static final int PORTIONS = FULL ? 500 : 50;

    private static final int PORTION = 500;
    private static final String CHANNEL = "channel";

    /** A channel and a topic at the same time, since each keeps one processor busy. */
    @ParameterizedTest(name = "memory of {0}, {1}, a channel and a topic with {2}")
    @CsvSource({
        "posix,SPIN,WAIT",
        "posix,BLOCK,OVERWRITE",
        "jvm,BLOCK,WAIT",
        "jvm,BACKOFF,CUT_OFF"
    })
    void damageGivesTypedErrorsOnly(String provider, WaitStrategy waiting, SlowSubscriber slow)
            throws Exception {
        try (ExecutorService both = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Tally> future :
                    both.invokeAll(
                            List.<Callable<Tally>>of(
                                    () -> mutate(provider, waiting, CHANNEL),
                                    () -> mutate(provider, waiting, slow.name())))) {
                Tally tally = future.get();
                assertTrue(tally.handled > tally.done / 2, () -> "much is sound still: " + tally);
                assertTrue(tally.told > tally.done / 10, () -> "much is told: " + tally);
            }
        }
    }

    private static Tally mutate(String provider, WaitStrategy waiting, String what) {
        return portions(PORTIONS, "mutate " + PORTION, provider, waiting, what);
    }

    /** These need both processors each, so it is fewer for each policy of a topic. */
    @ParameterizedTest(name = "{2}, memory of {0}, {1}")
    @CsvSource({
        "posix,BLOCK,channel",
        "jvm,SPIN,channel",
        "posix,BLOCK,WAIT",
        "jvm,SPIN,OVERWRITE",
        "posix,SPIN,CUT_OFF"
    })
    void damageInBetweenGivesTypedErrorsOnly(String provider, WaitStrategy waiting, String what) {
        int portions = what.equals(CHANNEL) ? PORTIONS : PORTIONS / 6;
        Tally tally = portions(portions, "race " + PORTION / 10, provider, waiting, what);
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
    private static Tally portions(
            int portions, String work, String provider, WaitStrategy waiting, String what) {
        Tally tally = new Tally();
        Launcher launcher =
                Launcher.jvm(
                        provider,
                        Launcher.ModulePath.HERE,
                        "-XX:TieredStopAtLevel=4", // the same is compiled differently in the end
                        "-Dorg.ipc4j.provider.channel=jvm",
                        "-Dorg.ipc4j.provider.topic=jvm",
                        "-Dipc.peer.trace=true");
        long first = Long.getLong("ipc.seed", System.nanoTime());
        try (Peer peer = launcher.start()) {
            String name = Run.name("fuzz");
            peer.ok("fuzz create " + name + " " + waiting + " " + what);
            for (long seed = first; seed < first + portions; seed++) {
                String[] counts = portion(peer, work + " " + seed).split(" ");
                tally.done += Long.parseLong(work.split(" ")[1]);
                tally.handled += Long.parseLong(counts[0]);
                tally.told += Long.parseLong(counts[1]);
            }
            peer.ok("fuzz close");
        }
        System.out.println(
                "fuzz " + work + ", " + what + ", " + provider + ", " + waiting + ": " + tally);
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
