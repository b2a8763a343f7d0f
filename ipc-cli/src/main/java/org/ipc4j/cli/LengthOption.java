// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli;

import picocli.CommandLine.Option;

/** {@code --length}: how much of memory. */
final class LengthOption {
    @Option(
            names = "--length",
            paramLabel = "BYTES",
            converter = SizeConverter.class,
            description = "How many bytes (all that follow).")
    private Long length;

    /**
     * Returns how many bytes.
     *
     * @param what the memory
     * @param left how many there are
     * @return 0 to {@code left}
     */
    long within(Object what, long left) {
        if (length != null && length > left) {
            throw new IllegalArgumentException(
                    what + " has " + left + " bytes there, fewer than " + length);
        }
        return length == null ? left : length;
    }
}
