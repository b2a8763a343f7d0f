// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.bench.compare;

import org.HdrHistogram.Histogram;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What came of a round.
 *
 * @param value what {@link Case.Kind} tells: messages in a microsecond, the median time in
 *     nanoseconds, nanoseconds or bytes of a message, or the share of a processor in percent
 * @param times at each of {@link #PERCENTILES}; none if it is none of times
 */
record Score(double value, double[] times) {
    /** At which percentiles times are told, also by {@code peers.c}. */
    static final List<Double> PERCENTILES =
            List.of(50.0, 75.0, 90.0, 95.0, 99.0, 99.5, 99.9, 99.95, 99.99);

    private static final double THOUSAND = 1000;
    private static final double PERCENT = 100;
    private static final double[] NONE = {};

    /** Of the number of messages, and their nanoseconds. */
    static Score rate(long[] result) {
        return new Score(THOUSAND * result[0] / result[1], NONE);
    }

    /** Of the number of messages, and what each has together. */
    static Score each(long[] result) {
        return new Score((double) result[1] / result[0], NONE);
    }

    /** Of the number of messages, and percentiles. */
    static Score times(long[] result) {
        double[] times = Arrays.stream(result).skip(1).asDoubleStream().toArray();
        return new Score(times[0], times);
    }

    /** Of a processor's nanoseconds, and the clock's. */
    static Score share(long[] result) {
        return new Score(PERCENT * result[0] / result[1], NONE);
    }

    /** The time at a percentile; not a number if it is none of times. */
    double at(double percentile) {
        return times.length == 0 ? Double.NaN : times[PERCENTILES.indexOf(percentile)];
    }

    /** What {@link #times} is made of. */
    static String text(Histogram histogram) {
        return histogram.getTotalCount()
                + PERCENTILES.stream()
                        .map(histogram::getValueAtPercentile)
                        .map(value -> String.format(Locale.ROOT, " %d", value))
                        .collect(Collectors.joining());
    }
}
