// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs jcstress over the other classes here: compiled in an order that the compiler shuffles, for
 * about a minute; or in a campaign in every mode of the JVM, interpreted too, for as long as it
 * takes to see rare interleavings. Its report is in {@code target/stress}.
 */
@Timeout(value = 2, unit = TimeUnit.HOURS)
@EnabledOnOs(value = OS.LINUX, disabledReason = "what is left is looked for in /dev/shm")
class StressIT {
    private static final boolean FULL = "full".equals(System.getProperty("ipc.campaign"));
    private static final String SHUFFLED =
            "-XX:+UnlockDiagnosticVMOptions -XX:+StressLCM -XX:+StressGCM";
    private static final List<String> PATIENCE =
            FULL
                    ? List.of("-time", "5000", "-iters", "3", "-f", "2")
                    : List.of("-time", "300", "-iters", "1", "-f", "1", "-jvmArgs", SHUFFLED);

    /** A channel is dear to make, so a few of them serve all states. */
    private static final List<String> STATES = List.of("-strideSize", "4", "-strideCount", "4");

    private static final Path SHM = Path.of("/dev/shm");

    private final String names = "ipc4j-stress-" + ProcessHandle.current().pid();
    private final Path report = Path.of("target", "stress").toAbsolutePath();
    private final Path log = report.resolve("jcstress.log");

    @Test
    void thereAreNoOtherOutcomes() throws Exception {
        Files.createDirectories(report);
        Process process =
                new ProcessBuilder(command())
                        .directory(report.toFile()) // where jcstress leaves what it does not report
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        try {
            int status = process.waitFor();
            assertEquals(0, status, () -> "jcstress found something; see " + log + ":\n" + end());
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        assertTrue(end().contains(" 0 failed, 0 soft errs, 0 hard errs"), this::end);
        assertEquals(List.of(), leftovers());
    }

    private List<String> command() {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--illegal-native-access=deny",
                                "--enable-native-access=ALL-UNNAMED",
                                "-Dipc.stress.names=" + names,
                                "-cp",
                                System.getProperty("java.class.path"),
                                "org.openjdk.jcstress.Main",
                                "-v",
                                "-r",
                                report.toString(),
                                // all threads of a test are compiled alike, and run where they may
                                "-sc",
                                "false",
                                "-af",
                                "NONE"));
        command.addAll(STATES);
        command.addAll(PATIENCE);
        return command;
    }

    /** What jcstress says about its progress, for the last time, and all of its verdict. */
    private String end() {
        try {
            String text = Files.readString(log);
            return text.substring(Math.max(0, text.lastIndexOf("(Results: ")));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private List<String> leftovers() throws IOException {
        try (Stream<Path> files = Files.list(SHM)) {
            return files.map(Path::toString).filter(file -> file.contains(names)).toList();
        }
    }
}
