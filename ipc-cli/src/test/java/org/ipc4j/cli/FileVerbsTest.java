// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.file.FileLockMode;
import org.ipc4j.file.FileRange;
import org.ipc4j.file.HeldFileLock;
import org.ipc4j.file.SharedFileLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

/** The verbs of {@code ipc file} in this process, with the provider that needs no native access. */
class FileVerbsTest {
    @TempDir private Path directory;

    private String path(String name) {
        return directory.resolve(name).toString();
    }

    @Test
    void runsACommandUnderTheLock() {
        String file = path("lock");
        succeeds("", "file", "lock", file, "true");
        Called failing = Called.ipc("file", "lock", file, "--", "sh", "-c", "exit 7");
        assertEquals(7, failing.status(), failing.err());
        fails(ExitStatus.REFUSED, "file", "lock", file, path("no-such-program"));
    }

    @Test
    void keepsTheLockUntilStandardInputEnds() {
        Called kept = Called.ipcWithInput("whatever\n", "file", "lock", path("lock"));
        assertEquals(0, kept.status(), kept.err());
        assertEquals("locked\n", kept.out().replace("\r", ""));
    }

    @Test
    void waitsForTheLock() throws Exception {
        String file = path("lock");
        try (SharedFileLock locks = SharedFileLock.createOrOpen(Path.of(file))) {
            HeldFileLock held = locks.lock();
            fails(ExitStatus.TIMED_OUT, "file", "lock", file, "--timeout", "0");
            fails(ExitStatus.TIMED_OUT, "file", "lock", file, "--shared", "--timeout", "10ms");
            CompletableFuture<Called> waiting =
                    CompletableFuture.supplyAsync(
                            () -> Called.ipc("file", "lock", file, "--timeout", "30s"));
            held.close();
            assertEquals(0, waiting.join().status(), waiting.join().err());
        }
    }

    @Test
    void locksAPart() throws Exception {
        String file = path("lock");
        try (SharedFileLock locks = SharedFileLock.createOrOpen(Path.of(file));
                HeldFileLock held = locks.lock(FileLockMode.SHARED, new FileRange(1024, 10))) {
            assertTrue(held.isHeld());
            String[] lock = {"file", "lock", file, "--timeout", "0"};
            fails(ExitStatus.TIMED_OUT, with(lock, "--offset", "1033"));
            fails(ExitStatus.TIMED_OUT, with(lock, "--length", "1025"));
            succeeds("locked\n", with(lock, "--offset", "1034"));
            succeeds("locked\n", with(lock, "--length", "1K"));
            succeeds("locked\n", with(lock, "--shared"));
        }
        fails(ExitStatus.USAGE, "file", "lock", file, "--length", "0");
    }

    private static String[] with(String[] words, String... more) {
        String[] all = Arrays.copyOf(words, words.length + more.length);
        System.arraycopy(more, 0, all, words.length, more.length);
        return all;
    }

    @Test
    void publishesAndReads() throws Exception {
        String file = path("file");
        fails(ExitStatus.NOT_FOUND, "file", "read", file);
        fails(ExitStatus.TIMED_OUT, "file", "read", file, "--after", "0", "--timeout", "10ms");
        long first = published(Called.ipcWithInput("first", "file", "publish", file));
        succeeds("first", "file", "read", file);
        succeeds("first", "file", "read", file, "--after", "0");
        fails(
                ExitStatus.TIMED_OUT,
                "file",
                "read",
                file,
                "--after",
                Long.toString(first),
                "--timeout",
                "0");
        Path source = Files.write(directory.resolve("source"), new byte[200_000]);
        long second = published(Called.ipc("file", "publish", file, source.toString()));
        assertTrue(second > first);
        succeeds("", "file", "read", file, path("copy"));
        assertEquals(200_000, Files.size(directory.resolve("copy")));
        fails(ExitStatus.REFUSED, "file", "publish", file, path("absent"));
        assertEquals(200_000, Files.size(Path.of(file)));
        fails(ExitStatus.NOT_FOUND, "file", "publish", path("absent/file"), source.toString());
        assertEquals(4, directory.toFile().list().length, "the lock, and no draft");
    }

    private static long published(Called call) {
        assertEquals(0, call.status(), call.err());
        return Long.parseLong(call.out().strip());
    }

    @Test
    void watches() throws Exception {
        String file = path("file");
        long first = published(Called.ipcWithInput("first", "file", "publish", file));
        Called watch = Called.ipc("file", "watch", file, "--timeout", "10ms");
        assertEquals(ExitStatus.TIMED_OUT.code(), watch.status(), watch.err());
        assertEquals(first + " 5", watch.out().strip());
        CompletableFuture<Called> waiting =
                CompletableFuture.supplyAsync(() ->
                        Called.ipc(
                                "file",
                                "watch",
                                file,
                                "--after",
                                Long.toString(first),
                                "--count",
                                "1",
                                "--timeout",
                                "30s"));
        long second = published(Called.ipcWithInput("", "file", "publish", file));
        assertEquals(second + " 0", waiting.join().out().strip());
        assertEquals(0, waiting.join().status(), waiting.join().err());
        fails(ExitStatus.USAGE, "file", "watch", file, "--count", "0");
    }

    @Test
    void refusesWhatIsNoFile() {
        fails(ExitStatus.INCOMPATIBLE, "file", "lock", directory.toString());
        fails(ExitStatus.INCOMPATIBLE, "file", "read", directory.toString());
    }

    private static void succeeds(String out, String... words) {
        Called call = Called.ipc(words);
        assertEquals(0, call.status(), call.err());
        assertEquals(out, call.out().replace("\r", ""));
        assertEquals("", call.err());
    }

    private static void fails(ExitStatus status, String... words) {
        Called call = Called.ipc(words);
        assertEquals(status.code(), call.status(), call.err());
        assertEquals("", call.out());
        assertTrue(call.err().startsWith("ipc: "), call.err());
        assertEquals(1, call.err().lines().count(), call.err());
    }
}
