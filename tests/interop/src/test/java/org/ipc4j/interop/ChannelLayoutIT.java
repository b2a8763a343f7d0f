// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.IpcName;
import org.ipc4j.channel.WaitStrategy;
import org.ipc4j.memory.SharedMemory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.stream.Stream;

/** Programs that have only {@code native/peer/channel.h} join channels by it. */
@Interop
class ChannelLayoutIT {
    private static final String SHAPE = " 2 4096 512";

    static Stream<Arguments> meetings() {
        return Meetings.PROVIDERS.stream()
                .flatMap(provider ->
                        Arrays.stream(WaitStrategy.values())
                                .map(waiting -> Arguments.of(Channels.jvm(provider), waiting)));
    }

    @ParameterizedTest(name = "from C to {0}, {1}")
    @MethodSource("meetings")
    @DisabledIfSystemProperty(named = "ipc.c", matches = "false")
    void aSenderInC(Launcher java, WaitStrategy waiting) throws Exception {
        String name = Run.name("chan-c");
        try (Peer receiver = java.start();
                Peer sender = Launcher.c().start();
                Peer heir = java.start()) {
            String key = receiver.ok("chan createReceiver " + name + " " + waiting + SHAPE);
            sender.ok("chan openSender " + key);
            assertEquals("PRESENT", sender.ok("chan receiver"));
            assertEquals("PRESENT", receiver.ok("chan sender 0"));
            messagesAreSent(sender, receiver);
            heir.ok("chan openSender " + key);
            assertEquals("1", heir.ok("chan index"), "the other ring, since C is alive");
            heir.ok("chan closeSender");

            sender.ok("chan send last");
            sender.kill();
            Channels.await("DIED", () -> receiver.ok("chan sender 0"));
            heir.ok("chan openSender " + key);
            assertEquals("0", heir.ok("chan index"));
            heir.ok("chan send first");
            assertTrue(receiver.ok("chan receive").endsWith(" last"));
            assertTrue(receiver.ok("chan receive").endsWith(" first"));
            heir.ok("chan closeSender");
            receiver.ok("chan closeReceiver");
            Channels.remove(IpcName.of(name), key);
        }
    }

    @ParameterizedTest(name = "from {0} to C, {1}")
    @MethodSource("meetings")
    @DisabledIfSystemProperty(named = "ipc.c", matches = "false")
    void aReceiverInC(Launcher java, WaitStrategy waiting) throws Exception {
        String name = Run.name("chan-c");
        try (Peer sender = java.start();
                Peer receiver = Launcher.c().start();
                Peer heir = Launcher.c().start()) {
            String key = sender.ok("chan createSender " + name + " " + waiting + SHAPE);
            receiver.ok("chan openReceiver " + key);
            assertEquals("PRESENT", sender.ok("chan receiver"));
            assertEquals("PRESENT", receiver.ok("chan sender 0"));
            assertEquals("NOT_YET", receiver.ok("chan sender 1"));
            messagesAreSent(sender, receiver);
            assertTrue(heir.error("chan openReceiver " + key).startsWith("1005 "), "taken");

            receiver.kill();
            Channels.await("DIED", () -> sender.ok("chan receiver"));
            sender.ok("chan send kept");
            heir.ok("chan openReceiver " + key);
            assertTrue(heir.ok("chan receive").endsWith(" kept"));
            sender.kill();
            Channels.await("DIED", () -> heir.ok("chan sender 0"));
            heir.ok("chan closeReceiver");
            Channels.remove(IpcName.of(name), key);
        }
    }

    /** Through every place of the ring, and with one side waiting for the other. */
    private static void messagesAreSent(Peer sender, Peer receiver) throws Exception {
        for (int i = 0; i < 40; i++) {
            String text = Character.toString('a' + i % 26).repeat(1 + i * 97 % 512);
            sender.ok("chan send " + text);
            String position = sender.ok("chan position");
            assertEquals("0 " + position + " " + text, receiver.ok("chan receive"));
        }
        receiver.tell("chan receive");
        Thread.sleep(60);
        assertFalse(receiver.hasAnswered(), "there is no message");
        sender.ok("chan send awake");
        assertTrue(receiver.ok().endsWith(" awake"));

        String longest = "x".repeat(512);
        int sent = 0;
        while (sender.does("chan timedsend 20 " + longest)) {
            sent++;
        }
        assertTrue(sent == 6 || sent == 7, sent + " messages fill a ring");
        sender.tell("chan send room");
        Thread.sleep(60);
        boolean waits = !sender.hasAnswered(); // a short one may fit still
        for (int i = 0; i < sent; i++) {
            assertTrue(receiver.ok("chan receive").endsWith(longest), "in order; waits: " + waits);
        }
        sender.ok();
        assertTrue(receiver.ok("chan receive").endsWith(" room"));
        receiver.none("chan timedreceive 20");
    }

    @Test
    @DisabledIfSystemProperty(named = "ipc.python", matches = "false")
    void pythonLooksOn() {
        String name = Run.name("chan-python");
        try (Peer sender = Channels.jvm("posix").start();
                Peer receiver = Channels.jvm("posix").start();
                Peer python = Launcher.python().start()) {
            String key = sender.ok("chan createSender " + name + " BLOCK" + SHAPE);
            python.ok("chan observe " + key);
            assertEquals("", python.ok("chan peek"));
            receiver.ok("chan openReceiver " + key);
            receiver.ok("chan openSender " + key);
            for (int i = 0; i < 100; i++) {
                String text = Character.toString('a' + i % 26).repeat(1 + i * 97 % 512);
                sender.ok("chan send " + text);
                String first = "0 " + sender.ok("chan position") + " " + text;
                receiver.ok("chan send other");
                String second = "1 " + receiver.ok("chan position") + " other";
                assertEquals(first + " " + second, python.ok("chan peek"));
                receiver.ok("chan receive");
                receiver.ok("chan receive");
                assertEquals("", python.ok("chan peek"));
            }
            sender.ok("chan closeSender");
            receiver.ok("chan closeSender");
            receiver.ok("chan closeReceiver");
            receiver.ok("chan unlink " + name);
        }
    }

    /** Where the number stands, what is written there, and what C calls it. */
    @ParameterizedTest
    @CsvSource({
        "0, 7, 1001", // another magic
        "8, 2, 1002", // a later version
        "40, 0, 1003", // no senders
        "40, 65, 1003", // too many
        "44, 3, 1003", // an unknown way to wait
        "48, 4097, 1003", // no power of two
        "48, 8192, 1003", // more than there is
        "52, 1025, 1003" // messages of more than a quarter
    })
    void whatIsNotVersionOneIsRefused(long offset, int number, String code) throws Exception {
        String name = Run.name("chan-other");
        try (Peer creator = Channels.jvm("posix").start();
                Peer java = Channels.jvm("jvm").start()) {
            String key = creator.ok("chan createSender " + name + " BLOCK" + SHAPE);
            try (SharedMemory memory = SharedMemory.open(IpcName.ofNative(key))) {
                memory.segment().set(ValueLayout.JAVA_INT, offset, number);
            }
            for (String verb : new String[] {"chan openSender ", "chan openReceiver "}) {
                String refusal = java.error(verb + key);
                assertTrue(refusal.startsWith("IncompatibleException "), refusal);
            }
            for (Launcher launcher : Meetings.foreigners()) {
                try (Peer foreigner = launcher.start()) {
                    boolean isC = launcher.label().equals("C");
                    String refusal =
                            foreigner.error((isC ? "chan openReceiver " : "chan observe ") + key);
                    assertTrue(
                            refusal.startsWith(isC ? code : "-1 IncompatibleError"),
                            () -> launcher + " said " + refusal);
                }
            }
            creator.ok("chan closeSender");
            java.ok("chan unlink " + name);
        }
    }
}
