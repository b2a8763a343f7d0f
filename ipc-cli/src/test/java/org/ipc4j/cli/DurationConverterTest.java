// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import picocli.CommandLine.TypeConversionException;

import java.time.Duration;

class DurationConverterTest {
    private final DurationConverter converter = new DurationConverter();

    @ParameterizedTest
    @CsvSource({
        "0, PT0S",
        "0s, PT0S",
        "7ns, PT0.000000007S",
        "250us, PT0.00025S",
        "500ms, PT0.5S",
        "2s, PT2S",
        "1.5s, PT1.5S",
        ".5s, PT0.5S",
        "1m, PT1M",
        "2h, PT2H",
        "3d, PT72H",
        "PT1M30S, PT1M30S",
        "pt2s, PT2S",
    })
    void reads(String text, Duration expected) {
        assertEquals(expected, converter.convert(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "5",
                "s",
                "2 s",
                "2x",
                "2S",
                "-1s",
                "PT-1S",
                "1e9d",
                "1s2",
                "P",
                "99999999999d"
            })
    void refuses(String text) {
        assertThrows(TypeConversionException.class, () -> converter.convert(text));
    }
}
