// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.IpcName;
import org.ipc4j.channel.WaitStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** JVMs that meet at a channel, whichever memory and way of waiting they have. */
@Interop
class ChannelIT {
    private static final String SHAPE = " 4096 512";

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

    @ParameterizedTest(name = "{0} sends, {1} receives, {2}")
    @MethodSource("meetings")
    void messagesArriveInOrder(Launcher first, Launcher second, WaitStrategy waiting)
            throws Exception {
        String name = Run.name("chan");
        try (Peer sender = first.start();
                Peer receiver = second.start()) {
            String key = messagesArriveInOrder(sender, receiver, name, waiting);
            sender.ok("chan closeSender");
            assertEquals("CLOSED", receiver.ok("chan sender 0"));
            receiver.ok("chan closeReceiver");
            Channels.remove(IpcName.of(name), key);
            assertTrue(sender.error("chan openSender " + name).contains("NameNotFound"));
        }
    }

    /** Two processes meet at a channel; returns its key. */
    static String messagesArriveInOrder(
            Peer sender, Peer receiver, String name, WaitStrategy waiting) throws Exception {
        String key = sender.ok("chan createSender " + name + " " + waiting + " 1" + SHAPE);
        assertEquals("NOT_YET", sender.ok("chan receiver"));
        sender.ok("chan send early");
        assertEquals(key, receiver.ok("chan openReceiver " + name));
        assertEquals("PRESENT", sender.ok("chan receiver"));
        assertEquals("PRESENT", receiver.ok("chan sender 0"));
        assertEquals("0 0 early", receiver.ok("chan receive"));
        receiver.none("chan timedreceive 20");

        receiver.tell("chan receive");
        Thread.sleep(60); // it waits as long as it has to, in the kernel if it can
        assertFalse(receiver.hasAnswered(), "there is no message");
        sender.ok("chan send awake");
        assertEquals("0 16 awake", receiver.ok());

        sender.ok("chan claim never");
        sender.ok("chan abort");
        sender.ok("chan claim staged");
        sender.ok("chan stage");
        receiver.none("chan timedreceive 20");
        sender.ok("chan claim committed");
        receiver.none("chan timedreceive 0");
        sender.ok("chan commit");
        assertEquals("0 32 staged", receiver.ok("chan receive"));
        assertEquals("0 48 committed", receiver.ok("chan receive"));
        aFullChannelWaits(sender, receiver);
        return key;
    }

    /** Nobody has a message now. */
    private static void aFullChannelWaits(Peer sender, Peer receiver) throws Exception {
        String longest = "x".repeat(512);
        for (int i = 0; i < 7; i++) {
            sender.ok("chan send " + longest);
        }
        sender.none("chan claim " + longest);
        sender.none("chan timedsend 20 " + longest);
        sender.tell("chan send " + longest);
        Thread.sleep(60);
        assertFalse(sender.hasAnswered(), "there is no room");
        for (int i = 0; i < 7; i++) {
            assertTrue(receiver.ok("chan receive").endsWith(longest));
        }
        sender.ok();
        assertTrue(receiver.ok("chan receive").endsWith(longest));
        assertTrue(sender.error("chan send x" + longest).startsWith("IllegalArgument"));
    }

    @ParameterizedTest
    @EnumSource
    void everySenderHasARing(WaitStrategy waiting) throws Exception {
        String name = Run.name("chan-many");
        try (Peer receiver = Channels.jvm("posix").start();
                Peer first = Channels.jvm("posix").start();
                Peer second = Channels.jvm("jvm").start();
                Peer third = Channels.jvm("posix").start();
                Peer fourth = Channels.jvm("jvm").start()) {
            String key = receiver.ok("chan createReceiver " + name + " " + waiting + " 3" + SHAPE);
            assertEquals("NOT_YET", receiver.ok("chan sender 2"));
            List<Peer> senders = List.of(first, second, third);
            for (int i = 0; i < senders.size(); i++) {
                senders.get(i).ok("chan openSender " + key);
                assertEquals(Integer.toString(i), senders.get(i).ok("chan index"));
            }
            String refusal = fourth.error("chan openSender " + key);
            assertTrue(refusal.startsWith("ResourceLimit"), refusal);
            refusal = fourth.error("chan openReceiver " + key);
            assertTrue(refusal.startsWith("ResourceLimit"), refusal);

            for (int round = 0; round < 10; round++) {
                for (int i = 0; i < senders.size(); i++) {
                    receiver.tell("chan receive");
                    senders.get(i).ok("chan send from-" + i);
                    assertEquals(i + " " + 16 * round + " from-" + i, receiver.ok());
                }
            }

            second.ok("chan closeSender");
            assertEquals("CLOSED", receiver.ok("chan sender 1"));
            third.ok("chan send last");
            third.kill();
            Channels.await("DIED", () -> receiver.ok("chan sender 2"));
            assertEquals("PRESENT", receiver.ok("chan sender 0"));
            assertEquals("2 160 last", receiver.ok("chan receive")); // it was sent all the same
            fourth.ok("chan openSender " + key);
            assertEquals("1", fourth.ok("chan index"));
            second.ok("chan openSender " + key);
            assertEquals("2", second.ok("chan index"));
            second.ok("chan send heir");
            assertEquals("2 176 heir", receiver.ok("chan receive"));

            receiver.kill();
            Channels.await("DIED", () -> first.ok("chan receiver"));
            first.ok("chan send kept");
            fourth.ok("chan openReceiver " + key);
            assertEquals("PRESENT", first.ok("chan receiver"));
            assertEquals("0 160 kept", fourth.ok("chan receive"));
            fourth.ok("chan closeReceiver");
            assertEquals("CLOSED", first.ok("chan receiver"));
            String full = first.ask("chan claim " + "x".repeat(512));
            while (full.startsWith("ok ") && !full.equals("ok gone")) {
                first.ok("chan commit");
                full = first.ask("chan claim " + "x".repeat(512));
            }
            Channels.await(
                    "gone",
                    () -> {
                        String answer = first.ask("chan claim " + "x".repeat(512));
                        return answer.equals("none") ? "full" : answer.substring("ok ".length());
                    });
            assertTrue(first.error("chan send " + "x".repeat(512)).startsWith("PeerClosed"));
            Channels.remove(IpcName.of(name), key);
        }
    }

    @Test
    void whoAsksDoesNotLookAlive() throws Exception {
        String name = Run.name("chan-ask");
        try (Peer receiver = Channels.jvm("posix").start();
                Peer first = Channels.jvm("posix").start();
                Peer second = Channels.jvm("posix").start()) {
            String key = receiver.ok("chan createReceiver " + name + " BLOCK 2" + SHAPE);
            for (Peer sender : List.of(first, second)) {
                sender.ok("chan openSender " + key);
            }
            receiver.kill();
            Channels.await("DIED", () -> first.ok("chan receiver"));
            first.tell("chan countReceiver DIED 3000");
            second.tell("chan countReceiver DIED 3000");
            assertEquals("3000", first.ok(), "dead is dead, whoever else looks");
            assertEquals("3000", second.ok(), "dead is dead, whoever else looks");
            first.ok("chan closeSender");
            second.ok("chan closeSender");
            Channels.remove(IpcName.of(name), key);
        }
    }
}
