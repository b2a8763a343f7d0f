// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;

/**
 * Reads durations: {@code 500ms}, {@code 1.5s}, {@code 2m}, {@code 0}, or ISO 8601 as {@code
 * PT1M30S}.
 */
final class DurationConverter implements ITypeConverter<Duration> {
    private static final Map<String, Long> NANOS =
            Map.of(
                    "ns", 1L,
                    "us", 1_000L,
                    "ms", 1_000_000L,
                    "s", 1_000_000_000L,
                    "m", 60_000_000_000L,
                    "h", 3_600_000_000_000L,
                    "d", 86_400_000_000_000L);

    @Override
    public Duration convert(String value) {
        Duration duration;
        try {
            duration = parse(value);
        } catch (DateTimeParseException | ArithmeticException | NumberFormatException e) {
            throw refusal(value);
        }
        if (duration.isNegative()) {
            throw refusal(value);
        }
        return duration;
    }

    private static Duration parse(String value) {
        if (value.equals("0")) {
            return Duration.ZERO;
        }
        if (value.startsWith("P") || value.startsWith("p")) {
            return Duration.parse(value);
        }
        int end = 0;
        while (end < value.length() && !Character.isLetter(value.charAt(end))) {
            end++;
        }
        Long unit = NANOS.get(value.substring(end));
        if (unit == null) {
            throw refusal(value);
        }
        BigDecimal nanos =
                new BigDecimal(value.substring(0, end)).multiply(BigDecimal.valueOf(unit));
        return Duration.ofNanos(nanos.toBigInteger().longValueExact());
    }

    private static TypeConversionException refusal(String value) {
        return new TypeConversionException(
                "'" + value + "' is no duration; write 500ms, 2s, 1.5m, 1h, 0, or PT1M30S");
    }
}
