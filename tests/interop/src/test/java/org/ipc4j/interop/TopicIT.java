// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.IpcName;
import org.ipc4j.channel.SlowSubscriber;
import org.ipc4j.channel.WaitStrategy;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** JVMs that meet at a topic, whichever memory and way of waiting they have. */
@Interop
class TopicIT {
    private static final String SIZE = " 4096 512";
    private static final String LONGEST = "x".repeat(512);

    static Stream<Arguments> meetings() {
        return Meetings.PROVIDERS.stream()
                .flatMap(first ->
                        Meetings.PROVIDERS.stream()
                                .flatMap(second ->
                                        Arrays.stream(WaitStrategy.values())
                                                .map(waiting ->
                                                        Arguments.of(
                                                                Channels.jvm(first),
                                                                Channels.jvm(second),
                                                                waiting))));
    }

    @ParameterizedTest(name = "{0} publishes, {1} and another subscribe, {2}")
    @MethodSource("meetings")
    void everySubscriberSeesEveryMessage(Launcher first, Launcher second, WaitStrategy waiting)
            throws Exception {
        String name = Run.name("topic");
        try (Peer publisher = first.start();
                Peer one = second.start();
                Peer late = Channels.jvm("posix").start()) {
            String key = everyMessageIsSeen(publisher, one, late, name, waiting);
            publisher.ok("topic closePublisher");
            assertEquals("CLOSED", one.ok("topic publisher"));
            one.ok("topic closeSubscriber");
            late.ok("topic closeSubscriber");
            Channels.removeTopic(IpcName.of(name), key);
            assertTrue(publisher.error("topic openPublisher " + name).contains("NameNotFound"));
        }
    }

    /** Three processes meet at a topic; returns its key. */
    static String everyMessageIsSeen(
            Peer publisher, Peer one, Peer late, String name, WaitStrategy waiting)
            throws Exception {
        String key =
                publisher.ok("topic createPublisher " + name + " " + waiting + " 2 WAIT" + SIZE);
        assertEquals("0", publisher.ok("topic subscribers"));
        publisher.ok("topic send unseen");
        assertEquals(key, one.ok("topic openSubscriber " + name));
        assertEquals("1", publisher.ok("topic subscribers"));
        assertEquals("PRESENT", one.ok("topic publisher"));
        one.none("topic timedreceive 20");

        one.tell("topic receive");
        Thread.sleep(60); // it waits as long as it has to, in the kernel if it can
        assertFalse(one.hasAnswered(), "there is no message");
        publisher.ok("topic send awake");
        assertEquals("32 awake", one.ok());

        late.ok("topic openSubscriber " + key);
        assertEquals("1", late.ok("topic index"));
        late.none("topic timedreceive 0");
        publisher.ok("topic claim never");
        publisher.ok("topic abort");
        publisher.ok("topic claim staged");
        publisher.ok("topic stage");
        one.none("topic timedreceive 20");
        publisher.ok("topic claim committed");
        late.none("topic timedreceive 0");
        publisher.ok("topic commit");
        for (Peer subscriber : List.of(one, late)) {
            assertEquals("64 staged", subscriber.ok("topic receive"));
            assertEquals("96 committed", subscriber.ok("topic receive"));
        }
        theSlowestIsWaitedFor(publisher, one, late);
        publisher.ok("topic claim " + LONGEST);
        publisher.ok("topic abort");
        assertTrue(publisher.error("topic send x" + LONGEST).startsWith("IllegalArgument"));
        return key;
    }

    /** Nobody has a message now, nor then. */
    static void theSlowestIsWaitedFor(Peer publisher, Peer quick, Peer slow) throws Exception {
        int sent = 0;
        while (publisher.does("topic timedsend 20 " + LONGEST)) {
            sent++;
            assertTrue(quick.ok("topic receive").endsWith(LONGEST));
        }
        assertTrue(sent >= 5 && sent <= 7, sent + " messages fill a ring");
        publisher.none((publisher.isJvm() ? "topic claim " : "topic timedsend 0 ") + LONGEST);
        publisher.tell("topic send " + LONGEST);
        Thread.sleep(60);
        assertFalse(publisher.hasAnswered(), "there is no room as long as one has not read");
        for (int i = 0; i < sent; i++) {
            assertTrue(slow.ok("topic receive").endsWith(LONGEST));
        }
        publisher.ok();
        assertTrue(quick.ok("topic receive").endsWith(LONGEST));
        assertTrue(slow.ok("topic receive").endsWith(LONGEST));
        assertEquals("0", slow.ok("topic missed"));
    }

    @ParameterizedTest
    @EnumSource
    void whoIsSlowIsTold(WaitStrategy waiting) throws Exception {
        for (SlowSubscriber slow : List.of(SlowSubscriber.OVERWRITE, SlowSubscriber.CUT_OFF)) {
            String name = Run.name("topic-slow");
            try (Peer publisher = Channels.jvm("posix").start();
                    Peer quick = Channels.jvm("jvm").start();
                    Peer late = Channels.jvm("posix").start()) {
                String key =
                        publisher.ok(
                                "topic createPublisher "
                                        + name
                                        + " "
                                        + waiting
                                        + " 2 "
                                        + slow
                                        + SIZE);
                quick.ok("topic openSubscriber " + key);
                late.ok("topic openSubscriber " + key);
                theQuickOneSeesAll(publisher, quick);
                theSlowOneIsTold(late, slow);
                if (slow == SlowSubscriber.CUT_OFF) {
                    late.ok("topic closeSubscriber");
                    late.ok("topic openSubscriber " + key);
                    publisher.ok("topic send anew");
                    assertTrue(late.ok("topic receive").endsWith(" anew"));
                }
                publisher.ok("topic closePublisher");
                quick.ok("topic closeSubscriber");
                late.ok("topic closeSubscriber");
                Channels.removeTopic(IpcName.of(name), key);
            }
        }
    }

    /** More is published than the ring holds. */
    static void theQuickOneSeesAll(Peer publisher, Peer quick) {
        for (int i = 0; i < 20; i++) {
            publisher.ok("topic send " + i + LONGEST.substring(4));
            assertTrue(quick.ok("topic receive").contains(" " + i + "x"));
        }
        assertEquals("0", quick.ok("topic missed"));
    }

    /** Before that, it had missed nothing. */
    static void theSlowOneIsTold(Peer late, SlowSubscriber slow) {
        if (slow == SlowSubscriber.CUT_OFF) {
            String word = late.isJvm() ? "CutOff" : "1006 ";
            assertTrue(late.error("topic receive").startsWith(word));
            assertTrue(late.error("topic timedreceive 0").startsWith(word), "again");
            return;
        }
        String found = late.ok("topic receive").split(" ")[1];
        int number = Integer.parseInt(found.substring(0, found.indexOf('x')));
        assertTrue(number > 10, "the oldest that is still there, not " + number);
        assertEquals(Integer.toString(number), late.ok("topic missed"));
        for (int i = number + 1; i < 20; i++) {
            assertTrue(late.ok("topic receive").contains(" " + i + "x"));
        }
        assertEquals(Integer.toString(number), late.ok("topic missed"));
    }

    @ParameterizedTest
    @EnumSource
    void placesAreTakenOver(WaitStrategy waiting) throws Exception {
        String name = Run.name("topic-many");
        try (Peer first = Channels.jvm("posix").start();
                Peer second = Channels.jvm("jvm").start();
                Peer third = Channels.jvm("posix").start();
                Peer fourth = Channels.jvm("posix").start()) {
            String key =
                    first.ok("topic createSubscriber " + name + " " + waiting + " 2 WAIT" + SIZE);
            assertEquals("NOT_YET", first.ok("topic publisher"));
            second.ok("topic openSubscriber " + key);
            assertEquals("1", second.ok("topic index"));
            assertTrue(third.error("topic openSubscriber " + key).startsWith("ResourceLimit"));
            third.ok("topic openPublisher " + key);
            assertTrue(fourth.error("topic openPublisher " + key).startsWith("ResourceLimit"));
            assertEquals("2", third.ok("topic subscribers"));
            third.ok("topic send kept");

            second.kill();
            Channels.await("1", () -> third.ok("topic subscribers"));
            for (int i = 0; i < 50; i++) { // the dead one is not waited for
                third.ok("topic send " + i + LONGEST.substring(4));
                String expected = i == 0 ? " kept" : " " + (i - 1) + "x";
                assertTrue(first.ok("topic receive").contains(expected));
            }
            assertTrue(first.ok("topic receive").contains(" 49x"));
            fourth.ok("topic openSubscriber " + key);
            assertEquals("1", fourth.ok("topic index"));
            third.ok("topic send last");
            third.kill();
            Channels.await("DIED", () -> first.ok("topic publisher"));
            assertTrue(first.ok("topic receive").endsWith(" last")); // it was sent all the same
            fourth.ok("topic openPublisher " + key);
            assertEquals("PRESENT", first.ok("topic publisher"));
            fourth.ok("topic send heir");
            assertTrue(fourth.ok("topic receive").endsWith(" last"));
            assertTrue(fourth.ok("topic receive").endsWith(" heir"));
            assertTrue(first.ok("topic receive").endsWith(" heir"));
            assertEquals("0", first.ok("topic missed"));
            fourth.ok("topic closePublisher");
            fourth.ok("topic closeSubscriber");
            assertEquals("CLOSED", first.ok("topic publisher"));
            first.ok("topic closeSubscriber");
            Channels.removeTopic(IpcName.of(name), key);
        }
    }
}
