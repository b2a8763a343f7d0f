// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Fifty processes create at the same moment: one wins. Fifty create or open: all get the same
 * object.
 */
@Interop
class RaceIT {
    private static final int PROCESSES = 50;
    private static final int ROUNDS = "full".equals(System.getProperty("ipc.campaign")) ? 50 : 5;

    @ParameterizedTest
    @ValueSource(strings = {"posix", "jvm"})
    void fiftyProcesses(String provider) {
        List<Peer> peers = new ArrayList<>();
        try {
            for (int i = 0; i < PROCESSES; i++) {
                peers.add(Launcher.jvm(provider).start());
            }
            for (int round = 0; round < ROUNDS; round++) {
                oneCreates(peers, "sem", "create", "0");
                oneCreates(peers, "shm", "create", "5000");
                oneCreates(peers, "mq", "create", "3 50");
                oneCreates(peers, "fifo", "reader", "");
                allMeet(peers, "sem", "0", "post", "value", Integer.toString(PROCESSES));
                allMeet(peers, "shm", "5000", "write 5", "verify 5", "");
                allMeet(peers, "mq", "3 50", null, "attributes", "3 50 1");
            }
        } finally {
            peers.forEach(Peer::close);
        }
    }

    /** All at one moment, which is near. */
    private static List<String> atOnce(List<Peer> peers, String command) {
        long moment = System.currentTimeMillis() + 60;
        peers.forEach(peer -> peer.tell("at " + moment + " " + command));
        return peers.stream().map(Peer::answer).toList();
    }

    private static void oneCreates(List<Peer> peers, String mechanism, String verb, String size) {
        String name = Run.name(mechanism + "-race");
        List<String> answers =
                atOnce(peers, (mechanism + " " + verb + " " + name + " " + size).strip());
        List<String> winners = answers.stream().filter(answer -> answer.startsWith("ok")).toList();
        Set<String> losers = new TreeSet<>();
        answers.stream()
                .filter(answer -> !answer.startsWith("ok"))
                .forEach(answer ->
                        losers.add(
                                answer.split(" ")[1]
                                        + (answer.contains("NameExists") ? "" : answer)));
        assertEquals(1, winners.size(), () -> mechanism + ": " + answers);
        assertEquals(Set.of("NameExistsException"), losers);
        Peer winner = peers.get(answers.indexOf(winners.getFirst()));
        winner.ok(mechanism + " close");
        String removed = winner.ask(mechanism + " unlink " + name);
        assertEquals(
                mechanism.equals("fifo") ? "none" : "ok",
                removed,
                mechanism); // a pipe's name goes with its reader
    }

    private static void allMeet(
            List<Peer> peers,
            String mechanism,
            String size,
            String each,
            String question,
            String expected) {
        String name = Run.name(mechanism + "-meet");
        List<String> keys = atOnce(peers, mechanism + " createOrOpen " + name + " " + size);
        assertEquals(Set.of("ok " + keys.getFirst().substring(3)), Set.copyOf(keys));
        if (each != null) {
            peers.forEach(peer -> peer.tell(mechanism + " " + each));
            peers.forEach(Peer::ok);
        } else {
            peers.getFirst().ok(mechanism + " send 0 one");
        }
        List<String> states =
                peers.stream().map(peer -> peer.ok(mechanism + " " + question)).toList();
        assertEquals(Set.of(expected), Set.copyOf(states), mechanism);
        peers.forEach(peer -> peer.ok(mechanism + " close"));
        peers.getLast().ok(mechanism + " unlink " + name);
    }
}
