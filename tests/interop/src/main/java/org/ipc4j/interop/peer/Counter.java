// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A number in a file, as text: who reads and writes it without a lock loses some.
 *
 * @param file the file
 */
record Counter(Path file) {
    void increment() throws IOException {
        Files.writeString(file, Long.toString(value() + 1));
    }

    private long value() throws IOException {
        try {
            return Long.parseLong(Files.readString(file).strip());
        } catch (NoSuchFileException none) {
            return 0;
        }
    }
}
