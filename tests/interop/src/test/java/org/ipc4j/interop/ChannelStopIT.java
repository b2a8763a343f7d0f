// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.IpcName;
import org.ipc4j.channel.WaitStrategy;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A process that stands still (SIGSTOP) keeps its end of a channel, and goes on where it was. */
@Interop
class ChannelStopIT {
    private static final String SHAPE = " 1 4096 512";
    private static final String LONGEST = "x".repeat(512);

    @ParameterizedTest
    @EnumSource
    void aStoppedSenderKeepsItsRing(WaitStrategy waiting) throws Exception {
        String name = Run.name("chan-stop");
        try (Peer receiver = Channels.jvm("posix").start();
                Peer sender = Channels.jvm("posix").start();
                Peer rival = Channels.jvm("posix").start()) {
            String key = receiver.ok("chan createReceiver " + name + " " + waiting + SHAPE);
            sender.ok("chan openSender " + key);
            sender.ok("chan send before");
            sender.ok("chan claim late");
            sender.signal("STOP");
            receiver.ok("chan receive");
            receiver.none("chan timedreceive 1500");
            String refusal = rival.error("chan openSender " + key);
            assertTrue(refusal.startsWith("ResourceLimit"), refusal);
            assertEquals("PRESENT", receiver.ok("chan sender 0"));
            receiver.tell("chan receive");
            sender.signal("CONT");
            sender.ok("chan commit");
            assertEquals("0 16 late", receiver.ok());
            receiver.ok("chan closeReceiver");
            sender.ok("chan closeSender");
            Channels.remove(IpcName.of(name), key);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStoppedReceiverKeepsItsPlace(WaitStrategy waiting) throws Exception {
        String name = Run.name("chan-stop");
        try (Peer receiver = Channels.jvm("posix").start();
                Peer sender = Channels.jvm("posix").start();
                Peer rival = Channels.jvm("posix").start()) {
            String key = sender.ok("chan createSender " + name + " " + waiting + SHAPE);
            receiver.ok("chan openReceiver " + key);
            receiver.signal("STOP");
            int sent = 0;
            while (sender.does("chan timedsend 300 " + LONGEST)) {
                sent++; // none is told that the receiver is gone
            }
            assertEquals(7, sent);
            sender.none("chan timedsend 1500 " + LONGEST);
            String refusal = rival.error("chan openReceiver " + key);
            assertTrue(refusal.startsWith("ResourceLimit"), refusal);
            assertEquals("PRESENT", sender.ok("chan receiver"));
            sender.tell("chan send last");
            receiver.signal("CONT");
            for (int i = 0; i < sent; i++) {
                assertTrue(receiver.ok("chan receive").endsWith(LONGEST));
            }
            sender.ok();
            assertTrue(receiver.ok("chan receive").endsWith("last"));
            sender.ok("chan closeSender");
            receiver.ok("chan closeReceiver");
            Channels.remove(IpcName.of(name), key);
        }
    }
}
