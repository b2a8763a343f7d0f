// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.IpcName;
import org.ipc4j.channel.SlowSubscriber;
import org.ipc4j.channel.WaitStrategy;
import org.ipc4j.memory.SharedMemory;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Programs that have only {@code native/peer/topic.h} join topics by it, or follow them. */
@Interop
class TopicLayoutIT {
    private static final String SIZE = " 4096 512";

    /** Each way of waiting and each policy, each way round. */
    static Stream<Arguments> meetings() {
        return Arrays.stream(WaitStrategy.values())
                .flatMap(waiting ->
                        Arrays.stream(SlowSubscriber.values())
                                .flatMap(slow -> meetings(waiting, slow)));
    }

    private static Stream<Arguments> meetings(WaitStrategy waiting, SlowSubscriber slow) {
        List<String> providers =
                slow == SlowSubscriber.WAIT ? Meetings.PROVIDERS : List.of("posix");
        return providers.stream()
                .map(Channels::jvm)
                .flatMap(java ->
                        Stream.of(
                                Arguments.of(Launcher.c(), java, waiting, slow),
                                Arguments.of(java, Launcher.c(), waiting, slow)));
    }

    @ParameterizedTest(name = "from {0} to {1}, {2}, {3}")
    @MethodSource("meetings")
    @DisabledIfSystemProperty(named = "ipc.c", matches = "false")
    void cJoins(
            Launcher publishing, Launcher subscribing, WaitStrategy waiting, SlowSubscriber slow)
            throws Exception {
        String name = Run.name("topic-c");
        String shape = name + " " + waiting + " 2 " + slow + SIZE;
        try (Peer publisher = publishing.start();
                Peer one = subscribing.start();
                Peer other = subscribing.start();
                Peer rival = Launcher.c().start()) {
            String key;
            if (publisher.isJvm()) {
                key = publisher.ok("topic createPublisher " + shape);
                publisher.ok("topic send unseen");
                one.ok("topic openSubscriber " + key);
            } else {
                key = one.ok("topic createSubscriber " + shape);
                assertEquals("NOT_YET", one.ok("topic publisher"));
                publisher.ok("topic openPublisher " + key);
            }
            assertEquals("PRESENT", one.ok("topic publisher"));
            assertEquals("1", publisher.ok("topic subscribers"));
            other.ok("topic openSubscriber " + key);
            assertEquals("1", other.ok("topic index"));
            assertTrue(rival.error("topic openSubscriber " + key).startsWith("1005 "), "taken");
            assertTrue(rival.error("topic openPublisher " + key).startsWith("1005 "), "taken");

            messagesArePublished(publisher, one, other);
            if (slow == SlowSubscriber.WAIT) {
                TopicIT.theSlowestIsWaitedFor(publisher, one, other);
            } else {
                TopicIT.theQuickOneSeesAll(publisher, one);
                TopicIT.theSlowOneIsTold(other, slow);
            }
            othersGoOn(publisher, one, other, rival, key);
            one.ok("topic closeSubscriber");
            Channels.removeTopic(IpcName.of(name), key);
        }
    }

    /** Through every place of the ring, and with one waiting for the publisher. */
    private static void messagesArePublished(Peer publisher, Peer one, Peer other)
            throws Exception {
        for (int i = 0; i < 40; i++) {
            String text = Character.toString('a' + i % 26).repeat(1 + i * 97 % 512);
            publisher.ok("topic send " + text);
            String expected = publisher.ok("topic position") + " " + text;
            assertEquals(expected, one.ok("topic receive"));
            assertEquals(expected, other.ok("topic receive"));
        }
        one.tell("topic receive");
        Thread.sleep(60);
        assertFalse(one.hasAnswered(), "there is no message");
        publisher.ok("topic send awake");
        assertTrue(one.ok().endsWith(" awake"));
        assertTrue(other.ok("topic receive").endsWith(" awake"));
        other.none("topic timedreceive 0");
    }

    /** One after the other dies; in the end one process is the publisher, and its subscriber. */
    private static void othersGoOn(Peer publisher, Peer one, Peer other, Peer rival, String key)
            throws Exception {
        other.kill();
        Channels.await("1", () -> publisher.ok("topic subscribers"));
        for (int i = 0; i < 50; i++) { // the dead one is not waited for
            publisher.ok("topic send " + i + "x".repeat(500));
            assertTrue(one.ok("topic receive").contains(" " + i + "x"));
        }
        rival.ok("topic openSubscriber " + key);
        assertEquals("1", rival.ok("topic index"));
        publisher.ok("topic send last");
        publisher.kill();
        Channels.await("DIED", () -> one.ok("topic publisher"));
        one.ok("topic openPublisher " + key);
        assertEquals("PRESENT", rival.ok("topic publisher"));
        assertEquals("2", one.ok("topic subscribers"));
        one.ok("topic send heir");
        for (Peer subscriber : List.of(one, rival)) {
            assertTrue(subscriber.ok("topic receive").endsWith(" last"));
            assertTrue(subscriber.ok("topic receive").endsWith(" heir"));
            assertEquals("0", subscriber.ok("topic missed"));
        }
        rival.ok("topic closeSubscriber");
        assertEquals("1", one.ok("topic subscribers"));
        one.ok("topic closePublisher");
        assertEquals("CLOSED", one.ok("topic publisher"));
    }

    @ParameterizedTest
    @EnumSource
    @DisabledIfSystemProperty(named = "ipc.python", matches = "false")
    void pythonFollows(SlowSubscriber slow) {
        String name = Run.name("topic-python");
        try (Peer publisher = Channels.jvm("posix").start();
                Peer python = Launcher.python().start()) {
            String key =
                    publisher.ok(
                            "topic createPublisher " + name + " BLOCK 2 " + slow + " 4096 512");
            publisher.ok("topic send before");
            python.ok("topic observe " + key);
            assertEquals("", python.ok("topic follow"));
            for (int i = 0; i < 100; i++) {
                String text = Character.toString('a' + i % 26).repeat(1 + i * 97 % 512);
                publisher.ok("topic send " + text);
                String first = publisher.ok("topic position") + " " + text;
                publisher.ok("topic send other");
                String second = publisher.ok("topic position") + " other";
                assertEquals(first + " " + second, python.ok("topic follow"));
            }
            assertEquals("0", python.ok("topic overtaken"));
            for (int i = 0; i < 50; i++) { // nobody waits for it
                publisher.ok("topic send " + i + "x".repeat(500));
            }
            String last = python.ok("topic follow");
            int seen = last.split(" ").length / 2;
            assertTrue(last.contains(" 49x") && seen < 10, last);
            assertEquals(Integer.toString(50 - seen), python.ok("topic overtaken"));
            publisher.ok("topic closePublisher");
            publisher.ok("topic unlink " + name);
        }
    }

    /** Where the number stands, what is written there, and what C calls it. */
    @ParameterizedTest
    @CsvSource({
        "0, 7, 1001", // another magic
        "8, 2, 1002", // a later version
        "40, 0, 1003", // no subscribers
        "40, 65, 1003", // too many
        "44, 3, 1003", // an unknown way to wait
        "48, 4097, 1003", // no power of two
        "48, 8192, 1003", // more than there is
        "52, 1025, 1003", // messages of more than a quarter
        "56, 3, 1003" // an unknown policy
    })
    void whatIsNotVersionOneIsRefused(long offset, int number, String code) throws Exception {
        String name = Run.name("topic-other");
        try (Peer creator = Channels.jvm("posix").start();
                Peer java = Channels.jvm("jvm").start()) {
            String key = creator.ok("topic createPublisher " + name + " BLOCK 2 WAIT 4096 512");
            try (SharedMemory memory = SharedMemory.open(IpcName.ofNative(key))) {
                memory.segment().set(ValueLayout.JAVA_INT, offset, number);
            }
            for (String verb : new String[] {"topic openPublisher ", "topic openSubscriber "}) {
                String refusal = java.error(verb + key);
                assertTrue(refusal.startsWith("IncompatibleException "), refusal);
            }
            for (Launcher launcher : Meetings.foreigners()) {
                try (Peer foreigner = launcher.start()) {
                    boolean isC = launcher.label().equals("C");
                    String refusal =
                            foreigner.error(
                                    (isC ? "topic openSubscriber " : "topic observe ") + key);
                    assertTrue(
                            refusal.startsWith(isC ? code : "-1 IncompatibleError"),
                            () -> launcher + " said " + refusal);
                }
            }
            creator.ok("topic closePublisher");
            java.ok("topic unlink " + name);
        }
    }
}
