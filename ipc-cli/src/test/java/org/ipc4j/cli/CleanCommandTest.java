// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.file.FileExchange;
import org.ipc4j.file.Publication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

class CleanCommandTest {
    @TempDir private Path directory;

    @Test
    void deletesWhatIsNobodys() throws Exception {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        Path tour = Files.createFile(temporary.resolve("ipc-tour-" + System.nanoTime() + ".lease"));
        Path file = directory.resolve("file");
        Path draft = Files.createFile(directory.resolve(".file.ipc4j-new.0123456789abcdef"));
        Path memory = Path.of("/dev/shm/.ipc4j-new.ipc-clean-test.0123456789abcdef");
        boolean hasMemory = Files.isWritable(memory.getParent());
        if (hasMemory) {
            Files.createFile(memory);
        }
        try (FileExchange exchange = FileExchange.at(file);
                Publication alive = exchange.begin()) {
            Files.createFile(draft); // begin() has deleted the other one
            alive.write(ByteBuffer.wrap(new byte[10]));
            Called clean = Called.ipc("clean", file.toString());
            assertEquals(0, clean.status(), clean.err());
            assertTrue(clean.out().contains(tour + "\n"), clean.out());
            assertTrue(clean.out().contains(draft + "\n"), clean.out());
            assertFalse(Files.exists(draft) || Files.exists(tour));
            if (hasMemory) {
                assertTrue(clean.out().contains(memory + "\n"), clean.out());
                assertFalse(Files.exists(memory));
            }
            alive.commit();
        }
        assertEquals(10, Files.size(file));
        Called again = Called.ipc("clean", file.toString());
        assertEquals(0, again.status(), again.err());
        assertFalse(again.out().contains(directory.toString()), again.out());
    }

    @Test
    void whatIsNotThereIsClean() {
        Called clean = Called.ipc("clean", directory.resolve("absent").toString());
        assertEquals(0, clean.status(), clean.err());
        assertFalse(clean.out().contains(directory.toString()), clean.out());
    }
}
