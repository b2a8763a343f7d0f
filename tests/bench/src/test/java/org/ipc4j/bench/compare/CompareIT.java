// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.bench.CProgram;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Runs everybody for a moment in everything that a case can demand, so that nothing can rot; in a
 * campaign, in every case. A message that is lost, torn or comes twice makes a row of a failure.
 * The figures mean nothing.
 */
final class CompareIT {
    private static final boolean FULL = "full".equals(System.getProperty("ipc.campaign"));

    @TempDir static Path folder;

    private static CProgram peers;

    @BeforeAll
    static void compile() throws Exception {
        peers = Compare.compile(folder);
    }

    /** What a case demands of who takes part in it. */
    private static Set<Object> demands(Case what) {
        return Set.of(
                List.of(what.kind(), what.parties() > 1),
                what.way(),
                Map.of("sleeps", what.sleeps()),
                Map.of("bulk", what.length() >= Content.BULK));
    }

    /** Each case, with those of whom it demands something that no case before it did. */
    static Stream<Arguments> cases() {
        Map<String, Set<Object>> met = new HashMap<>();
        List<Arguments> cases = new ArrayList<>();
        for (Case what : Case.all()) {
            List<Contestant> playing = new ArrayList<>();
            for (Contestant one : Contestant.all(peers)) {
                Set<Object> ofOne = met.computeIfAbsent(one.label(), none -> new HashSet<>());
                if (one.cases().test(what) && (ofOne.addAll(demands(what)) || FULL)) {
                    playing.add(compiledSoon(one));
                }
            }
            if (!playing.isEmpty()) {
                cases.add(Arguments.of(what, playing));
            }
        }
        return cases.stream();
    }

    /** Lets a JVM not compile for long what runs for a moment. */
    private static Contestant compiledSoon(Contestant one) {
        List<String> command = new ArrayList<>(one.command());
        if (command.getFirst().endsWith("java")) {
            command.addAll(1, List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        }
        return new Contestant(one.label(), command, one.helper(), one.cases());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void everybodyTakesPart(Case what, List<Contestant> contestants) throws Exception {
        String name = what.toString();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Compare compare = new Compare(peers, Compare.Length.MOMENT, new PrintStream(bytes), folder);
        boolean good = compare.run(List.of(what), contestants);
        String table = bytes.toString();

        assertTrue(good, table);
        for (Contestant contestant : contestants) {
            String row = "| " + name + " | any | " + contestant.label() + " | 1 | ";
            assertEquals(1, table.lines().filter(line -> line.startsWith(row)).count(), table);
        }
        assertFalse(table.contains("NaN"), table);
        assertPlot(what);
    }

    private static void assertPlot(Case what) throws IOException {
        if (what.kind() == Case.Kind.PACED) {
            String plot = Files.readString(folder.resolve("latency-" + what + ".svg"));
            assertTrue(plot.contains("<svg"), plot);
        }
    }
}
