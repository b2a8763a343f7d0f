// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.ipc4j.interop.peer.Content;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two processes, two languages, one block of memory. */
@Interop
class SharedMemoryIT {
    private static final int SIZE = 100_001; // not a whole number of pages

    @ParameterizedTest(name = "{0} creates, {1} opens")
    @MethodSource("org.ipc4j.interop.Meetings#memory")
    void contentIsShared(Launcher first, Launcher second) {
        String name = Run.name("shm");
        try (Peer creator = first.start();
                Peer opener = second.start()) {
            String key = creator.ok("shm create " + first.spell(name) + " " + SIZE);
            assertEquals("/" + name, key, "what shm_open(3) takes, whatever the provider");
            assertEquals(key, opener.ok("shm open " + key));
            assertEquals(Integer.toString(SIZE), opener.ok("shm size"));
            assertEquals(
                    Content.digest(new byte[SIZE]),
                    opener.ok("shm digest"),
                    "new memory is all zeros");

            creator.ok("shm write 11");
            opener.ok("shm verify 11");
            assertEquals(Content.digest(Content.pattern(11, 0, SIZE)), opener.ok("shm digest"));
            opener.ok("shm write 12");
            creator.ok("shm verify 12");

            opener.ok("shm close");
            assertEquals(key, opener.ok("shm openReadOnly " + second.spell(name)));
            opener.ok("shm verify 12");

            opener.ok("shm unlink " + key);
            creator.ok("shm write 13");
            opener.ok("shm verify 13"); // who has it open keeps it
            creator.error("shm open " + key);
        }
    }
}
