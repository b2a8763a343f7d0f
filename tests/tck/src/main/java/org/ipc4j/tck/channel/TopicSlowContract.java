// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.channel;

import static org.ipc4j.tck.channel.Messages.CAPACITY;
import static org.ipc4j.tck.channel.Messages.SIZE;
import static org.ipc4j.tck.channel.Messages.all;
import static org.ipc4j.tck.channel.Messages.assertNothing;
import static org.ipc4j.tck.channel.Messages.bytes;
import static org.ipc4j.tck.channel.Messages.drain;
import static org.ipc4j.tck.channel.Messages.fill;
import static org.ipc4j.tck.channel.Messages.next;
import static org.ipc4j.tck.channel.Messages.send;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import org.ipc4j.channel.CutOffException;
import org.ipc4j.channel.MessageHandler;
import org.ipc4j.channel.MessageSink;
import org.ipc4j.channel.Publisher;
import org.ipc4j.channel.SlowSubscriber;
import org.ipc4j.channel.Subscriber;
import org.ipc4j.channel.TopicOptions;
import org.ipc4j.channel.WaitStrategy;
import org.ipc4j.spi.TopicProvider;
import org.ipc4j.tck.ProviderFixture;
import org.ipc4j.tck.Task;
import org.junit.jupiter.api.Test;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What it means that a subscriber does not keep up, under each {@link SlowSubscriber policy}. */
public abstract class TopicSlowContract extends ProviderFixture<TopicProvider> {
    private static final TopicOptions CUTTING_OFF = Topics.OPTIONS.withSlow(SlowSubscriber.CUT_OFF);

    /** So many messages of {@link #LENGTH} bytes fill a ring. */
    private static final int FULL = CAPACITY / 64;

    private static final int LENGTH = 64 - Topics.OVERHEAD;

    /** For subclasses. */
    protected TopicSlowContract() {}

    private Topics topics() {
        return new Topics(provider(), this::fresh, this::closing);
    }

    /**
     * Under WAIT the publisher is told that there is no room as long as the slowest subscriber does
     * not make some, and no longer; then nobody has missed anything.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void theSlowestIsWaitedFor() throws Exception {
        Publisher publisher = topics().publisher();
        Subscriber slowest = topics().subscriberOf(publisher);
        Subscriber fast = topics().subscriberOf(publisher);
        assertEquals(FULL, fill(publisher, LENGTH));
        assertEquals(FULL, drain(fast));
        for (int i = 0; i < 3; i++) {
            assertEquals(MessageSink.FULL, publisher.tryClaim(0));
            assertFalse(publisher.trySend(bytes("too much")));
            assertFalse(publisher.send(bytes("too much"), Duration.ofMillis(12)));
            assertEquals(MessageSink.FULL, publisher.claim(0, Duration.ofMillis(12)));
        }
        assertEquals(FULL, drain(slowest));
        send(publisher, "room");
        assertEquals("room", all(slowest));
        assertEquals("room", all(fast));
        assertEquals(0, slowest.missed() + fast.missed());
    }

    /**
     * Under WAIT room is given back by the eighth of the capacity or sooner.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void roomIsGivenBackByTheEighth() throws Exception {
        Publisher publisher = topics().publisher();
        Subscriber subscriber = topics().subscriberOf(publisher);
        for (int round = 0; round < 100; round++) {
            fill(publisher, LENGTH);
            assertEquals(FULL / 8, subscriber.poll((memory, offset, length) -> {}, FULL / 8));
            assertEquals(FULL / 8, fill(publisher, LENGTH));
        }
        assertEquals(FULL, drain(subscriber));
    }

    /**
     * Under WAIT a publisher that waits goes on when the slowest subscriber has handled what is in
     * the way, and at once when that one is closed.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void aWaitingPublisherGoesOn() throws Exception {
        for (WaitStrategy waiting : WaitStrategy.values()) {
            for (Task.Kind kind : Task.Kind.values()) {
                for (boolean closes : new boolean[] {false, true}) {
                    Publisher publisher = topics().publisher(Topics.OPTIONS.withWaiting(waiting));
                    Subscriber fast = topics().subscriberOf(publisher);
                    Subscriber slowest = topics().subscriberOf(publisher);
                    fill(publisher, LENGTH);
                    Task<Boolean> task =
                            Task.start(
                                    kind,
                                    () -> publisher.send(bytes("last"), Duration.ofMinutes(5)));
                    task.assertWaiting();
                    assertEquals(FULL, drain(fast));
                    task.assertWaiting();
                    if (closes) {
                        slowest.close();
                    } else {
                        drain(slowest);
                    }
                    assertTrue(task.result());
                    assertEquals("last", all(fast));
                }
            }
        }
    }

    /**
     * Under WAIT a closed subscriber is not waited for, wherever it was.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void whoIsClosedIsNotWaitedFor() throws Exception {
        Publisher publisher = topics().publisher();
        for (int i = 0; i < 200; i++) {
            Subscriber subscriber = topics().subscriberOf(publisher);
            Subscriber other = topics().subscriberOf(publisher);
            assertTrue(fill(publisher, 1 + i) > 0);
            subscriber.poll((memory, offset, length) -> {}, i % 5);
            subscriber.close();
            other.close();
            assertTrue(publisher.tryClaim(SIZE) >= 0, "nobody is there");
            publisher.commit();
        }
    }

    /**
     * Under OVERWRITE a publisher is never without room, and who was overtaken goes on with the
     * oldest message that there is, told exactly how many it missed; also before its first one.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void missedMessagesAreCounted() throws Exception {
        Publisher publisher = topics().publisher(Topics.OVERWRITING);
        send(publisher, "before");
        Subscriber subscriber = topics().subscriberOf(publisher);
        Random random = new Random(1);
        int[] found = {-1};
        int sent = 0;
        int next = 0;
        long missed = 0;
        while (sent < 100_000) {
            for (int i = random.nextInt(300); i > 0; i--) {
                publish(publisher, sent++, 4 + random.nextInt(SIZE - 3));
            }
            for (int i = random.nextInt(1, 8); i > 0; i--) {
                if (subscriber.poll(whole(found), 1) == 1) {
                    assertEquals(subscriber.missed() - missed, found[0] - next);
                    missed = subscriber.missed();
                    next = found[0] + 1;
                }
            }
        }
        assertEquals(sent - next, drain(subscriber) + subscriber.missed() - missed);
        assertTrue(subscriber.missed() > sent / 2, "it was overtaken");
    }

    private static void publish(Publisher publisher, int number, int length) {
        long offset = publisher.tryClaim(length);
        assertTrue(offset >= 0, "there is always room");
        MemorySegment message = publisher.memory().asSlice(offset, length);
        message.fill((byte) number);
        message.set(JAVA_INT_UNALIGNED, 0, number);
        publisher.commit();
    }

    /** Makes sure that every byte of a message is of one and the same. */
    private static MessageHandler whole(int[] found) {
        return (memory, offset, length) -> {
            int number = memory.get(JAVA_INT_UNALIGNED, offset);
            assertTrue(number > found[0], "in order");
            found[0] = number;
            for (long i = offset + 4; i < offset + length; i++) {
                if (memory.get(JAVA_BYTE, i) != (byte) number) {
                    assertEquals((byte) number, memory.get(JAVA_BYTE, i), "torn");
                }
            }
        };
    }

    /**
     * Under OVERWRITE, at the same time as a publisher that overtakes them all the time,
     * subscribers see whole messages in order; what each handled and missed is everything.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void nothingIsTornWhileOthersOvertake() throws Exception {
        for (boolean staging : new boolean[] {false, true}) {
            Publisher publisher = topics().publisher(Topics.OVERWRITING);
            List<Subscriber> subscribers = new ArrayList<>();
            List<Task<Long>> tasks = new ArrayList<>();
            int messages = 300_000;
            for (int i = 0; i < 3; i++) {
                Subscriber subscriber = topics().subscriberOf(publisher);
                subscribers.add(subscriber);
                tasks.add(Task.start(() -> handleUntil(subscriber, messages - 1)));
            }
            Random random = new Random(2);
            for (int i = 0; i < messages; i++) {
                int length = 4 + random.nextInt(random.nextInt(4) == 0 ? SIZE - 3 : 60);
                long offset = publisher.tryClaim(length);
                assertTrue(offset >= 0, "there is always room");
                MemorySegment message = publisher.memory().asSlice(offset, length);
                message.fill((byte) i);
                message.set(JAVA_INT_UNALIGNED, 0, i);
                if (staging && random.nextInt(30) > 0) {
                    publisher.stage();
                } else {
                    publisher.commit();
                }
            }
            publisher.publish();
            for (int i = 0; i < 3; i++) {
                assertEquals(messages, tasks.get(i).result() + subscribers.get(i).missed());
            }
        }
    }

    private static long handleUntil(Subscriber subscriber, int last) throws Exception {
        int[] found = {-1};
        MessageHandler handler = whole(found);
        long handled = 0;
        while (found[0] < last) {
            subscriber.await(Duration.ofMillis(100));
            handled += subscriber.poll(handler, 10);
        }
        return handled;
    }

    /**
     * Under OVERWRITE what a handler throws at comes again, or is missed if it was written over
     * meanwhile; each message is handled, or missed, once.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void whatAHandlerThrewAtMayBeMissed() throws Exception {
        Publisher publisher = topics().publisher(Topics.OVERWRITING);
        Subscriber subscriber = topics().subscriberOf(publisher);
        publish(publisher, 0, 4);
        MessageHandler failing =
                (memory, offset, length) -> {
                    throw new Messages.Failure();
                };
        assertThrows(Messages.Failure.class, () -> subscriber.poll(failing, 1));
        for (int i = 1; i <= 1_000; i++) {
            publish(publisher, i, 4);
        }
        assertThrows(Messages.Failure.class, () -> subscriber.poll(failing, 1));
        long missed = subscriber.missed();
        assertThrows(Messages.Failure.class, () -> subscriber.poll(failing, 1));
        assertEquals(missed, subscriber.missed(), "it came again");
        int[] found = {-1};
        assertEquals(1, subscriber.poll(whole(found), 1));
        assertEquals(missed, found[0]);
        assertEquals(1_000 - missed, drain(subscriber));
        assertEquals(missed, subscriber.missed());
    }

    /**
     * What is missed is counted on when another publisher takes over, whatever the last one had
     * staged.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void missedIsExactWithTheNextPublisher() throws Exception {
        Subscriber subscriber = topics().subscriber(Topics.OVERWRITING);
        Random random = new Random(3);
        int sent = 0;
        int handled = 0;
        int[] found = {-1};
        for (int round = 0; round < 300; round++) {
            Publisher publisher = topics().publisherOf(subscriber);
            for (int i = random.nextInt(100); i > 0; i--) {
                publish(publisher, sent++, 4 + random.nextInt(300));
            }
            for (int i = random.nextInt(3); i > 0 && publisher.tryClaim(300) >= 0; i--) {
                publisher.stage();
            }
            publisher.close();
            handled += subscriber.poll(whole(found), random.nextInt(10));
        }
        Publisher last = topics().publisherOf(subscriber);
        publish(last, sent++, 4);
        for (int some = 1; some > 0; handled += some) {
            some = subscriber.poll(whole(found), 100);
        }
        assertEquals(sent, handled + subscriber.missed());
        assertTrue(subscriber.missed() > 0, "it was overtaken");
    }

    /**
     * Under CUT_OFF who misses a message is told so for ever, by everything that would give it one;
     * the others go on, and so may it, by subscribing anew.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void whoDoesNotKeepUpIsCutOff() throws Exception {
        Publisher publisher = topics().publisher(CUTTING_OFF);
        Subscriber slow = topics().subscriberOf(publisher);
        Subscriber fast = topics().subscriberOf(publisher);
        send(publisher, "first");
        assertEquals("first", next(slow));
        for (int i = 0; i < 2 * FULL; i++) {
            send(publisher, "" + i);
            assertEquals(i == 0 ? "first 0" : "" + i, all(fast));
        }
        ByteBuffer target = ByteBuffer.allocate(SIZE);
        for (int i = 0; i < 3; i++) {
            CutOffException e = assertThrows(CutOffException.class, () -> next(slow));
            assertTrue(e.getMessage().contains(slow.name().value()), e::getMessage);
            assertThrows(CutOffException.class, () -> slow.tryReceive(target));
            assertThrows(CutOffException.class, () -> slow.receive(target));
            assertThrows(CutOffException.class, () -> slow.receive(target, Duration.ofSeconds(1)));
            assertTrue(slow.await(Duration.ZERO), "there is something to be told");
            send(publisher, "more");
            assertEquals("more", all(fast));
        }
        assertEquals(0, target.position());
        assertEquals(0, slow.missed());
        slow.close();
        Subscriber again = topics().subscriberOf(publisher);
        assertNothing(again);
        send(publisher, "again");
        assertEquals("again", all(again));
        assertEquals("again", all(fast));
    }

    /**
     * Under CUT_OFF what was handled before it was cut off was handled in order and whole, and who
     * keeps up in time is never cut off.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void whoIsCutOffSawWholeMessagesUntilThen() throws Exception {
        Publisher publisher = topics().publisher(CUTTING_OFF);
        for (int round = 0; round < 30; round++) {
            Subscriber subscriber = topics().subscriberOf(publisher);
            Task<Void> task =
                    Task.start(() -> {
                        int[] found = {-1};
                        MessageHandler handler = whole(found);
                        int next = -1;
                        while (true) {
                            if (subscriber.poll(handler, 1) == 1) {
                                assertTrue(next < 0 || next == found[0], "none is missed");
                                next = found[0] + 1;
                            }
                        }
                    });
            for (int i = 0; !task.isDone(); i++) {
                publish(publisher, i, 4 + i % (SIZE - 3));
            }
            task.failure(CutOffException.class);
            subscriber.close();
        }
    }
}
