// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.IpcName;
import org.ipc4j.channel.Channel;
import org.ipc4j.channel.ChannelOptions;
import org.ipc4j.channel.Receiver;
import org.ipc4j.channel.Sender;
import org.ipc4j.channel.WaitStrategy;
import org.ipc4j.interop.Deliveries.Delivery;
import org.ipc4j.interop.Deliveries.InHand;
import org.ipc4j.interop.peer.ChannelSending;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Senders and receivers of channels are killed.
 *
 * <p>Promised of a killed sender: what it had committed arrives once, whole and in order; what it
 * had not was never sent. The next sender has its ring. Of a killed receiver: the next one goes on
 * behind what it had handled; only the message in its hand comes again, and can be recognised. The
 * others go on, and of the channel nothing is left once it is removed.
 */
@Interop
class ChannelKillIT {
    /** Small, so that rings are often full and messages often at their end. */
    private static final ChannelOptions OPTIONS =
            ChannelOptions.DEFAULT.withCapacity(4096).withMaxMessageSize(300);

    private static final int HALF = 32;
    private static final long MOST = 30_000_000_000L;

    static Stream<Arguments> senders() {
        return Stream.of(
                Arguments.of(Channels.jvm("posix"), "placed", WaitStrategy.BLOCK, 1, 6),
                Arguments.of(Channels.jvm("posix"), "staged", WaitStrategy.BLOCK, 3, 9),
                Arguments.of(Channels.jvm("posix"), "copied", WaitStrategy.BLOCK, 1, 6),
                Arguments.of(Channels.jvm("posix"), "copied", WaitStrategy.BLOCK, 3, 9),
                Arguments.of(Channels.jvm("posix"), "staged", WaitStrategy.SPIN, 1, 6),
                Arguments.of(Channels.jvm("jvm"), "placed", WaitStrategy.SPIN, 3, 6),
                Arguments.of(Channels.jvm("posix"), "copied", WaitStrategy.SPIN, 3, 6),
                Arguments.of(Channels.jvm("jvm"), "copied", WaitStrategy.BACKOFF, 1, 4),
                Arguments.of(Launcher.c(), "staged", WaitStrategy.BLOCK, 3, 12),
                Arguments.of(Launcher.c(), "placed", WaitStrategy.SPIN, 1, 6));
    }

    @ParameterizedTest(name = "{3} {1}, {2}, {4} victims, {0}")
    @MethodSource("senders")
    void sendersAreKilled(
            Launcher launcher, String how, WaitStrategy waiting, int senders, int tenth)
            throws Exception {
        IpcName name = IpcName.of(Run.name("chan-kill-sender"));
        String what = "sender of a channel (" + how + ", " + waiting + ", " + senders + ")";
        String key;
        try (Receiver receiver =
                        Receiver.create(name, OPTIONS.withWaiting(waiting).withSenders(senders));
                Campaign campaign = new Campaign(what, launcher, tenth)) {
            key = receiver.nativeKey();
            SenderRounds rounds = new SenderRounds(name, receiver, ChannelLoad.of(how));
            while (campaign.goesOn()) {
                rounds.play(campaign, how, senders);
            }
            campaign.succeeded();
        } catch (Throwable e) {
            Channel.remove(name); // the rest would only hide the reason
            throw e;
        }
        Channels.remove(name, key);
    }

    /** Each victim is a source of messages, whose number begins with that of the victim. */
    private static final class SenderRounds {
        private final IpcName name;
        private final Receiver receiver;
        private final ChannelLoad load;

        /** Of each source, how many messages have arrived. */
        private final AtomicLongArray arrived = new AtomicLongArray(1 << 12);

        private int sources;

        SenderRounds(IpcName name, Receiver receiver, ChannelLoad load) {
            this.name = name;
            this.receiver = receiver;
            this.load = load;
        }

        void play(Campaign campaign, String how, int senders) throws Exception {
            List<Victim> victims = campaign.victims(senders);
            List<Integer> order = new ArrayList<>();
            int[] rings = new int[victims.size()];
            for (int i = 0; i < victims.size(); i++) {
                victims.get(i).ok("chan openSender " + receiver.nativeKey());
                rings[i] = Integer.parseInt(victims.get(i).ok("chan index"));
                order.add(i);
            }
            shuffle(order, campaign.random());
            int first = sources;
            sources += victims.size();
            List<Sender> successors = new ArrayList<>();
            try (Survivor survivor = new Survivor(() -> load.receive(receiver, this::arrive))) {
                for (int i = 0; i < victims.size(); i++) {
                    long source = first + i;
                    victims.get(i).run("chan runSender " + how + " " + (source << HALF));
                }
                for (int i : order) {
                    campaign.anyMoment();
                    long begun = System.nanoTime();
                    campaign.killNow(victims.get(i));
                    if (i != order.getLast()) {
                        survivor.awaitProgress();
                    }
                    successors.add(ChannelLoad.takeOver(() -> Sender.open(name)));
                    assertEquals(rings[i], successors.getLast().index());
                    hear(successors.getLast());
                    campaign.recovered(System.nanoTime() - begun);
                }
            } finally {
                successors.forEach(Sender::close);
            }
            for (int i = 0; i < victims.size(); i++) {
                check(campaign, victims.get(i), first + i);
            }
        }

        private void arrive(Delivery delivery) {
            int source = (int) (delivery.sequence() >>> HALF);
            assertEquals(
                    arrived.getAndIncrement(source),
                    delivery.number(),
                    "lost, doubled or out of order");
        }

        /** The next sender's message comes behind those of the dead one. */
        private void hear(Sender next) throws Exception {
            int source = sources++;
            long begun = System.nanoTime();
            while (!load.send(next, (long) source << HALF)) {
                assertTrue(System.nanoTime() - begun < MOST, "a dead one's ring stays full");
            }
            while (arrived.get(source) == 0) {
                assertTrue(System.nanoTime() - begun < MOST, "nothing arrives");
                Thread.sleep(0, 50_000);
            }
        }

        private void check(Campaign campaign, Victim victim, int source) throws Exception {
            victim.awaitDeath();
            long base = (long) source << HALF;
            long committed = victim.values('S').stream().reduce(base, Math::max) - base;
            long sent =
                    victim.values('s').stream()
                            .map(begun -> begun - base + ChannelSending.BATCH)
                            .reduce(0L, Math::max);
            long got = arrived.get(source);
            assertTrue(
                    committed <= got && got <= sent,
                    got + " of " + committed + " to " + sent + " have arrived");
            campaign.uncertain((int) (got - committed));
        }
    }

    static Stream<Arguments> receivers() {
        return Stream.of(
                Arguments.of(Channels.jvm("posix"), "placed", WaitStrategy.BLOCK, 1, 8),
                Arguments.of(Channels.jvm("posix"), "placed", WaitStrategy.BLOCK, 3, 8),
                Arguments.of(Channels.jvm("posix"), "copied", WaitStrategy.BLOCK, 1, 6),
                Arguments.of(Channels.jvm("jvm"), "copied", WaitStrategy.BLOCK, 3, 6),
                Arguments.of(Channels.jvm("posix"), "placed", WaitStrategy.SPIN, 1, 6),
                Arguments.of(Channels.jvm("jvm"), "placed", WaitStrategy.SPIN, 3, 6),
                Arguments.of(Channels.jvm("posix"), "copied", WaitStrategy.SPIN, 3, 6),
                Arguments.of(Channels.jvm("jvm"), "placed", WaitStrategy.BACKOFF, 1, 4),
                Arguments.of(Launcher.c(), "placed", WaitStrategy.BLOCK, 3, 12),
                Arguments.of(Launcher.c(), "placed", WaitStrategy.SPIN, 1, 6));
    }

    @ParameterizedTest(name = "{1} from {3}, {2}, {4} victims, {0}")
    @MethodSource("receivers")
    void receiversAreKilled(
            Launcher launcher, String how, WaitStrategy waiting, int senders, int tenth)
            throws Exception {
        IpcName name = IpcName.of(Run.name("chan-kill-receiver"));
        String what = "receiver of a channel (" + how + ", " + waiting + ", " + senders + ")";
        List<Sender> sending = new ArrayList<>();
        String key;
        try (Campaign campaign = new Campaign(what, launcher, tenth)) {
            sending.add(Sender.create(name, OPTIONS.withWaiting(waiting).withSenders(senders)));
            while (sending.size() < senders) {
                sending.add(Sender.open(name));
            }
            key = sending.getFirst().nativeKey();
            ReceiverRounds rounds = new ReceiverRounds(name, sending, ChannelLoad.of(how));
            while (campaign.goesOn()) {
                rounds.play(campaign, how);
            }
            rounds.end();
            campaign.uncertain(rounds.got.doubled() + rounds.got.gone());
            campaign.succeeded();
        } catch (Throwable e) {
            Channel.remove(name); // the rest would only hide the reason
            throw e;
        } finally {
            sending.forEach(Sender::close);
        }
        Channels.remove(name, key);
    }

    /** After each victim, this process is the receiver for a while. */
    private static final class ReceiverRounds {
        private final IpcName name;
        private final List<Sender> senders;
        private final ChannelLoad load;
        private final List<AtomicLong> sent;
        private final Deliveries got;

        ReceiverRounds(IpcName name, List<Sender> senders, ChannelLoad load) {
            this.name = name;
            this.senders = senders;
            this.load = load;
            this.sent = IntStream.range(0, senders.size()).mapToObj(i -> new AtomicLong()).toList();
            this.got = new Deliveries(senders.size());
        }

        void play(Campaign campaign, String how) throws Exception {
            Victim victim = campaign.victim();
            victim.ok("chan openReceiver " + senders.getFirst().nativeKey());
            List<Survivor> survivors = new ArrayList<>();
            try {
                for (Sender sender : senders) {
                    survivors.add(new Survivor(() -> send(sender)));
                }
                victim.run("chan runReceiver " + how);
                campaign.anyMoment();
                long begun = System.nanoTime();
                campaign.killNow(victim);
                List<Delivery> next = new ArrayList<>();
                try (Receiver receiver = ChannelLoad.takeOver(() -> Receiver.open(name))) {
                    receiveFromAll(receiver, next);
                    campaign.recovered(System.nanoTime() - begun);
                }
                victim.awaitDeath();
                got.add(Deliveries.of(victim), inHand(victim));
                got.add(next, InHand.NONE);
            } finally {
                for (Survivor survivor : survivors) {
                    survivor.close();
                }
            }
        }

        private boolean send(Sender sender) throws Exception {
            AtomicLong number = sent.get(sender.index());
            if (!load.send(sender, Deliveries.sequence(sender.index(), number.get()))) {
                return false;
            }
            number.incrementAndGet();
            return true;
        }

        /** Receives more from each sender than its ring holds, so that each has gone on. */
        private void receiveFromAll(Receiver receiver, List<Delivery> next) throws Exception {
            long[] until = sent.stream().mapToLong(count -> count.get() + 2).toArray();
            long begun = System.nanoTime();
            int left = until.length;
            while (left > 0) {
                assertTrue(System.nanoTime() - begun < MOST, "the senders stand still");
                int from = next.size();
                load.receive(receiver, next::add);
                for (Delivery delivery : next.subList(from, next.size())) {
                    left -= delivery.number() == until[delivery.sender()] ? 1 : 0;
                }
            }
        }

        private InHand inHand(Victim victim) {
            if (!load.isCopied()) {
                return InHand.HANDLED;
            }
            return victim.diedDoing('r') || victim.diedDoing('p') ? InHand.COPIED : InHand.NONE;
        }

        /** The last receiver gets all that is left. */
        void end() throws Exception {
            List<Delivery> rest = new ArrayList<>();
            try (Receiver receiver = Receiver.open(name)) {
                while (load.receive(receiver, rest::add)) {
                    assertTrue(rest.size() < 1 << 20, "messages without end");
                }
            }
            got.add(rest, InHand.NONE);
            for (int i = 0; i < senders.size(); i++) {
                assertEquals(sent.get(i).get(), got.count(i), "lost at the end");
            }
        }
    }

    private static void shuffle(List<Integer> order, RandomGenerator random) {
        Collections.shuffle(order, Random.from(random));
    }
}
