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
 * How one end of a channel waits for the others, and wakes them.
 *
 * <p>If the channel is one that blocks, and this process can wake others, an end sleeps at a word
 * of its own and wakes at the others' words. An end that cannot says so, since the others would
 * wait for it in vain.
 */
final class Waiting implements AutoCloseable {
    private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();
    private static final int MUTE = 1;

    private final IpcName name;
    private final ChannelLayout layout;
    private final MemorySegment memory;

    /** Null if nobody is woken. */
    private final Parking parking;

    private Waiting(IpcName name, ChannelLayout layout, MemorySegment memory, Parking parking) {
        this.name = name;
        this.layout = layout;
        this.memory = memory;
        this.parking = parking;
    }

    /** Prepares the waiting in a channel. */
    static Waiting in(IpcName name, Composite<ChannelLayout> channel) throws IpcException {
        MemorySegment memory = channel.memory().segment();
        ChannelLayout layout = channel.layout();
        boolean blocks = layout.options().waiting() == WaitStrategy.BLOCK;
        Parking parking = blocks ? Sleepers.parking(name, channel.memory()).orElse(null) : null;
        return new Waiting(name, layout, memory, parking);
    }

    /** Makes the place where the threads of this end wait. */
    Wait place(BooleanSupplier open, IntSupplier ready) {
        return switch (layout.options().waiting()) {
            case SPIN -> Wait.bySpinning(name, open, ready);
            case BACKOFF -> Wait.byPolling(name, open, ready);
            case BLOCK ->
                    parking == null
                            ? Wait.byPolling(name, open, ready)
                            : Wait.inKernel(name, open, ready);
        };
    }

    /** Returns the word at which the receiver sleeps; null if this end wakes nobody. */
    WakeWord messages() {
        return word(ChannelLayout.MESSAGES);
    }

    /** Returns the word at which the sender of a ring sleeps; null if this end wakes nobody. */
    WakeWord room(int ring) {
        return word(layout.words(ring) + ChannelLayout.ROOM);
    }

    private WakeWord word(long offset) {
        return parking == null ? null : new WakeWord(parking, memory, offset);
    }

    /** Tells the others whether they are woken by the end that has taken a seat. */
    void announce(long seat) {
        INT.setRelease(memory, seat + ChannelLayout.MUTE, parking == null ? MUTE : 0);
    }

    /** Tells whether the receiver wakes senders. */
    boolean isReceiverHeard() {
        return isHeard(ChannelLayout.RECEIVER);
    }

    /** Tells whether all senders wake the receiver. */
    boolean areSendersHeard(int rings) {
        for (int i = 0; i < rings; i++) {
            if (!isHeard(layout.words(i) + ChannelLayout.SENDER)) {
                return false;
            }
        }
        return true;
    }

    private boolean isHeard(long seat) {
        return (int) INT.getAcquire(memory, seat + ChannelLayout.MUTE) != MUTE;
    }

    @Override
    public void close() {
        if (parking != null) {
            parking.close();
        }
    }
}
