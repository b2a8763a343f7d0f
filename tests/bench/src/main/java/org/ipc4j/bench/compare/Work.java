// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.bench.compare;

import org.HdrHistogram.Histogram;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** What one process does in each round of a case. */
@FunctionalInterface
interface Work {
    /** How many messages are sent in place before any is visible; less if they are large. */
    int BATCH = 256;

    /** How many bytes of them, at most, as long as it is one message. */
    int BATCH_BYTES = 32 * 1024;

    /** The processor's time is counted in ticks of 10 ms, so the others' rounds are too short. */
    int IDLE_ROUNDS = 20;

    /** How many batches are sent between two looks at the clock. */
    int SENDS = 64;

    /** Takes part in a round of about so many milliseconds and tells what came of it. */
    String round(long millis) throws Exception;

    /** Prepares the work of a process. */
    static Work of(Case what, Peer peer, Path folder, int index) throws Exception {
        boolean creates = index == 0;
        Path forth = folder.resolve("forth");
        Path home = folder.resolve("home");
        int writers = Math.max(1, what.writers());
        Tally tally = new Tally(writers);
        Arrivals arrivals = new Arrivals(period(what));
        if (what.kind() == Case.Kind.ROUND_TRIP) {
            if (creates) {
                Inlet in = peer.inlet(forth, true, tally);
                Outlet out = peer.outlet(home, true);
                return millis -> pong(in, out, tally);
            }
            Outlet out = peer.outlet(forth, false);
            Inlet in = peer.inlet(home, false, tally);
            return millis -> ping(out, in, tally, millis);
        }
        if (!creates) {
            Outlet out = peer.outlet(forth, false);
            return what.kind() == Case.Kind.FLOW
                    ? new Flow(out, Account.first(index - 1), what.length())
                    : millis -> pace(out, period(what), millis);
        }
        return switch (what.kind()) {
            case FLOW -> {
                Inlet in = peer.inlet(forth, true, tally);
                yield millis -> drain(in, tally, writers);
            }
            case IDLE -> {
                Inlet in = peer.inlet(forth, true, tally);
                yield millis -> idle(in, millis);
            }
            default -> {
                Inlet in = peer.inlet(forth, true, arrivals);
                yield millis -> listen(in, arrivals);
            }
        };
    }

    /** The nanoseconds between two messages. */
    private static long period(Case what) {
        return what.kind() == Case.Kind.BLOCKED ? 250_000 : 10_000;
    }

    private static void sendOne(Outlet out, long number) throws Exception {
        while (out.send(number, 1) == 0) {
            Thread.onSpinWait();
        }
    }

    /** Sends as fast as it can. */
    final class Flow implements Work {
        private final Outlet out;
        private final long end;
        private final int batch;
        private long next;

        Flow(Outlet out, long first, int length) {
            this.out = out;
            this.next = first;
            this.end = first | Account.END;
            this.batch = Math.clamp(BATCH_BYTES / length, 1, BATCH);
        }

        @Override
        public String round(long millis) throws Exception {
            long first = next;
            long start = System.nanoTime();
            do {
                send();
            } while (System.nanoTime() - start < TimeUnit.MILLISECONDS.toNanos(millis));
            sendOne(out, end);
            return Long.toString(next - first);
        }

        private void send() throws Exception {
            for (int i = 0; i < SENDS; i++) {
                int sent = out.send(next, batch);
                next += sent;
                if (sent == 0) {
                    Thread.onSpinWait();
                }
            }
        }
    }

    /** Receives until all writers have ended. */
    private static String drain(Inlet in, Tally tally, int writers) throws Exception {
        tally.begin(writers);
        while (in.receive() == 0) {
            Thread.onSpinWait();
        }
        long start = System.nanoTime();
        while (!tally.isEnded()) {
            if (in.receive() == 0) {
                Thread.onSpinWait();
            }
        }
        return tally.count() + " " + (System.nanoTime() - start);
    }

    private static String ping(Outlet out, Inlet in, Tally tally, long millis) throws Exception {
        Histogram histogram = new Histogram(3);
        tally.begin(1);
        long begin = System.nanoTime();
        long start = begin;
        while (start - begin < TimeUnit.MILLISECONDS.toNanos(millis)) {
            sendOne(out, tally.last() + 1);
            while (in.receive() == 0) {
                Thread.onSpinWait();
            }
            long now = System.nanoTime();
            histogram.recordValue(now - start);
            start = now;
        }
        sendOne(out, Account.END);
        while (!tally.isEnded()) {
            in.receive();
        }
        return text(histogram);
    }

    private static String pong(Inlet in, Outlet out, Tally tally) throws Exception {
        tally.begin(1);
        while (!tally.isEnded()) {
            if (in.receive() == 0) {
                Thread.onSpinWait();
            } else if (!tally.isEnded()) {
                sendOne(out, tally.last());
            }
        }
        sendOne(out, Account.END);
        return Long.toString(tally.count());
    }

    /** Sends at fixed times. */
    private static String pace(Outlet out, long period, long millis) throws Exception {
        long count = TimeUnit.MILLISECONDS.toNanos(millis) / period;
        long time = System.nanoTime() + period;
        for (long i = 0; i <= count; i++, time += period) {
            while (System.nanoTime() < time) {
                Thread.onSpinWait();
            }
            sendOne(out, i == count ? Account.END : time);
        }
        return Long.toString(count);
    }

    private static String listen(Inlet in, Arrivals arrivals) throws Exception {
        arrivals.begin(1);
        while (!arrivals.isEnded()) {
            if (in.receive() == 0) {
                Thread.onSpinWait();
            }
        }
        return text(arrivals.histogram());
    }

    /** Tells the processor's nanoseconds, and those of the clock. */
    private static String idle(Inlet in, long millis) throws Exception {
        long start = System.nanoTime();
        long busy = processorNanos();
        long taken;
        do {
            in.receive();
            taken = System.nanoTime() - start;
        } while (taken < TimeUnit.MILLISECONDS.toNanos(IDLE_ROUNDS * millis));
        return processorNanos() - busy + " " + taken;
    }

    private static long processorNanos() {
        return ((com.sun.management.OperatingSystemMXBean)
                        ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    /** How many, and some percentiles, as {@code ring.c} tells them. */
    private static String text(Histogram histogram) {
        return String.format(
                Locale.ROOT,
                "%d %d %d %d %d",
                histogram.getTotalCount(),
                histogram.getValueAtPercentile(50),
                histogram.getValueAtPercentile(99),
                histogram.getValueAtPercentile(99.9),
                histogram.getMaxValue());
    }
}
