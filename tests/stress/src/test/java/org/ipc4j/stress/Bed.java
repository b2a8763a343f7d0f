// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.stress;

import org.ipc4j.Ipc;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.memory.SharedMemory;
import org.ipc4j.spi.Parking;
import org.ipc4j.spi.ParkingProvider;
import org.ipc4j.spi.WakeWord;

import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;

/** A word to sleep at, and another one, far from it, that is waited for. */
final class Bed {
    private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();
    private static final long LONG_ENOUGH = 2_000_000_000L;
    private static final int BYTES = 256;
    private static final int CHANGED = 128;
    private static final int BEDS = 256;
    private static final SharedMemory MEMORY = memory();
    private static final Parking PARKING = parking();
    private static final AtomicInteger NEXT = new AtomicInteger();

    private final MemorySegment memory;
    private final long at;
    private final WakeWord word;

    /**
     * The words are used in turn; of the last one who slept there nothing but its number is left.
     */
    Bed() {
        memory = MEMORY.segment();
        at = (long) BYTES * (NEXT.getAndIncrement() & BEDS - 1);
        word = new WakeWord(PARKING, memory, at);
        INT.setVolatile(memory, at + CHANGED, 0);
    }

    private static SharedMemory memory() {
        try {
            IpcName name = IpcName.of("ipc4j-stress-bed-" + ProcessHandle.current().pid());
            SharedMemory memory = SharedMemory.create(name, BYTES * BEDS);
            SharedMemory.remove(name);
            return memory;
        } catch (IpcException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Parking parking() {
        try {
            return Ipc.provider(ParkingProvider.class).open(MEMORY.name(), MEMORY);
        } catch (IpcException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Changes what others wait for, with release only, and wakes them. */
    void change() {
        INT.setRelease(memory, at + CHANGED, 1);
        word.wake();
    }

    private boolean isChanged() {
        return (int) INT.getAcquire(memory, at + CHANGED) != 0;
    }

    /** Sleeps until it has changed; tells how that went. */
    String sleep() {
        if (isChanged()) {
            return "awake";
        }
        try {
            while (!isChanged()) {
                if (!word.sleep(this::isChanged, LONG_ENOUGH, true)) {
                    return "lost";
                }
            }
        } catch (IpcException e) {
            return e.toString();
        }
        return "woken";
    }
}
