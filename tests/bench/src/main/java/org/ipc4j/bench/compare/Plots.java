// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.bench.compare;

import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Draws what came of it: the time by percentile of messages that are sent at fixed times, and the
 * rate by size of messages written and read in place.
 */
final class Plots {
    private static final int WIDTH = 1000;
    private static final int HEIGHT = 640;
    private static final double HUNDRED = 100;

    private Plots() {}

    /** Draws, as SVG and as PNG files, what there are figures for. */
    static void draw(List<Contest> contests, Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Contest contest : contests) {
            if (contest.what().kind() == Case.Kind.PACED) {
                save(latency(contest), folder.resolve("latency-" + contest.what()));
            }
        }
        for (Case.Way way : List.of(Case.Way.BATCHED, Case.Way.COPIED)) {
            List<Contest> flows =
                    contests.stream()
                            .filter(contest -> contest.what().isSimpleFlow())
                            .filter(contest -> contest.what().way() == way)
                            .toList();
            if (!flows.isEmpty()) {
                String name = "throughput-" + way.name().toLowerCase();
                save(throughput(name, flows), folder.resolve(name));
            }
        }
    }

    private static XYChart chart(String title, String x, String y) {
        XYChart chart =
                new XYChartBuilder()
                        .width(WIDTH)
                        .height(HEIGHT)
                        .title(title)
                        .xAxisTitle(x)
                        .yAxisTitle(y)
                        .build();
        chart.getStyler().setYAxisLogarithmic(true);
        chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
        return chart;
    }

    /** Each nine more of a percentile is as wide as the last one. */
    private static XYChart latency(Contest contest) {
        XYChart chart = chart(contest.what().toString(), "percentile", "nanoseconds");
        chart.getStyler().setxAxisTickLabelsFormattingFunction(Plots::percentile);
        double[] nines =
                Score.PERCENTILES.stream()
                        .mapToDouble(percentile -> -Math.log10(1 - percentile / HUNDRED))
                        .toArray();
        for (Contestant contestant : contest.contestants()) {
            List<Score> scores = contest.mostScores(contestant);
            if (!scores.isEmpty()) {
                double[] times =
                        Score.PERCENTILES.stream()
                                .mapToDouble(at -> Table.median(scores, score -> score.at(at)))
                                .map(time -> Math.max(1, time))
                                .toArray();
                chart.addSeries(contestant.label(), nines, times);
            }
        }
        return chart;
    }

    private static String percentile(double nines) {
        return "%.5g".formatted(HUNDRED * (1 - Math.pow(10, -nines)));
    }

    private static XYChart throughput(String name, List<Contest> contests) {
        XYChart chart =
                chart(name, "bytes of a message (power of two)", "messages per microsecond");
        Map<String, Map<Double, Double>> rates = new LinkedHashMap<>();
        for (Contest contest : contests) {
            double size = Math.log(contest.what().length()) / Math.log(2);
            for (Contestant contestant : contest.contestants()) {
                List<Score> scores = contest.mostScores(contestant);
                if (!scores.isEmpty()) {
                    rates.computeIfAbsent(contestant.label(), none -> new TreeMap<>())
                            .put(size, Table.median(scores, Score::value));
                }
            }
        }
        rates.forEach((label, bySize) ->
                chart.addSeries(
                        label,
                        bySize.keySet().stream().mapToDouble(size -> size).toArray(),
                        bySize.values().stream().mapToDouble(rate -> rate).toArray()));
        return chart;
    }

    private static void save(XYChart chart, Path file) throws IOException {
        if (!chart.getSeriesCollection().isEmpty()) {
            for (String format : List.of("svg", "png")) {
                ChartEncoder.saveChart(chart, file + "." + format, format);
            }
        }
    }
}
