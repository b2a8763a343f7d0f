// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli.tour;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.memory.SharedMemory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

class LeaseTest {
    @TempDir private Path directory;

    @Test
    void leavesNothing() throws IOException {
        TourNames first;
        try (Lease lease = Lease.take(directory)) {
            first = lease.names();
            assertEquals(1, files().size());
        }
        assertEquals(List.of(), files());
        try (Lease lease = Lease.take(directory)) {
            assertNotEquals(first, lease.names());
        }
    }

    @Test
    void deletesTheNamesOfAKilledTour() throws IOException {
        Path dead = Files.createFile(directory.resolve("ipc-tour-" + System.nanoTime() + ".lease"));
        TourNames names = new TourNames(dead.getFileName().toString().replace(".lease", ""));
        Passage passage = Passage.ALL.getFirst();
        SharedMemory.create(names.memory(passage), 1).close();
        Lease.sweep(directory);
        assertFalse(SharedMemory.remove(names.memory(passage)));
        assertEquals(List.of(), files());
    }

    @Test
    void touchesNothingElse() throws IOException {
        List<Path> others =
                List.of(
                        Files.createFile(directory.resolve("ipc-tour-.lease")),
                        Files.createFile(directory.resolve("ipc-tour-x.lease")),
                        Files.createFile(directory.resolve("ipc-tour-1.lease.bak")),
                        Files.createDirectory(directory.resolve("ipc-tour-2.lease")),
                        Files.createSymbolicLink(
                                directory.resolve("ipc-tour-3.lease"),
                                Path.of("ipc-tour-x.lease")));
        Lease.sweep(directory);
        assertTrue(files().containsAll(others), () -> others + " are not all there");
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }
}
