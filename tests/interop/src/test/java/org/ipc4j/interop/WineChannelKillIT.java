// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.interop.Deliveries.Delivery;
import org.ipc4j.interop.peer.ChannelSending;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;

/**
 * Windows processes at channels and topics are ended; the same is promised as in {@link
 * ChannelKillIT} and {@link TopicKillIT}.
 */
@WineInterop
class WineChannelKillIT {
    private static final String SHAPE = " 4096 300";
    private static final int HALF = 32;

    /** More than a ring holds. */
    private static final int LAP = 200;

    private static final long MOST = 30_000_000_000L;

    @ParameterizedTest
    @MethodSource("org.ipc4j.interop.WineVictims#jvms")
    void sendersAreKilled(WineVictims victims) throws Exception {
        String name = Run.name("chan-kill-sender");
        try (Peer receiver = victims.survivor().start();
                Peer heir = victims.survivor().start()) {
            String key = receiver.ok("chan createReceiver " + name + " BLOCK 1" + SHAPE);
            Source source = new Source();
            victims.end(
                    "sender of a channel",
                    campaign -> {
                        while (campaign.goesOn()) {
                            Victim victim = campaign.victim();
                            victim.ok("chan openSender " + key);
                            source.begin(victim, "chan runSender placed ");
                            receiver.tell("chan receiveNumbered " + source.last());
                            campaign.anyMoment();
                            campaign.killNow(victim);
                            takeOver(heir, "chan openSender " + key);
                            heir.ok("chan sendNumbered " + source.last() + " 1");
                            heir.ok("chan closeSender");
                            source.check(campaign, victim, receiver.ok());
                        }
                        campaign.succeeded();
                    });
            receiver.ok("chan closeReceiver");
            end(victims, heir, "chan openSender ", "chan unlink ", name);
        }
    }

    @ParameterizedTest
    @MethodSource("org.ipc4j.interop.WineVictims#jvms")
    void receiversAreKilled(WineVictims victims) throws Exception {
        String name = Run.name("chan-kill-receiver");
        try (Peer sender = victims.survivor().start();
                Peer heir = victims.survivor().start()) {
            String key = sender.ok("chan createSender " + name + " BLOCK 1" + SHAPE);
            long[] next = {0};
            victims.end(
                    "receiver of a channel",
                    campaign -> {
                        while (campaign.goesOn()) {
                            Victim victim = campaign.victim();
                            victim.ok("chan openReceiver " + key);
                            victim.run("chan runReceiver placed");
                            sender.tell("chan sendNumbered " + next[0] + " " + LAP);
                            campaign.anyMoment();
                            campaign.killNow(victim);
                            takeOver(heir, "chan openReceiver " + key);
                            heir.tell("chan receiveNumbered " + (next[0] + 2 * LAP));
                            sender.ok();
                            sender.ok("chan sendNumbered " + (next[0] + 2 * LAP) + " 1");
                            String rest = heir.ok();
                            heir.ok("chan closeReceiver");
                            victim.awaitDeath();
                            checkHandled(victim, next[0], rest);
                            next[0] += 3 * LAP;
                        }
                        campaign.succeeded();
                    });
            sender.ok("chan closeSender");
            end(victims, heir, "chan openSender ", "chan unlink ", name);
        }
    }

    /** Every message once, but for the one in hand. */
    private static void checkHandled(Victim victim, long first, String rest) {
        List<Delivery> handled = Deliveries.of(victim);
        for (int i = 0; i < handled.size(); i++) {
            assertEquals(first + i, handled.get(i).sequence(), "lost, doubled or out of order");
        }
        long count = Long.parseLong(rest.split(" ")[1]);
        long doubled = handled.size() + count - LAP;
        assertTrue(doubled == 0 || doubled == 1, handled.size() + " and " + rest);
        if (count > 0) {
            assertEquals(first + LAP - count, Long.parseLong(rest.split(" ")[0]));
        }
    }

    @ParameterizedTest
    @MethodSource("org.ipc4j.interop.WineVictims#jvms")
    void publishersAreKilled(WineVictims victims) throws Exception {
        String name = Run.name("topic-kill-publisher");
        try (Peer one = victims.survivor().start();
                Peer other = victims.survivor().start();
                Peer heir = victims.survivor().start()) {
            String key = one.ok("topic createSubscriber " + name + " BLOCK 2 WAIT" + SHAPE);
            other.ok("topic openSubscriber " + key);
            Source source = new Source();
            victims.end(
                    "publisher of a topic",
                    campaign -> {
                        while (campaign.goesOn()) {
                            Victim victim = campaign.victim();
                            victim.ok("topic openPublisher " + key);
                            source.begin(victim, "topic runPublisher placed ");
                            one.tell("topic receiveNumbered " + source.last());
                            other.tell("topic receiveNumbered " + source.last());
                            campaign.anyMoment();
                            campaign.killNow(victim);
                            takeOver(heir, "topic openPublisher " + key);
                            heir.ok("topic sendNumbered " + source.last() + " 1");
                            heir.ok("topic closePublisher");
                            String seen = one.ok();
                            assertEquals(seen, other.ok(), "both have seen the same");
                            source.check(campaign, victim, seen);
                        }
                        campaign.succeeded();
                    });
            one.ok("topic closeSubscriber");
            other.ok("topic closeSubscriber");
            end(victims, heir, "topic openPublisher ", "topic unlink ", name);
        }
    }

    @ParameterizedTest
    @MethodSource("org.ipc4j.interop.WineVictims#jvms")
    void subscribersAreKilled(WineVictims victims) throws Exception {
        String name = Run.name("topic-kill-subscriber");
        try (Peer publisher = victims.survivor().start();
                Peer witness = victims.survivor().start()) {
            String key = publisher.ok("topic createPublisher " + name + " BLOCK 2 WAIT" + SHAPE);
            witness.ok("topic openSubscriber " + key);
            long[] next = {0};
            victims.end(
                    "subscriber of a topic",
                    campaign -> {
                        while (campaign.goesOn()) {
                            Victim victim = campaign.victim();
                            takeOver(victim, "topic openSubscriber " + key);
                            victim.run("topic runSubscriber placed");
                            witness.tell("topic receiveNumbered " + (next[0] + 3 * LAP));
                            publisher.tell("topic sendNumbered " + next[0] + " " + 2 * LAP);
                            campaign.anyMoment();
                            campaign.killNow(victim);
                            publisher.ok(); // who is dead is not waited for
                            publisher.ok("topic sendNumbered " + (next[0] + 3 * LAP) + " 1");
                            assertEquals(next[0] + " " + 2 * LAP, witness.ok());
                            victim.awaitDeath();
                            List<Delivery> seen = Deliveries.of(victim);
                            for (int i = 0; i < seen.size(); i++) {
                                assertEquals(next[0] + i, seen.get(i).sequence());
                            }
                            next[0] += 4 * LAP;
                        }
                        campaign.succeeded();
                    });
            publisher.ok("topic closePublisher");
            witness.ok("topic closeSubscriber");
            end(victims, witness, "topic openPublisher ", "topic unlink ", name);
        }
    }

    /** Each victim is a source of messages, whose number begins with that of the victim. */
    private static final class Source {
        private long base;

        void begin(Victim victim, String run) {
            base += 1L << HALF;
            victim.run(run + base);
        }

        /** The number of the next one's message. */
        long last() {
            return base - 1;
        }

        void check(Campaign campaign, Victim victim, String received) throws Exception {
            victim.awaitDeath();
            long committed = victim.values('S').stream().reduce(base, Math::max) - base;
            long sent =
                    victim.values('s').stream()
                            .map(first -> first - base + ChannelSending.BATCH)
                            .reduce(0L, Math::max);
            String[] words = received.split(" ");
            long got = Long.parseLong(words[1]);
            assertTrue(
                    committed <= got && got <= sent,
                    got + " of " + committed + " to " + sent + " have arrived");
            if (got > 0) {
                assertEquals(base, Long.parseLong(words[0]), "the first are lost");
            }
            campaign.uncertain((int) (got - committed));
        }
    }

    /** Takes the end over that somebody had who is just dying. */
    private static void takeOver(Peer heir, String open) throws Exception {
        long begun = System.nanoTime();
        for (String answer = heir.ask(open); !answer.startsWith("ok"); answer = heir.ask(open)) {
            assertTrue(answer.startsWith("error ResourceLimit"), answer);
            assertTrue(System.nanoTime() - begun < MOST, "a dead one's end is not free");
            Thread.sleep(5);
        }
    }

    private static void takeOver(Victim heir, String open) throws Exception {
        takeOver(heir.peer(), open);
    }

    /** Nobody uses it any more. */
    private static void end(
            WineVictims victims, Peer peer, String open, String unlink, String name) {
        if (victims.lifetime() == Lifetime.REMOVAL) {
            peer.ok(unlink + name);
        }
        peer.fails(open + name, Failure.ABSENT);
    }
}
