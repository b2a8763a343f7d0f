// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.ipc4j.tck.Task;
import org.ipc4j.tck.sync.WakeWords;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Who sleeps in a channel that blocks is woken, and nobody else is; in one process and in two. The
 * children count what is asked of the system, and sleep on where a lost wake-up would be made good.
 */
@Timeout(120)
class ParkingProcessesTest {
    private static final int ROUNDS = Integer.getInteger("org.ipc4j.tck.wakeups", 5_000);
    private static final ChannelOptions BLOCKING =
            ChannelOptions.DEFAULT.withWaiting(WaitStrategy.BLOCK);

    @TempDir private Path directory;
    private final String name = Names.fresh();

    @BeforeEach
    void provide() throws Exception {
        Path services = Files.createDirectories(directory.resolve("META-INF/services"));
        Files.writeString(
                services.resolve(ParkingProvider.class.getName()),
                CountingParkingProvider.class.getName() + "\n");
    }

    private Child counting() throws Exception {
        return Child.with(directory, "-Dorg.ipc4j.provider.parking=counting");
    }

    private static void assertNothingLost(String counts) {
        assertTrue(counts.matches("[1-9]\\d* parks, [1-9]\\d* unparks, 0 time-outs"), counts);
    }

    @Test
    void noWakeUpIsLostBetweenThreads() throws Exception {
        try (Child child = counting()) {
            assertNothingLost(child.ask("pingpong " + name + " " + ROUNDS));
        }
    }

    @Test
    void aSenderThatWaitsForRoomIsWoken() throws Exception {
        try (Child child = counting()) {
            assertNothingLost(child.ask("crammed " + name + " " + ROUNDS));
        }
    }

    /** But for the one call of a sender that comes, in whose place one may have died. */
    @Test
    void aReceiverThatDoesNotSleepIsNotWoken() throws Exception {
        try (Child child = counting()) {
            assertEquals(
                    "0 parks, 1 unparks, 0 time-outs", child.ask("awake " + name + " 1000000"));
        }
    }

    @Test
    void noWakeUpIsLostBetweenProcesses() throws Exception {
        IpcName there = IpcName.of(name + "-a");
        IpcName back = IpcName.of(name + "-b");
        try (Sender sender = Sender.create(there, BLOCKING);
                Receiver receiver = Receiver.create(back, BLOCKING);
                Child child = counting()) {
            Task<String> echo = Task.start(() -> child.ask("echo " + name + " " + ROUNDS));
            ParkingChild.call(sender, receiver, ROUNDS);
            assertNothingLost(echo.result());
        } finally {
            Channel.remove(there);
            Channel.remove(back);
        }
    }

    @Test
    void noWakeUpOfAWordIsLostBetweenProcesses() throws Exception {
        IpcName memoryName = IpcName.of(name);
        try (SharedMemory memory = SharedMemory.create(memoryName, 512);
                Parking parking = Ipc.provider(ParkingProvider.class).open(memoryName, memory);
                Child child = Child.with(Child.location("org.ipc4j.tck"))) {
            if (parking.wakes() != Parking.Waking.NOBODY) {
                Task<String> echo = Task.start(() -> child.ask("sleepers " + name + " " + ROUNDS));
                long asleep = new WakeWords(memory.segment(), parking).call(ROUNDS);
                assertTrue(echo.result().matches("asleep \\d+"), echo.result());
                assertTrue(asleep > 0);
            }
        } finally {
            SharedMemory.remove(memoryName);
        }
    }

    /** A process without native access can wake nobody; the others look by themselves then. */
    @Test
    void whoCannotWakeIsNotWaitedFor() throws Exception {
        IpcName there = IpcName.of(name + "-a");
        IpcName back = IpcName.of(name + "-b");
        ChannelOptions ofTwo = BLOCKING.withSenders(2); // one keeps the channel there
        try (Sender idle = Sender.create(there, ofTwo);
                Sender other = Sender.create(back, ofTwo);
                Child mute = Child.modular("-Dorg.ipc4j.provider.parking=jvm");
                Child counting = counting()) {
            assertEquals(idle.index(), other.index());
            Task<String> echo = Task.start(() -> mute.ask("echo " + name + " 200"));
            String counts = counting.ask("call " + name + " 200");
            assertTrue(counts.matches("[1-9]\\d* parks, \\d+ unparks, 0 time-outs"), counts);
            assertEquals("0 parks, 0 unparks, 0 time-outs", echo.result());
        } finally {
            Channel.remove(there);
            Channel.remove(back);
        }
    }
}
