// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.bench.compare;

/**
 * What came of a round.
 *
 * @param value messages in a microsecond, the median time in nanoseconds, or the share of a
 *     processor in percent
 * @param p99 the 99th percentile of the times; not a number if it is none of times
 * @param p999 the 99.9th percentile
 */
record Score(double value, double p99, double p999) {
    private static final double THOUSAND = 1000;
    private static final double PERCENT = 100;

    /** Of the number of messages, and their nanoseconds. */
    static Score rate(long[] result) {
        return new Score(THOUSAND * result[0] / result[1], Double.NaN, Double.NaN);
    }

    /** Of the number of messages, and percentiles. */
    static Score times(long[] result) {
        return new Score(result[1], result[2], result[3]);
    }

    /** Of a processor's nanoseconds, and the clock's. */
    static Score share(long[] result) {
        return new Score(PERCENT * result[0] / result[1], Double.NaN, Double.NaN);
    }
}
