// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.stream;

import java.io.IOException;
import java.util.Objects;

/**
 * Two local sockets that are connected with each other and have no name.
 *
 * @param first one end
 * @param second the other
 */
public record LocalSocketPair(LocalSocket first, LocalSocket second) implements AutoCloseable {
    /** Checks that there are two. */
    public LocalSocketPair {
        Objects.requireNonNull(first, "first");
        Objects.requireNonNull(second, "second");
    }

    /**
     * Closes both.
     *
     * @throws IOException never
     */
    @Override
    public void close() throws IOException {
        try (first;
                second) {
            // both, whatever the first one says
        }
    }
}
