// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.Ipc;
import org.ipc4j.IpcName;
import org.ipc4j.spi.NamedSemaphoreProvider;
import org.ipc4j.sync.NamedSemaphore;
import org.ipc4j.sync.NamedSemaphoreOptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Holders of a semaphore's permits are killed.
 *
 * <p>Promised: a dead process keeps what it had acquired and not released; nothing else is lost or
 * made. An operation in which it died was done or not. Everybody else goes on.
 */
@Interop
class SemaphoreKillIT {
    /** Fewer than there are processes, so that some of them wait. */
    static final int PERMITS = 2;

    static Stream<Arguments> victims() {
        return Stream.of(
                Arguments.of("posix", Launcher.jvm("posix"), 20),
                Arguments.of("posix", Launcher.c(), 20),
                Arguments.of("jvm", Launcher.jvm("jvm"), 24));
    }

    @ParameterizedTest(name = "{0}: {2} victims, {1}")
    @MethodSource("victims")
    void permitsAreAccountedFor(String provider, Launcher launcher, int rounds) throws Exception {
        NamedSemaphoreProvider semaphores = Ipc.provider(NamedSemaphoreProvider.class, provider);
        IpcName name = IpcName.of(Run.name("sem-kill"));
        try (NamedSemaphore semaphore =
                        semaphores.create(name, NamedSemaphoreOptions.ofPermits(PERMITS));
                Campaign campaign = new Campaign("holder of a semaphore", launcher, rounds)) {
            permitsAreAccountedFor(Permits.of(semaphore), campaign);
        } finally {
            assertTrue(semaphores.remove(name));
        }
    }

    /**
     * Kills holders of a semaphore.
     *
     * @param semaphore has {@value #PERMITS} permits
     */
    static void permitsAreAccountedFor(Permits semaphore, Campaign campaign) throws Exception {
        while (campaign.goesOn()) {
            List<Victim> victims = campaign.victims(2);
            for (Victim victim : victims) {
                victim.ok("sem open " + semaphore.nativeKey());
            }
            try (Survivor survivor = new Survivor(() -> takeAndGive(semaphore))) {
                for (Victim victim : victims) {
                    victim.run("sem run");
                }
                campaign.kill(victims);
                if (left(victims).least() > 0) {
                    campaign.recovered(survivor.awaitProgress());
                }
            }
            check(semaphore, left(victims), campaign);
        }
        campaign.succeeded();
    }

    private static boolean takeAndGive(Permits semaphore) throws Exception {
        if (!semaphore.tryAcquire(Duration.ofMillis(100))) {
            return false;
        }
        semaphore.release();
        return true;
    }

    /** How many permits the dead have left, by what they said. */
    private record Range(int least, int most) {}

    private static Range left(List<Victim> victims) {
        int least = PERMITS;
        int most = PERMITS;
        for (Victim victim : victims) {
            int held = victim.count('A') - victim.count('R');
            least -= held + (victim.diedDoing('a') ? 1 : 0);
            most -= held - (victim.diedDoing('r') ? 1 : 0);
        }
        return new Range(Math.max(0, least), most);
    }

    private static void check(Permits semaphore, Range left, Campaign campaign) throws Exception {
        int permits = semaphore.available();
        assertTrue(
                left.least() <= permits && permits <= left.most(),
                permits + " permits, expected " + left);
        campaign.uncertain(left.most() - left.least());

        // What is counted can be taken, and no more.
        for (int i = 0; i < permits; i++) {
            assertTrue(semaphore.tryAcquire(Duration.ZERO), i + " of " + permits);
        }
        assertFalse(semaphore.tryAcquire(Duration.ZERO));
        assertEquals(0, semaphore.available());
        for (int i = 0; i < PERMITS; i++) {
            semaphore.release();
        }
    }
}
