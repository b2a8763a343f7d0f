// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Two users, of whom one is root, and local sockets. Root may connect to everything, so that it is
 * refused is what the provider checks, by the credentials that the kernel tells.
 */
@Interop
class LocalSocketUserIT {
    @RegisterExtension static final SecondUser OTHER = new SecondUser();

    private static String path() {
        return Path.of(System.getProperty("java.io.tmpdir"), Run.name("sock-user")).toString();
    }

    @ParameterizedTest(name = "made by root: {0}")
    @ValueSource(booleans = {true, false})
    void anOwnersServerIsRefusedToOthers(boolean rootMakes) {
        String path = path();
        try (Peer server = OTHER.start("posix", rootMakes);
                Peer other = OTHER.start("posix", !rootMakes)) {
            server.ok("sock serve " + path + " stream owner");
            other.denied("sock connect " + path + " stream owner");
            if (!rootMakes) {
                other.denied("sock connect " + path + " stream group");
            }
            String error = other.error("sock serve " + path + " stream owner");
            assertTrue(
                    error.startsWith("NameExistsException")
                            || error.startsWith("IpcAccessDeniedException"),
                    error);
            server.ok("sock close");
        }
    }

    /** Each sees who the other is: its pid, and its user. */
    @ParameterizedTest(name = "made by root: {0}")
    @ValueSource(booleans = {true, false})
    void everybodysServerIsForWhoExpectsIt(boolean rootMakes) {
        String path = path();
        try (Peer server = OTHER.start("posix", rootMakes);
                Peer other = OTHER.start("posix", !rootMakes)) {
            server.ok("sock serve " + path + " stream everybody");
            other.denied("sock connect " + path + " stream owner");
            assertEquals(
                    server.pid() + (rootMakes ? " 0" : " " + SecondUser.ID),
                    other.ok("sock connect " + path + " stream everybody"));
            server.ok("sock accept"); // the one that was denied connected first, and is gone
            server.none("sock read");
            assertEquals(
                    other.pid() + (rootMakes ? " " + SecondUser.ID : " 0"),
                    server.ok("sock accept"));
            other.ok("sock write hello");
            assertEquals("hello", server.ok("sock read"));
            other.ok("sock close");
            server.ok("sock close");
        }
    }

    @ParameterizedTest(name = "received by root: {0}")
    @ValueSource(booleans = {true, false})
    void datagramsAreRefusedAndAccepted(boolean rootReceives) {
        String path = path();
        try (Peer receiver = OTHER.start("posix", rootReceives);
                Peer other = OTHER.start("posix", !rootReceives)) {
            receiver.ok("sock serve " + path + " dgram everybody");
            other.denied("sock sendto " + path + " hello owner");
            other.ok("sock sendto " + path + " hello everybody");
            assertEquals(
                    "hello " + other.pid() + (rootReceives ? " " + SecondUser.ID : " 0"),
                    receiver.ok("sock read"));
            receiver.ok("sock close");
        }
    }

    /** Somebody else has made the directory of our sockets before us. */
    @Test
    void aSquattedDirectoryIsRefused() throws Exception {
        Path folder = Path.of("/dev/shm", "ipc4j-" + SecondUser.ID);
        Path aside = Path.of("/dev/shm", Run.name("sock-aside"));
        boolean present = Files.exists(folder, LinkOption.NOFOLLOW_LINKS); // of another test
        if (present) {
            Files.move(folder, aside);
        }
        String name = Run.name("sock-squat");
        Path elsewhere = Files.createTempDirectory(Run.ID);
        try (Peer peer = OTHER.jvm("posix").start()) {
            Files.createDirectory(
                    folder,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
            peer.denied("sock serve " + name);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
            peer.denied("sock serve " + name);
            peer.denied("sock sendto " + name + " hello");
            Files.delete(folder);

            Files.createSymbolicLink(folder, elsewhere);
            String refused = peer.error("sock serve " + name);
            assertTrue(refused.startsWith("IncompatibleException"), refused);
            Files.delete(folder);
            try (var files = Files.list(elsewhere)) {
                assertEquals(0, files.count(), "nothing was written where the link leads");
            }

            peer.ok("sock serve " + name);
            assertEquals(
                    "rwx------",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)));
            peer.ok("sock close");
        } finally {
            Files.deleteIfExists(elsewhere);
            Files.deleteIfExists(folder);
            if (present) {
                Files.move(aside, folder);
            }
        }
    }

    /** Somebody else's link under our path leads to a file of ours, which must stay as it is. */
    @Test
    void plantedLinksAreNotFollowed() throws Exception {
        for (String suffix : new String[] {"", ".lock"}) {
            String path = path();
            Path link = Path.of(path + suffix);
            Path target = Files.createTempFile(Run.ID, null);
            try (Peer peer = OTHER.start("posix", true)) {
                Files.writeString(target, "precious");
                assertEquals(
                        0,
                        Run.run(OTHER.command("ln", "-s", target.toString(), link.toString()))
                                .status(),
                        "planted");
                peer.error("sock serve " + path);
                peer.error("sock serve " + path + " stream everybody");
                peer.ask("sock unlink " + path);
                assertTrue(Files.isSymbolicLink(link), "it is not ours to delete");
                assertEquals("precious", Files.readString(target));
            } finally {
                Files.deleteIfExists(link);
                Files.deleteIfExists(target);
            }
        }
    }
}
