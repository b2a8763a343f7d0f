// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.module.ResolvedModule;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Another JVM, in which {@link ChildMain} answers a line with a line. */
final class Child implements AutoCloseable {
    private static final List<String> MODULES =
            List.of("org.ipc4j", Here.NATIVE_MODULE, "org.ipc4j.jvm");

    private final Process process;
    private final BufferedReader answers;
    private final PrintStream questions;

    private Child(List<String> command) throws IOException {
        process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        answers = process.inputReader(StandardCharsets.UTF_8);
        questions = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    /**
     * The API and the providers for this system are modules, enabled as in the tests; the test's
     * own classes are on the class path.
     */
    static Child modular(String... options) throws IOException {
        List<String> all =
                new ArrayList<>(
                        List.of(
                                "--illegal-native-access=deny",
                                "--enable-native-access=" + Here.NATIVE_MODULE));
        all.addAll(List.of(options));
        return withoutAccess(all.toArray(String[]::new));
    }

    /** As {@link #modular}, but without any option that concerns native access. */
    static Child withoutAccess(String... options) throws IOException {
        return start(path(MODULES), String.join(",", MODULES), List.of(tests()), options);
    }

    /** As {@link #modular}, with more on the class path. */
    static Child with(Path more, String... options) throws IOException {
        List<String> all =
                new ArrayList<>(
                        List.of(
                                "--illegal-native-access=deny",
                                "--enable-native-access=" + Here.NATIVE_MODULE));
        all.addAll(List.of(options));
        return start(
                path(MODULES),
                String.join(",", MODULES),
                List.of(tests(), more.toString()),
                all.toArray(String[]::new));
    }

    /** Everything is on the class path. */
    static Child onClassPath(String... options) throws IOException {
        return start("", "", List.of(tests(), path(MODULES)), options);
    }

    private static Child start(
            String modulePath, String roots, List<String> classPath, String... options)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1"));
        if (!roots.isEmpty()) {
            command.addAll(List.of("--module-path", modulePath, "--add-modules", roots));
        }
        command.addAll(List.of(options));
        command.addAll(
                List.of(
                        "-cp",
                        String.join(File.pathSeparator, classPath),
                        ChildMain.class.getName()));
        return new Child(command);
    }

    static String path(List<String> modules) {
        return modules.stream()
                .map(Child::location)
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Where a module of this JVM is: a directory of classes, or a jar. */
    static Path location(String module) {
        return Path.of(
                ModuleLayer.boot()
                        .configuration()
                        .findModule(module)
                        .map(ResolvedModule::reference)
                        .flatMap(reference -> reference.location())
                        .orElseThrow(() -> new AssertionError("no module " + module)));
    }

    private static String tests() {
        try {
            URI location = Child.class.getProtectionDomain().getCodeSource().getLocation().toURI();
            return Path.of(location).toString();
        } catch (java.net.URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /** Asks and returns the answer, whose line ends are written {@code \n}. */
    String ask(String question) throws IOException {
        questions.println(question);
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("the child has died while asked: " + question);
        }
        return answer.replace("\\n", "\n");
    }

    /** Asks something that ends the child. */
    void end(String question) throws InterruptedException {
        questions.println(question);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the child does not end");
    }

    @Override
    public void close() throws IOException {
        questions.close();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("the child does not end");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
