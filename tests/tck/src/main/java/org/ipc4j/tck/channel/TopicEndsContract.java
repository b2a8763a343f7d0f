// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.channel;

import static org.ipc4j.tck.channel.Messages.SIZE;
import static org.ipc4j.tck.channel.Messages.all;
import static org.ipc4j.tck.channel.Messages.assertIllegal;
import static org.ipc4j.tck.channel.Messages.claim;
import static org.ipc4j.tck.channel.Messages.send;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.ResourceLimitException;
import org.ipc4j.channel.Presence;
import org.ipc4j.channel.Publisher;
import org.ipc4j.channel.SlowSubscriber;
import org.ipc4j.channel.Subscriber;
import org.ipc4j.channel.TopicOptions;
import org.ipc4j.channel.WaitStrategy;
import org.ipc4j.spi.TopicProvider;
import org.ipc4j.tck.ProviderFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Who has which end of a topic: one publisher and a number of subscribers at a time, what each
 * knows of the others, and what a closed end refuses.
 */
public abstract class TopicEndsContract extends ProviderFixture<TopicProvider> {
    /** For subclasses. */
    protected TopicEndsContract() {}

    private Topics topics() {
        return new Topics(provider(), this::fresh, this::closing);
    }

    /**
     * Every end tells how long a message may be, also after it was closed.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void tellsItsLimits() throws Exception {
        for (SlowSubscriber slow : SlowSubscriber.values()) {
            for (int[] limits : new int[][] {{4096, 1}, {4096, 1024}, {1 << 20, 13}}) {
                Subscriber subscriber =
                        topics().subscriber(
                                        Topics.OPTIONS
                                                .withCapacity(limits[0])
                                                .withMaxMessageSize(limits[1])
                                                .withSlow(slow));
                Publisher publisher = topics().publisherOf(subscriber);
                assertEquals(limits[1], publisher.maxMessageSize());
                assertEquals(limits[1], subscriber.maxMessageSize());
                publisher.close();
                subscriber.close();
                assertEquals(limits[1], publisher.maxMessageSize());
                assertEquals(limits[1], subscriber.maxMessageSize());
                assertEquals(0, subscriber.index());
            }
        }
    }

    /**
     * There is one publisher at a time. Another one is refused, told why, and disturbs nothing;
     * when the first is closed the next one may come.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void onePublisherAtATime() throws Exception {
        Publisher first = topics().publisher();
        ResourceLimitException e =
                assertThrows(ResourceLimitException.class, () -> topics().publisherOf(first));
        assertTrue(e.getMessage().contains(first.name().value()), e::getMessage);
        assertTrue(e.getMessage().contains("publisher"), e::getMessage);
        Subscriber subscriber = topics().subscriberOf(first);
        send(first, "first");
        assertEquals("first", all(subscriber));
        first.close();
        for (int i = 0; i < 5; i++) {
            Publisher next = topics().publisherOf(subscriber);
            assertThrows(ResourceLimitException.class, () -> topics().publisherOf(subscriber));
            send(next, "again");
            assertEquals("again", all(subscriber));
            next.close();
            next.close();
        }
    }

    /**
     * There are as many subscribers at a time as the topic is for, each with an index of its own.
     * One more is refused and told the number; who closes makes place, under the same index.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void asManySubscribersAsTheTopicIsFor() throws Exception {
        for (int count : new int[] {1, 2, 7, 64}) {
            Publisher publisher = topics().publisher(Topics.OPTIONS.withSubscribers(count));
            List<Subscriber> subscribers = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                assertEquals(i, publisher.subscribers());
                subscribers.add(topics().subscriberOf(publisher));
            }
            assertEquals(
                    count, subscribers.stream().mapToInt(Subscriber::index).distinct().count());
            assertTrue(subscribers.stream().allMatch(each -> each.index() >= 0));
            assertTrue(subscribers.stream().allMatch(each -> each.index() < count));
            ResourceLimitException e =
                    assertThrows(
                            ResourceLimitException.class, () -> topics().subscriberOf(publisher));
            assertTrue(e.getMessage().contains(" " + count + " "), e::getMessage);
            Subscriber goes = subscribers.get(count / 2);
            goes.close();
            goes.close();
            assertEquals(count - 1, publisher.subscribers());
            Subscriber comes = topics().subscriberOf(publisher);
            assertEquals(goes.index(), comes.index());
            assertThrows(ResourceLimitException.class, () -> topics().subscriberOf(publisher));
            assertEquals(count, publisher.subscribers());
            send(publisher, "came");
            assertEquals("came", all(comes));
        }
    }

    /**
     * A subscriber knows whether the publisher has not come yet, is there, or was closed; and
     * whether it came again.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void knowsThePublisher() throws Exception {
        Subscriber subscriber = topics().subscriber(Topics.OPTIONS);
        assertEquals(Presence.NOT_YET, subscriber.publisher());
        Publisher publisher = topics().publisherOf(subscriber);
        assertEquals(Presence.PRESENT, subscriber.publisher());
        publisher.close();
        assertEquals(Presence.CLOSED, subscriber.publisher());
        topics().publisherOf(subscriber);
        assertEquals(Presence.PRESENT, subscriber.publisher());
    }

    /** Options out of their range are an {@link IllegalArgumentException} that tells them. */
    @Test
    protected void refusesOptionsOutOfRange() {
        TopicOptions options = Topics.OPTIONS;
        for (int capacity : new int[] {0, 1, 2048, 4095, 4097, 6144, -4096, Integer.MIN_VALUE}) {
            assertIllegal(() -> options.withCapacity(capacity), "" + capacity);
        }
        for (int size : new int[] {0, -1, SIZE + 1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            assertIllegal(() -> options.withMaxMessageSize(size), "" + size);
        }
        for (int subscribers : new int[] {0, -1, 65, Integer.MAX_VALUE}) {
            assertIllegal(() -> options.withSubscribers(subscribers), "" + subscribers);
        }
        assertThrows(NullPointerException.class, () -> options.withSlow(null));
        assertThrows(NullPointerException.class, () -> options.withWaiting(null));
        assertThrows(NullPointerException.class, () -> options.withAccess(null));
    }

    /** What is not changed of options stays. */
    @Test
    protected void optionsKeepTheRest() {
        TopicOptions options =
                Topics.OPTIONS
                        .withSubscribers(5)
                        .withSlow(SlowSubscriber.CUT_OFF)
                        .withWaiting(WaitStrategy.SPIN)
                        .withMaxMessageSize(77);
        assertEquals(
                new TopicOptions(
                        4096,
                        77,
                        5,
                        SlowSubscriber.CUT_OFF,
                        WaitStrategy.SPIN,
                        Topics.OPTIONS.access()),
                options);
        assertEquals(1 << 14, options.withCapacity(1 << 18).maxMessageSize());
    }

    /**
     * Every method that uses a closed publisher is an {@link IllegalStateException}, whatever it
     * had claimed.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void closedPublishersRefuse() throws Exception {
        for (boolean claimed : new boolean[] {false, true}) {
            Publisher publisher = topics().publisher();
            if (claimed) {
                claim(publisher, "claimed");
            }
            publisher.close();
            assertFalse(publisher.isOpen());
            ByteBuffer message = Messages.bytes("message");
            for (Executable call :
                    List.<Executable>of(
                            () -> publisher.tryClaim(1),
                            () -> publisher.claim(1, Duration.ZERO),
                            () -> publisher.claim(1, Duration.ofSeconds(1)),
                            publisher::commit,
                            publisher::stage,
                            publisher::publish,
                            publisher::abort,
                            () -> publisher.trySend(message),
                            () -> publisher.send(message),
                            () -> publisher.send(message, Duration.ofSeconds(1)),
                            () -> publisher.send(message, Duration.ZERO),
                            publisher::subscribers)) {
                assertThrows(IllegalStateException.class, call);
            }
            assertEquals(0, message.position());
        }
    }

    /**
     * Every method that uses a closed subscriber is an {@link IllegalStateException}, whichever way
     * a slow one is treated, and whether there was something to handle or not.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void closedSubscribersRefuse() throws Exception {
        for (SlowSubscriber slow : SlowSubscriber.values()) {
            Publisher publisher = topics().publisher(Topics.OPTIONS.withSlow(slow));
            Subscriber subscriber = topics().subscriberOf(publisher);
            for (int i = 0; i < 3; i++) {
                send(publisher, "never handled");
            }
            assertEquals("never handled", Messages.next(subscriber));
            subscriber.close();
            assertFalse(subscriber.isOpen());
            ByteBuffer target = ByteBuffer.allocate(SIZE);
            for (Executable call :
                    List.<Executable>of(
                            () -> Messages.drain(subscriber),
                            () -> subscriber.await(Duration.ZERO),
                            () -> subscriber.await(Duration.ofSeconds(1)),
                            () -> subscriber.tryReceive(target),
                            () -> subscriber.receive(target),
                            () -> subscriber.receive(target, Duration.ofSeconds(1)),
                            subscriber::publisher)) {
                assertThrows(IllegalStateException.class, call);
            }
            assertEquals(0, target.position());
            assertEquals(0, subscriber.missed());
        }
    }

    /**
     * Null is a {@link NullPointerException}, and what it was given to stays usable.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void endsRefuseNull() throws Exception {
        Publisher publisher = topics().publisher();
        Subscriber subscriber = topics().subscriberOf(publisher);
        ByteBuffer buffer = ByteBuffer.allocate(SIZE);
        for (Executable call :
                List.<Executable>of(
                        () -> publisher.claim(1, null),
                        () -> publisher.trySend(null),
                        () -> publisher.send(null),
                        () -> publisher.send(null, Duration.ofSeconds(1)),
                        () -> publisher.send(buffer, null),
                        () -> subscriber.poll(null, 1),
                        () -> subscriber.await(null),
                        () -> subscriber.tryReceive(null),
                        () -> subscriber.receive(null),
                        () -> subscriber.receive(null, Duration.ofSeconds(1)),
                        () -> subscriber.receive(buffer, null))) {
            assertThrows(NullPointerException.class, call);
        }
        assertEquals(0, buffer.position());
        send(publisher, "usable");
        assertEquals("usable", all(subscriber));
    }
}
