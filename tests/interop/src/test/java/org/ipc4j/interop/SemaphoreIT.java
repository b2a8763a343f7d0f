// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two processes, two languages, one semaphore. */
@Interop
class SemaphoreIT {
    @ParameterizedTest(name = "{0} creates, {1} opens")
    @MethodSource("org.ipc4j.interop.Meetings#all")
    void permitsAreShared(Launcher first, Launcher second) throws Exception {
        String name = Run.name("sem");
        try (Peer creator = first.start();
                Peer opener = second.start()) {
            String key = creator.ok("sem create " + first.spell("sem", name) + " 2");
            assertEquals(key, opener.ok("sem open " + key), "the key is opened as it is");
            permitsAreShared(creator, opener);

            opener.ok("sem unlink " + key);
            creator.ok("sem post");
            opener.ok("sem wait"); // who has it open keeps it
            creator.error("sem open " + key);
        }
    }

    @ParameterizedTest(name = "{0} creates, {1} opens")
    @MethodSource("org.ipc4j.interop.Meetings#all")
    void thePortableNameLeadsToTheKey(Launcher first, Launcher second) {
        String name = Run.name("sem");
        try (Peer creator = first.start();
                Peer opener = second.start()) {
            String key = creator.ok("sem create " + first.spell("sem", name) + " 5");
            assertEquals(key, opener.ok("sem open " + second.spell("sem", name)));
            assertEquals("5", opener.ok("sem value"));
            creator.fails("sem create " + first.spell("sem", name) + " 1", Failure.PRESENT);
            creator.ok("sem unlink " + key);
        }
    }

    /** Two processes have a semaphore open that has two permits. */
    static void permitsAreShared(Peer creator, Peer opener) throws InterruptedException {
        assertEquals("2", opener.ok("sem value"));

        opener.ok("sem wait");
        assertEquals("1", creator.ok("sem value"));
        creator.ok("sem trywait");
        opener.none("sem trywait");
        opener.none("sem timedwait 50");

        opener.tell("sem wait");
        Thread.sleep(100);
        assertFalse(opener.hasAnswered(), "there is no permit to take");
        creator.ok("sem post");
        opener.ok();

        creator.tell("sem timedwait 60000");
        opener.ok("sem post");
        creator.ok();
    }
}
