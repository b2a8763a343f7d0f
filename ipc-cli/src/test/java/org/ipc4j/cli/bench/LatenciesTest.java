// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LatenciesTest {
    @Test
    void smallOnesAreExact() {
        Latencies latencies = new Latencies();
        for (int nanos = 1; nanos <= 60; nanos++) {
            latencies.add(nanos);
        }
        assertEquals(30, latencies.atPercentile(50));
        assertEquals(60, latencies.atPercentile(100));
        assertEquals(1, latencies.atPercentile(0));
    }

    @Test
    void everySizeIsWithinAThirtySecond() {
        for (long nanos = 1; nanos > 0; nanos = nanos * 9 / 8 + 1) {
            Latencies latencies = new Latencies();
            latencies.add(nanos);
            long shown = latencies.atPercentile(50);
            assertTrue(shown <= nanos && nanos - shown <= nanos / 32, shown + " for " + nanos);
        }
    }

    @Test
    void theLargestThereIs() {
        Latencies latencies = new Latencies();
        latencies.add(Long.MAX_VALUE);
        assertTrue(latencies.atPercentile(99) > Long.MAX_VALUE / 32 * 31);
    }

    @Test
    void aClockThatWentBackCountsAsNothing() {
        Latencies latencies = new Latencies();
        latencies.add(-1);
        assertEquals(0, latencies.atPercentile(50));
    }

    @Test
    void ofNoneThereIsNoPercentile() {
        assertThrows(IllegalStateException.class, () -> new Latencies().atPercentile(50));
    }

    @Test
    void theTailIsFound() {
        Latencies latencies = new Latencies();
        for (int i = 0; i < 990; i++) {
            latencies.add(10);
        }
        for (int i = 0; i < 10; i++) {
            latencies.add(50_000);
        }
        assertEquals(10, latencies.atPercentile(99));
        assertTrue(latencies.atPercentile(99.1) >= 48_000);
    }
}
