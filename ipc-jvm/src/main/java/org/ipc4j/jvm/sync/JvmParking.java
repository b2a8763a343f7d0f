// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.sync;

import org.ipc4j.IpcName;
import org.ipc4j.memory.SharedMemory;
import org.ipc4j.spi.Arguments;
import org.ipc4j.spi.Parking;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/** Plain Java cannot wake another process, so who parks here looks at the word now and then. */
final class JvmParking implements Parking {
    private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();
    private static final long SHORTEST_PAUSE = 20_000;
    private static final long LONGEST_PAUSE = 5_000_000;

    private final IpcName name;
    private final MemorySegment segment;
    private volatile boolean open = true;

    JvmParking(IpcName name, SharedMemory memory) {
        this.name = name;
        this.segment = memory.segment();
    }

    @Override
    public Waking wakes() {
        return Waking.NOBODY;
    }

    /** The delay that the pauses add is in proportion to what was waited anyway. */
    @Override
    public boolean park(long offset, int expected, long nanos) {
        long start = System.nanoTime();
        long waited = 0;
        while (waited < nanos) {
            Arguments.requireOpen(open, name);
            if ((int) INT.getAcquire(segment, offset) != expected
                    || Thread.currentThread().isInterrupted()) {
                return true;
            }
            long pause = Math.clamp(waited / 4, SHORTEST_PAUSE, LONGEST_PAUSE);
            LockSupport.parkNanos(this, Math.min(pause, nanos - waited));
            waited = System.nanoTime() - start;
        }
        return (int) INT.getAcquire(segment, offset) != expected;
    }

    @Override
    public void unpark(long offset) {
        Arguments.requireOpen(open, name);
    }

    /** The word is looked at again and again, so nobody has to see a sleeper. */
    @Override
    public boolean needsFence() {
        return false;
    }

    @Override
    public boolean heavyFence() {
        return false;
    }

    @Override
    public void close() {
        open = false;
    }
}
