// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.channel;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.channel.WaitStrategy;
import org.ipc4j.jvm.sys.Composite;
import org.ipc4j.jvm.sys.Sleepers;
import org.ipc4j.spi.Parking;
import org.ipc4j.spi.Wait;
import org.ipc4j.spi.WakeWord;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/**
 * How one end of a channel or a topic waits for the others, and wakes them.
 *
 * <p>If the object is one that blocks, and this process can wake others, an end sleeps at a word of
 * its own and wakes at the others' words. An end that cannot says so, since the others would wait
 * for it in vain.
 */
final class Waiting implements AutoCloseable {
    private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();
    private static final int MUTE = 1;

    private final IpcName name;
    private final WaitStrategy strategy;
    private final MemorySegment memory;

    /** Null if this process wakes nobody there. */
    private final Parking parking;

    private Waiting(IpcName name, WaitStrategy strategy, MemorySegment memory, Parking parking) {
        this.name = name;
        this.strategy = strategy;
        this.memory = memory;
        this.parking = parking;
    }

    /** Prepares the waiting in a channel or a topic. */
    static Waiting in(IpcName name, Composite<? extends Layout> object) throws IpcException {
        WaitStrategy strategy = object.layout().waiting();
        Parking parking =
                strategy == WaitStrategy.BLOCK
                        ? Sleepers.parking(name, object.memory()).orElse(null)
                        : null;
        return new Waiting(name, strategy, object.memory().segment(), parking);
    }

    /** Makes the place where the threads of this end wait. */
    Wait place(BooleanSupplier open, IntSupplier ready) {
        return switch (strategy) {
            case SPIN -> Wait.bySpinning(name, open, ready);
            case BACKOFF -> Wait.byPolling(name, open, ready);
            case BLOCK ->
                    parking == null
                            ? Wait.byPolling(name, open, ready)
                            : Wait.inKernel(name, open, ready);
        };
    }

    /** Returns a word at which somebody sleeps; null if this end wakes nobody. */
    WakeWord word(long offset) {
        return parking == null ? null : new WakeWord(parking, memory, offset);
    }

    /** Tells whether all who sleep at one word are woken together. */
    boolean wakesAll() {
        return parking != null && parking.wakes() == Parking.Waking.ALL;
    }

    /** Tells the others whether they are woken by the end that has taken a seat. */
    void announce(Seat seat) {
        INT.setRelease(memory, seat.offset() + Seat.MUTE, parking == null ? MUTE : 0);
    }

    /** Tells whether who has a seat wakes the others. */
    boolean isHeard(long seat) {
        return (int) INT.getAcquire(memory, seat + Seat.MUTE) != MUTE;
    }

    @Override
    public void close() {
        if (parking != null) {
            parking.close();
        }
    }
}
