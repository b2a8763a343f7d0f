// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import org.ipc4j.Ipc;
import org.ipc4j.IpcClosedException;
import org.ipc4j.IpcName;
import org.ipc4j.Mechanism;
import org.ipc4j.NamedObject;
import org.ipc4j.memory.SharedMemory;
import org.ipc4j.queue.MessageQueue;
import org.ipc4j.stream.NamedPipe;
import org.ipc4j.stream.NamedPipeReader;
import org.ipc4j.stream.NamedPipeWriter;
import org.ipc4j.sync.NamedSemaphore;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Answers each line of its standard input with a line of standard output: {@code verb kind name}.
 */
public final class ChildMain {
    private static final Map<String, AutoCloseable> OPEN = new HashMap<>();

    private ChildMain() {}

    /**
     * Starts.
     *
     * @param args none
     * @throws Exception if standard input cannot be read
     */
    public static void main(String[] args) throws Exception {
        BufferedReader questions =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        for (String line = questions.readLine(); line != null; line = questions.readLine()) {
            String answer;
            try {
                answer = answer(line.split(" "));
            } catch (Throwable e) {
                answer = e.getClass().getSimpleName() + ": " + e.getMessage();
            }
            answers.println(answer.replaceAll("\\R", "\\\\n"));
        }
        for (AutoCloseable object : OPEN.values()) {
            object.close();
        }
    }

    private static String answer(String[] words) throws Exception {
        return switch (words[0]) {
            case "report" -> Ipc.report().toString();
            case "selected" -> selected(words[1]);
            case "create", "open", "createOrOpen" -> open(words[0], words[1], words[2]);
            case "remove" -> "" + remove(words[1], words[2]);
            case "close" -> close(words[1] + " " + words[2]);
            case "poke" -> poke(words[1], Long.parseLong(words[2]));
            case "peek" -> "" + memory(words[1]).segment().get(ValueLayout.JAVA_LONG, 0);
            case "work" -> work(words[1]);
            case "crowd" -> crowd(words[1], Integer.parseInt(words[2]));
            case "sleepers", "call", "echo", "pingpong", "crammed", "awake" ->
                    ParkingChild.answer(words);
            case "halt" -> {
                Runtime.getRuntime().halt(0);
                yield "";
            }
            default -> "unknown verb";
        };
    }

    private static String selected(String key) {
        for (Mechanism mechanism : Mechanism.values()) {
            if (mechanism.key().equals(key)) {
                return Ipc.provider(mechanism.providerType()).name();
            }
        }
        return "unknown mechanism";
    }

    private static String open(String verb, String kind, String value) throws Exception {
        IpcName name = name(value);
        AutoCloseable object =
                switch (kind + " " + verb) {
                    case "memory create" -> SharedMemory.create(name, 64);
                    case "memory open" -> SharedMemory.open(name);
                    case "memory createOrOpen" -> SharedMemory.createOrOpen(name, 64);
                    case "semaphore create" -> NamedSemaphore.create(name, 1);
                    case "semaphore open" -> NamedSemaphore.open(name);
                    case "semaphore createOrOpen" -> NamedSemaphore.createOrOpen(name, 1);
                    case "queue create" -> MessageQueue.create(name, 2, 64);
                    case "queue open" -> MessageQueue.open(name);
                    case "queue createOrOpen" -> MessageQueue.createOrOpen(name, 2, 64);
                    case "pipe create" -> NamedPipe.createReader(name);
                    case "pipe open" -> NamedPipe.openWriter(name);
                    case "pipe createOrOpen" ->
                            NamedPipe.openWriter(name, Duration.ofMillis(1)).orElseThrow();
                    default -> throw new IllegalArgumentException(kind + " " + verb);
                };
        OPEN.put(kind + " " + value, object);
        return "ok " + ((NamedObject) object).nativeKey();
    }

    private static boolean remove(String kind, String value) throws IOException {
        IpcName name = name(value);
        return switch (kind) {
            case "memory" -> SharedMemory.remove(name);
            case "semaphore" -> NamedSemaphore.remove(name);
            case "queue" -> MessageQueue.remove(name);
            default -> NamedPipe.remove(name);
        };
    }

    private static IpcName name(String value) {
        return value.startsWith("/") ? IpcName.ofNative(value) : IpcName.of(value);
    }

    private static String close(String key) throws Exception {
        OPEN.remove(key).close();
        return "closed";
    }

    private static String poke(String name, long value) {
        memory(name).segment().set(ValueLayout.JAVA_LONG, 0, value);
        return "poked";
    }

    private static SharedMemory memory(String name) {
        return (SharedMemory) OPEN.get("memory " + name);
    }

    /** Uses each mechanism once. */
    private static String work(String value) throws Exception {
        IpcName name = IpcName.of(value);
        try (SharedMemory memory = SharedMemory.create(name, 64);
                SharedMemory other = SharedMemory.open(name)) {
            memory.segment().set(ValueLayout.JAVA_INT, 0, 42);
            check(other.segment().get(ValueLayout.JAVA_INT, 0) == 42);
        } finally {
            SharedMemory.remove(name);
        }
        try (NamedSemaphore semaphore = NamedSemaphore.create(name, 1)) {
            semaphore.acquire();
            check(!semaphore.tryAcquire());
            semaphore.release();
        } finally {
            NamedSemaphore.remove(name);
        }
        try (MessageQueue queue = MessageQueue.create(name, 2, 64)) {
            queue.send(ByteBuffer.wrap(new byte[7]));
            check(queue.receive().payload().remaining() == 7);
        } finally {
            MessageQueue.remove(name);
        }
        if (Here.providers(Mechanism.NAMED_PIPE).isEmpty()) {
            return "worked";
        }
        try (NamedPipeReader reader = NamedPipe.createReader(name);
                NamedPipeWriter writer = NamedPipe.openWriter(name)) {
            writer.write(ByteBuffer.wrap(new byte[7]));
            check(reader.read(ByteBuffer.allocate(10)) == 7);
        }
        return "worked";
    }

    private static void check(boolean expected) {
        if (!expected) {
            throw new AssertionError();
        }
    }

    /**
     * Lets many virtual threads wait on semaphores, half of them on one and the others on many, and
     * one more work meanwhile.
     */
    private static String crowd(String value, int size) throws Exception {
        int many = 50;
        List<NamedSemaphore> semaphores = new ArrayList<>();
        NamedSemaphore turn = null;
        try {
            for (int i = 0; i <= many; i++) {
                semaphores.add(NamedSemaphore.create(IpcName.of(value + i), 0));
            }
            turn = NamedSemaphore.create(IpcName.of(value + "turn"), 1);
            AtomicInteger waiting = new AtomicInteger();
            AtomicInteger acquired = new AtomicInteger();
            AtomicInteger closed = new AtomicInteger();
            CountDownLatch gone = new CountDownLatch(size);
            for (int i = 0; i < size; i++) {
                NamedSemaphore mine = semaphores.get(i % 2 == 0 ? many : i / 2 % many);
                Thread.ofVirtual()
                        .start(() -> {
                            waiting.incrementAndGet();
                            try {
                                mine.acquire();
                                acquired.incrementAndGet();
                            } catch (IpcClosedException e) {
                                closed.incrementAndGet();
                            } catch (Exception e) {
                                e.printStackTrace();
                            }
                            gone.countDown();
                        });
            }
            while (waiting.get() < size) {
                Thread.sleep(1);
            }
            Thread.sleep(200);
            NamedSemaphore worker = turn;
            CountDownLatch worked = new CountDownLatch(1);
            Thread.ofVirtual()
                    .start(() -> {
                        try {
                            for (int i = 0; i < 20; i++) {
                                worker.acquire();
                                Thread.sleep(1);
                                worker.release();
                            }
                            worked.countDown();
                        } catch (Exception e) {
                            e.printStackTrace();
                        }
                    });
            if (!worked.await(60, TimeUnit.SECONDS)) {
                return "one more did not work";
            }
            if (acquired.get() != 0) {
                return "somebody acquired what nobody released";
            }
            for (int i = 0; i < size / 2; i++) {
                semaphores.get(many).release();
            }
            while (acquired.get() < size / 2) {
                Thread.sleep(1);
            }
            for (int i = 0; i < many; i++) {
                semaphores.get(i).close();
            }
            gone.await();
            return acquired.get() + " acquired, " + closed.get() + " closed";
        } finally {
            for (NamedSemaphore semaphore : semaphores) {
                semaphore.close();
                NamedSemaphore.remove(semaphore.name());
            }
            if (turn != null) {
                turn.close();
                NamedSemaphore.remove(turn.name());
            }
        }
    }
}
