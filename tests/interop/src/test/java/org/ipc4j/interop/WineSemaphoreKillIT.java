// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Windows processes that hold permits are ended; the same is promised as in {@link
 * SemaphoreKillIT}.
 */
@WineInterop
class WineSemaphoreKillIT {
    @ParameterizedTest
    @MethodSource("org.ipc4j.interop.WineVictims#all")
    void permitsAreAccountedFor(WineVictims victims) throws Exception {
        String name = victims.survivor().spell("sem", Run.name("sem-kill"));
        try (Peer survivor = victims.survivor().start()) {
            String key = survivor.ok("sem create " + name + " " + SemaphoreKillIT.PERMITS);
            Permits permits = Permits.of(survivor, key);
            victims.end(
                    "holder of a semaphore",
                    campaign -> SemaphoreKillIT.permitsAreAccountedFor(permits, campaign));
            victims.lifetime().end(survivor, "sem", name);
        }
    }
}
