// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/** The tools of the JDK, as the author of an example would call them. */
final class Jdk {
    private static final Path SOURCES = Path.of("src").toAbsolutePath();
    private static final int PATIENCE_SECONDS = 60;

    private Jdk() {}

    /** Compiles an example against some modules, and makes a jar of it. */
    static Path jar(String example, Path directory, List<Path> modulePath) throws IOException {
        Path classes = Files.createDirectories(directory.resolve(example + "-classes"));
        Path java = SOURCES.resolve(example).resolve("java");
        List<String> call =
                new ArrayList<>(
                        List.of(
                                "-p",
                                path(modulePath),
                                "-cp", // or else that of this JVM
                                classes.toString(),
                                "-d",
                                classes.toString(),
                                "-Xlint:all",
                                "-Werror"));
        try (Stream<Path> files = Files.walk(java)) {
            files.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(call::add);
        }
        tool("javac", call);
        Path jar = directory.resolve(example + ".jar");
        List<String> jarCall =
                new ArrayList<>(
                        List.of(
                                "--create",
                                "--file",
                                jar.toString(),
                                "-C",
                                classes.toString(),
                                "."));
        Path resources = SOURCES.resolve(example).resolve("resources");
        if (Files.isDirectory(resources)) {
            jarCall.addAll(List.of("-C", resources.toString(), "."));
        }
        tool("jar", jarCall);
        return jar;
    }

    /** Makes a run-time image. */
    static Path image(Path directory, List<Path> modulePath, String modules) {
        Path image = directory.resolve("image");
        tool(
                "jlink",
                List.of(
                        "-p",
                        path(modulePath),
                        "--add-modules",
                        modules,
                        "--output",
                        image.toString()));
        return image;
    }

    private static void tool(String name, List<String> words) {
        StringWriter output = new StringWriter();
        PrintWriter writer = new PrintWriter(output);
        int status =
                ToolProvider.findFirst(name)
                        .orElseThrow()
                        .run(writer, writer, words.toArray(String[]::new));
        assertEquals(0, status, () -> name + " " + words + ": " + output);
    }

    static String path(List<Path> entries) {
        return String.join(File.pathSeparator, entries.stream().map(Path::toString).toList());
    }

    /** Starts the java of a JDK or an image. */
    static Process start(Path home, List<String> words) throws IOException {
        List<String> call =
                new ArrayList<>(List.of(home.resolve("bin").resolve("java").toString()));
        call.addAll(words);
        return new ProcessBuilder(call).start();
    }

    /**
     * Waits for a process that succeeds without a word on standard error, and returns its output.
     */
    static String output(Process process) throws IOException, InterruptedException {
        boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly();
        }
        assertTrue(ended, "hangs");
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals("", err);
        assertEquals(0, process.exitValue());
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }
}
