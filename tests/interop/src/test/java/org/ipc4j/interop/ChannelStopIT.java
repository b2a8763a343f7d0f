// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.IpcName;
import org.ipc4j.ResourceLimitException;
import org.ipc4j.channel.Channel;
import org.ipc4j.channel.ChannelOptions;
import org.ipc4j.channel.Receiver;
import org.ipc4j.channel.Sender;
import org.ipc4j.channel.WaitStrategy;
import org.ipc4j.interop.peer.Content;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A process that stands still (SIGSTOP) keeps its end of a channel, and goes on where it was. */
@Interop
class ChannelStopIT {
    private static final String SHAPE = " 1 4096 512";
    private static final ChannelOptions OPTIONS =
            ChannelOptions.DEFAULT.withCapacity(4096).withMaxMessageSize(300);
    private static final ChannelLoad PLACED = new ChannelLoad(false);
    private static final int STOPS = 40;
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
            receiver.none("chan timedreceive " + Channels.LONG_MILLIS);
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
            sender.none("chan timedsend " + Channels.LONG_MILLIS + " " + LONGEST);
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

    /** Whom the others wait for, anywhere in its work. */
    @ParameterizedTest
    @EnumSource
    void aSenderIsStoppedAnywhere(WaitStrategy waiting) throws Exception {
        IpcName name = IpcName.of(Run.name("chan-stop"));
        try (Receiver receiver = Receiver.create(name, OPTIONS.withWaiting(waiting));
                Peer sender = Channels.jvm("posix").start()) {
            Victim victim = new Victim(sender);
            victim.ok("chan openSender " + receiver.nativeKey());
            AtomicLong next = new AtomicLong();
            try (Survivor survivor =
                    new Survivor(() ->
                            PLACED.receive(
                                    receiver,
                                    delivery ->
                                            assertEquals(
                                                    next.getAndIncrement(),
                                                    delivery.sequence())))) {
                victim.run("chan runSender staged 0");
                for (int i = 0; i < STOPS; i++) {
                    survivor.awaitProgress();
                    sender.signal("STOP");
                    assertThrows(ResourceLimitException.class, () -> Sender.open(name));
                    Thread.sleep(i == 0 ? Channels.LONG_MILLIS : 5);
                    sender.signal("CONT");
                }
                survivor.awaitProgress();
            }
            victim.kill();
            victim.awaitDeath();
            assertTrue(victim.count('S') > STOPS, "it went on");
        } finally {
            Channel.remove(name);
        }
    }

    /** Whom the others wait for, anywhere in its work. */
    @ParameterizedTest
    @EnumSource
    void aReceiverIsStoppedAnywhere(WaitStrategy waiting) throws Exception {
        IpcName name = IpcName.of(Run.name("chan-stop"));
        try (Sender sender = Sender.create(name, OPTIONS.withWaiting(waiting));
                Peer receiver = Channels.jvm("posix").start()) {
            Victim victim = new Victim(receiver);
            victim.ok("chan openReceiver " + sender.nativeKey());
            AtomicLong next = new AtomicLong();
            try (Survivor survivor = new Survivor(() -> send(sender, next))) {
                victim.run("chan runReceiver placed");
                for (int i = 0; i < STOPS; i++) {
                    survivor.awaitProgress();
                    receiver.signal("STOP");
                    assertThrows(ResourceLimitException.class, () -> Receiver.open(name));
                    Thread.sleep(i == 0 ? Channels.LONG_MILLIS : 5);
                    receiver.signal("CONT");
                }
                survivor.awaitProgress();
            }
            victim.kill();
            victim.awaitDeath();
            Deliveries got = new Deliveries(1);
            got.add(Deliveries.of(victim), Deliveries.InHand.HANDLED);
            List<Deliveries.Delivery> rest = new ArrayList<>();
            try (Receiver last = ChannelLoad.takeOver(() -> Receiver.open(name))) {
                while (PLACED.receive(last, rest::add)) {
                    assertTrue(rest.size() < 1000, "messages without end");
                }
            }
            got.add(rest, Deliveries.InHand.NONE);
            assertEquals(next.get(), got.count(0));
        } finally {
            Channel.remove(name);
        }
    }

    /** It copies, so that it would be told of a receiver that is gone. */
    private static boolean send(Sender sender, AtomicLong next) throws Exception {
        byte[] message = Content.message(next.get(), sender.maxMessageSize());
        if (!sender.send(ByteBuffer.wrap(message), Duration.ofMillis(50))) {
            return false;
        }
        next.incrementAndGet();
        return true;
    }
}
