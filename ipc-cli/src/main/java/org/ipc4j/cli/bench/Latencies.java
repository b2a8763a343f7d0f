// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli.bench;

/**
 * Counts durations by size, without allocation. A class of durations is at most a thirty-second of
 * them wide.
 */
final class Latencies {
    private static final int BITS = 5;
    private static final int CLASSES = 1 << BITS;

    /** Below {@code 2 * CLASSES} each duration has its own; then there are 32 for each doubling. */
    private final long[] counts = new long[(Long.SIZE - BITS) * CLASSES];

    private long total;

    void add(long nanos) {
        counts[index(Math.max(0, nanos))]++;
        total++;
    }

    private static int index(long nanos) {
        int shift = Math.max(0, Long.SIZE - 1 - BITS - Long.numberOfLeadingZeros(nanos));
        return shift * CLASSES + (int) (nanos >>> shift);
    }

    /** The least duration of a class. */
    private static long nanos(int index) {
        int shift = Math.max(0, index / CLASSES - 1);
        return (long) (index - shift * CLASSES) << shift;
    }

    /** Returns the duration that a part of them does not exceed, but for a thirty-second. */
    long atPercentile(double percent) {
        long wanted = Math.max(1, (long) Math.ceil(total * percent / 100));
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= wanted) {
                return nanos(i);
            }
        }
        throw new IllegalStateException("nothing was counted");
    }
}
