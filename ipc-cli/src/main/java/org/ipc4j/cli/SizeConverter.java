// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads numbers of bytes: {@code 4096}, {@code 64K}, {@code 1M}, {@code 2G}, in powers of 1024. */
final class SizeConverter implements ITypeConverter<Long> {
    private static final String UNITS = "KMGT";

    @Override
    public Long convert(String value) {
        int unit = value.isEmpty() ? 0 : UNITS.indexOf(value.charAt(value.length() - 1)) + 1;
        String digits = unit == 0 ? value : value.substring(0, value.length() - 1);
        try {
            long size = Math.multiplyExact(Long.parseLong(digits), 1L << 10 * unit);
            if (size >= 0) {
                return size;
            }
        } catch (NumberFormatException | ArithmeticException e) {
            // said below
        }
        throw new TypeConversionException(
                "'" + value + "' is no number of bytes; write 4096, 64K, 1M or 2G");
    }
}
