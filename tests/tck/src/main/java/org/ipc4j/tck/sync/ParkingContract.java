// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.ipc4j.Access;
import org.ipc4j.Ipc;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.memory.SharedMemory;
import org.ipc4j.memory.SharedMemoryOptions;
import org.ipc4j.spi.Availability;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.Parking;
import org.ipc4j.spi.Parking.Waking;
import org.ipc4j.spi.ParkingProvider;
import org.ipc4j.spi.SharedMemoryProvider;
import org.ipc4j.spi.WakeWord;
import org.ipc4j.tck.ProviderFixture;
import org.ipc4j.tck.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What every {@link Parking} does, in memory of whichever provider is selected. A thread that is
 * not woken hangs, which the watchdog sees.
 */
public abstract class ParkingContract extends ProviderFixture<SharedMemoryProvider> {
    private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();
    private static final long HOUR = TimeUnit.HOURS.toNanos(1);
    private static final int WORD = 128;
    private static final int OTHER_WORD = 256;

    private SharedMemory memory;
    private Parking parking;

    /** For subclasses. */
    protected ParkingContract() {}

    /**
     * Returns the provider that is tested.
     *
     * @return the provider
     */
    protected abstract ParkingProvider parkingProvider();

    @Override
    protected SharedMemoryProvider provider() {
        return Ipc.provider(SharedMemoryProvider.class);
    }

    /**
     * Makes memory to sleep in.
     *
     * @throws IpcException if that fails
     */
    @BeforeEach
    protected void open() throws IpcException {
        if (parkingProvider().availability() instanceof Availability.Unavailable(String reason)) {
            assumeTrue(false, parkingProvider().name() + " is unavailable: " + reason);
        }
        IpcName name = fresh();
        memory = closing(provider().create(name, SharedMemoryOptions.ofSize(4096)));
        parking = closing(parkingProvider().open(name, memory));
    }

    private void requireWaking() {
        assumeTrue(
                parking.wakes() != Waking.NOBODY, () -> parkingProvider().name() + " wakes nobody");
    }

    private void set(long offset, int value) {
        INT.setVolatile(memory.segment(), offset, value);
    }

    /** As another process has it: another handle of the same memory. */
    private Parking other() throws IpcException {
        SharedMemory same = closing(provider().open(memory.name(), Access.OWNER));
        return closing(parkingProvider().open(memory.name(), same));
    }

    /** A provider declares that the kernel wakes if, and only if, somebody is woken. */
    @Test
    protected void declaresWhetherItWakes() {
        assertFalse(parkingProvider().name().isBlank());
        assertEquals(
                parking.wakes() != Waking.NOBODY,
                parkingProvider().capabilities().contains(Capability.KERNEL_WAIT));
        assertEquals(parking.wakes(), parking.wakes());
    }

    /**
     * Who parks at a word that has another value comes back.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void doesNotSleepAtAnotherValue() throws Exception {
        set(WORD, 7);
        assertTrue(Task.start(() -> parking.park(WORD, 8, HOUR)).result());
    }

    /**
     * The time is up when it is up.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void timeIsUp() throws Exception {
        for (long nanos : new long[] {0, 1, 30_000_000}) {
            long start = System.nanoTime();
            while (parking.park(WORD, 0, nanos)) {
                start = System.nanoTime(); // it may come back early, and then says so
            }
            assertTrue(System.nanoTime() - start >= nanos);
        }
    }

    /**
     * Who parks is woken, by the same handle and by another one.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void wakes() throws Exception {
        requireWaking();
        for (Parking waker : List.of(parking, other())) {
            set(WORD, 1);
            Task<Void> sleeper =
                    Task.start(() -> {
                        while ((int) INT.getVolatile(memory.segment(), WORD) == 1) {
                            parking.park(WORD, 1, HOUR);
                        }
                        return null;
                    });
            sleeper.assertWaiting();
            waker.unpark(OTHER_WORD);
            sleeper.assertWaiting();
            set(WORD, 2);
            waker.unpark(WORD);
            sleeper.result();
        }
    }

    /**
     * All who park are woken, where that is declared, however many.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void wakesAll() throws Exception {
        assumeTrue(parking.wakes() == Waking.ALL, "it does not wake all");
        List<Task<Boolean>> sleepers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            sleepers.add(Task.start(() -> parking.park(WORD, 0, HOUR)));
        }
        for (Task<Boolean> sleeper : sleepers) {
            sleeper.assertWaiting();
        }
        set(WORD, 1);
        parking.unpark(WORD);
        for (Task<Boolean> sleeper : sleepers) {
            assertTrue(sleeper.result());
        }
    }

    /**
     * Who relies on not fencing must be reached by the fence of who sleeps: at least a process's
     * own fence reaches itself.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void whoDoesNotFenceIsReached() throws Exception {
        requireWaking();
        if (!parking.needsFence()) {
            assertTrue(parking.heavyFence());
            assertFalse(parking.needsFence(), "it never needs a fence again");
        }
    }

    /** Misuse is refused. */
    @Test
    protected void refusesMisuse() {
        assertThrows(IllegalArgumentException.class, () -> parking.park(2, 0, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> parking.park(1 << 20, 0, 1));
        parking.close();
        parking.close();
        assertThrows(IllegalStateException.class, () -> parking.park(WORD, 0, 1));
        assertThrows(IllegalStateException.class, () -> parking.unpark(WORD));
    }

    /**
     * A change that nobody waits for makes no system call; one after a sleeper has given up makes
     * one.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void nobodyAsleepIsNotWoken() throws Exception {
        requireWaking();
        Counted counted = new Counted(parking);
        WakeWord word = new WakeWord(counted, memory.segment(), WORD);
        for (int i = 0; i < 10_000; i++) {
            word.wake();
        }
        assertEquals(0, counted.unparks);
        assertTrue(word.sleep(() -> true, HOUR, true), "there was something to do");
        while (word.sleep(() -> false, 1_000_000, true)) {
            assertEquals(0, counted.unparks);
        }
        for (int i = 0; i < 10_000; i++) {
            word.wake();
        }
        assertEquals(1, counted.unparks);
    }

    /**
     * No wake-up is lost, whenever it comes: two threads hand a number to and fro, each after a
     * pause of its own, and sleep at once. Whoever misses one sleeps for an hour.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void losesNoWakeUp() throws Exception {
        requireWaking();
        int rounds = Integer.getInteger("org.ipc4j.tck.wakeups", 30_000);
        WakeWords words = new WakeWords(memory.segment(), parking);
        Task<Long> echo = Task.start(() -> words.echo(rounds));
        long asleep = words.call(rounds);
        asleep += echo.result();
        assertTrue(asleep > 0, "nobody ever slept");
    }

    /** A real one, whose calls are counted. */
    private static final class Counted implements Parking {
        private final Parking real;
        private int unparks;

        Counted(Parking real) {
            this.real = real;
        }

        @Override
        public Waking wakes() {
            return real.wakes();
        }

        @Override
        public boolean park(long offset, int expected, long nanos) throws IpcException {
            return real.park(offset, expected, nanos);
        }

        @Override
        public void unpark(long offset) {
            unparks++;
            real.unpark(offset);
        }

        @Override
        public boolean needsFence() {
            return real.needsFence();
        }

        @Override
        public boolean heavyFence() {
            return real.heavyFence();
        }

        @Override
        public void close() {
            real.close();
        }
    }
}
