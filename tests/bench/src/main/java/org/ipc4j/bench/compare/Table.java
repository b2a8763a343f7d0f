// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.bench.compare;

import org.ipc4j.bench.Bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** Prints what came of it, in Markdown. */
final class Table {
    private final PrintStream out;

    Table(PrintStream out) {
        this.out = out;
    }

    /** Where and when this is. */
    void head(String length) throws IOException {
        out.printf(
                "%s; %s, %d processors; %s %s; Java %s; %s; load %s%n%n",
                Instant.now().truncatedTo(ChronoUnit.MINUTES),
                processor(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                Runtime.version(),
                length,
                load());
        out.println(
                "| case | processors | | n | median | least - most | p99 | p99.9 | ipc4j : it |");
        out.println("|---|---|---|--:|--:|--:|--:|--:|--:|");
    }

    private static String processor() throws IOException {
        Path cpuinfo = Path.of("/proc/cpuinfo");
        if (Files.isReadable(cpuinfo)) {
            try (Stream<String> lines = Files.lines(cpuinfo)) {
                return lines.filter(line -> line.startsWith("model name"))
                        .map(line -> line.substring(line.indexOf(':') + 1).strip())
                        .findFirst()
                        .orElse(System.getProperty("os.arch"));
            }
        }
        return System.getProperty("os.arch");
    }

    private static String load() throws IOException {
        Path loadavg = Path.of("/proc/loadavg");
        return Files.isReadable(loadavg) ? Files.readString(loadavg).split(" ")[0] : "unknown";
    }

    /** The rows of a case. */
    void rows(Contest contest) {
        Case what = contest.what();
        for (String distance : contest.classes()) {
            double ours = Double.NaN;
            for (Contestant contestant : contest.contestants()) {
                List<Score> scores = contest.scores(distance, contestant);
                if (!scores.isEmpty()) {
                    if (contestant.isOurs()) {
                        ours = median(scores, Score::value);
                    }
                    row(what, distance, contestant, scores, ours);
                }
            }
        }
        contest.failures()
                .forEach((contestant, why) ->
                        out.printf(
                                "| %s | | %s | 0 | failed: %s | | | | |%n",
                                what, contestant.label(), why));
        out.flush();
    }

    private void row(
            Case what, String distance, Contestant contestant, List<Score> scores, double ours) {
        double median = median(scores, Score::value);
        double[] sorted = scores.stream().mapToDouble(Score::value).sorted().toArray();
        out.printf(
                "| %s | %s | %s | %d | %s | %s - %s | %s | %s | %s |%n",
                what,
                distance,
                contestant.label(),
                sorted.length,
                text(what, median),
                number(sorted[0]),
                number(sorted[sorted.length - 1]),
                number(median(scores, score -> score.at(99.0))),
                number(median(scores, score -> score.at(99.9))),
                contestant.isOurs() || median == 0 ? "" : number(ours / median));
    }

    private static String text(Case what, double value) {
        return number(value)
                + switch (what.kind()) {
                    case FLOW, PUBLISH ->
                            " M/s" + (what.length() < 1024 ? "" : ", " + bandwidth(what, value));
                    case IDLE -> " %";
                    case ALLOCATED -> " B";
                    case ROUND_TRIP, PACED, SEND, OPEN -> " ns";
                };
    }

    private static String bandwidth(Case what, double perMicrosecond) {
        return number(perMicrosecond * what.length() / 1000) + " GB/s";
    }

    /** The one in the middle. */
    static double median(List<Score> scores, ToDoubleFunction<Score> value) {
        return Bench.median(scores.stream().mapToDouble(value).toArray());
    }

    /** Three digits, or what is before the point; but what is nothing is just that. */
    private static String number(double value) {
        if (Double.isNaN(value)) {
            return "";
        }
        if (value < 0.1) {
            return value == 0 ? "0" : "%.4f".formatted(value);
        }
        return value >= 100
                ? "%,.0f".formatted(value)
                : value >= 10 ? "%.1f".formatted(value) : "%.2f".formatted(value);
    }

    /** What else is to be known. */
    void foot(List<Contest> contests) throws IOException {
        int thrownAway = contests.stream().mapToInt(Contest::thrownAway).sum();
        out.printf(
                "%n\"ipc4j : it\" is the ratio of the medians: above 1 is better for rates (M/s),"
                        + " below 1 for times (ns). Rounds thrown away because the host moved the"
                        + " processors: %d. Load at the end: %s.%n",
                thrownAway, load());
        out.flush();
    }
}
