// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli;

import picocli.CommandLine.Option;

/** {@code --offset}: where in memory to begin. */
final class OffsetOption {
    @Option(
            names = "--offset",
            paramLabel = "BYTES",
            converter = SizeConverter.class,
            description = "Begin here (0).")
    private long offset;

    /**
     * Returns where to begin.
     *
     * @param what the memory
     * @param byteSize how large it is
     * @return 0 to {@code byteSize}
     */
    long within(Object what, long byteSize) {
        if (offset > byteSize) {
            throw new IllegalArgumentException(
                    what + " has " + byteSize + " bytes, --offset " + offset + " is behind them");
        }
        return offset;
    }
}
