// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.ipc4j.interop.Signalling.ALSO_QUEUED;
import static org.ipc4j.interop.Signalling.QUEUED;
import static org.ipc4j.interop.Signalling.TERM;
import static org.ipc4j.interop.Signalling.USR1;
import static org.ipc4j.interop.Signalling.WINCH;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.stream.Stream;

/** Two processes, two languages, and the signals between them. */
@Interop
class SignalIT {
    private static final int STORM = 100_000;

    static Stream<Arguments> pairs() {
        return Meetings.posix();
    }

    /** Python's library neither sends values nor tells of them. */
    static Stream<Arguments> pairsWithValues() {
        return Meetings.posix()
                .filter(pair ->
                        Stream.of(pair.get()).noneMatch(each -> each.toString().equals("Python")));
    }

    @ParameterizedTest(name = "from {0} to {1}")
    @MethodSource("pairsWithValues")
    void valuesCome(Launcher from, Launcher to) {
        try (Peer sender = from.start();
                Peer receiver = Signalling.blocked(to).start()) {
            receiver.ok("sig subscribe " + QUEUED + " " + ALSO_QUEUED);
            for (int value : List.of(0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE)) {
                sender.ok("sig send " + receiver.pid() + " " + QUEUED + " " + value);
                assertEquals(
                        QUEUED + " " + sender.pid() + " " + Signalling.user() + " " + value,
                        receiver.ok("sig await 30000"));
            }
            for (int value = 0; value < 5; value++) {
                sender.ok("sig send " + receiver.pid() + " " + ALSO_QUEUED + " " + value);
            }
            for (int value = 0; value < 5; value++) {
                assertTrue(receiver.ok("sig await 30000").endsWith(" " + value));
            }
            receiver.none("sig await 20");
        }
    }

    @ParameterizedTest(name = "from {0} to {1}")
    @MethodSource("pairs")
    void senderIsTold(Launcher from, Launcher to) {
        try (Peer sender = from.start();
                Peer receiver = Signalling.blocked(to).start()) {
            receiver.ok("sig subscribe " + USR1);
            sender.ok("sig send " + receiver.pid() + " " + USR1);
            assertEquals(
                    USR1 + " " + sender.pid() + " " + Signalling.user() + " -",
                    receiver.ok("sig await 30000"));
            receiver.none("sig await 20");
        }
    }

    /** Python sends through a descriptor of the process too. */
    @Test
    void pythonsDescriptorSends() {
        try (Peer sender = Launcher.python().start();
                Peer receiver = Signalling.blocked(Launcher.jvm("posix")).start()) {
            receiver.ok("sig subscribe " + QUEUED);
            sender.ok("sig sendByDescriptor " + receiver.pid() + " " + QUEUED);
            assertEquals(
                    QUEUED + " " + sender.pid() + " " + Signalling.user() + " -",
                    receiver.ok("sig await 30000"));
        }
    }

    static Stream<Arguments> dispatched() {
        return Stream.of("posix", "jvm")
                .flatMap(provider ->
                        Stream.concat(
                                        Stream.of(Launcher.jvm("posix")),
                                        Meetings.foreigners().stream())
                                .map(from -> Arguments.of(from, provider)));
    }

    @ParameterizedTest(name = "from {0} to the dispatcher of a JVM with provider {1}")
    @MethodSource("dispatched")
    void ordinarySignalsCome(Launcher from, String provider) {
        try (Peer sender = from.start();
                Peer receiver = Signalling.dispatching(provider).start()) {
            assertEquals("DISPATCHED", receiver.ok("sig subscribe " + USR1 + " " + WINCH));
            receiver.none("sig await 20");
            for (int signal : List.of(USR1, WINCH, USR1)) {
                sender.ok("sig send " + receiver.pid() + " " + signal);
                assertEquals(signal + " - - -", receiver.ok("sig await 30000"));
            }
            receiver.ok("sig close");
        }
    }

    /** What ends a JVM does not, while it is subscribed to, and does again afterwards. */
    @ParameterizedTest
    @ValueSource(strings = {"posix", "jvm"})
    void termIsForWhoAsksForIt(String provider) throws Exception {
        try (Peer receiver = Signalling.dispatching(provider).start()) {
            receiver.ok("sig subscribe " + TERM);
            receiver.signal("TERM");
            assertEquals(TERM + " - - -", receiver.ok("sig await 30000"));
            receiver.ok("sig close");
            ProcessHandle process = ProcessHandle.of(receiver.pid()).orElseThrow();
            receiver.signal("TERM");
            process.onExit().get();
        }
    }

    @Test
    void theLaunchCommandIsTold() {
        try (Peer peer = Launcher.jvm("posix").start()) {
            String notBlocked = peer.error("sig subscribe " + QUEUED);
            assertTrue(notBlocked.startsWith("SignalUnavailableException"), notBlocked);
            assertTrue(notBlocked.contains("env --block-signal=RTMIN+1 java"), notBlocked);
            String noDispatcher = peer.error("sig subscribe " + USR1);
            assertTrue(noDispatcher.startsWith("SignalUnavailableException"), noDispatcher);
            assertTrue(noDispatcher.contains("--add-modules jdk.unsupported"), noDispatcher);
            assertTrue(noDispatcher.contains("env --block-signal=USR1 java"), noDispatcher);
            String report = peer.ok("self report");
            String row =
                    Stream.of(report.split(";"))
                            .filter(line -> line.startsWith("signal") && line.contains("posix*"))
                            .findFirst()
                            .orElseThrow(() -> new AssertionError(report));
            assertTrue(row.contains("SIGNAL_VALUES"), row);
            assertFalse(row.contains("DISPATCHED_SIGNALS"), row);
        }
        try (Peer peer = Launcher.jvm("jvm").start()) {
            String absent = peer.error("sig subscribe " + USR1);
            assertTrue(absent.contains("jdk.unsupported"), absent);
        }
    }

    /**
     * With one thread that lets it in, a signal would end the process; started so, all block it.
     */
    @Test
    void whatIsToldWorks() {
        try (Peer peer = Launcher.jvm("posix").under("env", "--block-signal=RTMIN+1").start()) {
            assertEquals("READ", peer.ok("sig subscribe " + QUEUED));
            peer.error("sig subscribe " + ALSO_QUEUED);
            peer.ok("sig send " + peer.pid() + " " + QUEUED + " 4");
            assertTrue(peer.ok("sig await 30000").endsWith(" 4"));
        }
    }

    /** A JVM that was started with -Xrs leaves the signals alone that end others. */
    @Test
    void reducedUseOfSignalsLeavesMore() {
        Launcher jvm = Launcher.jvm("posix", Launcher.ModulePath.HERE, "-Xrs");
        try (Peer peer = jvm.under("env", "--block-signal=QUIT", "--block-signal=TERM").start()) {
            assertEquals("READ", peer.ok("sig subscribe 3 " + TERM));
            peer.signal("QUIT");
            assertTrue(peer.ok("sig await 30000").startsWith("3 "));
        }
        try (Peer peer = Launcher.jvm("posix").under("env", "--block-signal=QUIT").start()) {
            assertTrue(peer.error("sig subscribe 3").contains("the JVM needs it"));
        }
    }

    @ParameterizedTest(name = "from {0} to {1}")
    @MethodSource("pairsWithValues")
    void aStormLosesNothing(Launcher from, Launcher to) {
        try (Peer sender = from.start();
                Peer receiver = Signalling.blocked(to).start()) {
            receiver.ok("sig subscribe " + QUEUED);
            sender.tell("sig queue " + receiver.pid() + " " + QUEUED + " " + STORM);
            assertEquals(STORM + " " + STORM, receiver.ok("sig collect " + STORM));
            sender.ok();
            receiver.none("sig await 20");
        }
    }

    /** There is room for a hundred, which are read late. */
    @Test
    void aStormWaitsForRoom() throws Exception {
        try (Peer sender = Launcher.jvm("posix").start();
                Peer receiver =
                        Signalling.blocked(Launcher.jvm("posix"))
                                .under("prlimit", "--sigpending=100")
                                .start()) {
            receiver.ok("sig subscribe " + QUEUED);
            sender.tell("sig queue " + receiver.pid() + " " + QUEUED + " 20000");
            Thread.sleep(300);
            assertFalse(sender.hasAnswered(), "there is no room");
            assertEquals("20000 20000", receiver.ok("sig collect 20000"));
            sender.ok();
            String full = sender.error("sig fill " + receiver.pid() + " " + QUEUED);
            assertTrue(full.startsWith("ResourceLimitException"), full);
            assertTrue(full.contains("RLIMIT_SIGPENDING") && full.contains("/100"), full);
        }
    }
}
