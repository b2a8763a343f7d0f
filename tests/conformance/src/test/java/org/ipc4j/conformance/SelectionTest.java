// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.Mechanism;
import org.ipc4j.spi.NamedSemaphoreProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Which provider is chosen, in JVMs that are started for the question. */
class SelectionTest {
    /** What the provider for this system offers. */
    private static final List<Mechanism> NATIVE = Here.mechanisms(Here.NATIVE);

    /** What plain Java offers. */
    private static final List<Mechanism> PLAIN = Here.mechanisms("jvm");

    private static final String ACCESS = "--enable-native-access=" + Here.NATIVE_MODULE;

    private static void assertSelected(Child child, String expected, List<Mechanism> mechanisms)
            throws Exception {
        for (Mechanism mechanism : mechanisms) {
            assertEquals(expected, child.ask("selected " + mechanism.key()));
        }
    }

    private static List<Mechanism> without(List<Mechanism> all, List<Mechanism> some) {
        return all.stream().filter(mechanism -> !some.contains(mechanism)).toList();
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
            assertSelected(child, Here.NATIVE, NATIVE);
            assertSelected(child, "jvm", without(PLAIN, NATIVE));
            String report = child.ask("report");
            assertEquals(Here.offers(Here.NATIVE), rows(report, Here.NATIVE).size(), report);
            for (String row : rows(report, Here.NATIVE)) {
                assertTrue(row.matches("\\S+ +" + Here.NATIVE + "\\* +available +[A-Z_ ]+"), row);
            }
            assertEquals(Here.offers("jvm"), rows(report, "jvm").size(), report);
            assertEquals(
                    PLAIN.size(),
                    rows(report, "jvm").stream()
                            .filter(row -> row.matches("\\S+ +jvm\\*? +available *[A-Z_ ]*"))
                            .count(),
                    report);
        }
    }

    @Test
    void aPropertyChoosesForAll() throws Exception {
        try (Child child = Child.modular("-Dorg.ipc4j.provider=jvm")) {
            assertSelected(child, "jvm", PLAIN);
            assertEquals(
                    PLAIN.size(),
                    child.ask("report").lines().filter(line -> line.contains("jvm*")).count());
        }
    }

    @Test
    void aPropertyChoosesForOne() throws Exception {
        try (Child child = Child.modular("-Dorg.ipc4j.provider.shared-memory=jvm")) {
            assertEquals("jvm", child.ask("selected shared-memory"));
            assertEquals(Here.NATIVE, child.ask("selected named-semaphore"));
        }
        try (Child child =
                Child.modular(
                        "-Dorg.ipc4j.provider=jvm",
                        "-Dorg.ipc4j.provider.named-semaphore=" + Here.NATIVE)) {
            assertEquals(Here.NATIVE, child.ask("selected named-semaphore"));
            assertEquals("jvm", child.ask("selected shared-memory"));
        }
    }

    @Test
    void aPropertyForAllLeavesToOthersWhatItsProviderLacks() throws Exception {
        try (Child child = Child.modular("-Dorg.ipc4j.provider=" + Here.NATIVE)) {
            assertEquals(Here.NATIVE, child.ask("selected shared-memory"));
            assertEquals("jvm", child.ask("selected channel"));
        }
        try (Child child = Child.modular("-Dorg.ipc4j.provider.channel=" + Here.NATIVE)) {
            assertContains(
                    child.ask("selected channel"),
                    "IllegalStateException",
                    "-Dorg.ipc4j.provider.channel=" + Here.NATIVE,
                    "jvm");
        }
    }

    @Test
    void anUnknownProviderIsRefusedWithThePresentOnes() throws Exception {
        try (Child child = Child.modular("-Dorg.ipc4j.provider=posx")) {
            assertContains(
                    child.ask("selected shared-memory"),
                    "IllegalStateException",
                    "-Dorg.ipc4j.provider=posx",
                    "shared-memory",
                    Here.NATIVE,
                    "jvm");
            assertContains(child.ask("create semaphore x"), "IllegalStateException");
            String report = child.ask("report");
            assertEquals(
                    Here.offers(Here.NATIVE) + Here.offers("jvm"),
                    report.lines().count(),
                    "the report works all the same");
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
                    Here.NATIVE,
                    "third",
                    "-Dorg.ipc4j.provider.named-semaphore=");
            assertEquals(
                    Here.NATIVE,
                    child.ask("selected shared-memory"),
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
            assertEquals(Here.NATIVE, child.ask("selected shared-memory"));
            String report = child.ask("report");
            assertTrue(
                    report.indexOf("third*")
                            < report.indexOf(Here.NATIVE, report.indexOf("named-semaphore")),
                    report);
        }
    }

    @Test
    void aBrokenProviderIsReportedAndBreaksNothing(@TempDir Path directory) throws Exception {
        provide(directory, "org.nowhere.Missing");
        try (Child child = Child.with(directory)) {
            assertEquals(Here.NATIVE, child.ask("selected named-semaphore"));
            assertContains(child.ask("report"), "org.nowhere.Missing", "unavailable");
        }
    }

    @Test
    void aProviderThatCannotBeMadeSaysWhy(@TempDir Path directory) throws Exception {
        provide(directory, ThirdPartyProvider.Failing.class.getName());
        try (Child child = Child.with(directory)) {
            assertEquals(Here.NATIVE, child.ask("selected named-semaphore"));
            assertContains(child.ask("report"), "Failing", "has no licence");
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
            assertSelected(child, "jvm", PLAIN);
            String report = child.ask("report");
            for (String row : rows(report, Here.NATIVE)) {
                assertContains(row, "unavailable", ACCESS);
            }
            assertEquals(Here.offers(Here.NATIVE), rows(report, Here.NATIVE).size());
            assertEquals("worked", child.ask("work " + Names.fresh()));
        }
    }

    @Test
    void anUnavailableProviderThatIsAskedForIsRefusedWithTheReason() throws Exception {
        try (Child child =
                Child.withoutAccess(
                        "--illegal-native-access=deny", "-Dorg.ipc4j.provider=" + Here.NATIVE)) {
            assertContains(
                    child.ask("selected named-semaphore"),
                    "UnsupportedOperationException",
                    "-Dorg.ipc4j.provider=" + Here.NATIVE,
                    ACCESS);
        }
    }

    @Test
    void onTheClassPathItWorksToo() throws Exception {
        try (Child child = Child.onClassPath("--enable-native-access=ALL-UNNAMED")) {
            assertSelected(child, Here.NATIVE, NATIVE);
            assertEquals("worked", child.ask("work " + Names.fresh()));
        }
        try (Child child = Child.onClassPath("--illegal-native-access=deny")) {
            assertSelected(child, "jvm", PLAIN);
            assertContains(child.ask("report"), "--enable-native-access=ALL-UNNAMED");
            assertEquals("worked", child.ask("work " + Names.fresh()));
        }
    }

    @Test
    void everyProviderWorksThroughTheApi() throws Exception {
        try (Child child = Child.modular(choosing(Here.NATIVE, NATIVE))) {
            assertEquals("worked", child.ask("work " + Names.fresh()));
        }
        try (Child child = Child.modular(choosing("jvm", PLAIN))) {
            assertEquals("worked", child.ask("work " + Names.fresh()));
        }
    }

    private static String[] choosing(String provider, List<Mechanism> mechanisms) {
        return mechanisms.stream()
                .map(mechanism -> "-Dorg.ipc4j.provider." + mechanism.key() + "=" + provider)
                .toArray(String[]::new);
    }
}
