// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A directory of a test's own, which goes with the test and all that it holds.
 *
 * @param path the directory
 */
public record Folder(Path path) implements AutoCloseable {
    /**
     * Makes one.
     *
     * @return the directory, empty
     * @throws IOException if that fails
     */
    public static Folder fresh() throws IOException {
        return new Folder(Files.createTempDirectory("ipc4j-tck"));
    }

    /**
     * Returns a file in it.
     *
     * @return its path; nothing is created
     */
    public Path file() {
        return path.resolve("file");
    }

    /**
     * Tells what is there.
     *
     * @return the names of its files, sorted
     * @throws IOException if it cannot be read
     */
    public List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Override
    public void close() throws IOException {
        for (String name : names()) {
            Files.delete(path.resolve(name));
        }
        Files.delete(path);
    }
}
