// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.IpcName;
import org.ipc4j.ResourceLimitException;
import org.ipc4j.channel.Publisher;
import org.ipc4j.channel.SlowSubscriber;
import org.ipc4j.channel.Subscriber;
import org.ipc4j.channel.Topic;
import org.ipc4j.channel.TopicOptions;
import org.ipc4j.channel.WaitStrategy;
import org.ipc4j.interop.Deliveries.Delivery;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * A process that stands still (SIGSTOP) keeps its end of a topic, and goes on where it was. The
 * others wait for it only where the topic says so.
 */
@Interop
class TopicStopIT {
    private static final TopicOptions OPTIONS =
            TopicOptions.DEFAULT.withCapacity(4096).withMaxMessageSize(300).withSubscribers(2);

    private static final ChannelLoad PLACED = new ChannelLoad(false);
    private static final int STOPS = 40;
    private static final String LONGEST = "x".repeat(512);

    private static String shape(String name, WaitStrategy waiting, SlowSubscriber slow) {
        return name + " " + waiting + " 2 " + slow + " 4096 512";
    }

    @ParameterizedTest
    @EnumSource
    void aStoppedPublisherKeepsItsTopic(WaitStrategy waiting) throws Exception {
        String name = Run.name("topic-stop");
        try (Peer publisher = Channels.jvm("posix").start();
                Peer one = Channels.jvm("posix").start();
                Peer late = Channels.jvm("jvm").start();
                Peer rival = Channels.jvm("posix").start()) {
            String key =
                    one.ok("topic createSubscriber " + shape(name, waiting, SlowSubscriber.WAIT));
            publisher.ok("topic openPublisher " + key);
            publisher.ok("topic send before");
            publisher.ok("topic claim late");
            publisher.signal("STOP");
            assertEquals("0 before", one.ok("topic receive"));
            late.ok("topic openSubscriber " + key);
            one.none("topic timedreceive " + Channels.LONG_MILLIS);
            isRefused(rival, "topic openPublisher " + key);
            assertEquals("PRESENT", late.ok("topic publisher"));
            late.tell("topic receive");
            publisher.signal("CONT");
            publisher.ok("topic commit");
            assertEquals("32 late", late.ok());
            assertEquals("32 late", one.ok("topic receive"));
            closeAll(publisher, one, late);
            Channels.removeTopic(IpcName.of(name), key);
        }
    }

    /** Nothing else puts an end to a publisher that stands still. */
    @ParameterizedTest
    @EnumSource
    void aPublisherOfARemovedTopicReachesNobodyInTheNextOne(WaitStrategy waiting) throws Exception {
        String name = Run.name("topic-stop");
        String shape = shape(name, waiting, SlowSubscriber.OVERWRITE);
        try (Peer publisher = Channels.jvm("posix").start();
                Peer old = Channels.jvm("posix").start();
                Peer heir = Channels.jvm("posix").start();
                Peer young = Channels.jvm("posix").start()) {
            String key = publisher.ok("topic createPublisher " + shape);
            old.ok("topic openSubscriber " + key);
            publisher.ok("topic claim late");
            publisher.signal("STOP");
            isRefused(heir, "topic openPublisher " + key);
            heir.ok("topic unlink " + name);
            heir.ok("topic createPublisher " + shape);
            young.ok("topic openSubscriber " + key);
            assertEquals("PRESENT", young.ok("topic publisher"));
            publisher.signal("CONT");
            publisher.ok("topic commit");
            assertEquals("0 late", old.ok("topic receive"));
            young.none("topic timedreceive 300");
            for (int i = 0; i < 20; i++) { // it does not disturb whom it does not reach
                publisher.ok("topic send old" + LONGEST.substring(3));
                heir.ok("topic send " + i + LONGEST.substring(4));
                assertTrue(young.ok("topic receive").contains(" " + i + "x"));
            }
            assertTrue(old.ok("topic receive").contains(" old"));
            publisher.ok("topic closePublisher");
            assertEquals("PRESENT", young.ok("topic publisher"));
            old.ok("topic closeSubscriber");
            heir.ok("topic closePublisher");
            young.ok("topic closeSubscriber");
            Channels.removeTopic(IpcName.of(name), key);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStoppedSubscriberIsWaitedFor(WaitStrategy waiting) throws Exception {
        String name = Run.name("topic-stop");
        try (Peer publisher = Channels.jvm("posix").start();
                Peer quick = Channels.jvm("posix").start();
                Peer stopped = Channels.jvm("jvm").start();
                Peer rival = Channels.jvm("posix").start()) {
            String shape = shape(name, waiting, SlowSubscriber.WAIT);
            String key = publisher.ok("topic createPublisher " + shape);
            quick.ok("topic openSubscriber " + key);
            stopped.ok("topic openSubscriber " + key);
            stopped.signal("STOP");
            int sent = 0;
            while (publisher.does("topic timedsend 300 " + LONGEST)) {
                sent++;
                assertTrue(quick.ok("topic receive").endsWith(LONGEST));
            }
            assertTrue(sent >= 5 && sent <= 7, sent + " messages fill a ring");
            publisher.none("topic timedsend " + Channels.LONG_MILLIS + " " + LONGEST);
            isRefused(rival, "topic openSubscriber " + key);
            assertEquals("2", publisher.ok("topic subscribers"));
            publisher.tell("topic send last" + LONGEST.substring(4));
            Thread.sleep(60);
            assertFalse(publisher.hasAnswered(), "who is frozen is waited for");
            stopped.signal("CONT");
            for (int i = 0; i < sent; i++) {
                assertTrue(stopped.ok("topic receive").endsWith(LONGEST));
            }
            publisher.ok();
            assertTrue(quick.ok("topic receive").contains(" last"));
            assertTrue(stopped.ok("topic receive").contains(" last"));
            assertEquals("0", stopped.ok("topic missed"));
            closeAll(publisher, quick, stopped);
            Channels.removeTopic(IpcName.of(name), key);
        }
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"WAIT"})
    void aStoppedSubscriberKeepsItsPlace(SlowSubscriber slow) throws Exception {
        String name = Run.name("topic-stop");
        try (Peer publisher = Channels.jvm("posix").start();
                Peer quick = Channels.jvm("posix").start();
                Peer stopped = Channels.jvm("posix").start();
                Peer rival = Channels.jvm("posix").start()) {
            String shape = shape(name, WaitStrategy.BLOCK, slow);
            String key = publisher.ok("topic createPublisher " + shape);
            quick.ok("topic openSubscriber " + key);
            stopped.ok("topic openSubscriber " + key);
            stopped.signal("STOP");
            TopicIT.theQuickOneSeesAll(publisher, quick);
            isRefused(rival, "topic openSubscriber " + key);
            assertEquals("2", publisher.ok("topic subscribers"));
            stopped.signal("CONT");
            TopicIT.theSlowOneIsTold(stopped, slow);
            closeAll(publisher, quick, stopped);
            Channels.removeTopic(IpcName.of(name), key);
        }
    }

    private static void isRefused(Peer rival, String line) {
        String refusal = rival.error(line);
        assertTrue(refusal.startsWith("ResourceLimit"), refusal);
    }

    private static void closeAll(Peer publisher, Peer... subscribers) {
        publisher.ok("topic closePublisher");
        for (Peer subscriber : subscribers) {
            subscriber.ok("topic closeSubscriber");
        }
    }

    static Stream<Arguments> works() {
        return Stream.of(SlowSubscriber.WAIT, SlowSubscriber.OVERWRITE)
                .flatMap(slow ->
                        Stream.concat(
                                Arrays.stream(WaitStrategy.values())
                                        .map(waiting ->
                                                Arguments.of(Channels.jvm("posix"), waiting, slow)),
                                Stream.of(Arguments.of(Launcher.c(), WaitStrategy.BLOCK, slow))));
    }

    /** Whom the others wait for, anywhere in its work. */
    @ParameterizedTest
    @MethodSource("works")
    void aPublisherIsStoppedAnywhere(Launcher launcher, WaitStrategy waiting, SlowSubscriber slow)
            throws Exception {
        IpcName name = IpcName.of(Run.name("topic-stop"));
        try (Subscriber one = Subscriber.create(name, OPTIONS.withWaiting(waiting).withSlow(slow));
                Subscriber other = Subscriber.open(name);
                Peer publisher = launcher.start()) {
            Victim victim = new Victim(publisher);
            victim.ok("topic openPublisher " + one.nativeKey());
            try (Survivor first = new Survivor(following(one));
                    Survivor second = new Survivor(following(other))) {
                victim.run("topic runPublisher staged 0");
                for (int i = 0; i < STOPS; i++) {
                    first.awaitProgress();
                    second.awaitProgress();
                    publisher.signal("STOP");
                    assertThrows(ResourceLimitException.class, () -> Publisher.open(name));
                    Thread.sleep(i == 0 ? Channels.LONG_MILLIS : 5);
                    publisher.signal("CONT");
                }
                first.awaitProgress();
                second.awaitProgress();
            }
            victim.kill();
            victim.awaitDeath();
            assertTrue(victim.count('S') > STOPS, "it went on");
        } finally {
            Topic.remove(name);
        }
    }

    /** Sees every message, from number 0 on, or is told that it has missed it. */
    private static Survivor.Operation following(Subscriber subscriber) {
        AtomicLong seen = new AtomicLong();
        return () ->
                PLACED.receive(
                        subscriber,
                        delivery ->
                                assertEquals(
                                        seen.getAndIncrement() + subscriber.missed(),
                                        delivery.sequence()));
    }

    /** Whom the publisher waits for, or overtakes, anywhere in its work. */
    @ParameterizedTest
    @MethodSource("works")
    void aSubscriberIsStoppedAnywhere(Launcher launcher, WaitStrategy waiting, SlowSubscriber slow)
            throws Exception {
        IpcName name = IpcName.of(Run.name("topic-stop"));
        try (Publisher publisher =
                        Publisher.create(name, OPTIONS.withWaiting(waiting).withSlow(slow));
                Subscriber witness = Subscriber.open(name);
                Peer subscriber = launcher.start()) {
            Victim victim = new Victim(subscriber);
            victim.ok("topic openSubscriber " + publisher.nativeKey());
            AtomicLong next = new AtomicLong();
            try (Survivor publishing = new Survivor(() -> publish(publisher, next));
                    Survivor seeing = new Survivor(following(witness))) {
                victim.run("topic runSubscriber placed");
                for (int i = 0; i < STOPS; i++) {
                    publishing.awaitProgress();
                    seeing.awaitProgress();
                    subscriber.signal("STOP");
                    assertThrows(ResourceLimitException.class, () -> Subscriber.open(name));
                    Thread.sleep(i == 0 ? Channels.LONG_MILLIS : 5);
                    if (slow == SlowSubscriber.OVERWRITE) {
                        publishing.awaitProgress(); // meanwhile
                        seeing.awaitProgress();
                    }
                    subscriber.signal("CONT");
                }
                publishing.awaitProgress();
                seeing.awaitProgress();
            }
            victim.kill();
            victim.awaitDeath();
            List<Delivery> got = Deliveries.of(victim);
            assertTrue(got.size() > STOPS, "it went on");
            if (slow == SlowSubscriber.WAIT) {
                assertEquals(0, got.getFirst().sequence());
            }
            Deliveries.requireInOrder(got, slow == SlowSubscriber.OVERWRITE);
        } finally {
            Topic.remove(name);
        }
    }

    private static boolean publish(Publisher publisher, AtomicLong next) throws Exception {
        if (!PLACED.send(publisher, next.get())) {
            return false;
        }
        next.incrementAndGet();
        return true;
    }
}
