// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.channel;

import static org.ipc4j.tck.channel.Messages.SIZE;
import static org.ipc4j.tck.channel.Messages.all;
import static org.ipc4j.tck.channel.Messages.assertNothing;
import static org.ipc4j.tck.channel.Messages.claim;
import static org.ipc4j.tck.channel.Messages.next;
import static org.ipc4j.tck.channel.Messages.send;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.channel.Publisher;
import org.ipc4j.channel.SlowSubscriber;
import org.ipc4j.channel.Subscriber;
import org.ipc4j.channel.TopicOptions;
import org.ipc4j.channel.WaitStrategy;
import org.ipc4j.spi.TopicProvider;
import org.ipc4j.tck.Task;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * {@link MessageOrderContract} of topics; also when subscribers come and go while messages are
 * published, and when publishers do.
 */
public abstract class TopicOrderContract extends MessageOrderContract<TopicProvider> {
    private static final List<SlowSubscriber> NOT_CUT_OFF =
            List.of(SlowSubscriber.WAIT, SlowSubscriber.OVERWRITE);

    /** How long anything may take before it is taken for a hang. */
    private static final Duration WATCHDOG = Duration.ofMinutes(1);

    /** For subclasses. */
    protected TopicOrderContract() {}

    private Topics topics() {
        return new Topics(provider(), this::fresh, this::closing);
    }

    @Override
    protected Passage passage(int maxMessageSize) throws IpcException {
        return topics().passage(Topics.OPTIONS.withMaxMessageSize(maxMessageSize));
    }

    @Override
    protected int overhead() {
        return Topics.OVERHEAD;
    }

    /**
     * What a handler throws at comes again, for the subscriber whose handler it was and for no
     * other; also where a handler is given a copy.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void whatAHandlerThrowsAtComesAgainToIt() throws Exception {
        for (SlowSubscriber slow : SlowSubscriber.values()) {
            Publisher publisher = topics().publisher(Topics.OPTIONS.withSlow(slow));
            Subscriber one = topics().subscriberOf(publisher);
            Subscriber other = topics().subscriberOf(publisher);
            send(publisher, "before");
            send(publisher, "in-hand");
            send(publisher, "after");
            assertEquals("before", next(one));
            for (int i = 0; i < 3; i++) {
                assertThrows(
                        Messages.Failure.class,
                        () ->
                                one.poll(
                                        (memory, offset, length) -> {
                                            throw new Messages.Failure();
                                        },
                                        5));
            }
            assertEquals("before in-hand after", all(other));
            assertEquals("in-hand after", all(one));
            assertEquals(0, one.missed());
        }
    }

    /**
     * Publishers take over from one another where the last one was, whatever it had staged or
     * claimed; subscribers miss nothing and see nothing that was not sent, and positions go on.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void theNextPublisherGoesOn() throws Exception {
        for (SlowSubscriber slow : SlowSubscriber.values()) {
            Subscriber subscriber = topics().subscriber(Topics.OPTIONS.withSlow(slow));
            Random random = new Random(1);
            long last = -1;
            for (int i = 0; i < 200; i++) {
                Publisher publisher = topics().publisherOf(subscriber);
                assertEquals(-1, publisher.position());
                int length = random.nextInt(SIZE - 20);
                send(publisher, i + ":" + "x".repeat(length));
                assertTrue(publisher.position() > last);
                last = publisher.position();
                for (int k = random.nextInt(4); k > 0; k--) {
                    claim(publisher, "not sent");
                    publisher.stage();
                }
                if (random.nextBoolean()) {
                    claim(publisher, "nor this".repeat(random.nextInt(100)));
                }
                publisher.close();
                if (random.nextInt(3) == 0) {
                    topics().publisherOf(subscriber).close();
                }
                assertEquals(i + ":" + "x".repeat(length), all(subscriber));
                assertEquals(last, subscriber.position());
            }
            assertEquals(0, subscriber.missed());
        }
    }

    /**
     * A publisher that staged as much as there is room for, and was closed, leaves a topic that
     * others go on with.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void whatWasStagedAndNotSentIsNotInTheWay() throws Exception {
        for (SlowSubscriber slow : NOT_CUT_OFF) {
            Subscriber subscriber = topics().subscriber(Topics.OPTIONS.withSlow(slow));
            for (int length : new int[] {0, 40, 100, 496, 500, SIZE}) {
                for (int staged = 0; staged < 40; staged++) {
                    Publisher publisher = topics().publisherOf(subscriber);
                    for (int i = 0; i < staged && publisher.tryClaim(length) >= 0; i++) {
                        publisher.stage();
                    }
                    publisher.close();
                    Messages.drain(subscriber);
                    Publisher next = topics().publisherOf(subscriber);
                    Subscriber late = topics().subscriberOf(subscriber);
                    send(next, "sent");
                    assertEquals("sent", all(late));
                    late.close();
                    next.close();
                    assertEquals("sent", all(subscriber));
                }
            }
        }
    }

    /**
     * Subscribers in threads of their own, each coming and going, while a publisher runs: whatever
     * each sees has no hole, from its first message on. Publishing goes on until each has seen
     * some, since a publisher waits for nobody who has not come yet.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void subscribersComeAndGo() throws Exception {
        for (WaitStrategy waiting : WaitStrategy.values()) {
            for (boolean staging : new boolean[] {false, true}) {
                Publisher publisher = topics().publisher(Topics.OPTIONS.withWaiting(waiting));
                AtomicBoolean done = new AtomicBoolean();
                Set<Thread> seen = ConcurrentHashMap.newKeySet();
                List<Task<Void>> tasks = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    tasks.add(
                            Task.start(
                                    Task.Kind.values()[i % 2],
                                    () -> comeAndGo(publisher, done, seen)));
                }
                int least = waiting == WaitStrategy.SPIN ? 10_000 : 40_000;
                try {
                    publish(
                            publisher,
                            least,
                            staging,
                            () ->
                                    seen.size() == tasks.size()
                                            || tasks.stream().anyMatch(Task::isDone));
                } finally {
                    done.set(true);
                }
                for (Task<Void> task : tasks) {
                    task.result();
                }
            }
        }
    }

    private static void publish(
            Publisher publisher, int least, boolean staging, BooleanSupplier enough)
            throws Exception {
        Random random = new Random(2);
        long since = System.nanoTime();
        for (int i = 0; i < least || !enough.getAsBoolean(); i++) {
            if (i < least) {
                since = System.nanoTime();
            } else {
                boolean hangs = System.nanoTime() - since > WATCHDOG.toNanos();
                assertFalse(hangs, "a subscriber sees nothing");
            }
            int length = 4 + random.nextInt(random.nextInt(8) == 0 ? SIZE - 3 : 60);
            long offset = publisher.claim(length, WATCHDOG);
            assertTrue(offset >= 0, "subscribers make room");
            publisher.memory().set(JAVA_INT_UNALIGNED, offset, i);
            if (staging && random.nextInt(20) > 0) {
                publisher.stage();
            } else {
                publisher.commit();
            }
        }
        publisher.publish();
    }

    private Void comeAndGo(Publisher publisher, AtomicBoolean done, Set<Thread> seen)
            throws Exception {
        Random random = new Random();
        while (!done.get()) {
            try (Subscriber subscriber =
                    provider().openSubscriber(publisher.name(), Access.OWNER)) {
                int[] next = {-1};
                for (int i = random.nextInt(50); i > 0 && !done.get(); i--) {
                    subscriber.await(Duration.ofMillis(1));
                    int count =
                            subscriber.poll(
                                    (memory, offset, length) -> {
                                        int found = memory.get(JAVA_INT_UNALIGNED, offset);
                                        if (next[0] >= 0) {
                                            assertEquals(next[0], found);
                                        }
                                        next[0] = found + 1;
                                    },
                                    random.nextInt(20));
                    if (count > 0) {
                        seen.add(Thread.currentThread());
                    }
                }
                assertEquals(0, subscriber.missed());
            }
        }
        return null;
    }

    /**
     * Subscribers in threads of their own get everything, whichever way the ends wait.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void everythingArrivesEverywhere() throws Exception {
        for (WaitStrategy waiting : WaitStrategy.values()) {
            for (int count : new int[] {1, 3}) {
                allArrive(
                        Topics.OPTIONS.withWaiting(waiting),
                        count,
                        waiting == WaitStrategy.SPIN ? 3_000 : 10_000);
            }
        }
    }

    private void allArrive(TopicOptions options, int count, int messages) throws Exception {
        Publisher publisher = topics().publisher(options);
        List<Task<Void>> tasks = new ArrayList<>();
        List<Subscriber> subscribers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Subscriber subscriber = topics().subscriberOf(publisher);
            subscribers.add(subscriber);
            tasks.add(
                    Task.start(
                            Task.Kind.values()[i % 2],
                            () -> {
                                ByteBuffer target = ByteBuffer.allocate(SIZE);
                                for (int k = 0; k < messages; k++) {
                                    assertEquals(4 + k % 90, subscriber.receive(target.clear()));
                                    assertEquals(k, target.getInt(0));
                                }
                                return null;
                            }));
        }
        ByteBuffer message = ByteBuffer.allocate(SIZE);
        for (int k = 0; k < messages; k++) {
            publisher.send(message.clear().putInt(0, k).limit(4 + k % 90));
        }
        for (Task<Void> task : tasks) {
            task.result();
        }
        for (Subscriber subscriber : subscribers) {
            assertNothing(subscriber);
        }
    }
}
