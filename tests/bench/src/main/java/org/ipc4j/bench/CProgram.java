// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A compiled program in C: {@code bench.c}, or {@code ring.c}.
 *
 * @param path the program
 */
public record CProgram(Path path) {
    /**
     * Compiles the program.
     *
     * @param source its source file
     * @param folder where the program goes, under the name of the source
     * @param options of the compiler
     * @return the program
     */
    public static CProgram compile(Path source, Path folder, String... options)
            throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Path program =
                folder.resolve(source.getFileName().toString().replace(".c", "")).toAbsolutePath();
        List<String> command = new ArrayList<>(List.of("cc", "-std=gnu11", "-O2"));
        command.addAll(List.of(options));
        command.addAll(List.of("-o", program.toString(), source.toString(), "-pthread", "-lrt"));
        Process compiler;
        try {
            compiler = new ProcessBuilder(command).inheritIO().start();
        } catch (IOException e) {
            throw new IOException("the benchmarks need a C compiler, and there is no \"cc\"", e);
        }
        if (compiler.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed");
        }
        return new CProgram(program);
    }

    /** Runs a loop and returns its nanoseconds per operation. */
    double loop(String name, long millis) throws IOException {
        return number("loop", name, Long.toString(millis));
    }

    /**
     * Returns the nanoseconds that a cache line takes to go to another processor and back, just
     * now.
     */
    double probe() throws IOException {
        return number("probe");
    }

    /**
     * Returns the nanoseconds that a cache line takes from one processor to another one and back,
     * just now. For {@code ring.c}.
     *
     * @param one the number of a processor
     * @param other that of another one
     * @return the nanoseconds
     */
    public double probe(int one, int other) throws IOException {
        return number("probe", Integer.toString(one), Integer.toString(other));
    }

    /** Starts a program on one half of the processors. The processes write to our error stream. */
    Process startOnHalf(int half, List<String> command) throws IOException {
        List<String> all = new ArrayList<>(List.of("half", Integer.toString(half)));
        all.addAll(command);
        return start(all);
    }

    Process start(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(path.toString()));
        command.addAll(arguments);
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    private double number(String... arguments) throws IOException {
        Process process = start(List.of(arguments));
        try (var output = process.inputReader()) {
            String line = output.readLine();
            if (line == null) {
                throw new IOException("bench " + String.join(" ", arguments) + " failed");
            }
            return Double.parseDouble(line);
        }
    }
}
