// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.channel;

import static org.ipc4j.tck.channel.Messages.all;
import static org.ipc4j.tck.channel.Messages.fill;
import static org.ipc4j.tck.channel.Messages.next;
import static org.ipc4j.tck.channel.Messages.send;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.Access;
import org.ipc4j.IpcName;
import org.ipc4j.NameExistsException;
import org.ipc4j.NameNotFoundException;
import org.ipc4j.channel.Presence;
import org.ipc4j.channel.Publisher;
import org.ipc4j.channel.SlowSubscriber;
import org.ipc4j.channel.Subscriber;
import org.ipc4j.channel.Topic;
import org.ipc4j.channel.WaitStrategy;
import org.ipc4j.spi.TopicProvider;
import org.ipc4j.tck.ProviderFixture;
import org.junit.jupiter.api.Test;

/** What a {@link Topic} tells, and that to look at one changes nothing for its ends. */
public abstract class TopicLookContract extends ProviderFixture<TopicProvider> {
    private static final String TEXT = "twelve bytes";

    /** For subclasses. */
    protected TopicLookContract() {}

    private Topics topics() {
        return new Topics(provider(), this::fresh, this::closing);
    }

    /**
     * A topic that is created like this has never had a publisher or a subscriber, and tells what
     * it is like.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void nobodyWasThereYet() throws Exception {
        for (SlowSubscriber slow : SlowSubscriber.values()) {
            for (WaitStrategy waiting : WaitStrategy.values()) {
                IpcName name = fresh();
                Topic created =
                        closing(
                                provider()
                                        .create(
                                                name,
                                                Topics.OPTIONS
                                                        .withSubscribers(3)
                                                        .withSlow(slow)
                                                        .withWaiting(waiting)));
                Topic opened = closing(provider().open(name, Access.OWNER));
                for (Topic topic : new Topic[] {created, opened}) {
                    assertEquals(name, topic.name());
                    assertEquals(provider().nativeKey(name), topic.nativeKey());
                    assertEquals(Topics.OPTIONS.capacity(), topic.capacity());
                    assertEquals(Topics.OPTIONS.maxMessageSize(), topic.maxMessageSize());
                    assertEquals(slow, topic.slow());
                    assertEquals(waiting, topic.waiting());
                    assertEquals(3, topic.subscribers());
                    assertEquals(Presence.NOT_YET, topic.publisher());
                    for (int i = 0; i < 3; i++) {
                        assertEquals(Presence.NOT_YET, topic.subscriber(i));
                        assertEquals(0, topic.unhandledBytes(i));
                    }
                }
            }
        }
    }

    /**
     * There is one topic under a name, and none where nobody has created one.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void nameTakenAndNameAbsent() throws Exception {
        IpcName name = fresh();
        assertThrows(NameNotFoundException.class, () -> provider().open(name, Access.OWNER));
        closing(provider().create(name, Topics.OPTIONS));
        assertThrows(NameExistsException.class, () -> provider().create(name, Topics.OPTIONS));
    }

    /**
     * Who looks takes no end: all can be taken meanwhile, are seen, and are seen to have left.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void seesWhoComesAndGoes() throws Exception {
        Topic topic = closing(provider().create(fresh(), Topics.OPTIONS.withSubscribers(2)));
        Publisher publisher = topics().publisherOf(topic);
        assertEquals(Presence.PRESENT, topic.publisher());
        assertEquals(Presence.NOT_YET, topic.subscriber(0));
        Subscriber first = topics().subscriberOf(topic);
        Subscriber second = topics().subscriberOf(topic);
        assertEquals(Presence.PRESENT, topic.subscriber(first.index()));
        assertEquals(Presence.PRESENT, topic.subscriber(second.index()));
        publisher.close();
        assertEquals(Presence.CLOSED, topic.publisher());
        first.close();
        assertEquals(Presence.CLOSED, topic.subscriber(first.index()));
        assertEquals(Presence.PRESENT, topic.subscriber(second.index()));
    }

    /**
     * The publisher is ahead of a subscriber by what that one has not handled: more with each
     * message, nothing at the end. To look handles nothing.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void tellsHowFarThePublisherIsAhead() throws Exception {
        for (SlowSubscriber slow : SlowSubscriber.values()) {
            Topic topic = closing(provider().create(fresh(), Topics.OPTIONS.withSlow(slow)));
            Publisher publisher = topics().publisherOf(topic);
            send(publisher, TEXT);
            Subscriber idle = topics().subscriberOf(topic);
            Subscriber subscriber = topics().subscriberOf(topic);
            assertEquals(0, topic.unhandledBytes(idle.index()));
            long before = 0;
            for (int i = 0; i < 3; i++) {
                send(publisher, TEXT);
                long ahead = topic.unhandledBytes(idle.index());
                assertTrue(ahead >= before + TEXT.length(), () -> ahead + " bytes");
                before = ahead;
            }
            assertEquals(before, topic.unhandledBytes(subscriber.index()));
            assertEquals(TEXT, next(subscriber));
            assertTrue(topic.unhandledBytes(subscriber.index()) < before);
            assertEquals(TEXT + " " + TEXT, all(subscriber));
            assertEquals(0, topic.unhandledBytes(subscriber.index()));
            assertEquals(before, topic.unhandledBytes(idle.index()));
            idle.close();
            assertEquals(0, topic.unhandledBytes(idle.index()));
        }
    }

    /**
     * Who was overtaken has more before him than there is.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void overtakenSubscribersAreFarBehind() throws Exception {
        Topic topic = closing(provider().create(fresh(), Topics.OVERWRITING));
        Publisher publisher = topics().publisherOf(topic);
        Subscriber subscriber = topics().subscriberOf(topic);
        for (int i = 0; i < topic.capacity(); i++) {
            send(publisher, TEXT);
        }
        assertTrue(topic.unhandledBytes(subscriber.index()) > topic.capacity());
        assertEquals(TEXT, next(subscriber));
        assertTrue(topic.unhandledBytes(subscriber.index()) <= topic.capacity());
    }

    /**
     * There is no subscriber before the first or behind the last.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void noOtherSubscribers() throws Exception {
        Topic topic = closing(provider().create(fresh(), Topics.OPTIONS.withSubscribers(1)));
        for (int index : new int[] {-1, 1, Integer.MAX_VALUE}) {
            assertThrows(IndexOutOfBoundsException.class, () -> topic.subscriber(index));
            assertThrows(IndexOutOfBoundsException.class, () -> topic.unhandledBytes(index));
        }
    }

    /**
     * A closed handle looks no more, but tells what it knows; the ends go on.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void closed() throws Exception {
        Topic topic = closing(provider().create(fresh(), Topics.OPTIONS));
        Publisher publisher = topics().publisherOf(topic);
        Subscriber subscriber = topics().subscriberOf(topic);
        assertTrue(topic.isOpen());
        topic.close();
        topic.close();
        assertFalse(topic.isOpen());
        assertThrows(IllegalStateException.class, topic::publisher);
        assertThrows(IllegalStateException.class, () -> topic.subscriber(0));
        assertThrows(IllegalStateException.class, () -> topic.unhandledBytes(0));
        assertEquals(Topics.OPTIONS.capacity(), topic.capacity());
        assertEquals(SlowSubscriber.WAIT, topic.slow());
        send(publisher, TEXT);
        assertEquals(TEXT, all(subscriber));
        assertTrue(fill(publisher, 40) > 0);
    }
}
