// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** That it measures, not what. */
@Timeout(120)
class BenchIT {
    @Test
    void printsALineForEachWayToWait() throws Exception {
        List<String> lines = Ipc.call("bench").succeeded().out().lines().toList();
        assertEquals(4, lines.size(), lines::toString);
        assertTrue(lines.get(0).contains("64 bytes"), lines::toString);
        assertTrue(lines.get(1).startsWith("waiting  round trip p50 "), lines::toString);
        String measured = " +( +[0-9]+\\.[0-9]+ us){4}( +[0-9]+\\.[0-9] M){2}";
        assertTrue(lines.get(2).matches("SPIN" + measured), lines::toString);
        assertTrue(lines.get(3).matches("BLOCK" + measured), lines::toString);
        assertNothingIsLeft();
    }

    @Test
    void printsJson() throws Exception {
        Map<String, Object> bench =
                JsonReader.object(
                        JsonReader.read(
                                Ipc.call("bench", "--json", "--provider", "jvm")
                                        .succeeded()
                                        .out()));
        assertEquals("jvm", bench.get("provider"));
        assertEquals(64.0, bench.get("messageSize"));
        for (Object result : (List<?>) bench.get("results")) {
            Map<String, Object> numbers = JsonReader.object(result);
            assertTrue((double) numbers.get("roundTripP50") > 0, numbers::toString);
            assertTrue(
                    (double) numbers.get("roundTripP99") >= (double) numbers.get("roundTripP50"),
                    numbers::toString);
            assertTrue((double) numbers.get("messagesPerSecond") > 0, numbers::toString);
        }
        assertNothingIsLeft();
    }

    @Test
    void withoutItsSecondProcessItFails() throws Exception {
        Ipc bench = Ipc.start("bench");
        ProcessHandle peer = awaitPeer(bench.process());
        peer.destroyForcibly();
        bench.result().failed(8);
        assertNothingIsLeft();
    }

    private static ProcessHandle awaitPeer(Process bench) throws InterruptedException {
        while (bench.isAlive()) {
            for (ProcessHandle child : bench.descendants().toList()) {
                if (child.info().commandLine().orElse("").contains("bench-peer")) {
                    return child;
                }
            }
            Thread.sleep(1);
        }
        throw new AssertionError("no second process");
    }

    private static void assertNothingIsLeft() throws IOException {
        try (Stream<Path> names = Files.list(Path.of("/dev/shm"))) {
            assertFalse(names.anyMatch(name -> name.toString().contains("ipc-bench-")));
        }
    }
}
