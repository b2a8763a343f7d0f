// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.bench.compare;

import org.ipc4j.channel.Channel;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The processes of one contestant in one case, from their start to their end. */
final class Match implements AutoCloseable {
    /** A process that takes longer to answer than its work takes, and this, hangs. */
    private static final long PATIENCE_SECONDS = 30;

    /** So does one that takes longer to end. */
    private static final long END_SECONDS = 5;

    private final Contestant contestant;
    private final Case what;
    private final Path folder;

    /** The helper is not among them. */
    private final List<Process> ends = new ArrayList<>();

    private final List<Process> all = new ArrayList<>();

    /** Whoever interrupts us by a signal shall not have to tidy up. */
    private final Thread atExit = new Thread(this::abandon);

    /** Starts the processes. */
    Match(Contestant contestant, Case what) throws IOException {
        this.contestant = contestant;
        this.what = what;
        this.folder = Files.createTempDirectory(memory(), "ipc4j-bench-");
        Runtime.getRuntime().addShutdownHook(atExit);
        try {
            if (!contestant.helper().isEmpty()) {
                expect(start(contestant.helper(), List.of(folder.toString())), "ready");
            }
            ends.add(startEnd(0));
            expect(ends.getFirst(), "ready");
            for (int index = 1; index <= what.others(); index++) {
                ends.add(startEnd(index));
            }
            for (Process end : ends.subList(1, ends.size())) {
                expect(end, "ready");
            }
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** A folder of files that are in memory only, if there is one. */
    private static Path memory() {
        Path shm = Path.of("/dev/shm");
        return Files.isWritable(shm) ? shm : Path.of(System.getProperty("java.io.tmpdir"));
    }

    /** The processor that a process keeps to; they are taken from the last on. */
    static int processor(int index) {
        int count = Runtime.getRuntime().availableProcessors();
        return (count - 1 - index % count);
    }

    private Process startEnd(int index) throws IOException {
        List<String> arguments = new ArrayList<>(what.arguments());
        arguments.add(Integer.toString(index));
        arguments.add(Integer.toString(processor(index)));
        arguments.add(folder.toString());
        return start(contestant.command(), arguments);
    }

    private Process start(List<String> command, List<String> arguments) throws IOException {
        List<String> line = new ArrayList<>(command);
        line.addAll(arguments);
        Process process =
                new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        all.add(process);
        return process;
    }

    Contestant contestant() {
        return contestant;
    }

    /** Reads a line that begins with a word, and returns the rest. */
    private String expect(Process process, String word) throws IOException {
        CompletableFuture<Void> watchdog =
                CompletableFuture.runAsync(
                        process::destroyForcibly,
                        CompletableFuture.delayedExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS));
        BufferedReader output = process.inputReader();
        String line = output.readLine();
        watchdog.cancel(false);
        if (line == null || !line.startsWith(word)) {
            throw new IOException(
                    "%s in %s, process %d: %s instead of \"%s\""
                            .formatted(contestant.label(), what, all.indexOf(process), line, word));
        }
        return line.substring(word.length()).strip();
    }

    /** Makes a round of about so many milliseconds. */
    Score round(long millis) throws IOException {
        for (Process end : ends) {
            end.outputWriter().write(millis + "\n");
            end.outputWriter().flush();
        }
        List<long[]> results = new ArrayList<>();
        for (Process end : ends) {
            String[] numbers = expect(end, "done").split(" ");
            results.add(Arrays.stream(numbers).mapToLong(Long::parseLong).toArray());
        }
        return score(results);
    }

    private Score score(List<long[]> results) throws IOException {
        long[] first = results.getFirst();
        List<long[]> others = results.subList(1, results.size());
        switch (what.kind()) {
            case ROUND_TRIP, FLOW, PACED ->
                    requireSame(first[0], others.stream().mapToLong(result -> result[0]).sum());
            case PUBLISH -> {
                for (long[] other : others) {
                    requireSame(other[0], first[0]);
                }
            }
            case IDLE, SEND, ALLOCATED, OPEN -> {}
        }
        return switch (what.kind()) {
            case FLOW -> Score.rate(first);
            case PUBLISH ->
                    others.stream()
                            .map(Score::rate)
                            .min(Comparator.comparingDouble(Score::value))
                            .orElseThrow();
            case ROUND_TRIP -> Score.times(others.getFirst());
            case PACED, OPEN -> Score.times(first);
            case IDLE -> Score.share(first);
            case SEND, ALLOCATED -> Score.each(first);
        };
    }

    /** What is sent arrives. */
    private void requireSame(long received, long sent) throws IOException {
        if (received != sent) {
            throw new IOException(
                    "%s in %s: %d of %d messages"
                            .formatted(contestant.label(), what, received, sent));
        }
    }

    /** Ends the processes by ending their input: the helper last, who is asked by the others. */
    @Override
    public void close() throws IOException {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
            endAll(ends);
            endAll(all);
        } catch (InterruptedException e) {
            all.forEach(Process::destroyForcibly);
            Thread.currentThread().interrupt();
        } finally {
            deleteAll();
        }
    }

    private void abandon() {
        try {
            all.forEach(process -> process.destroyForcibly().onExit().join());
            deleteAll();
        } catch (IOException e) {
            System.err.println(e);
        }
    }

    private static void endAll(List<Process> processes) throws IOException, InterruptedException {
        for (Process process : processes) {
            if (process.isAlive()) {
                process.outputWriter().close();
            }
        }
        for (Process process : processes) {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }

    /** Also what processes left that had to be killed. */
    private void deleteAll() throws IOException {
        for (String end : List.of("forth", "home")) {
            Channel.remove(Ipc4jPeer.name(folder.resolve(end)));
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
