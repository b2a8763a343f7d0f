// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

class ReportIT {
    private static final int STARTS = 21;

    @Test
    void isATable() throws Exception {
        String report = Ipc.call("report").succeeded().out();
        for (String mechanism :
                List.of(
                        "shared-memory",
                        "mapped-file",
                        "named-semaphore",
                        "message-queue",
                        "named-pipe",
                        "local-socket",
                        "anonymous-pipe",
                        "channel",
                        "topic",
                        "file-lock",
                        "file-exchange")) {
            assertTrue(
                    report.lines()
                            .anyMatch(line ->
                                    line.startsWith(mechanism)
                                            && line.contains("*")
                                            && line.contains(" available")),
                    report);
        }
    }

    @Test
    void isJson() throws Exception {
        Map<String, Object> report =
                JsonReader.object(JsonReader.read(Ipc.call("report", "--json").succeeded().out()));
        assertEquals(Set.of("ipc", "java", "system", "mechanisms"), report.keySet());
        List<Map<String, Object>> rows =
                ((List<?>) report.get("mechanisms")).stream().map(JsonReader::object).toList();
        assertEquals(
                Set.of("posix", "jvm"),
                rows.stream().map(row -> row.get("provider")).collect(Collectors.toSet()));
        for (Map<String, Object> row : rows) {
            if (row.get("mechanism").equals("named-pipe-server")) {
                assertEquals(false, row.get("available"), row::toString);
                assertTrue(row.get("reason").toString().contains("only Windows"), row::toString);
                continue;
            }
            assertEquals(true, row.get("available"), row::toString);
            boolean composed = // whoever has the memory
                    Set.of("channel", "topic").contains(row.get("mechanism"));
            assertEquals(
                    composed || row.get("provider").equals("posix"),
                    row.get("selected"),
                    row::toString);
            boolean withinOneProcess =
                    row.get("mechanism").equals("anonymous-pipe")
                            && row.get("provider").equals("jvm");
            assertEquals(
                    !withinOneProcess,
                    ((List<?>) row.get("capabilities")).contains("CROSS_PROCESS"),
                    row::toString);
        }
    }

    @Test
    void showsTheProviderThatIsAskedFor() throws Exception {
        String report = Ipc.call("report", "--provider", "jvm").succeeded().out();
        assertTrue(report.contains("jvm*"), report);
        assertTrue(!report.contains("posix*"), report);
    }

    @Test
    void startsQuickly() throws Exception {
        long[] millis = new long[STARTS];
        for (int i = 0; i < STARTS; i++) {
            long start = System.nanoTime();
            Ipc.call("report").succeeded();
            millis[i] = (System.nanoTime() - start) / 1_000_000;
        }
        Arrays.sort(millis);
        System.out.println(
                "ipc report: at least " + millis[0] + " ms, median " + millis[STARTS / 2] + " ms");
    }
}
