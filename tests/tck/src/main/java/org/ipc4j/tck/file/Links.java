// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.file;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes symbolic links, for which not everybody has the privilege on Windows. */
public final class Links {
    private Links() {}

    /**
     * Makes a symbolic link, or skips the test where that cannot be had.
     *
     * @param link the link
     * @param target where it leads
     * @throws IOException if that fails
     */
    public static void make(Path link, Path target) throws IOException {
        try {
            Files.createSymbolicLink(link, target);
        } catch (FileSystemException | UnsupportedOperationException e) {
            abort("symbolic links cannot be made here: " + e);
        }
        if (!Files.isSymbolicLink(link)) {
            abort("symbolic links cannot be made here, though the system says that it made one");
        }
    }
}
