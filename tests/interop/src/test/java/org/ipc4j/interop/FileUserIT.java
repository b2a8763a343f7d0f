// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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
    private static Privileges.PublicModules modules;

    @BeforeAll
    static void root() {
        Privileges.assumeRoot();
        modules = new Privileges.PublicModules();
    }

    @AfterAll
    static void delete() {
        if (modules != null) {
            modules.close();
        }
    }

    private static Peer start(String provider, boolean root) {
        return (root ? Launcher.jvm(provider) : modules.jvm(provider)).start();
    }

    private static void denied(Peer peer, String command) {
        String error = peer.error(command);
        assertTrue(error.startsWith("IpcAccessDeniedException"), command + ": " + error);
    }

    @ParameterizedTest(name = "{0}, made by root: {1}")
    @CsvSource({"posix,true", "posix,false", "jvm,true", "jvm,false"})
    void anOwnersFilesAreRefusedToOthers(String provider, boolean rootMakes) throws Exception {
        try (SharedFolder folder = new SharedFolder().forEverybody();
                Peer maker = start(provider, rootMakes);
                Peer other = start(provider, !rootMakes)) {
            Path lock = folder.path().resolve("lock");
            maker.ok("file open " + lock);
            denied(other, "file open " + lock);
            maker.ok("file at " + folder.file());
            maker.ok("file publish 100 1");
            String mine = maker.ok("file read");
            other.ok("file at " + folder.file());
            denied(other, "file read");
            denied(other, "file publish 200 2");
            denied(other, "file await 0 1000");
            assertEquals(mine, maker.ok("file read"));
            assertEquals(3, folder.names().size());
        }
    }

    @ParameterizedTest(name = "{0}, made by root: {1}")
    @CsvSource({"posix,true", "posix,false", "jvm,true", "jvm,false"})
    void everybodysFilesAreForWhoExpectsThem(String provider, boolean rootMakes) throws Exception {
        try (SharedFolder folder = new SharedFolder().forEverybody();
                Peer maker = start(provider, rootMakes);
                Peer other = start(provider, !rootMakes)) {
            Path lock = folder.path().resolve("lock");
            maker.ok("file open " + lock + " everybody");
            denied(other, "file open " + lock);
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
                Peer peer = start(provider, true)) {
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
            denied(peer, "file publish 10 1");
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
        String[] all = new String[command.length + 4];
        System.arraycopy(
                new String[] {"setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"},
                0,
                all,
                0,
                4);
        System.arraycopy(command, 0, all, 4, command.length);
        assertEquals(0, Run.run(all).status(), "planted");
    }
}
