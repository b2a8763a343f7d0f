// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two Windows processes, two languages, one semaphore. */
@WineInterop
class WineSemaphoreIT {
    @ParameterizedTest(name = "{0} creates, {1} opens")
    @MethodSource("org.ipc4j.interop.WineMeetings#windows")
    void permitsAreShared(Launcher first, Launcher second) throws Exception {
        String name = Run.name("sem");
        try (Peer creator = first.start();
                Peer opener = second.start()) {
            String key = creator.ok("sem create " + first.spell("sem", name) + " 2");
            assertEquals("Local\\sem." + name, key);
            assertEquals(key, opener.ok("sem open " + key), "the key is opened as it is");
            SemaphoreIT.permitsAreShared(creator, opener);
        }
    }

    @ParameterizedTest(name = "{0} creates, {1} opens")
    @MethodSource("org.ipc4j.interop.WineMeetings#windows")
    void itGoesWithItsLastUser(Launcher first, Launcher second) {
        String name = Run.name("sem");
        try (Peer creator = first.start();
                Peer opener = second.start()) {
            opener.fails("sem open " + second.spell("sem", name), Failure.ABSENT);
            String key = creator.ok("sem create " + first.spell("sem", name) + " 5");
            creator.fails("sem create " + first.spell("sem", name) + " 1", Failure.PRESENT);
            assertEquals(key, opener.ok("sem open " + second.spell("sem", name)));
            opener.ok("sem wait");

            creator.ok("sem close");
            assertEquals(key, creator.ok("sem open " + key), "the opener has it still");
            assertEquals("4", creator.ok("sem value"));
            creator.ok("sem close");
            opener.ok("sem close");
            creator.fails("sem open " + key, Failure.ABSENT);
            opener.ok("sem create " + second.spell("sem", name) + " 7");
            assertEquals("7", opener.ok("sem value"), "the name is free again");
        }
    }

    @ParameterizedTest(name = "{0} creates, {1} opens")
    @MethodSource("org.ipc4j.interop.WineMeetings#windows")
    void anotherKindIsRefused(Launcher first, Launcher second) {
        String key = Run.name("shm");
        try (Peer creator = first.start();
                Peer opener = second.start()) {
            key = creator.ok("shm create " + first.spell("shm", key) + " 100");
            opener.fails("sem open " + key, Failure.OTHER_KIND);
            opener.fails("sem create " + key + " 1", Failure.OTHER_KIND);
        }
    }

    @ParameterizedTest(name = "{0} creates, {1} opens")
    @MethodSource("org.ipc4j.interop.WineMeetings#jvm")
    void ofPlainJavaItIsRemoved(Launcher first, Launcher second) throws Exception {
        String name = Run.name("sem");
        try (Peer creator = first.start();
                Peer opener = second.start()) {
            opener.fails("sem open " + name, Failure.ABSENT);
            String key = creator.ok("sem create " + name + " 2");
            creator.fails("sem create " + name + " 1", Failure.PRESENT);
            assertEquals(key, opener.ok("sem open " + key));
            SemaphoreIT.permitsAreShared(creator, opener);

            creator.ok("sem close");
            opener.ok("sem close");
            assertEquals(key, opener.ok("sem open " + name), "it outlives its users");
            opener.ok("sem close");
            opener.ok("sem unlink " + name);
            creator.fails("sem open " + key, Failure.ABSENT);
        }
    }
}
