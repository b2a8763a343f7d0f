// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.ipc4j.interop.Signalling.QUEUED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;

/** Signals for processes that die, are another user's, or have the number of another one. */
@Interop
class SignalProcessIT {
    @RegisterExtension static final SecondUser OTHER = new SecondUser();

    private static final int ROUNDS = 15;
    private static final int MOST_MILLIS = 60;

    @ParameterizedTest
    @ValueSource(strings = {"posix", "jvm"})
    void whoHasEndedIsNotFound(String provider) throws Exception {
        try (Peer sender = Signalling.dispatching(provider).start();
                Peer victim = Launcher.jvm("jvm").start()) {
            sender.ok("sig hold " + victim.pid());
            assertTrue(sender.does("sig probe " + victim.pid()));
            ProcessHandle process = ProcessHandle.of(victim.pid()).orElseThrow();
            victim.kill();
            process.onExit().get();
            sender.fails("sig sendHeld " + Signalling.TERM, Failure.ABSENT);
            sender.fails("sig sendHeld 9", Failure.ABSENT);
        }
    }

    /**
     * In a name space of its own, so that the test may choose which number the next process gets.
     */
    @ParameterizedTest
    @ValueSource(strings = {"posix", "jvm"})
    void aNumberThatIsInUseAgainIsNotHit(String provider) {
        Privileges.assumeRoot();
        assumeTrue(
                Files.exists(Path.of("/proc/sys/kernel/ns_last_pid")),
                "this kernel does not let the next number be chosen");
        try (Peer peer = Privileges.inContainer(Signalling.dispatching(provider)).start()) {
            assertEquals("NameNotFoundException true", peer.ok("sig reuse"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"posix", "jvm"})
    void anotherUsersProcessIsRefused(String provider) {
        try (Peer receiver = Launcher.jvm("jvm").start();
                Peer sender = OTHER.jvm(provider, "--add-modules", "jdk.unsupported").start()) {
            for (String signal : new String[] {"15", "9"}) {
                sender.denied("sig send " + receiver.pid() + " " + signal);
            }
            if (provider.equals("posix")) {
                String advice = sender.error("sig send " + receiver.pid() + " 9");
                assertTrue(
                        advice.contains("EPERM") && advice.contains("only its own user"), advice);
                sender.denied("sig probe " + receiver.pid());
                sender.denied("sig send " + receiver.pid() + " " + QUEUED + " 1");
            }
            receiver.ok("self pid"); // it was not ended
        }
    }

    /** The user is told too who is not root. */
    @Test
    void theOtherUserIsTold() {
        try (Peer sender = OTHER.jvm("posix").start();
                Peer receiver = Signalling.blocked(OTHER.jvm("posix")).start()) {
            receiver.ok("sig subscribe " + QUEUED);
            sender.ok("sig send " + receiver.pid() + " " + QUEUED + " 1");
            assertEquals(
                    QUEUED + " " + sender.pid() + " " + SecondUser.ID + " 1",
                    receiver.ok("sig await 30000"));
        }
    }

    /** Without a descriptor nothing is taken for what it is not. */
    @Test
    void theLimitOfDescriptorsIsTold() {
        try (Peer peer =
                Signalling.blocked(Launcher.jvm("posix"))
                        .under("prlimit", "--nofile=100:100")
                        .start()) {
            String send = "sig send " + peer.pid() + " " + QUEUED + " 1";
            peer.ok("sig subscribe " + QUEUED); // once, so that all classes are loaded
            peer.ok(send);
            peer.ok("sig await 30000");
            peer.ok("sig close");
            peer.ok("sig hold " + peer.pid());
            peer.ok("self hoard");
            for (String command :
                    new String[] {"sig subscribe " + QUEUED, "sig sendHeld " + QUEUED}) {
                String error = peer.error(command);
                assertTrue(error.startsWith("ResourceLimitException"), error);
                assertTrue(error.contains("RLIMIT_NOFILE"), error);
            }
            peer.ok("self unhoard");
            peer.ok("sig subscribe " + QUEUED); // nothing was left behind
            peer.ok(send);
            peer.ok("sig await 30000");
        }
    }

    static Stream<Launcher> senders() {
        return Stream.of(Launcher.jvm("posix"), Launcher.c());
    }

    /** What a sender has sent stays when it is killed, in order, and nothing else comes. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("senders")
    void aSenderIsKilled(Launcher launcher) throws Exception {
        Random random = new Random(5);
        try (Peer receiver = Signalling.blocked(Launcher.jvm("posix")).start()) {
            receiver.ok("sig subscribe " + QUEUED);
            for (int round = 0; round < ROUNDS; round++) {
                try (Peer peer = launcher.start()) {
                    Victim victim = new Victim(peer);
                    victim.run("sig run " + receiver.pid() + " " + QUEUED);
                    Thread.sleep(random.nextInt(MOST_MILLIS));
                    victim.kill();
                    victim.awaitDeath();
                    String[] got = receiver.ok("sig collect " + Integer.MAX_VALUE).split(" ");
                    int received = Integer.parseInt(got[0]);
                    assertEquals(received, Integer.parseInt(got[1]), "in order, none twice");
                    int sent = victim.count('S');
                    assertTrue(
                            received == sent || received == sent + 1 && victim.diedDoing('s'),
                            received + " received, " + sent + " sent");
                }
            }
            receiver.none("sig await 20");
        }
    }

    /** Who sends to a process that is killed is told, and the process itself is fine. */
    @Test
    void aReceiverIsKilled() throws Exception {
        Random random = new Random(6);
        try (Peer sender = Launcher.jvm("posix").start()) {
            for (int round = 0; round < ROUNDS; round++) {
                try (Peer receiver = Signalling.blocked(Launcher.c()).start()) {
                    receiver.ok("sig subscribe " + QUEUED);
                    sender.tell("sig queue " + receiver.pid() + " " + QUEUED + " 2000000000");
                    receiver.tell("sig collect 2000000000");
                    Thread.sleep(random.nextInt(MOST_MILLIS));
                    receiver.kill();
                    String answer = sender.answer();
                    assertTrue(answer.startsWith("error NameNotFoundException"), answer);
                }
            }
            sender.ok("self pid");
        }
    }
}
