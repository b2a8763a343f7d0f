// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.Ipc;
import org.ipc4j.IpcName;
import org.ipc4j.interop.peer.Content;
import org.ipc4j.queue.Message;
import org.ipc4j.queue.MessageQueue;
import org.ipc4j.queue.MessageQueueOptions;
import org.ipc4j.spi.MessageQueueProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A process that stands still (SIGSTOP) is not dead: nothing is taken from it, the others' time
 * runs out.
 */
@Interop
class StopIT {
    private static final int STOPS = 40;

    @ParameterizedTest
    @ValueSource(strings = {"posix", "jvm"})
    void aStoppedHolderKeepsItsPermit(String provider) {
        String name = Run.name("sem-stop");
        try (Peer holder = Launcher.jvm(provider).start();
                Peer other = Launcher.jvm(provider).start()) {
            holder.ok("sem create " + name + " 1");
            holder.ok("sem wait");
            other.ok("sem open " + name);
            holder.signal("STOP");
            other.none("sem timedwait 1500");
            other.none("sem trywait");
            assertEquals("0", other.ok("sem value"));
            other.tell("sem timedwait 30000");
            holder.signal("CONT");
            holder.ok("sem post");
            other.ok();
            other.ok("sem unlink " + name);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"posix", "jvm"})
    void aStoppedWriterDoesNotEndTheStream(String provider) {
        String name = Run.name("fifo-stop");
        try (Peer reader = Launcher.jvm(provider).start();
                Peer writer = Launcher.jvm(provider).start()) {
            reader.ok("fifo reader " + name);
            writer.ok("fifo writer " + name);
            writer.ok("fifo write before");
            writer.signal("STOP");
            assertEquals("before", reader.ok("fifo read"));
            reader.none("fifo timedread 1500");
            writer.signal("CONT");
            writer.ok("fifo write after");
            assertEquals("after", reader.ok("fifo read"));
            reader.signal("STOP");
            writer.ok("fifo write patience"); // there is room
            reader.signal("CONT");
            assertEquals("patience", reader.ok("fifo read"));
            reader.ok("fifo close");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"posix", "jvm"})
    void aSenderIsStoppedAnywhere(String provider) throws Exception {
        MessageQueueProvider queues = Ipc.provider(MessageQueueProvider.class, provider);
        IpcName name = IpcName.of(Run.name("mq-stop"));
        try (MessageQueue queue = queues.create(name, MessageQueueOptions.of(8, 200));
                Peer sender = Launcher.jvm(provider).start()) {
            Victim victim = new Victim(sender);
            victim.ok("mq open " + queue.nativeKey());
            Set<Long> received = new TreeSet<>();
            try (Survivor receiver = new Survivor(() -> receive(queue, received))) {
                victim.run("mq runSender 0");
                for (int i = 0; i < STOPS; i++) {
                    receiver.awaitProgress();
                    sender.signal("STOP");
                    Thread.sleep(
                            i == 0 ? 2000 : 20); // the receiver's time runs out, more than once
                    sender.signal("CONT");
                }
                receiver.awaitProgress();
                sender.kill();
                victim.awaitDeath();
                while (queue.messageCount() > 0) {
                    Thread.sleep(1);
                }
            }
            long last = received.size() - 1;
            assertEquals(last, received.stream().max(Long::compare).orElseThrow(), "lost");
            assertTrue(received.containsAll(victim.values('S')), "lost");
            assertTrue(last + 1 <= victim.count('s'), "never sent");
        } finally {
            assertTrue(queues.remove(name));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"posix", "jvm"})
    void aReceiverIsStoppedAnywhere(String provider) throws Exception {
        MessageQueueProvider queues = Ipc.provider(MessageQueueProvider.class, provider);
        IpcName name = IpcName.of(Run.name("mq-stop"));
        try (MessageQueue queue = queues.create(name, MessageQueueOptions.of(8, 200));
                Peer receiver = Launcher.jvm(provider).start()) {
            Victim victim = new Victim(receiver);
            victim.ok("mq open " + queue.nativeKey());
            AtomicLong next = new AtomicLong();
            try (Survivor sender = new Survivor(() -> send(queue, next))) {
                victim.run("mq runReceiver");
                for (int i = 0; i < STOPS; i++) {
                    sender.awaitProgress();
                    receiver.signal("STOP");
                    Thread.sleep(i == 0 ? 2000 : 20);
                    receiver.signal("CONT");
                }
                sender.awaitProgress();
            }
            while (queue.messageCount() > 0) {
                Thread.sleep(1);
            }
            Thread.sleep(200); // it says what it received
            receiver.kill();
            victim.awaitDeath();
            List<Long> received = victim.values('R');
            assertEquals(next.get(), received.size(), "lost, or received twice");
            assertEquals(next.get(), new TreeSet<>(received).size(), "received twice");
        } finally {
            assertTrue(queues.remove(name));
        }
    }

    private static boolean send(MessageQueue queue, AtomicLong next) throws Exception {
        ByteBuffer message = ByteBuffer.wrap(Content.message(next.get(), queue.maxMessageSize()));
        if (!queue.trySend(message, Content.priority(next.get()), Duration.ofMillis(50))) {
            return false;
        }
        next.incrementAndGet();
        return true;
    }

    private static boolean receive(MessageQueue queue, Set<Long> received) throws Exception {
        Optional<Message> message = queue.tryReceive(Duration.ofMillis(50));
        if (message.isEmpty()) {
            return false;
        }
        long sequence =
                Content.sequence(
                                message.get().payload(),
                                message.get().priority(),
                                queue.maxMessageSize())
                        .orElseThrow(() -> new AssertionError("torn"));
        assertTrue(received.add(sequence), () -> "received twice: " + sequence);
        return true;
    }
}
