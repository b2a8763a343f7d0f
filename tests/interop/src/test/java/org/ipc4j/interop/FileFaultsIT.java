// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A version that cannot be published: the error has a type, the version before is there, and
 * nothing is left beside it. What cannot be had to wait by is done without.
 */
@Interop
class FileFaultsIT {
    private static final String FULL = "/mnt";

    @ParameterizedTest
    @ValueSource(strings = {"posix", "jvm"})
    void theDiskIsFull(String provider) {
        Privileges.assumeRoot();
        Launcher launcher =
                Launcher.jvm(provider)
                        .after("mount -t tmpfs -o size=1m none " + FULL)
                        .under("unshare", "--mount");
        try (Peer peer = launcher.start()) {
            peer.ok("file at " + FULL + "/file");
            peer.ok("file publish 500000 1");
            String old = peer.ok("file read");
            for (int i = 0; i < 3; i++) {
                refused(peer, "file publish 700000 2", "ResourceLimitException", "space");
                assertEquals(old, peer.ok("file read"));
                assertEquals(".file.ipc4j-lock file", peer.ok("self list " + FULL));
            }
            peer.ok("file publish 400000 3"); // as much as there is beside the old one
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"posix", "jvm"})
    void noFilesAreLeft(String provider) {
        Privileges.assumeRoot();
        Launcher launcher =
                Launcher.jvm(provider)
                        .after("mount -t tmpfs -o nr_inodes=10 none " + FULL)
                        .under("unshare", "--mount");
        try (Peer peer = launcher.start()) {
            String answer = "ok";
            String before = "";
            for (int i = 0; i < 100 && answer.startsWith("ok"); i++) {
                before = peer.ask("self list " + FULL);
                peer.ok("file at " + FULL + "/" + i);
                answer = peer.ask("file publish 10 1");
            }
            assertTrue(answer.startsWith("error ResourceLimitException "), answer);
            refused(peer, "mmap create " + FULL + "/mapped 10", "ResourceLimitException", "");
            refused(peer, "file open " + FULL + "/locked", "ResourceLimitException", "");
            String after = peer.ask("self list " + FULL);
            assertFalse(after.contains("ipc4j-new"), after);
            assertEquals(count(before, "[0-9]+"), count(after, "[0-9]+"));
        }
    }

    private static long count(String names, String pattern) {
        return Stream.of(names.split(" ")).filter(name -> name.matches(pattern)).count();
    }

    /** The call that fails, and with what; on some file systems a full disk is met only there. */
    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of("posix", "fsync", "ENOSPC", "ResourceLimitException"),
                Arguments.of("posix", "fsync", "EDQUOT", "ResourceLimitException"),
                Arguments.of("posix", "fsync", "EIO", "IpcException"),
                Arguments.of("posix", "rename", "ENOSPC", "ResourceLimitException"),
                Arguments.of("posix", "utimensat", "EPERM", "IpcAccessDeniedException"),
                Arguments.of("jvm", "fsync", "ENOSPC", "ResourceLimitException"),
                Arguments.of("jvm", "fsync", "EIO", "IpcException"),
                Arguments.of("jvm", "rename", "ENOSPC", "ResourceLimitException"));
    }

    @ParameterizedTest(name = "{0}: {1} gives {2}")
    @MethodSource("faults")
    void aCallFails(String provider, String call, String errno, String exception) throws Exception {
        Interruptions.assumeStrace();
        try (SharedFolder folder = new SharedFolder();
                Peer peer = Launcher.jvm(provider).start()) {
            peer.ok("file at " + folder.file());
            peer.ok("file publish 1000 1");
            String old = peer.ok("file read");
            String how = "error=" + errno + ":when=1+";
            try (Interruptions faults = new Interruptions(peer, call, how)) {
                refused(peer, "file publish 2000 2", exception, "");
            }
            assertEquals(old, peer.ok("file read"));
            assertEquals(2, folder.names().size(), "nothing is left behind");
            peer.ok("file publish 2000 2");
            assertEquals(2, folder.names().size());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"posix", "jvm"})
    void noDescriptorsAreLeft(String provider) throws Exception {
        try (SharedFolder folder = new SharedFolder();
                Peer peer = Launcher.jvm(provider).under("prlimit", "--nofile=100:100").start()) {
            String limit = provider.equals("posix") ? "RLIMIT_NOFILE" : "descriptor";
            Path locked = folder.path().resolve("locked");
            peer.ok("file open " + locked);
            peer.ok("file lock shared 0 0"); // each once, so that all classes are loaded
            peer.ok("file unlock");
            peer.ok("file close");
            peer.ok("file at " + folder.file());
            String generation = peer.ok("file publish 10 1");
            peer.ok("file read");
            peer.ok("file await 0 1");
            peer.ok("self hoard");
            refused(peer, "file open " + locked, "ResourceLimitException", limit);
            refused(peer, "file publish 20 2", "ResourceLimitException", limit);
            refused(peer, "file read", "ResourceLimitException", limit);
            refused(peer, "file await 0 1000", "ResourceLimitException", limit);
            peer.none("file await " + generation + " 50");
            peer.ok("self unhoard");
            assertEquals(3, folder.names().size(), "nothing is left behind");
            peer.ok("file open " + locked);
            peer.ok("file lock exclusive 0 0");
            peer.ok("file publish 20 2");
            peer.ok("file read");
        }
    }

    /** Whoever waits looks again and again then. */
    @Test
    void noWatchesAreLeft() throws Exception {
        Privileges.assumeRoot();
        String limit = "/proc/sys/user/max_inotify_instances";
        Launcher waiter =
                Launcher.jvm("posix")
                        .after("echo 0 > " + limit)
                        .under("unshare", "--user", "--map-root-user");
        try (SharedFolder folder = new SharedFolder();
                Peer waiting = waiter.start();
                Peer publisher = Launcher.jvm("posix").start()) {
            waiting.ok("file at " + folder.file());
            publisher.ok("file at " + folder.file());
            String first = publisher.ok("file publish 10 1");
            waiting.tell("file await " + first + " 60000");
            Thread.sleep(200);
            publisher.ok("file publish 20 2");
            assertTrue(waiting.ok().startsWith("20 "));
            waiting.none("file await " + Long.MAX_VALUE + " 20");
        }
    }

    private static void refused(Peer peer, String command, String exception, String word) {
        String error = peer.error(command);
        assertTrue(error.startsWith(exception + " "), command + ": " + error);
        assertTrue(error.contains(word), "\"" + word + "\" is not in: " + error);
    }

    /** The permissions are there before the name is, whatever the umask. */
    @ParameterizedTest
    @ValueSource(strings = {"posix", "jvm"})
    void theUmaskDoesNotMatter(String provider) throws Exception {
        for (String umask : new String[] {"777", "000"}) {
            try (SharedFolder folder = new SharedFolder();
                    Peer peer = Launcher.jvm(provider).after("umask " + umask).start()) {
                for (String access : new String[] {"owner", "group", "everybody"}) {
                    Path file = folder.path().resolve(access);
                    peer.ok("file open " + file + ".lock " + access);
                    peer.ok("file at " + file + " " + access);
                    peer.ok("file publish 10 1");
                    peer.ok("file read");
                    for (Path each :
                            new Path[] {
                                file,
                                Path.of(file + ".lock"),
                                folder.path().resolve("." + access + ".ipc4j-lock")
                            }) {
                        String mode = access.equals("owner") ? "0" : "6";
                        mode = "6" + mode + (access.equals("everybody") ? "6" : "0");
                        assertEquals(mode, mode(each), each.toString());
                    }
                }
            }
        }
    }

    private static String mode(Path file) throws Exception {
        assertTrue(Files.exists(file));
        return Run.run("stat", "-c", "%a", file.toString()).text();
    }
}
