// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import java.util.List;
import java.util.stream.Stream;

/**
 * A Windows process that will be ended, and one that survives it.
 *
 * @param lifetime when the object goes that both use
 * @param survivor creates it
 * @param victim is ended, again and again
 * @param terminations how often by {@code TerminateProcess} in a short run
 * @param crashes how often by the system below
 */
record WineVictims(
        Lifetime lifetime, Launcher survivor, Launcher victim, int terminations, int crashes) {

    /** JVMs, over objects of Windows and over files. */
    static Stream<WineVictims> jvms() {
        Launcher windows = WineLauncher.jvm("windows");
        Launcher jvm = WineLauncher.jvm("jvm");
        return Stream.of(
                new WineVictims(Lifetime.LAST_USER, windows, windows, 4, 2),
                new WineVictims(Lifetime.REMOVAL, jvm, jvm, 4, 2));
    }

    /** A JVM and the C program, either way round. */
    static Stream<WineVictims> languages() {
        Launcher windows = WineLauncher.jvm("windows");
        Launcher c = WineLauncher.c();
        return Stream.of(
                new WineVictims(Lifetime.LAST_USER, windows, c, 12, 6),
                new WineVictims(Lifetime.LAST_USER, c, windows, 4, 2));
    }

    /** All. */
    static Stream<WineVictims> all() {
        return Stream.concat(jvms(), languages());
    }

    /** What is done to the victims. */
    interface Round {
        void play(Campaign campaign) throws Exception;
    }

    /** Ends victims in both ways. */
    void end(String what, Round round) throws Exception {
        try (Terminator terminator = new Terminator();
                Campaign campaign =
                        new Campaign("terminated " + what, victim, terminations, terminator)) {
            round.play(campaign);
        }
        try (Campaign campaign = new Campaign("crashed " + what, victim, crashes, Killer.SIGNAL)) {
            round.play(campaign);
        }
    }

    @Override
    public String toString() {
        return String.join(" killed beside ", List.of(victim.label(), survivor.label()));
    }
}
