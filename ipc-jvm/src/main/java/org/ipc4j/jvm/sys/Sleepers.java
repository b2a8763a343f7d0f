// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.sys;

import org.ipc4j.Ipc;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.memory.SharedMemory;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.Parking;
import org.ipc4j.spi.Parking.Waking;
import org.ipc4j.spi.ParkingProvider;
import org.ipc4j.spi.Wait;
import org.ipc4j.spi.WakeWord;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/**
 * Those who wait for an object in shared memory that many threads may wait for: where this process
 * can wake others, they sleep until somebody has changed the object; elsewhere they look again now
 * and then.
 *
 * <p>A word of the object is 1 from the moment on that anybody used it who cannot wake others. From
 * then on nobody sleeps for long.
 */
public final class Sleepers {
    private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();
    private static final int MUTE = 1;

    private final IpcName name;
    private final MemorySegment memory;
    private final long mute;

    /** Null if this process cannot wake others. */
    private final Parking parking;

    private Sleepers(IpcName name, MemorySegment memory, long mute, Parking parking) {
        this.name = name;
        this.memory = memory;
        this.mute = mute;
        this.parking = parking;
    }

    /**
     * Prepares the waiting for an object.
     *
     * @param mute where the word is that tells whether there was anybody who cannot wake
     */
    public static Sleepers of(IpcName name, SharedMemory memory, long mute) throws IpcException {
        Parking parking = parking(name, memory).orElse(null);
        if (parking == null) {
            INT.setRelease(memory.segment(), mute, MUTE);
        }
        return new Sleepers(name, memory.segment(), mute, parking);
    }

    /** Returns places to sleep at, if this process can wake those who do. */
    public static Optional<Parking> parking(IpcName name, SharedMemory memory) throws IpcException {
        if (!memory.segment().isNative()) {
            return Optional.empty();
        }
        Parking parking = Ipc.provider(ParkingProvider.class).open(name, memory);
        if (parking.wakes() == Waking.NOBODY) {
            parking.close();
            return Optional.empty();
        }
        return Optional.of(parking);
    }

    /** Tells whether processes like this one can wake others. */
    public static boolean areWoken() {
        try {
            return Ipc.provider(ParkingProvider.class)
                    .capabilities()
                    .contains(Capability.KERNEL_WAIT);
        } catch (UnsupportedOperationException | IllegalStateException e) {
            return false;
        }
    }

    /**
     * Makes the place where threads wait for one event.
     *
     * @param word where its {@link WakeWord} is
     */
    public Place at(long word, BooleanSupplier open, IntSupplier ready) {
        if (parking == null) {
            return new Place(Wait.byPolling(name, open, ready), null, null);
        }
        return new Place(
                Wait.inKernel(name, open, ready),
                new WakeWord(parking, memory, word),
                () -> ready.getAsInt() > 0);
    }

    /** Gives up the places. */
    public void close() {
        if (parking != null) {
            parking.close();
        }
    }

    /** Where threads wait for one event. */
    public final class Place {
        private final Wait threads;
        private final WakeWord word;
        private final BooleanSupplier ready;

        private Place(Wait threads, WakeWord word, BooleanSupplier ready) {
            this.threads = threads;
            this.word = word;
            this.ready = ready;
        }

        /** Returns the threads of this process. */
        public Wait threads() {
            return threads;
        }

        /** Sleeps until the event has probably come. */
        public void sleep(long nanos) throws IpcException {
            if (nanos > 0) {
                boolean certain =
                        parking.wakes() == Waking.ALL && (int) INT.getAcquire(memory, mute) != MUTE;
                word.sleep(ready, nanos, certain);
            }
        }

        /** Wakes those who sleep; to be called when the event has come. */
        public void wake() {
            if (word != null) {
                word.wake();
            }
        }
    }
}
