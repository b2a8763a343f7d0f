// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.channel;

import static org.ipc4j.tck.channel.Messages.CAPACITY;
import static org.ipc4j.tck.channel.Messages.SIZE;
import static org.ipc4j.tck.channel.Messages.all;
import static org.ipc4j.tck.channel.Messages.assertNothing;
import static org.ipc4j.tck.channel.Messages.claim;
import static org.ipc4j.tck.channel.Messages.drain;
import static org.ipc4j.tck.channel.Messages.next;
import static org.ipc4j.tck.channel.Messages.send;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import org.ipc4j.IpcException;
import org.ipc4j.channel.Publisher;
import org.ipc4j.channel.SlowSubscriber;
import org.ipc4j.channel.Subscriber;
import org.ipc4j.channel.TopicOptions;
import org.ipc4j.channel.WaitStrategy;
import org.ipc4j.spi.TopicProvider;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** {@link MessageClaimContract} of topics; and which messages a subscriber sees. */
public abstract class TopicMessageContract extends MessageClaimContract<TopicProvider> {
    /** For subclasses. */
    protected TopicMessageContract() {}

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
     * Every subscriber sees every message, whatever the others have handled, and whichever way a
     * slow one is treated.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void everySubscriberSeesEveryMessage() throws Exception {
        for (SlowSubscriber slow : SlowSubscriber.values()) {
            for (WaitStrategy waiting : WaitStrategy.values()) {
                TopicOptions options = Topics.OPTIONS.withSlow(slow).withWaiting(waiting);
                Publisher publisher = topics().publisher(options);
                Subscriber early = topics().subscriberOf(publisher);
                Subscriber late = topics().subscriberOf(publisher);
                send(publisher, "1");
                assertEquals("1", all(early));
                send(publisher, "2");
                send(publisher, "3");
                assertEquals("1", next(late));
                assertEquals("2 3", all(early));
                assertEquals("2 3", all(late));
                assertEquals(early.position(), late.position());
                assertEquals(publisher.position(), late.position());
                assertEquals(0, early.missed() + late.missed());
            }
        }
    }

    /**
     * Who subscribes sees what is published from then on, wherever in the ring that is; what is
     * staged or claimed by then is published later.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void whoComesLateSeesWhatComesLater() throws Exception {
        for (SlowSubscriber slow : SlowSubscriber.values()) {
            Publisher publisher = topics().publisher(Topics.OPTIONS.withSlow(slow));
            Random random = new Random(1);
            for (int i = 0; i < 300; i++) {
                assertTrue(publisher.trySend(ByteBuffer.allocate(random.nextInt(SIZE + 1))));
                claim(publisher, "staged");
                publisher.stage();
                claim(publisher, "claimed");
                try (Subscriber subscriber = topics().subscriberOf(publisher)) {
                    assertEquals(-1, subscriber.position());
                    assertFalse(subscriber.await(Duration.ZERO));
                    assertNothing(subscriber);
                    publisher.commit();
                    assertTrue(subscriber.await(Duration.ZERO));
                    assertEquals("staged claimed", all(subscriber));
                    assertEquals(0, subscriber.missed());
                }
            }
        }
    }

    /**
     * A publisher without subscribers is never without room, in messages of any length, sent or
     * staged; nobody sees them.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void nobodyIsNotWaitedFor() throws Exception {
        for (SlowSubscriber slow : SlowSubscriber.values()) {
            Publisher publisher = topics().publisher(Topics.OPTIONS.withSlow(slow));
            publishesAlways(publisher);
            Subscriber subscriber = topics().subscriberOf(publisher);
            assertNothing(subscriber);
            subscriber.close();
            publishesAlways(publisher);
        }
    }

    /** Lengths that leave large gaps, and such that few messages begin in an eighth of the ring. */
    private static void publishesAlways(Publisher publisher) {
        Random random = new Random(2);
        int[] lengths = {0, 1, SIZE / 2 - 16, SIZE / 2, SIZE - 16, SIZE - 1, SIZE};
        for (int i = 0; i < 20_000; i++) {
            int length =
                    random.nextBoolean()
                            ? random.nextInt(SIZE + 1)
                            : lengths[random.nextInt(lengths.length)];
            assertTrue(publisher.tryClaim(length) >= 0, "there is room");
            switch (random.nextInt(5)) {
                case 0 -> publisher.abort();
                case 1 -> {
                    publisher.publish();
                    publisher.commit();
                }
                default -> publisher.stage();
            }
        }
        publisher.publish();
    }

    /**
     * Whatever lengths they have, a subscriber that keeps up always leaves room, and gets all of
     * them; also if the publisher stages as many as it can.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void whoKeepsUpLeavesRoom() throws Exception {
        for (SlowSubscriber slow : SlowSubscriber.values()) {
            Publisher publisher = topics().publisher(Topics.OPTIONS.withSlow(slow));
            Subscriber subscriber = topics().subscriberOf(publisher);
            Random random = new Random(3);
            for (int i = 0; i < 20_000; i++) {
                int length =
                        random.nextBoolean() ? SIZE - random.nextInt(40) : random.nextInt(SIZE);
                assertTrue(publisher.tryClaim(length) >= 0, "there is room");
                publisher.commit();
                assertEquals(1, drain(subscriber));
            }
            assertEquals(0, subscriber.missed());
        }
    }

    /**
     * No more messages are handled than asked for.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void pollingHasALimit() throws Exception {
        for (SlowSubscriber slow : SlowSubscriber.values()) {
            Publisher publisher = topics().publisher(Topics.OPTIONS.withSlow(slow));
            Subscriber subscriber = topics().subscriberOf(publisher);
            for (int i = 0; i < 20; i++) {
                send(publisher, "x");
            }
            assertEquals(0, subscriber.poll((memory, offset, length) -> {}, 0));
            assertEquals(3, subscriber.poll((memory, offset, length) -> {}, 3));
            assertEquals(1, subscriber.poll((memory, offset, length) -> {}, 1));
            assertEquals(16, drain(subscriber));
        }
    }

    /**
     * As many subscribers as the topic is for, each at its own pace: all see the same.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void manySubscribersEachAtItsPace() throws Exception {
        Publisher publisher = topics().publisher(Topics.OPTIONS.withSubscribers(64));
        List<Subscriber> subscribers = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            subscribers.add(topics().subscriberOf(publisher));
        }
        int[] seen = new int[64];
        Random random = new Random(4);
        int sent = 0;
        while (publisher.position() < 20L * CAPACITY) {
            byte[] message = new byte[1 + random.nextInt(200)];
            message[0] = (byte) sent;
            if (publisher.trySend(ByteBuffer.wrap(message))) {
                sent++;
            } else {
                for (int i = 0; i < 64; i++) {
                    handle(subscribers.get(i), seen, i, random.nextInt(30));
                }
            }
        }
        for (int i = 0; i < 64; i++) {
            while (handle(subscribers.get(i), seen, i, 100) > 0) {}
            assertEquals(sent, seen[i]);
        }
    }

    private static int handle(Subscriber subscriber, int[] seen, int i, int limit)
            throws IpcException {
        return subscriber.poll(
                (memory, offset, length) ->
                        assertEquals((byte) seen[i]++, memory.get(JAVA_BYTE, offset)),
                limit);
    }
}
