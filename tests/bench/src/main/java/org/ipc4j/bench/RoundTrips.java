// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.bench;

import org.HdrHistogram.Histogram;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Something goes to a second process and back: each mechanism with two C programs that wait in the
 * kernel, two C programs that look before they wait, and two JVMs per provider, in turns.
 *
 * <p>The host moves virtual processors, which multiplies the time of a trip. So each round begins
 * and ends with a look at how near the processors are to each other, and is thrown away if that
 * changed.
 */
final class RoundTrips {
    private static final List<String> MECHANISMS = List.of("semaphore", "queue", "pipe", "socket");

    /** The two are said to differ when one is so many times the other. */
    private static final double MOVED = 1.6;

    /** In so many rounds' time, the compiler has done its work. */
    private static final int WARM_UP = 5;

    private final CProgram program;
    private final int rounds;
    private final int trips;

    /** Will make so many round trips in each of so many rounds. */
    RoundTrips(CProgram program, int rounds, int trips) {
        this.program = program;
        this.rounds = rounds;
        this.trips = trips;
    }

    /** One way to make round trips, and what came of it. */
    private static final class Runner implements AutoCloseable {
        final String name;
        final Histogram all = new Histogram(3);
        final List<Double> medians = new ArrayList<>();
        final List<Process> processes = new ArrayList<>();
        private final DataInputStream taken;

        Runner(String name, Process ping) {
            this.name = name;
            this.taken = new DataInputStream(new BufferedInputStream(ping.getInputStream()));
            processes.add(ping);
        }

        /** Makes one round, the first tenth of which does not count. */
        Histogram round(int trips) throws IOException {
            int warmUp = trips / 10;
            Process ping = processes.getFirst();
            ping.outputWriter().write(warmUp + trips + "\n");
            ping.outputWriter().flush();
            Histogram histogram = new Histogram(3);
            for (int i = 0; i < warmUp + trips; i++) {
                long nanos = taken.readLong();
                if (i >= warmUp) {
                    histogram.recordValue(nanos);
                }
            }
            return histogram;
        }

        void add(Histogram round) {
            all.add(round);
            medians.add((double) round.getValueAtPercentile(50));
        }

        /** Ends the processes by ending their input: the answering one first. */
        @Override
        public void close() throws IOException {
            for (Process process : processes.reversed()) {
                process.outputWriter().close();
                if (process.onExit().join().exitValue() != 0) {
                    throw new IOException(name + " failed");
                }
            }
        }
    }

    /** Prints a table. */
    void print(PrintStream out) throws IOException {
        out.printf(
                "%n%-28s%10s%8s%12s%12s%12s%12s%n",
                "there and back, 2 processes", "p50 ns", "x C", "p90", "p99", "p99.9", "max");
        DoubleStream.Builder near = DoubleStream.builder();
        int thrownAway = 0;
        for (String mechanism : MECHANISMS) {
            List<Runner> runners = new ArrayList<>();
            try {
                for (String wait : List.of("block", "spin")) {
                    runners.add(startC(mechanism, wait));
                }
                for (String provider : Bench.providersOf(mechanism)) {
                    runners.add(startJava(mechanism, provider));
                }
                for (Runner runner : runners) {
                    runner.round(WARM_UP * trips);
                }
                double before = program.probe();
                for (int round = 0; round < rounds; round++) {
                    List<Histogram> results = new ArrayList<>();
                    for (Runner runner : runners) {
                        results.add(runner.round(trips));
                    }
                    double after = program.probe();
                    boolean moved = Math.max(before, after) > MOVED * Math.min(before, after);
                    before = after;
                    // The last round counts in any case if no other does.
                    if (moved && (round < rounds - 1 || !runners.getFirst().medians.isEmpty())) {
                        thrownAway++;
                        continue;
                    }
                    near.add(after);
                    for (int i = 0; i < runners.size(); i++) {
                        runners.get(i).add(results.get(i));
                    }
                }
            } finally {
                for (Runner runner : runners) {
                    runner.close();
                }
            }
            List<Double> spinning = runners.get(1).medians;
            for (Runner runner : runners) {
                print(out, mechanism + ", " + runner.name, runner, spinning);
            }
        }
        out.printf(
                "x C: beside the C that looks for 20 us before it waits, as ipc4j does.%nA cache"
                    + " line took %.0f ns there and back; %d rounds thrown away because the host"
                    + " moved the processors.%n",
                Bench.median(near.build().toArray()), thrownAway);
    }

    private static void print(PrintStream out, String label, Runner runner, List<Double> c) {
        double[] ratios = new double[c.size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = runner.medians.get(i) / c.get(i);
        }
        out.printf(
                "%-28s%,10d%8.2f%,12d%,12d%,12d%,12d%n",
                label,
                runner.all.getValueAtPercentile(50),
                Bench.median(ratios),
                runner.all.getValueAtPercentile(90),
                runner.all.getValueAtPercentile(99),
                runner.all.getValueAtPercentile(99.9),
                runner.all.getMaxValue());
    }

    private Runner startC(String mechanism, String wait) throws IOException {
        return new Runner("C " + wait, program.start(List.of("ping", mechanism, wait)));
    }

    private Runner startJava(String mechanism, String provider) throws IOException {
        String name = Names.fresh().value();
        Process ping = startJvm(0, "ping", mechanism, provider, name);
        Runner runner = new Runner(provider, ping);
        String ready = readLine(runner.taken);
        if (!ready.equals("ready")) {
            throw new IOException(mechanism + " " + provider + " failed: " + ready);
        }
        runner.processes.add(startJvm(1, "pong", mechanism, provider, name));
        return runner;
    }

    private static String readLine(DataInputStream input) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = input.read(); c != '\n' && c >= 0; c = input.read()) {
            line.append((char) c);
        }
        return line.toString();
    }

    private Process startJvm(int half, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(Bench.JVM);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(RoundTripPeer.class.getName());
        command.addAll(List.of(arguments));
        return program.startOnHalf(half, command);
    }
}
