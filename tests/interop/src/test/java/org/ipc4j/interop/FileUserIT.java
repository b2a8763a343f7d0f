// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Two users, of whom one is root, in a directory in which everybody may have files. What the system
 * would let root do is refused by the provider.
 */
@Interop
class FileUserIT {
    @RegisterExtension static final SecondUser OTHER = new SecondUser();

    @ParameterizedTest(name = "{0}, made by root: {1}")
    @CsvSource({"posix,true", "posix,false", "jvm,true", "jvm,false"})
    void anOwnersFilesAreRefusedToOthers(String provider, boolean rootMakes) throws Exception {
        try (SharedFolder folder = new SharedFolder().forEverybody();
                Peer maker = OTHER.start(provider, rootMakes);
                Peer other = OTHER.start(provider, !rootMakes)) {
            Path lock = folder.path().resolve("lock");
            maker.ok("file open " + lock);
            other.denied("file open " + lock);
            maker.ok("file at " + folder.file());
            maker.ok("file publish 100 1");
            String mine = maker.ok("file read");
            other.ok("file at " + folder.file());
            other.denied("file read");
            other.denied("file publish 200 2");
            other.denied("file await 0 1000");
            assertEquals(mine, maker.ok("file read"));
            assertEquals(3, folder.names().size());
        }
    }

    @ParameterizedTest(name = "{0}, made by root: {1}")
    @CsvSource({"posix,true", "posix,false", "jvm,true", "jvm,false"})
    void everybodysFilesAreForWhoExpectsThem(String provider, boolean rootMakes) throws Exception {
        try (SharedFolder folder = new SharedFolder().forEverybody();
                Peer maker = OTHER.start(provider, rootMakes);
                Peer other = OTHER.start(provider, !rootMakes)) {
            Path lock = folder.path().resolve("lock");
            maker.ok("file open " + lock + " everybody");
            other.denied("file open " + lock);
            other.ok("file open " + lock + " everybody");
            FileLockIT.locksExclude(maker, other);
            FileLockIT.locksExclude(other, maker);

            maker.ok("file at " + folder.file() + " everybody");
            other.ok("file at " + folder.file() + " everybody");
            FileExchangeIT.versionsArriveBothWays(maker, other);
        }
    }

    /** Another user may plant what he likes; nothing of his is written, followed or deleted. */
    @ParameterizedTest
    @ValueSource(strings = {"posix", "jvm"})
    void whatIsPlantedIsRefused(String provider) throws Exception {
        try (SharedFolder folder = new SharedFolder().forEverybody();
                SharedFolder home = new SharedFolder();
                Peer peer = OTHER.start(provider, true)) {
            Path precious = Files.writeString(home.path().resolve("precious"), "precious");
            peer.ok("file at " + folder.file());

            Path lock = folder.path().resolve(SharedFolder.LOCK);
            plant("ln", "-s", precious.toString(), lock.toString());
            String error = peer.error("file publish 10 1");
            assertTrue(error.startsWith("IncompatibleException"), error);
            error = peer.error("file open " + lock);
            assertTrue(error.startsWith("IncompatibleException"), error);
            Files.delete(lock);
            plant("touch", lock.toString());
            peer.denied("file publish 10 1");
            Files.delete(lock);

            Path draft = folder.path().resolve(".file.ipc4j-new.0123456789abcdef");
            plant("touch", draft.toString());
            Path link = folder.path().resolve(".file.ipc4j-new.fedcba9876543210");
            plant("ln", "-s", precious.toString(), link.toString());
            Path fifo = folder.path().resolve(".file.ipc4j-new.00112233445566aa");
            plant("mkfifo", fifo.toString());
            plant("ln", "-s", precious.toString(), folder.file().toString());
            error = peer.error("file read");
            assertTrue(error.startsWith("IncompatibleException"), error);
            peer.ok("file publish 10 1"); // in the link's place, not through it
            assertTrue(Files.isRegularFile(folder.file(), NOFOLLOW_LINKS));
            assertTrue(Files.exists(draft), "it is not ours to delete");
            assertTrue(Files.isSymbolicLink(link));
            assertEquals("precious", Files.readString(precious));
            assertEquals(5, folder.names().size());
        }
    }

    private static void plant(String... command) {
        assertEquals(0, Run.run(OTHER.command(command)).status(), "planted");
    }
}
