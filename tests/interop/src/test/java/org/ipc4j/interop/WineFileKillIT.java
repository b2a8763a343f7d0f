// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;

/**
 * Windows processes are ended that hold a file's lock, or publish; the same is promised as in
 * {@link FileLockKillIT} and {@link FileExchangeKillIT}.
 */
@WineInterop
class WineFileKillIT {
    @ParameterizedTest
    @MethodSource("org.ipc4j.interop.WineVictims#all")
    void theNextHolderGetsIt(WineVictims victims) throws Exception {
        try (SharedFolder folder = new SharedFolder();
                Peer survivor = victims.survivor().start()) {
            String file = WineLauncher.path(folder.file());
            survivor.ok("file open " + file);
            victims.end(
                    "holder of a file's lock",
                    campaign -> {
                        while (campaign.goesOn()) {
                            Victim victim = campaign.victim();
                            victim.ok("file open " + file);
                            victim.run("file run");
                            campaign.kill(List.of(victim));
                            long begun = System.nanoTime();
                            survivor.ok("file timedlock exclusive 0 0 60000");
                            campaign.recovered(System.nanoTime() - begun);
                            survivor.ok("file unlock");
                        }
                        campaign.succeeded();
                    });
        }
    }

    @ParameterizedTest
    @MethodSource("org.ipc4j.interop.WineVictims#jvms")
    void theFileIsOldOrNew(WineVictims victims) throws Exception {
        try (SharedFolder folder = new SharedFolder();
                Peer survivor = victims.survivor().start()) {
            String file = WineLauncher.path(folder.file());
            survivor.ok("file at " + file);
            long[] first = {0};
            victims.end(
                    "publisher of a file",
                    campaign -> {
                        while (campaign.goesOn()) {
                            Victim victim = campaign.victim();
                            victim.ok("file at " + file);
                            victim.ok("file publishNumber " + first[0]); // so that all is loaded
                            victim.run("file runPublisher " + (first[0] + 1));
                            campaign.kill(List.of(victim));
                            first[0] = published(survivor, first[0], victim, campaign) + 1;

                            long begun = System.nanoTime();
                            survivor.ok("file publishNumber " + first[0]);
                            campaign.recovered(System.nanoTime() - begun);
                            assertEquals(List.of(SharedFolder.LOCK, "file"), folder.names());
                        }
                        campaign.succeeded();
                    });
        }
    }

    private static long published(Peer survivor, long before, Victim victim, Campaign campaign) {
        List<Long> committed = victim.values('P');
        long least = committed.isEmpty() ? before : committed.getLast();
        long most = victim.diedDoing('p') ? least + 1 : least;
        long number = Long.parseLong(survivor.ok("file number"));
        assertTrue(
                least <= number && number <= most,
                number + " is there, of " + least + " to " + most);
        campaign.uncertain((int) (most - least));
        return number;
    }
}
