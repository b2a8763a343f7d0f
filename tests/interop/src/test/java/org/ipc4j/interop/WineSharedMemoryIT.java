// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two Windows processes, two languages, one block of memory. */
@WineInterop
class WineSharedMemoryIT {
    private static final int PAGE = 4096;
    private static final int WHOLE_PAGES = (SharedMemoryIT.SIZE + PAGE - 1) / PAGE * PAGE;

    @ParameterizedTest(name = "{0} creates, {1} opens")
    @MethodSource("org.ipc4j.interop.WineMeetings#windows")
    void contentIsShared(Launcher first, Launcher second) {
        String name = Run.name("shm");
        try (Peer creator = first.start();
                Peer opener = second.start()) {
            String key =
                    creator.ok(
                            "shm create " + first.spell("shm", name) + " " + SharedMemoryIT.SIZE);
            assertEquals("Local\\shm." + name, key);
            assertEquals(key, opener.ok("shm open " + key), "the key is opened as it is");
            SharedMemoryIT.contentIsShared(creator, opener, WHOLE_PAGES);

            opener.ok("shm close");
            assertEquals(key, opener.ok("shm openReadOnly " + second.spell("shm", name)));
            opener.ok("shm verify 12");
        }
    }

    @ParameterizedTest(name = "{0} creates, {1} opens")
    @MethodSource("org.ipc4j.interop.WineMeetings#windows")
    void itGoesWithItsLastUser(Launcher first, Launcher second) {
        String name = Run.name("shm");
        try (Peer creator = first.start();
                Peer opener = second.start()) {
            opener.fails("shm open " + second.spell("shm", name), Failure.ABSENT);
            String key = creator.ok("shm create " + first.spell("shm", name) + " 4096");
            creator.ok("shm write 3");
            opener.fails("shm create " + second.spell("shm", name) + " 4096", Failure.PRESENT);
            opener.ok("shm open " + second.spell("shm", name));

            creator.ok("shm close");
            assertEquals(key, creator.ok("shm open " + key), "the opener has it still");
            creator.ok("shm verify 3");
            creator.ok("shm close");
            opener.ok("shm close");
            creator.fails("shm open " + key, Failure.ABSENT);
        }
    }

    @ParameterizedTest(name = "{0} creates, {1} opens")
    @MethodSource("org.ipc4j.interop.WineMeetings#windows")
    void anotherKindIsRefused(Launcher first, Launcher second) {
        String name = Run.name("sem");
        try (Peer creator = first.start();
                Peer opener = second.start()) {
            String key = creator.ok("sem create " + first.spell("sem", name) + " 1");
            opener.fails("shm open " + key, Failure.OTHER_KIND);
            opener.fails("shm create " + key + " 100", Failure.OTHER_KIND);
        }
    }

    @ParameterizedTest(name = "{0} creates, {1} opens")
    @MethodSource("org.ipc4j.interop.WineMeetings#jvm")
    void ofPlainJavaItIsRemoved(Launcher first, Launcher second) {
        String name = Run.name("shm");
        try (Peer creator = first.start();
                Peer opener = second.start()) {
            opener.fails("shm open " + name, Failure.ABSENT);
            String key = creator.ok("shm create " + name + " " + SharedMemoryIT.SIZE);
            creator.fails("shm create " + name + " 1", Failure.PRESENT);
            assertEquals(key, opener.ok("shm open " + key));
            SharedMemoryIT.contentIsShared(creator, opener, SharedMemoryIT.SIZE);

            creator.ok("shm close");
            opener.ok("shm close");
            assertEquals(key, opener.ok("shm openReadOnly " + name), "it outlives its users");
            opener.ok("shm verify 12");
            opener.ok("shm close");
            opener.ok("shm unlink " + name);
            creator.fails("shm open " + key, Failure.ABSENT);
        }
    }
}
