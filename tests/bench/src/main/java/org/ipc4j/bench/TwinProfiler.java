// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.bench;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.ScalarResult;
import org.openjdk.jmh.runner.IterationType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * Runs a benchmark's twin in C, for half of the iteration's time just before each iteration and for
 * the other half just after it, so that both meet the same weather.
 */
public final class TwinProfiler implements InternalProfiler {
    /** The twin's nanoseconds per operation, among an iteration's secondary results. */
    static final String RESULT = "c";

    private final CProgram program;
    private double before;

    /**
     * Called by JMH.
     *
     * @param program the path of the C program
     */
    public TwinProfiler(String program) {
        this.program = new CProgram(Path.of(program));
    }

    @Override
    public String getDescription() {
        return "the same loop in C";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        if (iteration.getType() == IterationType.MEASUREMENT) {
            before = nanosPerOperation(benchmark, iteration);
        }
    }

    @Override
    public Collection<ScalarResult> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        if (iteration.getType() != IterationType.MEASUREMENT) {
            return List.of();
        }
        double mean = (before + nanosPerOperation(benchmark, iteration)) / 2;
        return List.of(new ScalarResult(RESULT, mean, "ns/op", AggregationPolicy.AVG));
    }

    private double nanosPerOperation(BenchmarkParams benchmark, IterationParams iteration) {
        try {
            return program.loop(
                    twin(benchmark.getBenchmark()),
                    Math.max(1, iteration.getTime().convertTo(MILLISECONDS) / 2));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the twin's name. */
    static String twin(String benchmark) {
        int dot = benchmark.lastIndexOf('.');
        try {
            return Arrays.stream(Class.forName(benchmark.substring(0, dot)).getDeclaredMethods())
                    .filter(method -> method.getName().equals(benchmark.substring(dot + 1)))
                    .findFirst()
                    .orElseThrow()
                    .getAnnotation(Twin.class)
                    .value();
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
