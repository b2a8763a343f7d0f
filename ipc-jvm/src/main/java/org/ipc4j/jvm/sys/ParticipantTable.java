// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.sys;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * Who takes part in an object: one {@code long} in shared memory for each {@link Participant}, its
 * epoch.
 *
 * <p>A process takes an entry by locking the byte of the entry's index in the lock file, and raises
 * the epoch. So an entry and its epoch name one process's participation and never another's.
 *
 * @param memory the object's memory
 * @param offset where the table starts in it
 */
public record ParticipantTable(MemorySegment memory, long offset) {
    /** How many processes can take part. */
    public static final int LENGTH = 1024;

    /** How many bytes the table has. */
    public static final long BYTES = LENGTH * Long.BYTES;

    private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();
    private static final long MAX_EPOCH = (1L << 46) - 1;

    long epoch(int index) {
        return (long) LONG.getAcquire(memory, at(index));
    }

    /** Begins the next epoch of an entry. Only for who has locked the byte of the entry. */
    long advance(int index) {
        long last = epoch(index);
        long next =
                last < 0 || last >= MAX_EPOCH
                        ? 1
                        : last + 1; // a damaged table is no reason to stop
        set(index, next);
        return next;
    }

    /** Enters a participant into the table of an object in the making. */
    public void enter(Participant founder) {
        set(founder.index(), founder.epoch());
    }

    private void set(int index, long epoch) {
        LONG.setRelease(memory, at(index), epoch);
    }

    private long at(int index) {
        return offset + (long) index * Long.BYTES;
    }
}
