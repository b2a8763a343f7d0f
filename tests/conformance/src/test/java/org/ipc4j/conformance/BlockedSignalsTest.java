// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs the contracts of signals that queue in a JVM of their own, which is started with signals
 * blocked and with a small limit of those that wait.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux has signals that queue")
class BlockedSignalsTest {
    private static final Pattern SUCCESSFUL = Pattern.compile("\\[ +(\\d+) tests successful +]");
    private static final int MINUTES = 5;

    @TempDir private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"PosixSignalQueueTest", "PosixSignalQueueWaitingTest"})
    @Timeout(value = MINUTES + 1, unit = TimeUnit.MINUTES)
    void keepsTheContractWhereSignalsAreBlocked(String contract) throws Exception {
        String output = run(contract);
        Matcher successful = SUCCESSFUL.matcher(output);
        assertTrue(successful.find(), output);
        assertTrue(Integer.parseInt(successful.group(1)) >= 8, output);
        for (String word : List.of("aborted", "skipped", "failed")) {
            assertTrue(output.matches("(?s).*\\[ +0 tests " + word + " +].*"), output);
        }
    }

    /** Without it, the test above would prove nothing. */
    @Test
    void theClassesAreThere() {
        assertEquals(
                List.of(true, true),
                Stream.of(PosixSignalQueueTest.class, PosixSignalQueueWaitingTest.class)
                        .map(type -> type.isAnnotationPresent(EnabledOnOs.class))
                        .toList());
    }

    private String run(String contract) throws Exception {
        List<String> command = new ArrayList<>(asUserOfItsOwn());
        command.addAll(
                List.of(
                        "env",
                        "--block-signal=RTMIN+1",
                        "--block-signal=RTMIN+2",
                        "--block-signal=USR1",
                        "prlimit",
                        "--sigpending=300",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "--illegal-native-access=deny",
                        "--enable-native-access=org.ipc4j.posix",
                        "--module-path",
                        modulePath(),
                        "--add-modules",
                        "org.ipc4j.conformance",
                        "--module",
                        "org.junit.platform.console",
                        "execute",
                        "--select-class",
                        BlockedSignalsTest.class.getPackageName() + "." + contract,
                        "--fail-if-no-tests",
                        "--disable-banner",
                        "--disable-ansi-colors",
                        "--details=tree"));
        Path log = directory.resolve(contract + ".log");
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        process.getOutputStream().close();
        boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
        if (!ended) {
            process.destroyForcibly().waitFor();
        }
        String output = Files.readString(log);
        assertTrue(ended, () -> "hangs: " + output);
        assertEquals(0, process.exitValue(), output);
        return output;
    }

    /**
     * The limit is one of all processes of a user, whose signals would come and go at any time. In
     * a name space of its own a user has no other processes.
     */
    private static List<String> asUserOfItsOwn() throws Exception {
        List<String> unshare = List.of("unshare", "--user", "--map-root-user");
        List<String> attempt = new ArrayList<>(unshare);
        attempt.add("true");
        boolean isAllowed =
                new ProcessBuilder(attempt)
                                .redirectError(ProcessBuilder.Redirect.DISCARD)
                                .start()
                                .waitFor()
                        == 0;
        return isAllowed ? unshare : List.of();
    }

    /** Where this JVM has its modules, and the launcher that it has on the class path. */
    private static String modulePath() {
        return Stream.concat(
                        Arrays.stream(
                                System.getProperty("jdk.module.path").split(File.pathSeparator)),
                        Arrays.stream(
                                        System.getProperty("java.class.path")
                                                .split(File.pathSeparator))
                                .filter(entry ->
                                        entry.contains("junit-platform")
                                                || entry.contains("apiguardian")))
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }
}
