// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.bench.compare;

import com.sun.management.ThreadMXBean;

import org.HdrHistogram.Histogram;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What one process does with both ends. */
final class SoloWork {
    /** So many messages of 64 bytes fit in everybody's channel. */
    private static final int MESSAGES = 1000;

    /** To open is slow, and what was opened is to be closed. */
    private static final int OPENINGS = 20;

    private SoloWork() {}

    /** A channel with both ends. */
    private record Both(Outlet out, Inlet in, Tally tally) {
        static Both of(Peer peer, Path place) throws Exception {
            Tally tally = Tally.of(1);
            tally.begin(1);
            Inlet in = peer.inlet(place, true, tally);
            return new Both(peer.outlet(place, false), in, tally);
        }

        /** Sends messages; somebody who is only just connecting may keep us waiting. */
        void send(int count) throws Exception {
            long first = tally.last() + 1;
            for (int i = 0; i < count; i++) {
                Work.sendOne(out, first + i);
            }
        }

        void receive(int count) throws Exception {
            for (long end = tally.count() + count; tally.count() < end; ) {
                Work.receiveSome(in);
            }
        }
    }

    /** Tells how many messages were sent, and the nanoseconds that took. */
    static Work send(Peer peer, Path place) throws Exception {
        Both both = Both.of(peer, place);
        return millis -> {
            long begin = System.nanoTime();
            long sent = 0;
            long taken = 0;
            while (System.nanoTime() - begin < TimeUnit.MILLISECONDS.toNanos(millis)) {
                long start = System.nanoTime();
                both.send(MESSAGES);
                taken += System.nanoTime() - start;
                sent += MESSAGES;
                both.receive(MESSAGES);
            }
            return sent + " " + taken;
        };
    }

    /** Tells how many messages went through some channels, each in turn, and the bytes of that. */
    static Work allocated(Peer peer, Path folder, int channels) throws Exception {
        List<Both> all = new ArrayList<>();
        for (int i = 0; i < channels; i++) {
            all.add(Both.of(peer, folder.resolve("channel" + i)));
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return millis -> {
            long begin = System.nanoTime();
            long sent = 0;
            long before = threads.getCurrentThreadAllocatedBytes();
            while (System.nanoTime() - begin < TimeUnit.MILLISECONDS.toNanos(millis)) {
                for (int i = 0; i < MESSAGES; i++) {
                    Both both = all.get(i % channels);
                    both.send(1);
                    both.receive(1);
                }
                sent += MESSAGES;
            }
            return sent + " " + (threads.getCurrentThreadAllocatedBytes() - before);
        };
    }

    /** Opens sending ends of new channels, each after the last one is closed. */
    static Work open(Peer.Maker more, Path folder) {
        int[] opened = {0};
        return millis -> {
            Histogram histogram = new Histogram(3);
            long begin = System.nanoTime();
            for (int i = 0; i < OPENINGS; i++) {
                if (System.nanoTime() - begin > TimeUnit.MILLISECONDS.toNanos(millis)) {
                    break;
                }
                try (Peer peer = more.make()) {
                    Path place = folder.resolve("channel" + opened[0]++);
                    peer.inlet(place, true, Tally.of(1));
                    long start = System.nanoTime();
                    peer.outlet(place, false);
                    histogram.recordValue(System.nanoTime() - start);
                }
            }
            return Score.text(histogram);
        };
    }
}
