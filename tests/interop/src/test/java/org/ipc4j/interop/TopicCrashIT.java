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
import org.ipc4j.interop.Deliveries.Delivery;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;

/** Processes that end exactly between one step and the next, where {@link TopicKillIT} guesses. */
@Interop
class TopicCrashIT {
    /** Takes more than a batch. */
    private static final TopicOptions OPTIONS =
            TopicOptions.DEFAULT.withCapacity(1 << 16).withMaxMessageSize(300);

    private static final ChannelLoad LOAD = new ChannelLoad(false);
    private static final int SENT = 10;
    private static final long MOST = 30_000_000_000L;

    @ParameterizedTest(name = "{0}, {1}: {2} passed {3} times, {4} published")
    @CsvSource({
        "WAIT, placed, claimed, 1, 0",
        "WAIT, placed, halfwritten, 5, 4",
        "WAIT, placed, committed, 5, 5",
        "WAIT, staged, staged, 16, 0",
        "WAIT, staged, claimed, 20, 16",
        "OVERWRITE, placed, written, 5, 4",
        "OVERWRITE, staged, staged, 15, 0",
        "OVERWRITE, staged, published, 1, 16",
        "CUT_OFF, copied, published, 2, 32"
    })
    void aPublisherEnds(SlowSubscriber slow, String how, String point, int passages, int sent)
            throws Exception {
        IpcName name = IpcName.of(Run.name("topic-crash"));
        String key;
        try (Subscriber one = Subscriber.create(name, OPTIONS.withSlow(slow));
                Subscriber other = Subscriber.open(name);
                Peer peer = Channels.jvm("posix").start()) {
            key = one.nativeKey();
            Victim victim = new Victim(peer);
            victim.ok("topic openPublisher " + key);
            victim.run("topic runPublisher " + how + " 0 " + point + " " + passages);
            victim.awaitDeath();
            try (Publisher next = ChannelLoad.takeOver(() -> Publisher.open(name));
                    Subscriber late = Subscriber.open(name)) {
                assertTrue(LOAD.send(next, sent));
                for (Subscriber subscriber : List.of(one, other)) {
                    List<Delivery> got = receiveAll(subscriber);
                    for (int i = 0; i < got.size(); i++) {
                        assertEquals(i, got.get(i).sequence(), "lost, doubled or out of order");
                    }
                    assertEquals(sent + 1, got.size());
                    assertEquals(0, subscriber.missed());
                }
                List<Delivery> got = receiveAll(late);
                assertEquals(1, got.size(), "it came after the death");
                assertEquals(sent, got.getFirst().sequence());
            }
        } catch (Throwable e) {
            Topic.remove(name); // the rest would only hide the reason
            throw e;
        }
        Channels.removeTopic(name, key);
    }

    @ParameterizedTest(name = "{0}: {1} passed {2} times")
    @CsvSource({
        "placed, handling, 1, 0",
        "placed, handling, 3, 2",
        "placed, handled, 3, 3",
        "placed, polled, 1, 10",
        "copied, received, 1, 0",
        "copied, received, 3, 2"
    })
    void aSubscriberEnds(String how, String point, int passages, int told) throws Exception {
        ends(OPTIONS, SENT, how, point, passages, told);
    }

    /** Also between two of the places up to which a publisher makes room at once. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 9, 13})
    void aSubscriberEndsAnywhereInTheRing(int handled) throws Exception {
        ends(OPTIONS.withCapacity(4096), 15, "placed", "handled", handled, handled);
    }

    private static void ends(
            TopicOptions options, int sent, String how, String point, int passages, int told)
            throws Exception {
        IpcName name = IpcName.of(Run.name("topic-crash"));
        String key;
        try (Publisher publisher = Publisher.create(name, options.withMaxMessageSize(240));
                Subscriber witness = Subscriber.open(name);
                Peer peer = Channels.jvm("posix").start()) {
            key = publisher.nativeKey();
            Victim victim = new Victim(peer);
            victim.ok("topic openSubscriber " + key);
            for (int i = 0; i < sent; i++) {
                assertTrue(LOAD.send(publisher, i));
            }
            victim.run("topic runSubscriber " + how + " " + point + " " + passages);
            victim.awaitDeath();
            List<Delivery> before = Deliveries.of(victim);
            assertEquals(told, before.size());
            for (int i = 0; i < told; i++) {
                assertEquals(i, before.get(i).sequence());
            }
            List<Delivery> all = receiveAll(witness);
            long begun = System.nanoTime();
            for (int i = sent; i < 4 * options.capacity() / 100; ) {
                if (LOAD.send(publisher, i)) {
                    i++;
                    assertTrue(LOAD.receive(witness, all::add), "the others see it");
                }
                assertTrue(System.nanoTime() - begun < MOST, "the dead one is waited for");
            }
            for (int i = 0; i < all.size(); i++) {
                assertEquals(i, all.get(i).sequence(), "lost, doubled or out of order");
            }
        } catch (Throwable e) {
            Topic.remove(name); // the rest would only hide the reason
            throw e;
        }
        Channels.removeTopic(name, key);
    }

    private static List<Delivery> receiveAll(Subscriber subscriber) throws Exception {
        List<Delivery> all = new ArrayList<>();
        while (LOAD.receive(subscriber, all::add)) {
            assertTrue(all.size() < 1000, "messages without end");
        }
        return all;
    }
}
