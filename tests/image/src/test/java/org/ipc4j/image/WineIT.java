// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The same jars on Windows: {@code native/wine/ipc}. Where the rig is missing nothing is tested,
 * and it says so; {@code -Dipc.require.wine=true} makes that a failure.
 */
@ResourceLock("tours, which look what others leave")
@Timeout(180)
class WineIT {
    private static final Path WINE = Ipc.IMAGE.resolve("../../../native/wine").normalize();
    private static final Path PREFIX = WINE.resolve("rig/prefix");
    private static final Path USERS = PREFIX.resolve("drive_c/users");

    @BeforeAll
    static void requireRig() {
        boolean there = Files.exists(PREFIX.resolve("ready"));
        String missing =
                "native/wine/ipc is NOT TESTED, there is no Windows JDK under Wine here;"
                        + " native/wine/setup builds it";
        if (!there) {
            System.out.println(missing);
        }
        assertTrue(there || !Boolean.getBoolean("ipc.require.wine"), missing);
        assumeTrue(there, missing);
    }

    @AfterAll
    static void endServices() throws Exception {
        if (Files.exists(PREFIX.resolve("ready"))) {
            Ipc.start(WINE.resolve("run"), "wineserver", "--kill").result();
        }
    }

    private static Ipc.Result call(String... words) throws Exception {
        return Ipc.start(WINE.resolve("ipc"), words).result();
    }

    private static List<Map<String, Object>> rows(Map<String, Object> facts, String key) {
        return ((List<?>) facts.get(key)).stream().map(JsonReader::object).toList();
    }

    private static Map<String, Object> report() throws Exception {
        return JsonReader.object(JsonReader.read(call("report", "--json").succeeded().out()));
    }

    @Test
    void reportsWhatThereIsOnWindows() throws Exception {
        Map<String, Object> report = report();
        assertTrue(report.get("system").toString().startsWith("Windows "), report::toString);
        for (Map<String, Object> row : rows(report, "mechanisms")) {
            if (row.get("provider").equals("posix")) {
                assertEquals(false, row.get("available"), row::toString);
                assertTrue(row.get("reason").toString().startsWith("needs Linux "), row::toString);
            }
        }
        assertTrue(
                available(report)
                        .containsAll(
                                Set.of(
                                        "shared-memory",
                                        "mapped-file",
                                        "named-semaphore",
                                        "message-queue",
                                        "channel",
                                        "topic",
                                        "file-lock",
                                        "file-exchange")),
                report::toString);
    }

    /** The mechanisms that a provider is selected for. */
    private static Set<Object> available(Map<String, Object> report) {
        return rows(report, "mechanisms").stream()
                .filter(row -> row.get("selected").equals(true))
                .map(row -> row.get("mechanism"))
                .collect(Collectors.toSet());
    }

    @Test
    void reportsAsATable() throws Exception {
        String table = call("report").succeeded().out();
        assertTrue(
                table.lines()
                        .anyMatch(line -> line.matches("shared-memory +\\w+\\* +available .*")),
                table);
    }

    @Test
    void movesAFileThroughWhatThereIs(@TempDir Path directory) throws Exception {
        byte[] content = new byte[300_001];
        ThreadLocalRandom.current().nextBytes(content);
        Path file = Files.write(directory.resolve("content"), content);
        String sum = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        Set<Object> available = available(report());

        Ipc.Result result = call("tour", file.toString(), "--json");
        assertEquals("", result.err(), result::toString);
        Map<String, Object> tour = JsonReader.object(JsonReader.read(result.out()));
        assertEquals(sum, tour.get("sha256"));
        List<Map<String, Object>> passages = rows(tour, "passages");
        assertTrue(
                passages.stream()
                        .map(row -> row.get("mechanism"))
                        .toList()
                        .containsAll(
                                List.of("anonymous-pipe", "channel", "topic", "file-exchange")),
                passages::toString);
        boolean allThere = true;
        for (Map<String, Object> passage : passages) {
            if (available.contains(passage.get("mechanism"))) {
                assertEquals("equal", passage.get("verdict"), passage::toString);
                assertEquals(content.length, ((Number) passage.get("bytes")).intValue());
            } else {
                allThere = false;
                assertTrue(
                        passage.get("verdict").toString().startsWith("FAILED: no provider of "),
                        passage::toString);
            }
        }
        assertEquals(allThere, result.status() == 0, result::toString);
        assertNothingIsLeft();
    }

    @Test
    void measuresAChannel() throws Exception {
        Ipc.Result bench = call("bench").succeeded();
        assertEquals(4, bench.out().lines().count(), bench::toString);
    }

    private static void assertNothingIsLeft() throws Exception {
        try (Stream<Path> files = Files.find(USERS, 8, (file, is) -> is.isRegularFile())) {
            List<Path> left =
                    files.filter(file -> file.toString().contains("ipc-tour-"))
                            .collect(Collectors.toList());
            assertEquals(List.of(), left);
        }
        assertFalse(
                ProcessHandle.allProcesses()
                        .anyMatch(process ->
                                process.info().commandLine().orElse("").contains("tour-peer")),
                "the second process is left");
    }
}
