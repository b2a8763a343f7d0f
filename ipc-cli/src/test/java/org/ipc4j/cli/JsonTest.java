// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

class JsonTest {
    @Test
    void writesEveryKindOfValue() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("text", "x");
        object.put("number", 12L);
        object.put("fraction", 0.5);
        object.put("truth", true);
        object.put("list", Arrays.asList(1, null, "two", List.of(), Map.of()));
        assertEquals(
                "{\"text\":\"x\",\"number\":12,\"fraction\":0.5,\"truth\":true,"
                        + "\"list\":[1,null,\"two\",[],{}]}",
                Json.of(object));
    }

    @Test
    void escapesWhatCannotStandInAString() {
        assertEquals("\"\\\"\\\\/\"", Json.of("\"\\/"));
        assertEquals("\"\\n\\r\\t\\u0000\\u001b\"", Json.of("\n\r\t\0\033"));
        assertEquals("\"äδ漢\"", Json.of("äδ漢"));
        assertEquals("\"\\ud83d\\ude00\\ud800\"", Json.of("😀\ud800"));
    }

    @Test
    void aPathIsTextAlthoughItIsIterable() {
        assertEquals("\"a\"", Json.of(Path.of("a")));
    }

    @Test
    void hasNoInfinity() {
        assertEquals("[null,null]", Json.of(List.of(Double.NaN, Double.POSITIVE_INFINITY)));
    }
}
