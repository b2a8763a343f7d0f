// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli.bench;

import org.ipc4j.channel.WaitStrategy;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What was measured with one way to wait.
 *
 * @param waiting the way to wait
 * @param roundTrips one after the other
 * @param afterPause each after a pause
 * @param oneByOne messages in a second, each sent at once
 * @param batched messages in a second, many sent at once
 */
record BenchResult(
        WaitStrategy waiting,
        Latencies roundTrips,
        Latencies afterPause,
        double oneByOne,
        double batched) {
    private static final double MEDIAN = 50;
    private static final double HIGH = 99;

    /** For programs. */
    Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("waiting", waiting);
        facts.put("roundTripP50", roundTrips.atPercentile(MEDIAN));
        facts.put("roundTripP99", roundTrips.atPercentile(HIGH));
        facts.put("afterPauseP50", afterPause.atPercentile(MEDIAN));
        facts.put("afterPauseP99", afterPause.atPercentile(HIGH));
        facts.put("messagesPerSecond", Math.round(oneByOne));
        facts.put("messagesPerSecondBatched", Math.round(batched));
        return facts;
    }

    /** For people. */
    Map<String, Object> row() {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("waiting", waiting);
        row.put("round trip p50", micros(roundTrips, MEDIAN));
        row.put("p99", micros(roundTrips, HIGH));
        row.put("after a pause p50", micros(afterPause, MEDIAN));
        row.put("p99 ", micros(afterPause, HIGH));
        row.put("messages/s", millions(oneByOne));
        row.put("by 64", millions(batched));
        return row;
    }

    private static String micros(Latencies latencies, double percent) {
        double micros = latencies.atPercentile(percent) / 1e3;
        return String.format(Locale.ROOT, micros < 10 ? "%.2f us" : "%.1f us", micros);
    }

    private static String millions(double rate) {
        return String.format(Locale.ROOT, "%.1f M", rate / 1e6);
    }
}
