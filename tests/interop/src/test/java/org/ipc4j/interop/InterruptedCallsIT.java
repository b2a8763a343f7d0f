// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.interop.peer.Content;
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

    private static Interruptions failing(Peer peer, String calls) throws Exception {
        return new Interruptions(peer, calls, "error=EINTR:when=1+2");
    }

    @Test
    void queueCalls() throws Exception {
        String name = Run.name("mq-eintr");
        try (Peer victim = Launcher.jvm("posix").start();
                Peer other = Launcher.jvm("posix").start()) {
            victim.ok("mq create " + name + " 3 64");
            other.ok("mq open " + name);
            try (Interruptions interruptions =
                    failing(victim, "mq_timedsend,mq_timedreceive,poll,ppoll")) {
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
    void pipeCalls(String provider) throws Exception {
        int size = 300_000;
        String expected = size + " " + Content.digest(Content.pattern(7, 0, size));
        String name = Run.name("fifo-eintr");
        try (Peer victim = Launcher.jvm(provider).start();
                Peer other = Launcher.jvm(provider).start()) {
            victim.ok("fifo reader " + name);
            other.ok("fifo writer " + name);
            try (Interruptions interruptions = pipeCalls(provider, victim, name)) {
                victim.tell("fifo drain");
                other.ok("fifo fill " + size + " 7");
                other.ok("fifo close");
                assertEquals(expected, victim.ok());
            }
            victim.ok("fifo close");
            other.ok("fifo reader " + name);
            victim.ok("fifo writer " + name);
            try (Interruptions interruptions = pipeCalls(provider, victim, name)) {
                other.tell("fifo drain");
                victim.ok("fifo fill " + size + " 7");
                victim.ok("fifo close");
                assertEquals(expected, other.ok());
            }
            other.ok("fifo close");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"stream", "seqpacket"})
    void socketCalls(String type) throws Exception {
        int size = 300_000;
        String expected = size + " " + Content.digest(Content.pattern(7, 0, size));
        String name = Run.name("sock-eintr");
        try (Peer victim = Launcher.jvm("posix").start();
                Peer other = Launcher.jvm("posix").start()) {
            victim.ok("sock serve " + name + " " + type);
            try (Interruptions interruptions =
                    failing(victim, "accept4,recvfrom,recvmsg,sendto,sendmsg,poll,ppoll")) {
                for (int i = 0; i < 3; i++) {
                    victim.tell("sock accept");
                    other.ok("sock connect " + name + " " + type);
                    victim.ok();
                    victim.tell("sock drain");
                    other.ok("sock fill " + size + " 7");
                    other.ok("sock shutdown");
                    assertEquals(expected, victim.ok());
                    other.tell("sock drain");
                    victim.ok("sock fill " + size + " 7");
                    victim.ok("sock shutdown");
                    assertEquals(expected, other.ok());
                    other.ok("sock close");
                }
                victim.tell("sock accept");
                other.ok("sock connect " + name + " " + type);
                victim.ok();
                other.ok("sock passPair here");
                assertEquals("here SOCKET", victim.ok("sock take"));
                victim.ok("sock passPair there");
                assertEquals("there SOCKET", other.ok("sock take"));
                victim.ok("sock write through");
                assertEquals("through", other.ok("sock read"));
            }
            other.ok("sock close");
            victim.ok("sock close");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"posix", "jvm"})
    void callsOfCreation(String provider) throws Exception {
        try (Peer victim = Launcher.jvm(provider).start()) {
            createAndRemove(victim); // once, so that all classes are loaded
            String calls =
                    provider.equals("posix") ? "ftruncate,fallocate,msync" : "write,pwrite64";
            try (Interruptions interruptions = failing(victim, calls)) {
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

    /**
     * The JDK reads sockets without waiting, where the kernel cannot be interrupted, and takes an
     * error there for a result. So its calls get signals. Where calls fail, only those of the FIFO
     * do: when strace ends, it may leave a call behind that was never made, and the peer shall not
     * find its standard input broken.
     */
    private static Interruptions pipeCalls(String provider, Peer peer, String name)
            throws Exception {
        String calls = "read,write,poll,ppoll";
        return provider.equals("posix")
                ? new Interruptions(
                        peer, calls, "error=EINTR:when=1+2", "-P", "/dev/shm/fifo." + name)
                : new Interruptions(peer, calls, "signal=SIGPIPE:when=1+2");
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
                try (Interruptions interruptions = failing(victim, "fcntl")) {
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
            try (Interruptions interruptions = failing(victim, calls)) {
                String last = other.ok("file publish 1 1");
                for (int i = 0; i < 20; i++) {
                    victim.tell("file await " + last + " 30000");
                    last = other.ok("file publish 100 " + i);
                    assertTrue(victim.ok().endsWith(" " + last));
                    last = victim.ok("file publish 200 " + i);
                }
            }
            assertEquals(3, folder.names().size());
        }
    }
}
