// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** Runs everything for a moment, so that it cannot rot. The figures mean nothing. */
final class BenchIT {
    @Test
    void everyLoopRunsBesideItsTwin(@TempDir Path folder) throws Exception {
        String table =
                run(
                        folder,
                        List.of(
                                "semaphore",
                                "queue",
                                "pipe",
                                "socket",
                                "memory",
                                "file",
                                "lock",
                                "exchange",
                                "signal"));

        int rows =
                2 // arrays
                        + 2 * Bench.providersOf("semaphore").size()
                        + 2 * Bench.providersOf("queue").size()
                        + 2 * Bench.providersOf("pipe").size()
                        + 2 * Bench.providersOf("socket").size()
                        + 2 * Bench.providersOf("memory").size()
                        + Bench.providersOf("lock").size()
                        + Bench.providersOf("exchange").size()
                        + Bench.providersOf("signal").size()
                        + 2 * Bench.providersOf("file").size();
        assertEquals(
                rows,
                lines(table, "(semaphore|queue|pipe|socket|memory|file|lock|exchange|signal): .*"),
                table);
        assertFalse(table.contains("NaN"), table);
    }

    @Test
    void everyRoundTripComesBack(@TempDir Path folder) throws Exception {
        String table = run(folder, List.of("roundtrip"));

        int rows =
                8 // in C
                        + Bench.providersOf("semaphore").size()
                        + Bench.providersOf("queue").size()
                        + Bench.providersOf("pipe").size()
                        + Bench.providersOf("socket").size();
        assertEquals(rows, lines(table, "(semaphore|queue|pipe|socket), .*"), table);
        assertFalse(table.contains("NaN"), table);
    }

    private static long lines(String table, String pattern) {
        return table.lines().filter(line -> line.matches(pattern)).count();
    }

    private static String run(Path folder, List<String> wanted) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CProgram program = CProgram.compile(Path.of("src/main/c/bench.c"), folder);
        new Bench(program, Bench.Length.MOMENT, new PrintStream(bytes)).run(wanted);
        return bytes.toString();
    }
}
