// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Names that nobody uses. */
final class Names {
    private static final String TOKEN =
            "conformance-"
                    + ProcessHandle.current().pid()
                    + "-"
                    + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    private static final AtomicInteger COUNTER = new AtomicInteger();

    private Names() {}

    static String fresh() {
        return TOKEN + "-" + COUNTER.incrementAndGet() + "-";
    }
}
