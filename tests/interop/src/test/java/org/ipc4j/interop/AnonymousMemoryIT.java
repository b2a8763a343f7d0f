// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.stream.Stream;

/**
 * Memory without a name, which two processes have. A path in {@code /proc} stands for the socket
 * that passes it.
 */
@Interop
class AnonymousMemoryIT {
    private static final int SIZE = 100_001;

    /** Of {@code fcntl.h}. */
    private static final int SEAL_SEAL = 1;

    private static final int SEAL_SHRINK = 2;
    private static final int SEAL_GROW = 4;
    private static final int SEAL_WRITE = 8;
    private static final int SEAL_FUTURE_WRITE = 16;
    private static final int SEALED = SEAL_SEAL | SEAL_SHRINK | SEAL_GROW;

    static Stream<Launcher> foreigners() {
        return Meetings.foreigners().stream();
    }

    @ParameterizedTest
    @MethodSource("foreigners")
    void oursIsSealed(Launcher foreigner) {
        try (Peer ours = Launcher.jvm("posix").start()) {
            for (String writers : new String[] {"ALL", "CREATOR", "NOBODY"}) {
                String path = ours.ok("shm anonymous " + SIZE + " " + writers);
                try (Peer theirs = foreigner.start()) {
                    int seals =
                            switch (writers) {
                                case "CREATOR" -> SEALED | SEAL_FUTURE_WRITE;
                                case "NOBODY" -> SEALED | SEAL_WRITE;
                                default -> SEALED;
                            };
                    assertEquals(Integer.toString(seals), theirs.ok("shm adopt " + path));
                    assertEquals(Integer.toString(SIZE), theirs.ok("shm size"));
                    theirs.ok("shm verify 0");
                    if (!writers.equals("NOBODY")) {
                        ours.ok("shm write 1");
                        theirs.ok("shm verify 1");
                    }
                    if (writers.equals("ALL")) {
                        theirs.ok("shm write 2");
                        ours.ok("shm verify 2");
                    }
                    ours.ok("shm close");
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("foreigners")
    void theirsIsAdoptedIfItIsSealed(Launcher foreigner) {
        try (Peer theirs = foreigner.start();
                Peer ours = Launcher.jvm("posix").start()) {
            for (int seals :
                    new int[] {SEALED, SEAL_SHRINK, SEALED | SEAL_FUTURE_WRITE, SEAL_SHRINK}) {
                String path = theirs.ok("shm memfd " + SIZE + " " + seals);
                ours.ok("shm adopt " + path);
                assertEquals(Integer.toString(SIZE), ours.ok("shm size"));
                theirs.ok("shm write 5");
                ours.ok("shm verify 5");
                boolean readOnly = (seals & SEAL_FUTURE_WRITE) != 0;
                assertEquals(Boolean.toString(readOnly), ours.ok("shm isReadOnly"));
                if (!readOnly) {
                    ours.ok("shm write 6");
                    theirs.ok("shm verify 6");
                }
                ours.ok("shm close");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("foreigners")
    void theirsIsRefusedIfItIsNot(Launcher foreigner) {
        try (Peer theirs = foreigner.start();
                Peer ours = Launcher.jvm("posix").start()) {
            for (int seals : new int[] {0, SEAL_GROW, SEAL_SEAL | SEAL_GROW}) {
                String path = theirs.ok("shm memfd " + SIZE + " " + seals);
                String error = ours.error("shm adopt " + path);
                assertTrue(error.startsWith("IncompatibleException"), error);
                assertTrue(error.contains("F_SEAL_SHRINK"), error);
                ours.ok("shm adoptUnsealed " + path);
                theirs.ok("shm write 7");
                ours.ok("shm verify 7");
                ours.ok("shm close");
            }
        }
    }
}
