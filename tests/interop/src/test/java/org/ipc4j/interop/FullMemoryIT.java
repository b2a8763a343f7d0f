// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A {@code /dev/shm} of 1 MB, in a mount namespace: what does not fit is refused when it is
 * created, and is no fault later.
 */
@Interop
class FullMemoryIT {
    @BeforeAll
    static void root() {
        Privileges.assumeRoot();
    }

    private static Peer start(String provider) {
        return Launcher.jvm(provider)
                .after("mount -t tmpfs -o size=1m none /dev/shm")
                .under("unshare", "--mount")
                .start();
    }

    private static void refused(Peer peer, String command) {
        String before = peer.ask("self list /dev/shm");
        String error = peer.error(command);
        assertTrue(error.startsWith("ResourceLimitException"), error);
        assertTrue(error.contains("/dev/shm"), "names the limit: " + error);
        assertEquals(before, peer.ask("self list /dev/shm"), "nothing is left behind");
    }

    @ParameterizedTest
    @ValueSource(strings = {"posix", "jvm"})
    void whatDoesNotFitIsRefused(String provider) {
        try (Peer peer = start(provider)) {
            refused(peer, "shm create large 2097152");
            peer.error("shm open large");
            refused(peer, "shm createOrOpen large 2097152");

            peer.ok("shm create small 900000");
            peer.ok("shm write 3");
            refused(peer, "shm create other 900000");
            peer.ok("shm verify 3");
            peer.ok("shm unlink small");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"posix", "jvm"})
    void nothingFitsAnyMore(String provider) {
        try (Peer peer = start(provider)) {
            peer.ok("shm create all 1048576");
            peer.ok("shm write 4");
            refused(peer, "sem create gate 1");
            refused(peer, "shm create more 1");
            peer.ok("shm verify 4");
            peer.ok("shm unlink all");
            peer.ok("shm close");
            peer.ok("sem create gate 1");
            peer.ok("sem trywait");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"posix", "jvm"})
    void aMappedFileThatDoesNotFit(String provider) {
        try (Peer peer = start(provider)) {
            refused(peer, "mmap create /dev/shm/large 2097152");
            peer.error("mmap open /dev/shm/large");
            refused(peer, "mmap createOrOpen /dev/shm/large 2097152");

            peer.ok("mmap create /dev/shm/small 500000");
            peer.ok("mmap write 3");
            refused(peer, "mmap grow 1200000");
            assertEquals("500000", peer.ok("mmap refresh"), "it is as long as it was");
            peer.ok("mmap verify 3");
            peer.ok("mmap grow 900000");
            peer.ok("mmap write 4");
            peer.ok("mmap force");
            peer.ok("mmap verify 4");
            refused(peer, "mmap create /dev/shm/other 500000");
            peer.ok("mmap unlink /dev/shm/small");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = "jvm")
    void aQueueThatDoesNotFit(String provider) {
        try (Peer peer = start(provider)) {
            refused(peer, "mq create jobs 100 100000");
            peer.ok("mq create jobs 10 1000");
            peer.ok("mq send 1 works");
            assertEquals("1 works", peer.ok("mq receive"));
        }
    }
}
