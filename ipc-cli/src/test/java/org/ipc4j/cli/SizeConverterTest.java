// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import picocli.CommandLine.TypeConversionException;

class SizeConverterTest {
    private final SizeConverter converter = new SizeConverter();

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "4096, 4096",
        "64K, 65536",
        "1M, 1048576",
        "2G, 2147483648",
        "1T, 1099511627776"
    })
    void reads(String text, long expected) {
        assertEquals(expected, converter.convert(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "K", "-1", "1.5M", "1 M", "1KB", "99999999999999999999", "9999999999T"})
    void refuses(String text) {
        assertThrows(TypeConversionException.class, () -> converter.convert(text));
    }
}
