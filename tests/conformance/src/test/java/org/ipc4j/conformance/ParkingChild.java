// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import org.ipc4j.Ipc;
import org.ipc4j.IpcName;
import org.ipc4j.channel.Channel;
import org.ipc4j.channel.ChannelOptions;
import org.ipc4j.channel.Receiver;
import org.ipc4j.channel.Sender;
import org.ipc4j.channel.WaitStrategy;
import org.ipc4j.memory.SharedMemory;
import org.ipc4j.spi.Parking;
import org.ipc4j.spi.ParkingProvider;
import org.ipc4j.tck.sync.WakeWords;

import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/** What {@link ChildMain} does about sleeping and waking. */
final class ParkingChild {
    /** The wait itself spins for 20 microseconds before it sleeps. */
    private static final int LONGEST_PAUSE = 60_000;

    private static final ChannelOptions BLOCKING =
            ChannelOptions.DEFAULT.withWaiting(WaitStrategy.BLOCK);

    private ParkingChild() {}

    static String answer(String[] words) throws Exception {
        String name = words[1];
        int rounds = Integer.parseInt(words[2]);
        return switch (words[0]) {
            case "sleepers" -> sleepers(name, rounds);
            case "echo" -> echo(name, rounds);
            case "call" -> call(name, rounds);
            case "pingpong" -> pingPong(name, rounds);
            case "crammed" -> crammed(name, rounds);
            case "awake" -> awake(name, rounds);
            default -> throw new IllegalArgumentException(words[0]);
        };
    }

    private static String counts() {
        return CountingParkingProvider.PARKS
                + " parks, "
                + CountingParkingProvider.UNPARKS
                + " unparks, "
                + CountingParkingProvider.TIME_OUTS
                + " time-outs";
    }

    /** Plays the second part of the words in somebody's memory. */
    private static String sleepers(String value, int rounds) throws Exception {
        IpcName name = IpcName.of(value);
        try (SharedMemory memory = SharedMemory.open(name);
                Parking parking = Ipc.provider(ParkingProvider.class).open(name, memory)) {
            return "asleep " + new WakeWords(memory.segment(), parking).echo(rounds);
        }
    }

    /** Answers what comes through {@code value-a} in {@code value-b}. */
    private static String echo(String value, int rounds) throws Exception {
        try (Receiver receiver = Receiver.open(IpcName.of(value + "-a"));
                Sender sender = Sender.open(IpcName.of(value + "-b"))) {
            return echo(receiver, sender, rounds);
        }
    }

    private static String echo(Receiver receiver, Sender sender, int rounds) throws Exception {
        ByteBuffer message = ByteBuffer.allocate(receiver.maxMessageSize());
        for (int i = 0; i < rounds; i++) {
            receiver.receive(message.clear());
            pause();
            sender.send(message.flip());
        }
        return counts();
    }

    private static void pause() {
        long end = System.nanoTime() + ThreadLocalRandom.current().nextInt(LONGEST_PAUSE);
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    private static String call(String value, int rounds) throws Exception {
        try (Sender sender = Sender.open(IpcName.of(value + "-a"));
                Receiver receiver = Receiver.open(IpcName.of(value + "-b"))) {
            call(sender, receiver, rounds);
            return counts();
        }
    }

    /** Calls through {@code value-a} and waits for the answer in {@code value-b}. */
    static void call(Sender sender, Receiver receiver, int rounds) throws Exception {
        ByteBuffer message = ByteBuffer.allocate(receiver.maxMessageSize());
        for (int i = 0; i < rounds; i++) {
            pause();
            sender.send(message.clear().putInt(i).flip());
            message.clear();
            while (i == 0 && receiver.tryReceive(message) == Receiver.NONE) {
                Thread.onSpinWait(); // until the other side is there
            }
            if (i > 0) {
                receiver.receive(message);
            }
            if (message.flip().getInt() != i) {
                throw new AssertionError("not the answer to " + i);
            }
        }
    }

    /** Two threads of this process hand a message to and fro. */
    private static String pingPong(String value, int rounds) throws Exception {
        IpcName there = IpcName.of(value + "-a");
        IpcName back = IpcName.of(value + "-b");
        try (Receiver a = Receiver.create(there, BLOCKING);
                Sender b = Sender.create(back, BLOCKING);
                Sender toA = Sender.open(there);
                Receiver ofB = Receiver.open(back)) {
            CompletableFuture<Void> answered = inThread(() -> echo(a, b, rounds));
            call(toA, ofB, rounds);
            answered.join();
            return counts();
        } finally {
            Channel.remove(there);
            Channel.remove(back);
        }
    }

    /** A sender that fills its ring again and again, and a receiver that pauses. */
    private static String crammed(String value, int rounds) throws Exception {
        IpcName name = IpcName.of(value);
        ChannelOptions small = BLOCKING.withCapacity(4096).withMaxMessageSize(64);
        try (Receiver receiver = Receiver.create(name, small);
                Sender sender = Sender.open(name)) {
            CompletableFuture<Void> sent =
                    inThread(() -> {
                        ByteBuffer message = ByteBuffer.allocate(64);
                        for (int i = 0; i < rounds; i++) {
                            sender.send(message.clear().putInt(i).clear());
                        }
                        return null;
                    });
            ByteBuffer target = ByteBuffer.allocate(64);
            for (int i = 0; i < rounds; i++) {
                if (i % 64 == 0) {
                    LockSupport.parkNanos(100_000);
                }
                receiver.receive(target.clear());
                if (target.flip().getInt() != i) {
                    throw new AssertionError("not message " + i);
                }
            }
            sent.join();
            return counts();
        } finally {
            Channel.remove(name);
        }
    }

    /** A receiver that never sleeps. */
    private static String awake(String value, int rounds) throws Exception {
        IpcName name = IpcName.of(value);
        try (Receiver receiver = Receiver.create(name, BLOCKING);
                Sender sender = Sender.open(name)) {
            CompletableFuture<Void> received =
                    inThread(() -> {
                        for (int count = 0; count < rounds; ) {
                            count += receiver.poll((memory, offset, length) -> {}, 100);
                        }
                        return null;
                    });
            for (int i = 0; i < rounds; i++) {
                long offset = sender.tryClaim(Integer.BYTES);
                while (offset < 0) {
                    Thread.onSpinWait();
                    offset = sender.tryClaim(Integer.BYTES);
                }
                sender.memory().set(ValueLayout.JAVA_INT_UNALIGNED, offset, i);
                sender.commit();
            }
            received.join();
            return counts();
        } finally {
            Channel.remove(name);
        }
    }

    private interface Work {
        Object call() throws Exception;
    }

    private static CompletableFuture<Void> inThread(Work work) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread.ofPlatform()
                .daemon()
                .start(() -> {
                    try {
                        work.call();
                        done.complete(null);
                    } catch (Throwable e) {
                        done.completeExceptionally(e);
                    }
                });
        return done;
    }
}
