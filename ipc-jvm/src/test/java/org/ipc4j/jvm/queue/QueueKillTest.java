// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.Access;
import org.ipc4j.IpcName;
import org.ipc4j.queue.MessageQueue;
import org.ipc4j.queue.MessageQueueOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Kills the process at the other side of a queue, at any instruction, and counts what arrived. */
class QueueKillTest {
    private static final int KILLS = 20;
    private static final int SIZE = 200;

    private final JvmMessageQueueProvider provider = new JvmMessageQueueProvider();
    private final Random random = new Random();
    private final String key = "test-" + UUID.randomUUID();
    private MessageQueue queue;

    @BeforeEach
    void create() throws IOException {
        queue = provider.create(IpcName.of(key), MessageQueueOptions.of(16, SIZE));
    }

    @AfterEach
    void remove() throws IOException {
        queue.close();
        provider.remove(IpcName.of(key));
    }

    /**
     * The other side: {@code send <key> <first>} or {@code receive <key>}, as fast as it can until
     * it is killed.
     */
    public static final class Peer {
        public static void main(String[] arguments) throws Exception {
            MessageQueue queue =
                    new JvmMessageQueueProvider().open(IpcName.of(arguments[1]), Access.OWNER);
            if (arguments[0].equals("send")) {
                for (long i = Long.parseLong(arguments[2]); ; i++) {
                    queue.send(message(i), (int) (i % 3));
                }
            }
            ByteBuffer target = ByteBuffer.allocate(SIZE);
            while (true) {
                queue.receive(target.clear());
                value(target.flip());
            }
        }
    }

    private static ByteBuffer message(long value) {
        byte[] bytes = new byte[SIZE - (int) (value % 100)];
        Arrays.fill(bytes, (byte) value);
        return ByteBuffer.wrap(bytes).putLong(0, value);
    }

    /** Reads a message and makes sure that it is in one piece. */
    private static long value(ByteBuffer message) {
        long value = message.getLong(0);
        byte[] bytes = new byte[message.remaining()];
        message.get(bytes);
        if (!Arrays.equals(message(value).array(), bytes)) { // also in the peer, which has no JUnit
            throw new AssertionError("torn: " + Arrays.toString(bytes));
        }
        return value;
    }

    private static Process start(String... arguments) throws IOException {
        List<String> options =
                Stream.of(
                                List.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString()),
                                List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto"),
                                List.of("-cp", classPath(), Peer.class.getName()),
                                List.of(arguments))
                        .flatMap(List::stream)
                        .toList();
        return new ProcessBuilder(options).inheritIO().start();
    }

    /**
     * Where the classes of the module, of its tests and of the API are; the peer has them on its
     * class path.
     */
    private static String classPath() {
        return Stream.of(QueueKillTest.class, JvmMessageQueueProvider.class, MessageQueue.class)
                .map(type -> {
                    String resource = "/" + type.getName().replace('.', '/') + ".class";
                    String url = type.getResource(resource).toString();
                    String root =
                            url.substring(0, url.length() - resource.length())
                                    .replaceFirst("^jar:", "");
                    return Path.of(URI.create(root.replaceFirst("!$", ""))).toString();
                })
                .distinct()
                .reduce((a, b) -> a + File.pathSeparator + b)
                .orElseThrow();
    }

    private void killSoon(Process peer) throws InterruptedException {
        TimeUnit.MICROSECONDS.sleep(random.nextInt(20_000));
        peer.destroyForcibly().waitFor();
    }

    @Test
    void killedSenderLosesAndDoublesNothing() throws Exception {
        long[] last = {-1, -1, -1};
        long first = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            Process sender = start("send", key, Long.toString(first));
            long highest = -1;
            for (int i = 0; i < 500; i++) { // it is at full speed when it is killed
                highest = Math.max(highest, receive(last, Duration.ofSeconds(30)));
            }
            killSoon(sender);
            for (long value = 0; value >= 0; value = receive(last, Duration.ZERO)) {
                highest = Math.max(highest, value);
            }
            assertEquals(0, queue.messageCount());
            // What was sent was sent in order, so of each priority everything up to the highest
            // must have arrived.
            for (int priority = 0; priority < 3; priority++) {
                assertTrue(
                        highest - last[priority] < 3,
                        "lost: " + highest + " " + Arrays.toString(last));
            }
            first = highest + 1;
        }
    }

    /** Returns what was received, or -1; it must be the next of its priority. */
    private long receive(long[] last, Duration timeout) throws Exception {
        ByteBuffer target = ByteBuffer.allocate(SIZE);
        int priority = queue.tryReceive(target, timeout);
        if (priority == MessageQueue.NONE) {
            assertTrue(timeout.isZero(), "nothing arrives any more");
            return -1;
        }
        long value = value(target.flip());
        assertEquals(value % 3, priority);
        assertEquals(
                last[priority] == -1 ? priority : last[priority] + 3, value, "lost or doubled");
        last[priority] = value;
        return value;
    }

    @Test
    void killedReceiverTakesAtMostOneMessageAlong() throws Exception {
        long next = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            Process receiver = start("receive", key);
            for (int i = 0; i < 500; i++) {
                assertTrue(
                        queue.trySend(message(next), 0, Duration.ofSeconds(30)),
                        "nothing is taken any more");
                next++;
            }
            killSoon(receiver);
            // The queue is in order and whole: what is left are the last ones that were sent, each
            // once. How many those are, its count says only when somebody has repaired it.
            List<Long> left = new ArrayList<>();
            ByteBuffer target = ByteBuffer.allocate(SIZE);
            while (queue.tryReceive(target.clear()) != MessageQueue.NONE) {
                left.add(value(target.flip()));
            }
            assertEquals(LongStream.range(next - left.size(), next).boxed().toList(), left);
            assertEquals(0, queue.messageCount());
        }
    }

    @Test
    void processThatNobodyWaitsForLeavesTheQueueOpenable() throws Exception {
        Process receiver = start("receive", key);
        assertTrue(queue.trySend(message(1), 0, Duration.ofSeconds(30)));
        receiver.destroyForcibly().waitFor();
        queue.close();
        queue = provider.open(IpcName.of(key), Access.OWNER);
        assertTrue(Files.exists(Path.of("/dev/shm" + queue.nativeKey())));
    }
}
