// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * System calls that a signal interrupts (EINTR), every second one of a kind, by strace: nothing is
 * lost, nobody is told.
 */
@Interop
class InterruptedCallsIT {
    @BeforeAll
    static void strace() {
        Interruptions.assumeStrace();
    }

    @Test
    void queueCalls() throws Exception {
        String name = Run.name("mq-eintr");
        try (Peer victim = Launcher.jvm("posix").start();
                Peer other = Launcher.jvm("posix").start()) {
            victim.ok("mq create " + name + " 3 64");
            other.ok("mq open " + name);
            try (Interruptions interruptions =
                    Interruptions.failing(victim, "mq_timedsend,mq_timedreceive,poll,ppoll")) {
                for (int i = 0; i < 50; i++) {
                    victim.tell("mq timedreceive 30000");
                    other.ok("mq send 3 to-" + i);
                    assertEquals("3 to-" + i, victim.ok());
                    victim.ok("mq send 2 from-" + i);
                    assertEquals("2 from-" + i, other.ok("mq receive"));
                }
                victim.none("mq timedreceive 120");
                victim.ok("mq unlink " + name);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"posix", "jvm"})
    void callsOfCreation(String provider) throws Exception {
        try (Peer victim = Launcher.jvm(provider).start()) {
            createAndRemove(victim); // once, so that all classes are loaded
            String calls =
                    provider.equals("posix") ? "ftruncate,fallocate,msync" : "write,pwrite64";
            try (Interruptions interruptions = Interruptions.failing(victim, calls)) {
                for (int i = 0; i < 10; i++) {
                    createAndRemove(victim);
                }
            }
        }
    }

    /** Every second reservation finds the disk full; what comes after it does not. */
    @Test
    void aFullDiskIsALimit() throws Exception {
        Path path = Run.folder().resolve(Run.name("mmap-enospc"));
        try (Peer victim = Launcher.jvm("posix").start()) {
            victim.ok("mmap create " + path + " 100000");
            victim.ok("mmap unlink " + path);
            victim.ok("shm anonymous 100000 ALL");
            try (Interruptions interruptions =
                    new Interruptions(victim, "fallocate", "error=ENOSPC:when=1+2")) {
                isLimit(victim.error("mmap create " + path + " 100000"));
                assertTrue(Files.notExists(path));
                victim.ok("mmap create " + path + " 100000");
                isLimit(victim.error("mmap grow 200000"));
                assertEquals("100000", victim.ok("mmap refresh"));
                victim.ok("mmap grow 200000");
                victim.ok("mmap write 5");
                victim.ok("mmap verify 5");
                isLimit(victim.error("shm anonymous 100000 ALL"));
                victim.ok("shm anonymous 100000 ALL");
            }
            victim.ok("mmap close");
            victim.ok("mmap unlink " + path);
        }
    }

    /** Plain Java reserves by writing. */
    @Test
    void aFullDiskIsALimitToJava() throws Exception {
        Path path = Run.folder().resolve(Run.name("mmap-enospc"));
        try (Peer victim = Launcher.jvm("jvm").start()) {
            victim.ok("mmap create " + path + " 100000");
            victim.ok("mmap close");
            victim.ok("mmap unlink " + path);
            try (Interruptions interruptions =
                    new Interruptions(victim, "pwrite64", "error=ENOSPC:when=1+2")) {
                String error = victim.error("mmap create " + path + " 100000");
                assertTrue(error.startsWith("ResourceLimitException"), error);
                assertTrue(Files.notExists(path));
            }
            victim.ok("mmap create " + path + " 100000");
            victim.ok("mmap close");
            victim.ok("mmap unlink " + path);
        }
    }

    private static void isLimit(String error) {
        assertTrue(error.startsWith("ResourceLimitException"), error);
        assertTrue(error.contains("ENOSPC"), error);
    }

    @Test
    void aDiskThatFailsIsAnError() throws Exception {
        Path path = Run.folder().resolve(Run.name("mmap-eio"));
        try (Peer victim = Launcher.jvm("posix").start()) {
            victim.ok("mmap create " + path + " 100000");
            victim.ok("mmap force");
            try (Interruptions interruptions =
                    new Interruptions(victim, "msync", "error=EIO:when=1+2")) {
                String error = victim.error("mmap force");
                assertTrue(error.startsWith("IpcException"), error);
                assertTrue(error.contains("msync"), error);
                victim.ok("mmap force");
            }
            victim.ok("mmap close");
            victim.ok("mmap unlink " + path);
        }
    }

    /** A file system whose files cannot be without a name: the file is created under its name. */
    @Test
    void aFileSystemWithoutNamelessFiles() throws Exception {
        Path folder = Files.createDirectory(Run.folder().resolve(Run.name("mmap-folder")));
        Path path = folder.resolve("file");
        try (Peer victim = Launcher.jvm("posix").start()) {
            victim.ok("mmap create " + path + " 100000");
            victim.ok("mmap close");
            victim.ok("mmap unlink " + path);
            try (Interruptions interruptions =
                    new Interruptions(
                            victim,
                            "openat",
                            "error=EOPNOTSUPP:when=1+2",
                            "-P",
                            folder.toString())) {
                for (int i = 0; i < 4; i++) {
                    victim.ok("mmap create " + path + " 100000");
                    victim.ok("mmap write 5");
                    assertTrue(
                            victim.error("mmap create " + path + " 10")
                                    .startsWith("NameExistsException"));
                    assertEquals(
                            "rw-------",
                            PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
                    assertArrayEquals(new String[] {"file"}, folder.toFile().list());
                    victim.ok("mmap close");
                    victim.ok("mmap unlink " + path);
                }
            }
        }
        Files.delete(folder);
    }

    private static void createAndRemove(Peer victim) {
        String name = Run.name("shm-eintr");
        victim.ok("shm create " + name + " 100000");
        victim.ok("shm write 3");
        victim.ok("shm close");
        victim.ok("shm open " + name);
        victim.ok("shm verify 3");
        victim.ok("shm unlink " + name);
        victim.ok("mmap create " + name + " 100000");
        victim.ok("mmap grow 200000");
        victim.ok("mmap write 3");
        victim.ok("mmap force");
        victim.ok("mmap verify 3");
        victim.ok("mmap close");
        victim.ok("mmap unlink " + name);
        victim.ok("sem create " + name + " 1");
        victim.ok("sem trywait");
        victim.ok("sem unlink " + name);
    }

    /**
     * A call that wakes cannot fail, one that waits can: so a signal arrives, one that the JVM
     * handles and ignores.
     */
    @Test
    void semaphoreWaits() throws Exception {
        String name = Run.name("sem-eintr");
        try (Peer victim = Launcher.jvm("posix").start();
                Peer other = Launcher.jvm("posix").start()) {
            victim.ok("sem create " + name + " 0");
            other.ok("sem open " + name);
            victim.none("sem timedwait 100");
            try (Interruptions interruptions =
                    new Interruptions(victim, "futex", "signal=SIGPIPE:when=1+2")) {
                for (int i = 0; i < 20; i++) {
                    victim.tell("sem timedwait 30000");
                    Thread.sleep(i % 2 == 0 ? 60 : 5); // longer, and shorter, than one slice
                    other.ok("sem post");
                    victim.ok();
                }
                victim.none("sem timedwait 120");
            }
            assertEquals("0", other.ok("sem value"));
            other.ok("sem unlink " + name);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"posix", "jvm"})
    void fileCalls(String provider) throws Exception {
        try (SharedFolder folder = new SharedFolder();
                Peer victim = Launcher.jvm(provider).start();
                Peer other = Launcher.jvm(provider).start()) {
            for (Peer peer : List.of(victim, other)) {
                peer.ok("file open " + folder.path().resolve("lock"));
                peer.ok("file lock exclusive 0 0");
                peer.ok("file unlock");
                peer.ok("file at " + folder.file());
                peer.ok("file publish 10 1");
            }
            if (provider.equals("posix")) { // of the JDK, opendir would fail, too
                try (Interruptions interruptions = Interruptions.failing(victim, "fcntl")) {
                    for (int i = 0; i < 20; i++) {
                        victim.ok("file lock exclusive 0 0");
                        other.none("file trylock shared 3 1");
                        victim.ok("file unlock");
                        other.ok("file trylock shared 3 1");
                        victim.none("file timedlock exclusive 0 0 20");
                        other.ok("file unlock");
                    }
                }
            }
            String calls = provider.equals("posix") ? "fsync,poll,ppoll" : "fsync";
            try (Interruptions interruptions = Interruptions.failing(victim, calls)) {
                versionsGoBothWays(victim, other, true);
            }
            if (provider.equals("posix")) { // what a watch tells cannot be read
                try (Interruptions interruptions =
                        Interruptions.failing(
                                victim, "read,poll,ppoll", "-P", "anon_inode:inotify")) {
                    versionsGoBothWays(victim, other, false);
                }
            }
            assertEquals(3, folder.names().size());
        }
    }

    private static void versionsGoBothWays(Peer victim, Peer other, boolean publishes) {
        String last = other.ok("file publish 1 1");
        for (int i = 0; i < 20; i++) {
            victim.tell("file await " + last + " 30000");
            last = other.ok("file publish 100 " + i);
            assertTrue(victim.ok().endsWith(" " + last));
            if (publishes) {
                last = victim.ok("file publish 200 " + i);
            }
        }
    }

    /**
     * What waits in the kernel is read though the reading fails, and sent though it is disturbed.
     */
    @Test
    void signalCalls() throws Exception {
        try (Peer victim = Signalling.blocked(Launcher.jvm("posix")).start();
                Peer other = Signalling.blocked(Launcher.jvm("posix")).start()) {
            victim.ok("sig subscribe " + Signalling.QUEUED);
            other.ok("sig subscribe " + Signalling.QUEUED);
            String toVictim = "sig send " + victim.pid() + " " + Signalling.QUEUED + " ";
            String toOther = "sig send " + other.pid() + " " + Signalling.QUEUED + " ";
            try (Interruptions interruptions =
                    Interruptions.failing(
                            victim, "read,poll,ppoll", "-P", "anon_inode:[signalfd]")) {
                for (int i = 0; i < 20; i++) {
                    victim.tell("sig await 30000");
                    other.ok(toVictim + i);
                    assertTrue(victim.ok().endsWith(" " + i));
                }
                other.ok("sig queue " + victim.pid() + " " + Signalling.QUEUED + " 1000");
                assertEquals("1000 1000", victim.ok("sig collect 1000"));
                victim.none("sig await 120");
            }
            // Sending does not wait, so the kernel does not interrupt it; but a handler may run.
            String calls = "pidfd_open,pidfd_send_signal,signalfd4,poll,ppoll";
            try (Interruptions interruptions =
                    new Interruptions(victim, calls, "signal=SIGPIPE:when=1+2")) {
                for (int i = 0; i < 20; i++) {
                    victim.ok(toOther + i);
                    assertTrue(other.ok("sig await 30000").endsWith(" " + i));
                    victim.ok("sig close");
                    victim.ok("sig subscribe " + Signalling.QUEUED);
                    victim.tell("sig await 30000");
                    other.ok(toVictim + i);
                    assertTrue(victim.ok().endsWith(" " + i));
                }
                victim.none("sig await 120");
            }
            other.none("sig await 20");
        }
    }
}
