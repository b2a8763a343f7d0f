// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
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
        tool("jlink", linking(image, modulePath, modules));
        return image;
    }

    /** Makes sure that there can be no such image, and returns why. */
    static String noImage(Path directory, List<Path> modulePath, String modules) {
        StringWriter output = new StringWriter();
        List<String> words = linking(directory.resolve("image"), modulePath, modules);
        assertNotEquals(0, run("jlink", words, output));
        return output.toString();
    }

    private static List<String> linking(Path image, List<Path> modulePath, String modules) {
        return List.of(
                "-p", path(modulePath), "--add-modules", modules, "--output", image.toString());
    }

    /** Makes a copy of an automatic module that has a descriptor. */
    static Path modular(Path jar, String module, Path directory) throws IOException {
        tool("jdeps", List.of("--generate-module-info", directory.toString(), jar.toString()));
        Path described = directory.resolve(module);
        tool(
                "javac",
                List.of(
                        "--patch-module",
                        module + "=" + jar,
                        "-d",
                        described.toString(),
                        described.resolve("module-info.java").toString()));
        Path copy = Files.copy(jar, directory.resolve(module + ".jar"));
        tool(
                "jar",
                List.of(
                        "--update",
                        "--file",
                        copy.toString(),
                        "-C",
                        described.toString(),
                        "module-info.class"));
        return copy;
    }

    private static void tool(String name, List<String> words) {
        StringWriter output = new StringWriter();
        int status = run(name, words, output);
        assertEquals(0, status, () -> name + " " + words + ": " + output);
    }

    private static int run(String tool, List<String> words, StringWriter output) {
        PrintWriter writer = new PrintWriter(output);
        return ToolProvider.findFirst(tool)
                .orElseThrow()
                .run(writer, writer, words.toArray(String[]::new));
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
        awaitEnd(process);
        assertEquals("", text(process.getErrorStream()));
        assertEquals(0, process.exitValue());
        return text(process.getInputStream()).strip();
    }

    /** Waits for a process that fails, and returns what it says about that. */
    static String refusal(Process process) throws IOException, InterruptedException {
        awaitEnd(process);
        assertNotEquals(0, process.exitValue());
        return text(process.getErrorStream());
    }

    private static void awaitEnd(Process process) throws InterruptedException {
        boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly();
        }
        assertTrue(ended, "hangs");
    }

    private static String text(InputStream stream) throws IOException {
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
}
