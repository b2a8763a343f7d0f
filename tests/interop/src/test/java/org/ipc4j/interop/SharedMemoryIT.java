// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.ipc4j.interop.peer.Content;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;

/** Two processes, two languages, one block of memory. */
@Interop
class SharedMemoryIT {
    static final int SIZE = 100_001; // not a whole number of pages

    @ParameterizedTest(name = "{0} creates, {1} opens")
    @MethodSource("org.ipc4j.interop.Meetings#memory")
    void contentIsShared(Launcher first, Launcher second) {
        String name = Run.name("shm");
        try (Peer creator = first.start();
                Peer opener = second.start()) {
            String key = creator.ok("shm create " + first.spell("shm", name) + " " + SIZE);
            assertEquals("/" + name, key, "what shm_open(3) takes, whatever the provider");
            assertEquals(key, opener.ok("shm open " + key));
            contentIsShared(creator, opener, SIZE);

            opener.ok("shm close");
            assertEquals(key, opener.ok("shm openReadOnly " + second.spell("shm", name)));
            opener.ok("shm verify 12");

            opener.ok("shm unlink " + key);
            creator.ok("shm write 13");
            opener.ok("shm verify 13"); // who has it open keeps it
            creator.error("shm open " + key);
        }
    }

    /**
     * Two processes have new memory of {@link #SIZE} bytes open.
     *
     * @param opened how many bytes the opener sees: more, where memory comes in pages
     */
    static void contentIsShared(Peer creator, Peer opener, int opened) {
        assertEquals(Integer.toString(SIZE), creator.ok("shm size"));
        assertEquals(Integer.toString(opened), opener.ok("shm size"));
        assertEquals(
                Content.digest(new byte[opened]),
                opener.ok("shm digest"),
                "new memory is all zeros");

        creator.ok("shm write 11");
        byte[] written = Content.pattern(11, 0, SIZE);
        assertEquals(Content.digest(Arrays.copyOf(written, opened)), opener.ok("shm digest"));
        opener.ok("shm write 12");
        creator.ok("shm verify 12");
    }
}
