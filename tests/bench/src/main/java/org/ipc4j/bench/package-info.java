// SPDX-License-Identifier: Apache-2.0

/**
 * ipc4j beside the same loops in C, in one run. {@link org.ipc4j.bench.Bench} is the command,
 * {@code tests/bench/run} starts it.
 *
 * <p>One thread: a JMH benchmark per primitive ({@code ...Benchmark}), around each of whose
 * iterations {@link org.ipc4j.bench.TwinProfiler} runs the {@link org.ipc4j.bench.Twin} in C. Two
 * processes: {@link org.ipc4j.bench.RoundTrips}. The C is in {@code src/main/c/bench.c}.
 */
package org.ipc4j.bench;
