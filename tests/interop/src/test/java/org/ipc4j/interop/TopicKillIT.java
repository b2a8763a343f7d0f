// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.IpcName;
import org.ipc4j.channel.Publisher;
import org.ipc4j.channel.SlowSubscriber;
import org.ipc4j.channel.Subscriber;
import org.ipc4j.channel.Topic;
import org.ipc4j.channel.TopicOptions;
import org.ipc4j.channel.WaitStrategy;
import org.ipc4j.interop.Deliveries.Delivery;
import org.ipc4j.interop.peer.ChannelSending;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Publishers and subscribers of topics are killed.
 *
 * <p>Promised of a killed publisher: what it had committed is seen by every subscriber once, whole
 * and in order, or counted as missed; what it had not was never published; the next publisher goes
 * on behind it. Of a killed subscriber: nobody waits for it any more, the others see every message
 * all the same, and the next one has its place.
 */
@Interop
class TopicKillIT {
    /** Small, so that the ring is often full and messages often at its end. */
    private static final TopicOptions OPTIONS =
            TopicOptions.DEFAULT.withCapacity(4096).withMaxMessageSize(300);

    /** More messages than a ring holds. */
    private static final int LAP = 200;

    private static final int HALF = 32;
    private static final long MOST = 30_000_000_000L;

    static Stream<Arguments> publishers() {
        return Stream.of(
                publisher("posix", "placed", WaitStrategy.BLOCK, SlowSubscriber.WAIT, 1, 8),
                publisher("posix", "staged", WaitStrategy.BLOCK, SlowSubscriber.WAIT, 3, 8),
                publisher("posix", "copied", WaitStrategy.SPIN, SlowSubscriber.WAIT, 2, 6),
                publisher("jvm", "copied", WaitStrategy.BACKOFF, SlowSubscriber.WAIT, 1, 6),
                publisher("posix", "copied", WaitStrategy.BLOCK, SlowSubscriber.OVERWRITE, 3, 8),
                publisher("posix", "staged", WaitStrategy.SPIN, SlowSubscriber.OVERWRITE, 3, 8),
                publisher("jvm", "placed", WaitStrategy.SPIN, SlowSubscriber.OVERWRITE, 1, 8),
                Arguments.of(
                        Launcher.c(), "staged", WaitStrategy.BLOCK, SlowSubscriber.WAIT, 3, 20),
                Arguments.of(
                        Launcher.c(), "staged", WaitStrategy.SPIN, SlowSubscriber.OVERWRITE, 3, 20),
                Arguments.of(
                        Launcher.c(), "placed", WaitStrategy.SPIN, SlowSubscriber.WAIT, 1, 20));
    }

    private static Arguments publisher(
            String provider,
            String how,
            WaitStrategy waiting,
            SlowSubscriber slow,
            int subscribers,
            int tenth) {
        return Arguments.of(Channels.jvm(provider), how, waiting, slow, subscribers, tenth);
    }

    @ParameterizedTest(name = "{1} to {4}, {2}, {3}, {5} victims, {0}")
    @MethodSource("publishers")
    void publishersAreKilled(
            Launcher launcher,
            String how,
            WaitStrategy waiting,
            SlowSubscriber slow,
            int subscribers,
            int tenth)
            throws Exception {
        IpcName name = IpcName.of(Run.name("topic-kill-publisher"));
        TopicOptions options =
                OPTIONS.withWaiting(waiting).withSlow(slow).withSubscribers(subscribers);
        String key;
        try (Topic topic = Topic.create(name, options);
                Followers followers = new Followers(name, ChannelLoad.of(how), subscribers);
                Campaign campaign =
                        new Campaign(
                                "publisher of a topic (" + how + ", " + waiting + ", " + slow + ")",
                                launcher,
                                tenth)) {
            key = topic.nativeKey();
            PublisherRounds rounds = new PublisherRounds(name, key, followers);
            while (campaign.goesOn()) {
                rounds.play(campaign, how);
            }
            campaign.succeeded();
        } catch (Throwable e) {
            Topic.remove(name); // the rest would only hide the reason
            throw e;
        }
        Channels.removeTopic(name, key);
    }

    /** Each publisher is a source of messages, whose number begins with that of the publisher. */
    private record PublisherRounds(IpcName name, String key, Followers followers) {
        void play(Campaign campaign, String how) throws Exception {
            Victim victim = campaign.victim();
            victim.ok("topic openPublisher " + key);
            long source = followers.next();
            victim.run("topic runPublisher " + how + " " + (source << HALF));
            campaign.anyMoment();
            long begun = System.nanoTime();
            campaign.killNow(victim);
            try (Publisher heir = ChannelLoad.takeOver(() -> Publisher.open(name))) {
                assertEquals(followers.all().size(), heir.subscribers());
                followers.hear(heir);
                campaign.recovered(System.nanoTime() - begun);
            }
            victim.awaitDeath();
            long base = source << HALF;
            long committed = victim.values('S').stream().reduce(base, Math::max) - base;
            long sent =
                    victim.values('s').stream()
                            .map(first -> first - base + ChannelSending.BATCH)
                            .reduce(0L, Math::max);
            for (Follower follower : followers.all()) {
                long got = follower.published;
                assertEquals(followers.all().getFirst().published, got, "all count the same");
                assertTrue(
                        committed <= got && got <= sent,
                        got + " of " + committed + " to " + sent + " were published");
            }
            campaign.uncertain((int) (followers.all().getFirst().published - committed));
        }
    }

    /** Subscribers of this process, which live on. */
    private static final class Followers implements AutoCloseable {
        private final List<Follower> followers = new ArrayList<>();
        private final List<Survivor> survivors = new ArrayList<>();
        private final ChannelLoad load;
        private long sources;

        Followers(IpcName name, ChannelLoad load, int count) throws Exception {
            this.load = load;
            for (int i = 0; i < count; i++) {
                Follower follower = new Follower(Subscriber.open(name), load);
                followers.add(follower);
                survivors.add(new Survivor(follower::once));
            }
        }

        List<Follower> all() {
            return followers;
        }

        long next() {
            return ++sources;
        }

        /** The next publisher's message comes behind those of the dead one. */
        void hear(Publisher heir) throws Exception {
            long source = next();
            long begun = System.nanoTime();
            while (!load.send(heir, source << HALF)) {
                assertTrue(System.nanoTime() - begun < MOST, "a dead one's topic stays full");
            }
            for (int i = 0; i < followers.size(); i++) {
                while (followers.get(i).heard != source) {
                    survivors.get(i).check();
                    assertTrue(System.nanoTime() - begun < MOST, "nothing arrives");
                    Thread.sleep(0, 50_000);
                }
            }
        }

        @Override
        public void close() throws Exception {
            for (Survivor survivor : survivors) {
                survivor.close();
            }
            followers.forEach(follower -> follower.subscriber.close());
        }
    }

    /**
     * A subscriber that has been there from the start. Of each message it knows how many there were
     * before it, those included that it has missed: they are a source's, numbered from 0 on.
     */
    private static final class Follower {
        private final Subscriber subscriber;
        private final ChannelLoad load;
        private long seen;

        /** How many messages there were before the first one of the source that is heard. */
        private long base;

        /** How many messages the source before had published. */
        private volatile long published;

        /** The last source that was heard, if that is an heir. */
        private volatile long heard;

        Follower(Subscriber subscriber, ChannelLoad load) {
            this.subscriber = subscriber;
            this.load = load;
        }

        boolean once() throws Exception {
            return load.receive(subscriber, this::see);
        }

        private void see(Delivery delivery) {
            long before = seen++ + subscriber.missed();
            boolean isHeir = delivery.sender() % 2 == 0;
            if (isHeir) {
                assertEquals(0, delivery.number());
                published = before - base;
                base = before + 1;
                heard = delivery.sender();
            } else {
                assertEquals(heard + 1, delivery.sender());
                assertEquals(before - base, delivery.number(), "lost, doubled or out of order");
            }
        }
    }

    static Stream<Arguments> subscribers() {
        return Stream.of(
                subscriber("posix", "placed", WaitStrategy.BLOCK, SlowSubscriber.WAIT, 1, 9),
                subscriber("posix", "placed", WaitStrategy.BLOCK, SlowSubscriber.WAIT, 3, 12),
                subscriber("jvm", "copied", WaitStrategy.SPIN, SlowSubscriber.WAIT, 1, 6),
                subscriber("posix", "placed", WaitStrategy.SPIN, SlowSubscriber.WAIT, 3, 6),
                subscriber("posix", "copied", WaitStrategy.BLOCK, SlowSubscriber.OVERWRITE, 3, 9),
                subscriber("jvm", "placed", WaitStrategy.BACKOFF, SlowSubscriber.OVERWRITE, 1, 6),
                Arguments.of(
                        Launcher.c(), "placed", WaitStrategy.BLOCK, SlowSubscriber.WAIT, 3, 20),
                Arguments.of(
                        Launcher.c(),
                        "placed",
                        WaitStrategy.SPIN,
                        SlowSubscriber.OVERWRITE,
                        3,
                        20));
    }

    private static Arguments subscriber(
            String provider,
            String how,
            WaitStrategy waiting,
            SlowSubscriber slow,
            int victims,
            int tenth) {
        return Arguments.of(Channels.jvm(provider), how, waiting, slow, victims, tenth);
    }

    @ParameterizedTest(name = "{1}, {4} at a time, {2}, {3}, {5} victims, {0}")
    @MethodSource("subscribers")
    void subscribersAreKilled(
            Launcher launcher,
            String how,
            WaitStrategy waiting,
            SlowSubscriber slow,
            int victims,
            int tenth)
            throws Exception {
        IpcName name = IpcName.of(Run.name("topic-kill-subscriber"));
        TopicOptions options =
                OPTIONS.withWaiting(waiting).withSlow(slow).withSubscribers(victims + 1);
        String key;
        try (Publisher publisher = Publisher.create(name, options);
                Subscriber witness = Subscriber.open(name);
                Campaign campaign =
                        new Campaign(
                                "subscriber of a topic ("
                                        + how
                                        + ", "
                                        + waiting
                                        + ", "
                                        + slow
                                        + ")",
                                launcher,
                                tenth)) {
            key = publisher.nativeKey();
            SubscriberRounds rounds =
                    new SubscriberRounds(name, publisher, witness, ChannelLoad.of(how), slow);
            while (campaign.goesOn()) {
                rounds.play(campaign, how, victims);
            }
            campaign.succeeded();
        } catch (Throwable e) {
            Topic.remove(name); // the rest would only hide the reason
            throw e;
        }
        Channels.removeTopic(name, key);
    }

    /** This process publishes, and has one subscriber that sees everything. */
    private static final class SubscriberRounds {
        private final IpcName name;
        private final Publisher publisher;
        private final Subscriber witness;
        private final ChannelLoad load;
        private final SlowSubscriber slow;
        private final AtomicLong published = new AtomicLong();
        private long seen;

        SubscriberRounds(
                IpcName name,
                Publisher publisher,
                Subscriber witness,
                ChannelLoad load,
                SlowSubscriber slow) {
            this.name = name;
            this.publisher = publisher;
            this.witness = witness;
            this.load = load;
            this.slow = slow;
        }

        void play(Campaign campaign, String how, int count) throws Exception {
            List<Victim> victims = campaign.victims(count);
            for (Victim victim : victims) {
                victim.ok("topic openSubscriber " + publisher.nativeKey());
            }
            try (Survivor seeing = new Survivor(() -> load.receive(witness, this::see));
                    Survivor publishing = new Survivor(this::publish)) {
                for (Victim victim : victims) {
                    victim.run("topic runSubscriber " + how);
                }
                for (Victim victim : victims) {
                    campaign.anyMoment();
                    long begun = System.nanoTime();
                    campaign.killNow(victim);
                    awaitLap(publishing);
                    seeing.awaitProgress();
                    campaign.recovered(System.nanoTime() - begun);
                }
                for (int i = 0; i < victims.size(); i++) {
                    succeed();
                }
            }
            for (Victim victim : victims) {
                check(victim);
            }
        }

        private boolean publish() throws Exception {
            if (!load.send(publisher, published.get())) {
                return false;
            }
            published.incrementAndGet();
            return true;
        }

        private void see(Delivery delivery) {
            long before = seen++ + witness.missed();
            assertEquals(before, delivery.sequence(), "lost, doubled or out of order");
        }

        /** More is published than fits as long as somebody dead is waited for. */
        private void awaitLap(Survivor publishing) throws Exception {
            long until = published.get() + LAP;
            long begun = System.nanoTime();
            while (published.get() < until) {
                publishing.check();
                assertTrue(System.nanoTime() - begun < MOST, "a dead one is waited for");
                Thread.sleep(0, 50_000);
            }
        }

        /** The next one has the place, and sees what comes from then on. */
        private void succeed() throws Exception {
            long least = published.get();
            List<Delivery> next = new ArrayList<>();
            try (Subscriber heir = ChannelLoad.takeOver(() -> Subscriber.open(name))) {
                long begun = System.nanoTime();
                while (next.size() < LAP) {
                    load.receive(heir, next::add);
                    assertTrue(System.nanoTime() - begun < MOST, "nothing arrives");
                }
            }
            assertTrue(next.getFirst().sequence() >= least, "what was published before");
            check(next);
        }

        private void check(Victim victim) throws Exception {
            victim.awaitDeath();
            check(Deliveries.of(victim));
        }

        private void check(List<Delivery> deliveries) {
            Deliveries.requireInOrder(deliveries, slow == SlowSubscriber.OVERWRITE);
        }
    }
}
