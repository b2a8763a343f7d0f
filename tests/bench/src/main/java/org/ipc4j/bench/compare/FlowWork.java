// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.bench.compare;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Messages go one way, as fast as they can. */
final class FlowWork implements Work {
    /** How many messages are sent in place before any is visible; less if they are large. */
    private static final int BATCH = 256;

    /** How many bytes of them, at most, as long as it is one message. */
    private static final int BATCH_BYTES = 32 * 1024;

    /** How many bytes are sent between two looks at the clock. */
    private static final int SENT_BYTES = 1024 * 1024;

    private final Outlet out;
    private final long end;
    private final int batch;
    private final int batches;
    private long next;

    private FlowWork(Outlet out, long first, int length) {
        this.out = out;
        this.next = first;
        this.end = first | Account.END;
        this.batch = Math.clamp(BATCH_BYTES / length, 1, BATCH);
        this.batches = Math.clamp(SENT_BYTES / length / batch, 1, BATCH);
    }

    /** Sends as fast as it can. */
    static Work pour(Outlet out, long first, Case what) {
        return new FlowWork(out, first, what.length());
    }

    @Override
    public String round(long millis) throws Exception {
        long first = next;
        long start = System.nanoTime();
        do {
            send();
        } while (System.nanoTime() - start < TimeUnit.MILLISECONDS.toNanos(millis));
        Work.sendOne(out, end);
        return Long.toString(next - first);
    }

    private void send() throws Exception {
        for (int i = 0; i < batches; i++) {
            int sent = out.send(next, batch);
            next += sent;
            if (sent == 0) {
                Thread.onSpinWait();
            }
        }
    }

    /** Receives until all writers have ended. */
    static Work drain(Peer peer, Path place, boolean create, int writers) throws Exception {
        Tally tally = Tally.of(writers);
        Inlet in = peer.inlet(place, create, tally);
        return millis -> drain(in, tally, writers);
    }

    private static String drain(Inlet in, Tally tally, int writers) throws Exception {
        tally.begin(writers);
        Work.receiveSome(in);
        long start = System.nanoTime();
        while (!tally.isEnded()) {
            if (in.receive() == 0) {
                Thread.onSpinWait();
            }
        }
        return tally.count() + " " + (System.nanoTime() - start);
    }
}
