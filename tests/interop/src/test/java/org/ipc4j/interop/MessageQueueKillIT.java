// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import org.ipc4j.Ipc;
import org.ipc4j.IpcName;
import org.ipc4j.queue.MessageQueue;
import org.ipc4j.queue.MessageQueueOptions;
import org.ipc4j.spi.MessageQueueProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Senders and receivers of a message queue are killed.
 *
 * <p>Promised of a killed sender: every message whose {@code send} returned arrives once and whole;
 * the one that it died in arrives once and whole, or never. Of a killed receiver: every message
 * goes to exactly one receiver; the one that it was receiving when it died is either still there
 * for the others, or went down with it. Never more than that one, and never one twice. The others
 * go on.
 */
@Interop
class MessageQueueKillIT {
    static final int CAPACITY = 8;
    static final int SIZE = 200;

    static Stream<Arguments> victims() {
        return Stream.of(
                        Arguments.of("posix", Launcher.jvm("posix"), 12),
                        Arguments.of("posix", Launcher.c(), 24),
                        Arguments.of("jvm", Launcher.jvm("jvm"), 40),
                        Arguments.of("jvm", Privileges.inContainer(Launcher.jvm("jvm")), 8))
                .filter(each ->
                        Privileges.isRoot() || !each.get()[1].toString().contains("unshare"));
    }

    @ParameterizedTest(name = "{0}: {2} victims, {1}")
    @MethodSource("victims")
    void sendersAreKilled(String provider, Launcher launcher, int rounds) throws Exception {
        MessageQueueProvider queues = Ipc.provider(MessageQueueProvider.class, provider);
        IpcName name = IpcName.of(Run.name("mq-kill-sender"));
        try (MessageQueue queue = queues.create(name, MessageQueueOptions.of(CAPACITY, SIZE));
                Campaign campaign = new Campaign("sender of a message queue", launcher, rounds)) {
            sendersAreKilled(Messages.of(queue), campaign);
        } finally {
            assertTrue(queues.remove(name));
        }
    }

    /** Kills senders. */
    static void sendersAreKilled(Messages queue, Campaign campaign) throws Exception {
        Set<Long> received = ConcurrentHashMap.newKeySet();
        AtomicLong own = new AtomicLong();
        long source = 0;
        while (campaign.goesOn()) {
            List<Victim> victims = campaign.victims(2);
            for (Victim victim : victims) {
                victim.ok("mq open " + queue.nativeKey());
            }
            received.clear();
            long firstOwn = own.get();
            long firstSource = source + 1;
            try (Survivor receiver = new Survivor(() -> receiveInto(received, queue))) {
                try (Survivor sender = new Survivor(() -> send(queue, own))) {
                    for (Victim victim : victims) {
                        victim.run("mq runSender " + (++source << 32));
                    }
                    campaign.kill(victims);
                    campaign.recovered(Math.max(sender.awaitProgress(), receiver.awaitProgress()));
                }
                awaitEmpty(queue);
            }

            Set<Long> expected = new HashSet<>();
            for (long i = firstOwn; i < own.get(); i++) {
                expected.add(i);
            }
            for (int i = 0; i < victims.size(); i++) {
                Victim victim = victims.get(i);
                expected.addAll(victim.values('S'));
                long inFlight = (firstSource + i << 32) + victim.count('S');
                if (victim.diedDoing('s') && received.contains(inFlight)) {
                    expected.add(inFlight);
                    campaign.uncertain(1);
                }
            }
            assertEquals(Set.of(), difference(expected, received), "lost");
            assertEquals(Set.of(), difference(received, expected), "never sent");
        }
        campaign.succeeded();
    }

    @ParameterizedTest(name = "{0}: {2} victims, {1}")
    @MethodSource("victims")
    void receiversAreKilled(String provider, Launcher launcher, int rounds) throws Exception {
        MessageQueueProvider queues = Ipc.provider(MessageQueueProvider.class, provider);
        IpcName name = IpcName.of(Run.name("mq-kill-receiver"));
        try (MessageQueue queue = queues.create(name, MessageQueueOptions.of(CAPACITY, SIZE));
                Campaign campaign = new Campaign("receiver of a message queue", launcher, rounds)) {
            receiversAreKilled(Messages.of(queue), campaign);
        } finally {
            assertTrue(queues.remove(name));
        }
    }

    /** Kills receivers. */
    static void receiversAreKilled(Messages queue, Campaign campaign) throws Exception {
        Set<Long> received = ConcurrentHashMap.newKeySet();
        AtomicLong own = new AtomicLong();
        while (campaign.goesOn()) {
            List<Victim> victims = campaign.victims(2);
            for (Victim victim : victims) {
                victim.ok("mq open " + queue.nativeKey());
            }
            received.clear();
            long first = own.get();
            try (Survivor receiver = new Survivor(() -> receiveInto(received, queue))) {
                try (Survivor sender = new Survivor(() -> send(queue, own))) {
                    for (Victim victim : victims) {
                        victim.run("mq runReceiver");
                    }
                    campaign.kill(victims);
                    campaign.recovered(Math.max(sender.awaitProgress(), receiver.awaitProgress()));
                }
                awaitEmpty(queue);
            }

            int mayBeGone = 0;
            for (Victim victim : victims) {
                for (long sequence : victim.values('R')) {
                    assertTrue(received.add(sequence), "received twice: " + sequence);
                }
                mayBeGone += victim.diedDoing('r') ? 1 : 0;
            }
            int gone = 0;
            for (long i = first; i < own.get(); i++) {
                gone += received.remove(i) ? 0 : 1;
            }
            assertEquals(Set.of(), received, "never sent");
            assertTrue(
                    gone <= mayBeGone,
                    gone + " messages are gone, at most " + mayBeGone + " may be");
            campaign.uncertain(gone);
        }
        campaign.succeeded();
    }

    private static Set<Long> difference(Set<Long> these, Set<Long> those) {
        Set<Long> difference = new TreeSet<>(these);
        difference.removeAll(those);
        return difference;
    }

    private static boolean send(Messages queue, AtomicLong next) throws Exception {
        if (!queue.send(next.get())) {
            return false;
        }
        next.incrementAndGet();
        return true;
    }

    private static boolean receiveInto(Set<Long> received, Messages queue) throws Exception {
        Optional<Long> sequence = queue.receive();
        if (sequence.isEmpty()) {
            return false;
        }
        assertTrue(received.add(sequence.get()), () -> "received twice: " + sequence.get());
        return true;
    }

    /** Waits until the receiver has taken what there is. */
    private static void awaitEmpty(Messages queue) throws Exception {
        long begun = System.nanoTime();
        while (queue.count() > 0) {
            if (System.nanoTime() - begun > 30_000_000_000L) {
                fail(queue.count() + " messages are counted and cannot be received");
            }
            Thread.sleep(1);
        }
    }
}
