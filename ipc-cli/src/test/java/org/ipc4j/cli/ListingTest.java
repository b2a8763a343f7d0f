// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

class ListingTest {
    @Test
    void aTableHasAHeadingAndNumbersToTheRight() {
        String table =
                Listing.table(List.of(row("/gate", 7, "equal"), row("/a.longer", 12345, null)));
        assertEquals(
                List.of(
                        "native key   MB/s  verdict",
                        "/gate           7  equal",
                        "/a.longer   12345"),
                table.lines().toList());
    }

    @Test
    void aTableWithoutRowsIsNothing() {
        assertEquals("", Listing.table(List.of()));
    }

    @Test
    void linesNameTheirFacts() {
        assertEquals(
                List.of("native key  /gate", "MB/s        7", "verdict"),
                Listing.lines(row("/gate", 7, null)).lines().toList());
    }

    private static Map<String, Object> row(String key, int speed, String verdict) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("nativeKey", key);
        row.put("MB/s", speed);
        row.put("verdict", verdict);
        return row;
    }
}
