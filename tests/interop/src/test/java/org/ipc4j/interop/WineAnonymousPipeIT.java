// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.ipc4j.interop.peer.Content;
import org.junit.jupiter.api.Test;

/** Either end of a pipe without a name is handed to a C program on Windows, which is ended. */
@WineInterop
class WineAnonymousPipeIT {
    private static final int SIZE = 300_007;
    private static final String EXPECTED = SIZE + " " + Content.digest(Content.pattern(7, 0, SIZE));
    private static final WineVictims VICTIMS =
            new WineVictims(
                    Lifetime.LAST_USER, WineLauncher.jvm("windows"), WineLauncher.c(), 12, 6);

    @Test
    void anotherLanguageWrites() {
        try (Peer ours = VICTIMS.survivor().start();
                Peer writer = VICTIMS.victim().start()) {
            openToWrite(ours, writer::ok);
            ours.tell("fifo drain");
            writer.ok("fifo fill " + SIZE + " 7");
            writer.ok("fifo close");
            assertEquals(EXPECTED, ours.ok());
            ours.ok("fifo close");
        }
    }

    @Test
    void anotherLanguageReads() {
        try (Peer ours = VICTIMS.survivor().start();
                Peer reader = VICTIMS.victim().start()) {
            openToRead(ours, reader::ok);
            ours.ok("fifo closeReader");
            reader.tell("fifo drain");
            ours.ok("fifo fill " + SIZE + " 7");
            ours.ok("fifo close");
            assertEquals(EXPECTED, reader.ok());
            reader.ok("fifo close");
        }
    }

    /** Tells the other program something. */
    private interface Told {
        void ok(String line);
    }

    private static void openToWrite(Peer ours, Told other) {
        ours.ok("fifo anonymous");
        other.ok("fifo writer " + ours.ok("fifo path writer"));
        ours.ok("fifo closeWriter");
    }

    private static void openToRead(Peer ours, Told other) {
        ours.ok("fifo anonymous");
        other.ok("fifo open " + ours.ok("fifo path reader"));
    }

    @Test
    void writersAreKilled() throws Exception {
        try (Peer ours = VICTIMS.survivor().start()) {
            VICTIMS.end(
                    "writer of an anonymous pipe",
                    campaign ->
                            NamedPipeKillIT.writersAreKilled(
                                    victim -> openToWrite(ours, victim::ok),
                                    "fifo runWriter " + NamedPipeKillIT.RECORD,
                                    () -> {
                                        long size = PipePeers.readToTheEnd(ours, "fifo");
                                        ours.ok("fifo close");
                                        return size;
                                    },
                                    true,
                                    campaign));
        }
    }

    @Test
    void readersAreKilled() throws Exception {
        try (Peer ours = VICTIMS.survivor().start()) {
            VICTIMS.end(
                    "reader of an anonymous pipe",
                    campaign ->
                            NamedPipeKillIT.readersAreKilled(
                                    victim -> openToRead(ours, victim::ok),
                                    "fifo runReader",
                                    () -> PipePeers.sink(ours, "fifo", "fifo closeReader"),
                                    campaign));
        }
    }
}
