// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.interop.peer.Content;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;

/** Processes that publish and read one file: of both providers, and of C and Python. */
@Interop
class FileExchangeIT {
    /**
     * The kernel's clock, by which versions of other programs count, ticks 100 times a second at
     * least.
     */
    private static final long TICK = 20;

    @ParameterizedTest(name = "{0} and {1}")
    @MethodSource("org.ipc4j.interop.Meetings#memory")
    void versionsArriveBothWays(Launcher first, Launcher second) throws Exception {
        try (SharedFolder folder = new SharedFolder();
                Peer one = first.start();
                Peer other = second.start()) {
            one.ok("file at " + folder.file());
            other.ok("file at " + folder.file());
            versionsArriveBothWays(one, other);
            List<String> names = folder.names();
            assertTrue(
                    names.equals(List.of(SharedFolder.LOCK, "file"))
                            || names.equals(List.of("file")),
                    names::toString);
        }
    }

    /** Two processes know a file that is not there yet. */
    static void versionsArriveBothWays(Peer one, Peer other) throws InterruptedException {
        other.tell("file await 0 60000");
        String first = publish(one, 1000, 1);
        assertEquals(told(1000, 1, first), other.ok());
        assertEquals(told(1000, 1, first), one.ok("file read"));

        String last = first;
        for (int i = 0; i < 3; i++) {
            int seed = 10 + i;
            one.tell("file await " + last + " 60000");
            Thread.sleep(TICK);
            last = publish(other, 200_000 + i, seed);
            assertEquals(told(200_000 + i, seed, last), one.ok());
            other.tell("file await " + last + " 60000");
            Thread.sleep(TICK);
            last = publish(one, i, seed);
            assertEquals(told(i, seed, last), other.ok());
        }
        other.none("file await " + last + " 50");
    }

    private static String publish(Peer peer, int size, int seed) {
        return peer.ok("file publish " + size + " " + seed);
    }

    private static String told(int size, int seed, String generation) {
        return size + " " + Content.digest(Content.pattern(seed, 0, size)) + " " + generation;
    }
}
