// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.ipc4j.bench.CProgram;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs cases of every kind for a moment with everybody, so that none can rot. A message that is
 * lost, torn or comes twice ends it with an exception. The figures mean nothing.
 */
final class CompareIT {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "round-trip-64",
                "flow-64-batched",
                "flow-64-batched-3",
                "flow-1024-single",
                "flow-65536-copied",
                "paced",
                "blocked",
                "idle"
            })
    void everybodyTakesPart(String name, @TempDir Path folder) throws Exception {
        CProgram ring = Compare.compile(Path.of("src/main/c/ring.c"), folder);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new Compare(ring, Compare.Length.MOMENT, new PrintStream(bytes)).run(List.of(name));
        String table = bytes.toString();

        Case what =
                Case.all().stream()
                        .filter(one -> one.toString().equals(name))
                        .findFirst()
                        .orElseThrow();
        long contestants =
                Contestant.all(ring).stream()
                        .filter(contestant -> contestant.cases().test(what))
                        .count();
        assertEquals(
                contestants,
                table.lines().filter(line -> line.startsWith("| " + name + " ")).count(),
                table);
        assertFalse(table.contains("NaN"), table);
    }
}
