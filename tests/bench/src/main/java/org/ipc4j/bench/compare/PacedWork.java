// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.bench.compare;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Messages go one way at fixed times, or none at all. */
final class PacedWork {
    private static final long PERIOD = 10_000;
    private static final long SLEEPERS_PERIOD = 250_000;

    /** So many times as long as others: the little that an idle process does has to be seen. */
    private static final int IDLE_ROUNDS = 4;

    private PacedWork() {}

    /** The nanoseconds between two messages. */
    private static long period(Case what) {
        return what.sleeps() ? SLEEPERS_PERIOD : PERIOD;
    }

    /** Sends at fixed times. */
    static Work send(Outlet out, Case what) {
        return millis -> send(out, period(what), millis);
    }

    private static String send(Outlet out, long period, long millis) throws Exception {
        long count = TimeUnit.MILLISECONDS.toNanos(millis) / period;
        long time = System.nanoTime() + period;
        for (long i = 0; i <= count; i++, time += period) {
            while (System.nanoTime() < time) {
                Thread.onSpinWait();
            }
            Work.sendOne(out, i == count ? Account.END : time);
        }
        return Long.toString(count);
    }

    /** Receives what is sent at fixed times. */
    static Work listen(Peer peer, Path place, Case what) throws Exception {
        Arrivals arrivals = new Arrivals(period(what));
        Inlet in = peer.inlet(place, true, arrivals);
        return millis -> {
            arrivals.begin(1);
            while (!arrivals.isEnded()) {
                Work.receiveSome(in);
            }
            return Score.text(arrivals.histogram());
        };
    }

    /** Tells the processor's nanoseconds, and those of the clock. */
    static Work idle(Peer peer, Path place) throws Exception {
        Inlet in = peer.inlet(place, true, Tally.of(1));
        return millis -> {
            long start = System.nanoTime();
            long busy = Processor.nanos();
            long taken;
            do {
                in.receive();
                taken = System.nanoTime() - start;
            } while (taken < TimeUnit.MILLISECONDS.toNanos(IDLE_ROUNDS * millis));
            return Processor.nanos() - busy + " " + taken;
        };
    }
}
