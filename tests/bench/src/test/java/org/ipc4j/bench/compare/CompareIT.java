// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.bench.CProgram;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs every case for a moment with everybody, so that none can rot. A message that is lost, torn
 * or comes twice makes a row of a failure. The figures mean nothing.
 */
final class CompareIT {
    @TempDir static Path folder;

    private static CProgram peers;

    @BeforeAll
    static void compile() throws Exception {
        peers = Compare.compile(folder);
    }

    static Stream<Case> cases() {
        return Case.all().stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everybodyTakesPart(Case what) throws Exception {
        String name = what.toString();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Compare compare = new Compare(peers, Compare.Length.MOMENT, new PrintStream(bytes), folder);
        boolean good = compare.run(List.of(what), Contestant.all(peers));
        String table = bytes.toString();

        assertTrue(good, table);
        for (Contestant contestant : Contestant.all(peers)) {
            String row = "| " + name + " | any | " + contestant.label() + " | 1 | ";
            long expected = contestant.cases().test(what) ? 1 : 0;
            assertEquals(
                    expected, table.lines().filter(line -> line.startsWith(row)).count(), table);
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
