// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.Access;
import org.ipc4j.Ipc;
import org.ipc4j.file.FileLockMode;
import org.ipc4j.file.FileRange;
import org.ipc4j.file.HeldFileLock;
import org.ipc4j.file.SharedFileLock;
import org.ipc4j.spi.FileLockProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Holders of a file's lock are killed, and those who wait for it.
 *
 * <p>Promised: the system drops the lock with its holder, so the next one has it; how soon is
 * printed. No lock stays behind.
 */
@Interop
class FileLockKillIT {
    static Stream<Arguments> victims() {
        return Stream.of(
                Arguments.of("posix", Launcher.jvm("posix"), 20),
                Arguments.of("posix", Launcher.c(), 20),
                Arguments.of("jvm", Launcher.jvm("jvm"), 20));
    }

    @ParameterizedTest(name = "{0}: {2} victims, {1}")
    @MethodSource("victims")
    void theNextHolderGetsIt(String provider, Launcher launcher, int rounds) throws Exception {
        FileLockProvider locks = Ipc.provider(FileLockProvider.class, provider);
        try (SharedFolder folder = new SharedFolder();
                SharedFileLock file = locks.createOrOpen(folder.file(), Access.OWNER);
                Campaign campaign = new Campaign("holder of a file's lock", launcher, rounds)) {
            while (campaign.goesOn()) {
                List<Victim> victims = campaign.victims(2);
                for (Victim victim : victims) {
                    victim.ok("file open " + folder.file());
                }
                try (Survivor survivor = new Survivor(() -> takeAndGive(file))) {
                    for (Victim victim : victims) {
                        victim.run("file run");
                    }
                    campaign.kill(victims);
                    campaign.recovered(survivor.awaitProgress());
                }
                for (Victim victim : victims) {
                    campaign.uncertain(victim.diedDoing('a') || victim.diedDoing('r') ? 1 : 0);
                }
                if (provider.equals("posix")) {
                    assertEquals(
                            Optional.empty(), file.holder(FileLockMode.EXCLUSIVE, FileRange.WHOLE));
                }
                try (HeldFileLock lock = file.tryLock().orElseThrow()) {
                    assertTrue(lock.isHeld());
                }
            }
            campaign.succeeded();
        }
    }

    private static boolean takeAndGive(SharedFileLock file) throws Exception {
        Optional<HeldFileLock> lock = file.tryLock(Duration.ofMillis(100));
        lock.ifPresent(HeldFileLock::close);
        return lock.isPresent();
    }
}
