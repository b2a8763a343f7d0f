// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.bench;

import org.ipc4j.Ipc;
import org.ipc4j.spi.FileExchangeProvider;
import org.ipc4j.spi.FileLockProvider;
import org.ipc4j.spi.LocalSocketProvider;
import org.ipc4j.spi.MappedFileProvider;
import org.ipc4j.spi.MechanismProvider;
import org.ipc4j.spi.MessageQueueProvider;
import org.ipc4j.spi.NamedPipeProvider;
import org.ipc4j.spi.NamedSemaphoreProvider;
import org.ipc4j.spi.SharedMemoryProvider;
import org.ipc4j.spi.SignalProvider;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Measures ipc4j beside C and prints tables.
 *
 * <pre>{@code
 * tests/bench/run [quick|full] [semaphore|queue|pipe|socket|memory|file|lock|exchange|signal|roundtrip]...
 * }</pre>
 *
 * <p>Figures of different runs cannot be compared: only the ratios of one run mean something.
 */
public final class Bench {
    /** What every JVM is started with. */
    static final List<String> JVM =
            List.of(
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow"); // JMH's own

    private static final String ROUND_TRIP = "roundtrip";

    private static final Map<String, Class<? extends MechanismProvider>> MECHANISMS =
            Map.of(
                    "semaphore", NamedSemaphoreProvider.class,
                    "queue", MessageQueueProvider.class,
                    "pipe", NamedPipeProvider.class,
                    "socket", LocalSocketProvider.class,
                    "memory", SharedMemoryProvider.class,
                    "file", MappedFileProvider.class,
                    "lock", FileLockProvider.class,
                    "exchange", FileExchangeProvider.class,
                    "signal", SignalProvider.class);

    /** What is printed, in this order: what it is, and the JMH benchmark. */
    private static final List<Row> ROWS =
            List.of(
                    new Row("semaphore", "release, acquire", "Semaphore", "releaseAcquire"),
                    new Row("semaphore", "release, tryAcquire", "Semaphore", "releaseTryAcquire"),
                    new Row("queue", "64 bytes, heap buffer", "Queue", "sendReceiveBuffer"),
                    new Row("queue", "64 bytes, segment", "Queue", "sendReceiveSegment"),
                    new Row("pipe", "64 bytes, heap buffer", "Pipe", "writeReadHeap"),
                    new Row("pipe", "64 bytes, direct", "Pipe", "writeReadDirect"),
                    new Row("socket", "64 bytes, heap buffer", "Socket", "writeReadHeap"),
                    new Row("socket", "64 bytes, direct", "Socket", "writeReadDirect"),
                    new Row("memory", "read 4096 longs", "Memory", "read"),
                    new Row("memory", "write 4096 longs", "Memory", "write"),
                    new Row("lock", "lock, unlock", "FileLock", "lockUnlock"),
                    new Row("exchange", "publish, read 64 KiB", "FileExchange", "publishRead"),
                    new Row("signal", "send, await a value", "Signal", "sendAwait"),
                    new Row("file", "read 4096 longs", "MappedFile", "read"),
                    new Row("file", "write 4096 longs", "MappedFile", "write"));

    private final CProgram program;
    private final Length length;
    private final PrintStream out;

    /** How long to measure. */
    enum Length {
        /** To see that it runs. */
        MOMENT(0, 1, 1, 10, 1, 10),
        /** One or two minutes. */
        QUICK(1, 3, 5, 250, 5, 3_000),
        /** A quarter of an hour. */
        FULL(3, 5, 10, 500, 21, 20_000);

        final int forks;
        final int warmUps;
        final int iterations;
        final long millis;
        final int rounds;
        final int trips;

        Length(int forks, int warmUps, int iterations, long millis, int rounds, int trips) {
            this.forks = forks;
            this.warmUps = warmUps;
            this.iterations = iterations;
            this.millis = millis;
            this.rounds = rounds;
            this.trips = trips;
        }
    }

    private record Row(String mechanism, String what, String type, String method) {
        String benchmark(String owner) {
            return Bench.class.getPackageName() + "." + owner + "Benchmark." + method;
        }
    }

    /** Measures for so long and prints there. */
    Bench(CProgram program, Length length, PrintStream out) {
        this.program = program;
        this.length = length;
        this.out = out;
    }

    /**
     * The command.
     *
     * @param args see above
     */
    public static void main(String... args) throws Exception {
        List<String> wanted = new ArrayList<>(List.of(args));
        Length length = wanted.contains("full") ? Length.FULL : Length.QUICK;
        wanted.removeAll(List.of("quick", "full"));
        List<String> known =
                Stream.concat(MECHANISMS.keySet().stream(), Stream.of(ROUND_TRIP)).toList();
        if (!known.containsAll(wanted)) {
            System.err.println(
                    "usage: run [quick|full]"
                        + " [semaphore|queue|pipe|socket|memory|file|lock|exchange|signal|roundtrip]...");
            System.exit(2);
        }
        CProgram program =
                CProgram.compile(Path.of("src/main/c/bench.c"), Path.of("target", "bench"));
        new Bench(program, length, System.out).run(wanted.isEmpty() ? known : wanted);
    }

    /** Measures what is wanted. */
    void run(Collection<String> wanted) throws RunnerException, IOException {
        out.printf(
                "%s, Java %s, %d processors, %s%n",
                System.getProperty("os.arch"),
                Runtime.version(),
                Runtime.getRuntime().availableProcessors(),
                length.name().toLowerCase());
        List<Row> rows = ROWS.stream().filter(row -> wanted.contains(row.mechanism)).toList();
        if (!rows.isEmpty()) {
            printLoops(rows);
        }
        if (wanted.contains(ROUND_TRIP)) {
            new RoundTrips(program, length.rounds, length.trips).print(out);
        }
    }

    private void printLoops(List<Row> rows) throws RunnerException {
        out.printf(
                "%n%-33s%-12s%10s%10s%8s%9s%10s%n",
                "one thread, nobody else", "", "C ns", "Java ns", "x C", "x array", "bytes/op");
        for (Row row : rows) {
            double array = Double.NaN;
            if (row.mechanism.equals("memory")) {
                array = print(row, "array", measure(row.benchmark("Array"), "array"), array);
            }
            for (String provider : providersOf(row.mechanism)) {
                print(row, provider, measure(row.benchmark(row.type), provider), array);
            }
        }
        out.println("x C and x array: medians over pairs of neighbouring rounds.");
    }

    private Collection<IterationResult> measure(String benchmark, String provider)
            throws RunnerException {
        TimeValue time = TimeValue.milliseconds(length.millis);
        ChainedOptionsBuilder options =
                new OptionsBuilder()
                        .include(benchmark.replace(".", "\\.") + "$")
                        .param("provider", provider)
                        .mode(Mode.AverageTime)
                        .timeUnit(TimeUnit.NANOSECONDS)
                        .forks(length.forks)
                        .warmupIterations(length.warmUps)
                        .warmupTime(time)
                        .measurementIterations(length.iterations)
                        .measurementTime(time)
                        .jvmArgs(JVM.toArray(String[]::new))
                        .addProfiler(TwinProfiler.class, program.path().toString())
                        .addProfiler(GCProfiler.class)
                        .shouldFailOnError(true)
                        .output(program.path().resolveSibling("jmh.log").toString());
        if (benchmark.startsWith(SignalBenchmark.class.getName())) {
            options.forks(Math.max(1, length.forks))
                    .jvm(SignalBenchmark.launcher(program.path().getParent()).toString());
        }
        Collection<RunResult> results = new Runner(options.build()).run();
        return results.stream()
                .map(RunResult::getBenchmarkResults)
                .flatMap(Collection::stream)
                .map(BenchmarkResult::getIterationResults)
                .flatMap(Collection::stream)
                .toList();
    }

    /** Prints a row and returns its ratio to C. */
    private double print(
            Row row, String provider, Collection<IterationResult> iterations, double array) {
        double c = median(iterations, Bench::twin);
        double java = median(iterations, Bench::score);
        double ratio = median(iterations, iteration -> score(iteration) / twin(iteration));
        out.printf(
                "%-33s%-12s%10.1f%10.1f%8.2f%9s%10.2f%n",
                row.mechanism + ": " + row.what,
                provider,
                c,
                java,
                ratio,
                Double.isNaN(array) ? "" : "%.2f".formatted(ratio / array),
                median(iterations, iteration -> secondary(iteration, "gc.alloc.rate.norm")));
        out.flush();
        return ratio;
    }

    private static double score(IterationResult iteration) {
        return iteration.getPrimaryResult().getScore();
    }

    private static double twin(IterationResult iteration) {
        return secondary(iteration, TwinProfiler.RESULT);
    }

    private static double secondary(IterationResult iteration, String label) {
        Result<?> result = iteration.getSecondaryResults().get(label);
        return result == null ? Double.NaN : result.getScore();
    }

    private static double median(
            Collection<IterationResult> iterations, ToDoubleFunction<IterationResult> value) {
        return median(iterations.stream().mapToDouble(value).toArray());
    }

    /**
     * Returns the median.
     *
     * @param values some numbers
     * @return the one in the middle
     */
    public static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /**
     * Returns the names of the providers that can be measured here; of sockets, also whose others
     * there are. Signals can be where a JVM can be started with them blocked.
     */
    static List<String> providersOf(String mechanism) {
        Stream<String> ours =
                Stream.of("posix", "jvm")
                        .filter(provider -> isAvailable(MECHANISMS.get(mechanism), provider));
        Stream<String> others =
                mechanism.equals("socket") ? SocketEnds.OTHERS.stream() : Stream.empty();
        return Stream.concat(ours, others).toList();
    }

    private static boolean isAvailable(Class<? extends MechanismProvider> type, String provider) {
        try {
            return type == SignalProvider.class
                    ? SignalBenchmark.isPossible(provider)
                    : Ipc.provider(type, provider).availability().isAvailable();
        } catch (IllegalArgumentException absent) {
            return false;
        }
    }
}
