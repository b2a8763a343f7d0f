// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.bench.compare;

import org.HdrHistogram.Histogram;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A message goes there, and one comes back. */
final class TripWork {
    private TripWork() {}

    /** Who has index 0 answers. */
    static Work of(Peer peer, Path forth, Path home, int index) throws Exception {
        Tally tally = Tally.of(1);
        if (index == 0) {
            Inlet in = peer.inlet(forth, true, tally);
            Outlet out = peer.outlet(home, true);
            return millis -> pong(in, out, tally);
        }
        Outlet out = peer.outlet(forth, false);
        Inlet in = peer.inlet(home, false, tally);
        return millis -> ping(out, in, tally, millis);
    }

    private static String ping(Outlet out, Inlet in, Tally tally, long millis) throws Exception {
        Histogram histogram = new Histogram(3);
        tally.begin(1);
        long begin = System.nanoTime();
        long start = begin;
        while (start - begin < TimeUnit.MILLISECONDS.toNanos(millis)) {
            Work.sendOne(out, tally.last() + 1);
            Work.receiveSome(in);
            long now = System.nanoTime();
            histogram.recordValue(now - start);
            start = now;
        }
        Work.sendOne(out, Account.END);
        while (!tally.isEnded()) {
            Work.receiveSome(in);
        }
        return Score.text(histogram);
    }

    private static String pong(Inlet in, Outlet out, Tally tally) throws Exception {
        tally.begin(1);
        while (true) {
            Work.receiveSome(in);
            if (tally.isEnded()) {
                Work.sendOne(out, Account.END);
                return Long.toString(tally.count());
            }
            Work.sendOne(out, tally.last());
        }
    }
}
