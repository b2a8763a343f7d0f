// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.Mechanism;
import org.ipc4j.spi.NamedSemaphoreProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Which provider is chosen, in JVMs that are started for the question. */
@EnabledOnOs(OS.LINUX)
class SelectionTest {
    private static void assertSelected(Child child, String expected) throws Exception {
        for (Mechanism mechanism : Mechanism.values()) {
            assertEquals(expected, child.ask("selected " + mechanism.key()));
        }
    }

    private static void assertContains(String text, String... parts) {
        for (String part : parts) {
            assertTrue(text.contains(part), () -> "\"" + part + "\" is not in: " + text);
        }
    }

    private static List<String> rows(String report, String provider) {
        return report.lines()
                .filter(line -> line.matches("\\S+ +" + provider + "\\*? .*"))
                .toList();
    }

    @Test
    void theHighestRankIsChosen() throws Exception {
        try (Child child = Child.modular()) {
            assertSelected(child, "posix");
            String report = child.ask("report");
            assertEquals(2 * Mechanism.values().length, report.lines().count(), report);
            assertEquals(4, rows(report, "posix").size());
            for (String row : rows(report, "posix")) {
                assertTrue(row.matches("\\S+ +posix\\* +available +[A-Z_ ]+"), row);
            }
            for (String row : rows(report, "jvm")) {
                assertTrue(row.matches("\\S+ +jvm +available +[A-Z_ ]+"), row);
            }
        }
    }

    @Test
    void aPropertyChoosesForAll() throws Exception {
        try (Child child = Child.modular("-Dorg.ipc4j.provider=jvm")) {
            assertSelected(child, "jvm");
            assertEquals(
                    4, child.ask("report").lines().filter(line -> line.contains("jvm*")).count());
        }
    }

    @Test
    void aPropertyChoosesForOne() throws Exception {
        try (Child child = Child.modular("-Dorg.ipc4j.provider.named-pipe=jvm")) {
            assertEquals("jvm", child.ask("selected named-pipe"));
            assertEquals("posix", child.ask("selected message-queue"));
        }
        try (Child child =
                Child.modular(
                        "-Dorg.ipc4j.provider=jvm", "-Dorg.ipc4j.provider.named-semaphore=posix")) {
            assertEquals("posix", child.ask("selected named-semaphore"));
            assertEquals("jvm", child.ask("selected shared-memory"));
        }
    }

    @Test
    void anUnknownProviderIsRefusedWithThePresentOnes() throws Exception {
        try (Child child = Child.modular("-Dorg.ipc4j.provider=posx")) {
            assertContains(
                    child.ask("selected named-pipe"),
                    "IllegalStateException",
                    "-Dorg.ipc4j.provider=posx",
                    "named-pipe",
                    "posix",
                    "jvm");
            assertContains(child.ask("create semaphore x"), "IllegalStateException");
            String report = child.ask("report");
            assertEquals(8, report.lines().count(), "the report works all the same");
            assertTrue(report.indexOf('*') < 0, report);
        }
    }

    @Test
    void equalRanksAreRefusedWithThePropertyToSet(@TempDir Path directory) throws Exception {
        provide(directory, ThirdPartyProvider.class.getName());
        try (Child child = Child.with(directory, "-Dthird.rank=100")) {
            assertContains(
                    child.ask("selected named-semaphore"),
                    "IllegalStateException",
                    "posix",
                    "third",
                    "-Dorg.ipc4j.provider.named-semaphore=");
            assertEquals(
                    "posix",
                    child.ask("selected named-pipe"),
                    "the other mechanisms are not concerned");
        }
        try (Child child =
                Child.with(
                        directory,
                        "-Dthird.rank=100",
                        "-Dorg.ipc4j.provider.named-semaphore=third")) {
            assertContains(child.ask("create semaphore x"), "third created");
        }
    }

    @Test
    void aThirdPartyOfHigherRankIsChosen(@TempDir Path directory) throws Exception {
        provide(directory, ThirdPartyProvider.class.getName());
        try (Child child = Child.with(directory, "-Dthird.rank=101")) {
            assertEquals("third", child.ask("selected named-semaphore"));
            assertEquals("posix", child.ask("selected shared-memory"));
            String report = child.ask("report");
            assertTrue(
                    report.indexOf("third*")
                            < report.indexOf("posix", report.indexOf("named-semaphore")),
                    report);
        }
    }

    @Test
    void aBrokenProviderIsReportedAndBreaksNothing(@TempDir Path directory) throws Exception {
        provide(directory, "org.nowhere.Missing");
        try (Child child = Child.with(directory)) {
            assertEquals("posix", child.ask("selected named-semaphore"));
            assertContains(child.ask("report"), "org.nowhere.Missing", "unavailable");
        }
    }

    private static void provide(Path directory, String provider) throws Exception {
        Path services = Files.createDirectories(directory.resolve("META-INF/services"));
        Files.writeString(
                services.resolve(NamedSemaphoreProvider.class.getName()), provider + "\n");
    }

    @Test
    void withoutNativeAccessTheFallbackServesAndTheReportTellsTheFlag() throws Exception {
        try (Child child = Child.withoutAccess("--illegal-native-access=deny")) {
            assertSelected(child, "jvm");
            String report = child.ask("report");
            for (String row : rows(report, "posix")) {
                assertContains(row, "unavailable", "--enable-native-access=org.ipc4j.posix");
            }
            assertEquals(4, rows(report, "posix").size());
            assertEquals("worked", child.ask("work " + Names.fresh()));
        }
    }

    @Test
    void anUnavailableProviderThatIsAskedForIsRefusedWithTheReason() throws Exception {
        try (Child child =
                Child.withoutAccess("--illegal-native-access=deny", "-Dorg.ipc4j.provider=posix")) {
            assertContains(
                    child.ask("selected named-semaphore"),
                    "UnsupportedOperationException",
                    "-Dorg.ipc4j.provider=posix",
                    "--enable-native-access=org.ipc4j.posix");
        }
    }

    @Test
    void onTheClassPathItWorksToo() throws Exception {
        try (Child child = Child.onClassPath("--enable-native-access=ALL-UNNAMED")) {
            assertSelected(child, "posix");
            assertEquals("worked", child.ask("work " + Names.fresh()));
        }
        try (Child child = Child.onClassPath("--illegal-native-access=deny")) {
            assertSelected(child, "jvm");
            assertContains(child.ask("report"), "--enable-native-access=ALL-UNNAMED");
            assertEquals("worked", child.ask("work " + Names.fresh()));
        }
    }

    @Test
    void everyProviderWorksThroughTheApi() throws Exception {
        for (String provider : List.of("posix", "jvm")) {
            try (Child child = Child.modular("-Dorg.ipc4j.provider=" + provider)) {
                assertEquals("worked", child.ask("work " + Names.fresh()));
            }
        }
    }
}
