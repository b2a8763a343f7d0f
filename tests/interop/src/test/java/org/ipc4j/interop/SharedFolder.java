// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/**
 * A fresh directory in which processes share files.
 *
 * @param path the directory
 */
record SharedFolder(Path path) implements AutoCloseable {
    /** What a publisher keeps beside {@link #file}. */
    static final String LOCK = ".file.ipc4j-lock";

    SharedFolder() {
        this(fresh());
    }

    private static Path fresh() {
        try {
            return Files.createTempDirectory(Run.ID);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets everybody have files here, as in {@code /tmp}. */
    SharedFolder forEverybody() throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxrwxrwx"));
        return this;
    }

    Path file() {
        return path.resolve("file");
    }

    List<String> names() throws IOException {
        try (Stream<Path> all = Files.list(path)) {
            return all.map(file -> file.getFileName().toString()).sorted().toList();
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
