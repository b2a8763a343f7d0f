// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.sys;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.spi.Wait;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A lock in shared memory that outlives its owner.
 *
 * <p>It is one {@code long}: 0 when it is free, the {@linkplain Participant#word word} of the
 * participant that has it, or -1 when it was left with its work half done. Who finds that its owner
 * has died takes it over with one compare-and-set, and is told to repair what it guards. A word
 * never comes back once its participant is dead, so nobody is evicted by mistake; and an owner that
 * is only slow, or frozen, is not evicted at all.
 *
 * <p>Within this JVM the participant's turn comes first. Who has that and finds the JVM's own word
 * in the lock knows that a thread of ours did not get to give it back.
 *
 * <p>Uncontended, it is two compare-and-sets to take and two stores to give back; it allocates
 * nothing.
 */
public final class RobustLock {
    /** What an attempt to take the lock gave. */
    public enum Grant {
        /** Nothing: somebody alive has it. */
        BUSY,
        /** The lock. */
        CLEAN,
        /** The lock, and what it guards may be half changed. */
        ABANDONED
    }

    private static final long FREE = 0;
    private static final long LEFT = -1;
    private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();

    /**
     * A word that stays that long may be a dead owner's. While it is not, the next question comes
     * after twice the time.
     */
    private static final long SUSPICION = TimeUnit.MILLISECONDS.toNanos(1);

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(1);

    private static final int SPINS = 100;
    private static final int YIELDS = 20;
    private static final long SHORTEST_PAUSE = 10_000;
    private static final long LONGEST_PAUSE = 500_000;

    private final IpcName name;
    private final MemorySegment memory;
    private final long offset;
    private final Participant self;
    private final ParticipantTable others;

    /**
     * Uses a word of an object's memory as its lock.
     *
     * @param name the object's name, for messages
     * @param offset where the word is in the table's memory; it starts as 0
     */
    public RobustLock(IpcName name, long offset, Participant self, ParticipantTable others) {
        this.name = name;
        this.memory = others.memory();
        this.offset = offset;
        this.self = self;
        this.others = others;
    }

    /** Tells whether nobody has the lock and nothing is to be repaired, at this moment. */
    public boolean isFree() {
        return word() == FREE;
    }

    /** Takes the lock, trying for {@link Wait#SLICE} at most. */
    public Grant tryLock() throws IpcException {
        if (!self.tryEnter() && !enterWithin(Wait.SLICE)) {
            return Grant.BUSY;
        }
        Grant grant = Grant.BUSY;
        try {
            grant = change(FREE) ? Grant.CLEAN : contend();
            return grant;
        } finally {
            if (grant == Grant.BUSY) {
                self.exit();
            }
        }
    }

    /** Gives the lock back. */
    public void unlock() {
        giveBack(FREE);
    }

    /** Gives the lock back with what it guards half changed; the next owner has to repair that. */
    public void abandon() {
        giveBack(LEFT);
    }

    /**
     * Runs something while no thread of this JVM has the lock, or gets it. It must not throw.
     *
     * <p>The JDK may tell of memory that was cut short a few instructions late, so a thread can
     * lose its turn without giving it back. Nobody waits for that for ever.
     */
    public void exclude(Runnable last) {
        boolean entered = self.tryEnter() || enterWithin(PATIENCE);
        try {
            last.run();
        } finally {
            if (entered) {
                self.exit();
            }
        }
    }

    private void giveBack(long word) {
        try {
            LONG.setRelease(memory, offset, word);
        } finally {
            self.exit();
        }
    }

    private long word() {
        return (long) LONG.getAcquire(memory, offset);
    }

    private boolean change(long from) {
        return LONG.compareAndSet(memory, offset, from, self.word());
    }

    private boolean enterWithin(long nanos) {
        long start = System.nanoTime();
        for (int round = 0; System.nanoTime() - start < nanos; round++) {
            pause(round);
            if (self.tryEnter()) {
                return true;
            }
        }
        return false;
    }

    private Grant contend() throws IpcException {
        long start = System.nanoTime();
        long now = start;
        long seen = FREE;
        long since = start;
        long suspicion = SUSPICION;
        for (int round = 0; now - start < Wait.SLICE; round++) {
            long word = word();
            if (word == FREE) {
                if (change(FREE)) {
                    return Grant.CLEAN;
                }
            } else if (word == LEFT || word == self.word()) {
                if (change(word)) {
                    return Grant.ABANDONED;
                }
            } else if (word != seen) {
                seen = word;
                since = now;
                suspicion = SUSPICION;
            } else if (now - since > suspicion) {
                if (self.isDead(name, word, others) && change(word)) {
                    return Grant.ABANDONED;
                }
                suspicion *= 2;
            }
            pause(round);
            now = System.nanoTime();
        }
        return Grant.BUSY;
    }

    private static void pause(int round) {
        if (round < SPINS) {
            Thread.onSpinWait();
        } else if (round < SPINS + YIELDS) {
            Thread.yield();
        } else {
            LockSupport.parkNanos(
                    Math.min((round - SPINS - YIELDS + 1) * SHORTEST_PAUSE, LONGEST_PAUSE));
        }
    }
}
