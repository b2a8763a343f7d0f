// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Processes that lock one file: of both providers, and of C and Python, which do it in two ways.
 */
@Interop
class FileLockIT {
    private static final String WHOLE = " 0 0";

    /** Everybody with everybody, each way round. */
    static Stream<Arguments> meetings() {
        return Meetings.memory();
    }

    /** A JVM of each provider with C and Python that lock for their process. */
    static Stream<Arguments> classicMeetings() {
        return Meetings.PROVIDERS.stream()
                .flatMap(provider ->
                        Meetings.foreigners().stream()
                                .map(foreigner -> Arguments.of(Launcher.jvm(provider), foreigner)));
    }

    @ParameterizedTest(name = "{0} and {1}")
    @MethodSource("meetings")
    void locksExclude(Launcher first, Launcher second) throws Exception {
        try (SharedFolder folder = new SharedFolder();
                Peer one = first.start();
                Peer other = second.start()) {
            one.ok("file open " + folder.file());
            other.ok("file open " + folder.file());
            locksExclude(one, other);
        }
    }

    @ParameterizedTest(name = "{0} and the process''s locks of {1}")
    @MethodSource("classicMeetings")
    void locksOfProcessesExclude(Launcher java, Launcher foreigner) throws Exception {
        try (SharedFolder folder = new SharedFolder();
                Peer one = java.start();
                Peer other = foreigner.start()) {
            one.ok("file open " + folder.file());
            other.ok("file open " + folder.file());
            other.ok("file kind classic");
            locksExclude(one, other);
            locksExclude(other, one);
        }
    }

    /** Two processes have a file open that nobody has locked. */
    static void locksExclude(Peer one, Peer other) throws InterruptedException {
        one.ok("file lock exclusive" + WHOLE);
        other.none("file trylock exclusive" + WHOLE);
        other.none("file trylock shared 5 1");
        other.none("file timedlock shared" + WHOLE + " 50");
        other.tell("file lock exclusive" + WHOLE);
        Thread.sleep(100);
        assertFalse(other.hasAnswered(), "it is locked");
        one.ok("file unlock");
        other.ok();
        one.none("file trylock shared" + WHOLE);
        other.ok("file unlock");

        one.ok("file trylock shared" + WHOLE);
        other.ok("file trylock shared" + WHOLE);
        other.ok("file unlock");
        other.none("file trylock exclusive 7 1");
        one.ok("file unlock");

        one.ok("file lock exclusive 100 10"); // where the file has no bytes
        other.none("file trylock shared 109 1");
        other.ok("file timedlock exclusive 110" + " 0 60000");
        one.ok("file unlock");
        other.ok("file unlock");
    }

    /** All at once, in every way that excludes: no increment is lost. */
    @Test
    void nobodyIsBetweenReadAndWrite() throws Exception {
        int times = 150;
        try (SharedFolder folder = new SharedFolder()) {
            List<Launcher> all = new ArrayList<>();
            Meetings.PROVIDERS.forEach(provider -> all.add(Launcher.jvm(provider)));
            all.addAll(Meetings.foreigners());
            all.addAll(Meetings.foreigners());
            List<Peer> peers = new ArrayList<>();
            try {
                for (Launcher launcher : all) {
                    Peer peer = launcher.start();
                    peers.add(peer);
                    peer.ok("file open " + folder.file());
                    if (!peer.isJvm() && peers.size() % 2 == 0) {
                        peer.ok("file kind classic");
                    }
                }
                Path counter = folder.path().resolve("counter");
                peers.forEach(peer -> peer.tell("file count " + counter + " " + times));
                peers.forEach(Peer::ok);
                assertEquals(
                        Integer.toString(times * peers.size()), Files.readString(counter).strip());
            } finally {
                peers.forEach(Peer::close);
            }
        }
    }

    static Stream<Arguments> holders() {
        return Stream.concat(
                Stream.of(
                        Arguments.of(Launcher.jvm("posix"), ""),
                        Arguments.of(Launcher.jvm("jvm"), "")),
                Meetings.foreigners().stream()
                        .flatMap(foreigner ->
                                Stream.of(
                                        Arguments.of(foreigner, "file kind ofd"),
                                        Arguments.of(foreigner, "file kind classic"))));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("holders")
    void theHolderIsTold(Launcher launcher, String kind) throws Exception {
        try (SharedFolder folder = new SharedFolder();
                Peer asking = Launcher.jvm("posix").start();
                Peer bystander = launcher.start();
                Peer holder = launcher.start()) {
            asking.ok("file open " + folder.file());
            for (Peer peer : List.of(bystander, holder)) {
                peer.ok("file open " + folder.file());
                if (!kind.isEmpty()) {
                    peer.ok(kind);
                }
            }
            bystander.ok("file lock exclusive 5000 0");
            asking.none("file holder exclusive 0 5000");
            holder.ok("file lock exclusive 1000 10");
            assertEquals(holder.pid() + " exclusive", asking.ok("file holder shared 0 2000"));
            holder.ok("file unlock");
            holder.ok("file lock shared 1000 10");
            asking.none("file holder shared 0 2000");
            assertEquals(holder.pid() + " shared", asking.ok("file holder exclusive 0 2000"));
            holder.kill();
            asking.ok("file timedlock exclusive 0 2000 60000");
            assertEquals(bystander.pid() + " exclusive", asking.ok("file holder exclusive 0 0"));
        }
    }

    /** What the kernel tells others of our lock. */
    @Test
    void othersSeeTheLockOfAnOpenFile() throws Exception {
        try (SharedFolder folder = new SharedFolder();
                Peer holder = Launcher.jvm("posix").start();
                Peer asking = Launcher.c().start()) {
            holder.ok("file open " + folder.file());
            asking.ok("file open " + folder.file());
            holder.ok("file lock shared 3 4");
            assertEquals("-1 shared", asking.ok("file holder exclusive 6 1"));
            asking.none("file holder exclusive 7 1");
        }
    }

    /** A lock of the process would go now, when its process closes another descriptor. */
    @Test
    void aLockStaysWhenTheFileIsReadBesides() throws Exception {
        try (SharedFolder folder = new SharedFolder();
                Peer holder = Launcher.jvm("posix").start();
                Peer other = Launcher.jvm("posix").start()) {
            holder.ok("file open " + folder.file());
            other.ok("file open " + folder.file());
            holder.ok("file lock exclusive" + WHOLE);
            holder.ok("file at " + folder.file());
            holder.ok("file read");
            other.none("file trylock shared" + WHOLE);
            holder.ok("file unlock");
            other.ok("file trylock shared" + WHOLE);
        }
    }

    /** Linux keeps {@code flock(2)} apart, and so does the documentation. */
    @Test
    void flockIsAnotherLock() throws Exception {
        try (SharedFolder folder = new SharedFolder();
                Peer java = Launcher.jvm("posix").start();
                Peer c = Launcher.c().start()) {
            java.ok("file open " + folder.file());
            c.ok("file open " + folder.file());
            c.ok("file kind flock");
            java.ok("file lock exclusive" + WHOLE);
            c.ok("file trylock exclusive" + WHOLE);
            String file = folder.file().toString();
            assertEquals(1, Run.run("flock", "--nonblock", file, "true").status(), "C has that");
            c.ok("file unlock");
            assertEquals(0, Run.run("flock", "--nonblock", file, "true").status());
        }
    }
}
