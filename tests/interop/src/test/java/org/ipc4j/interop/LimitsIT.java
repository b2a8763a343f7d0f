// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;

/**
 * The limits of the system, met by an ordinary user: the message names the one that was met, and
 * what it is.
 */
@Interop
class LimitsIT {
    @RegisterExtension static final SecondUser OTHER = new SecondUser();

    private static void limit(String error, String... words) {
        assertTrue(error.startsWith("ResourceLimitException"), error);
        for (String word : words) {
            assertTrue(error.contains(word), "\"" + word + "\" is not in: " + error);
        }
    }

    /**
     * Starts an ordinary user's JVM in an IPC name space of its own, whose limits a line of shell
     * sets.
     */
    private static Peer start(String settings) {
        return OTHER.jvm("posix")
                .after("cd /proc/sys/fs/mqueue && " + settings)
                .under("unshare", "--ipc")
                .start();
    }

    @Test
    void queueCapacity() {
        try (Peer peer = start("echo 12 > msg_max")) {
            limit(peer.error("mq create jobs 13 100"), "msg_max allows 12 ");
            peer.ok("mq create jobs 12 100");
            peer.ok("mq unlink jobs");
        }
    }

    @Test
    void messageSize() {
        try (Peer peer = start("echo 300 > msgsize_max")) {
            limit(peer.error("mq create jobs 3 301"), "msgsize_max allows 300 ");
            peer.ok("mq create jobs 3 300");
            peer.ok("mq unlink jobs");
        }
    }

    @Test
    void numberOfQueues() {
        try (Peer peer = start("echo 12 > queues_max")) {
            limit(peer.error("mq createMany jobs 1 16 13"), "queues_max allows 12 ");
            peer.ok("mq createMany jobs 1 16 12");
        }
    }

    @Test
    void bytesOfQueues() {
        try (Peer peer = OTHER.jvm("posix").under("prlimit", "--msgqueue=20000").start()) {
            String error = peer.error("mq create " + Run.name("mq-limit") + " 10 8000");
            limit(error, "RLIMIT_MSGQUEUE", "20000");
            assertFalse(error.contains("RLIMIT_NOFILE"), error);
        }
    }

    /** A server that cannot accept says so; the client waits, and is served afterwards. */
    @Test
    void descriptorsOfAccepted() {
        String name = Run.name("sock-limit");
        try (Peer server = OTHER.jvm("posix").under("prlimit", "--nofile=100:100").start();
                Peer client = OTHER.jvm("posix").start()) {
            for (int i = 0; i < 2; i++) { // once, so that all classes are loaded
                server.ok("sock serve " + name);
                client.ok("sock connect " + name);
                if (i == 1) {
                    server.ok("self hoard");
                    limit(server.error("sock accept"), "RLIMIT_NOFILE", "accept4");
                    server.ok("self unhoard");
                }
                server.ok("sock accept");
                client.ok("sock write hello");
                assertEquals("hello", server.ok("sock read"));
                if (i == 1) {
                    client.ok("sock passPair lost"); // the descriptor cannot be received
                    server.ok("self hoard");
                    limit(server.error("sock take"), "RLIMIT_NOFILE");
                    server.ok("self unhoard");
                }
                client.ok("sock close");
                server.ok("sock close");
            }
        }
    }

    /** Who receives an end of a pipe needs one descriptor for it, not two. */
    @Test
    void theLastDescriptorIsAnEndOfAPipe() {
        String name = Run.name("sock-limit");
        try (Peer reader = OTHER.jvm("posix").under("prlimit", "--nofile=100:100").start();
                Peer writer = OTHER.jvm("posix").start()) {
            reader.ok("sock serve " + name);
            writer.ok("sock connect " + name);
            reader.ok("sock accept");
            for (int i = 0; i < 2; i++) { // once, so that all classes are loaded
                writer.ok("fifo anonymous");
                writer.ok("pass send it reader");
                if (i == 1) {
                    reader.ok("self hoard");
                    reader.ok("self unhoard 1");
                }
                assertEquals("it PIPE", reader.ok("pass receive"));
                reader.ok("pass adopt reader 0");
                reader.none("fifo timedread 20");
                writer.ok("fifo write hello");
                assertEquals("hello", reader.ok("fifo timedread 30000"));
                if (i == 1) {
                    limit(reader.error("fifo anonymous"), "RLIMIT_NOFILE", "pipe2");
                    reader.ok("self unhoard");
                }
                reader.ok("fifo closeReader");
                writer.ok("fifo closeReader");
                writer.fails("fifo write nobody", Failure.PEER_CLOSED);
                writer.ok("fifo close");
            }
            writer.ok("sock close");
            reader.ok("sock close");
        }
    }

    /** There is room for the lock file, but not for the socket's. */
    @Test
    void filesOfAFolder() {
        try (Peer peer =
                OTHER.jvm("posix")
                        .after("mount -t tmpfs -o nr_inodes=2,mode=1777 none /mnt")
                        .under("unshare", "--mount")
                        .start()) {
            for (int i = 0; i < 2; i++) {
                limit(peer.error("sock serve /mnt/s"), "bind", "ENOSPC", "this folder");
            }
            peer.none("sock unlink /mnt/s");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"posix", "jvm"})
    void descriptors(String provider) {
        List<String> commands =
                new ArrayList<>(
                        List.of(
                                "mmap create %s 1000",
                                "sem create %s 1",
                                "shm create %s 1000",
                                "mq create %s 3 50",
                                "fifo reader %s",
                                "fifo anonymous"));
        if (provider.equals("posix")) {
            commands.add("sock serve %s");
            commands.add("shm anonymous 1000 ALL");
        }
        try (Peer peer = OTHER.jvm(provider).under("prlimit", "--nofile=100:100").start()) {
            for (String command : commands) {
                String mechanism = command.split(" ")[0];
                String name = Run.name(mechanism + "-limit");
                // Once, so that all classes are loaded.
                peer.ok(command.formatted(name));
                peer.ok(mechanism + " close");
                peer.ask(mechanism + " unlink " + name);

                peer.ok("self hoard");
                String error = peer.error(command.formatted(name));
                peer.ok("self unhoard");
                limit(error, provider.equals("posix") ? "RLIMIT_NOFILE" : "descriptor");
                assertFalse(error.contains("RLIMIT_MSGQUEUE"), error);

                peer.ok(command.formatted(name)); // nothing was left behind
                peer.ok(mechanism + " close");
                String removed = peer.ask(mechanism + " unlink " + name);
                boolean gone = // with its owner
                        List.of("fifo", "sock").contains(mechanism)
                                || command.contains("anonymous");
                assertEquals(gone ? "none" : "ok", removed, command);
            }
        }
    }
}
