// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.ipc4j.interop.peer.Content;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Files;
import java.nio.file.Path;

/** Two processes, two languages, one file. */
@Interop
class MappedFileIT {
    private static final int SIZE = 100_001; // not a whole number of pages

    @ParameterizedTest(name = "{0} creates, {1} opens")
    @MethodSource("org.ipc4j.interop.Meetings#memory")
    void contentIsShared(Launcher first, Launcher second) throws Exception {
        Path path = Run.folder().resolve(Run.name("mmap"));
        try (Peer creator = first.start();
                Peer opener = second.start()) {
            assertEquals(path.toString(), creator.ok("mmap create " + path + " " + SIZE));
            opener.ok("mmap open " + path);
            assertEquals(Integer.toString(SIZE), opener.ok("mmap size"));
            assertEquals(Content.digest(new byte[SIZE]), opener.ok("mmap digest"), "zeros");

            creator.ok("mmap write 11");
            opener.ok("mmap verify 11");
            opener.ok("mmap write 12");
            creator.ok("mmap verify 12");
            assertArrayEquals(Content.pattern(12, 0, SIZE), Files.readAllBytes(path));

            growthIsSeen(creator, opener, SIZE * 2);
            growthIsSeen(opener, creator, SIZE * 3);
            creator.ok("mmap force");
            opener.ok("mmap force");

            opener.ok("mmap close");
            opener.ok("mmap openReadOnly " + path);
            creator.ok("mmap write 14");
            opener.ok("mmap verify 14");
            growthIsSeen(creator, opener, SIZE * 4);

            creator.ok("mmap unlink " + path);
            opener.ok("mmap verify 13"); // who has it open keeps it
        }
        assertFalse(Files.exists(path));
    }

    private static void growthIsSeen(Peer one, Peer other, int size) {
        one.ok("mmap grow " + size);
        one.ok("mmap write 13");
        assertEquals(Integer.toString(size), other.ok("mmap refresh"));
        other.ok("mmap verify 13");
    }
}
