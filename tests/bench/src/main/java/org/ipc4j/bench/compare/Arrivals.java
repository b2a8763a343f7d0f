// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.bench.compare;

import org.HdrHistogram.Histogram;

/**
 * The number of a message is the time at which it should have been sent. So what a late sender
 * makes others wait counts, too.
 */
final class Arrivals extends Account {
    private final Histogram histogram = new Histogram(3);
    private final long period;
    private long expected;

    /** The times are so many nanoseconds apart. */
    Arrivals(long period) {
        this.period = period;
    }

    @Override
    void begin(int writers) {
        super.begin(writers);
        histogram.reset();
        expected = 0;
    }

    @Override
    void arrived(long number) {
        if (isEnd(number)) {
            end();
            return;
        }
        if (expected != 0 && number != expected) {
            throw new IllegalStateException(number + " came when " + expected + " was expected");
        }
        histogram.recordValue(System.nanoTime() - number);
        expected = number + period;
    }

    Histogram histogram() {
        return histogram;
    }
}
