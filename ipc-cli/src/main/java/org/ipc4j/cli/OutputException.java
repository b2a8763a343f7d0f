// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli;

import java.io.IOException;

/** Thrown when standard output cannot be written. */
final class OutputException extends IOException {
    private static final long serialVersionUID = 1L;

    OutputException(IOException reason) {
        super("standard output: " + reason.getMessage(), reason);
    }

    /**
     * Tells whether the reader has closed its end, as {@code head} does when it has enough. The JDK
     * has no type for that, only the system's words: "Broken pipe", "The pipe is being closed".
     */
    boolean isReaderGone() {
        String message = getCause().getMessage();
        return message != null && (message.contains("pipe") || message.contains("Pipe"));
    }
}
