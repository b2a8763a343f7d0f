// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.spi;

import org.ipc4j.file.FileLockMode;
import org.ipc4j.file.FileRange;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * Those who wait for locks of one file, in the order in which they came. Who excludes somebody that
 * came earlier lets him go first, so nobody is passed by for ever: neither a writer by readers that
 * take turns, nor anybody by one who unlocks and locks again at once.
 */
final class LockLine {
    private final Set<Waiter> waiters = new LinkedHashSet<>();

    /** How many they are, for who only wants to know that there is nobody. */
    private volatile int length;

    /** One who waits. Two are never equal, so this is no record. */
    static final class Waiter {
        private final Thread thread = Thread.currentThread();
        private final FileLockMode mode;
        private final FileRange range;

        private Waiter(FileLockMode mode, FileRange range) {
            this.mode = mode;
            this.range = range;
        }

        private boolean excludes(Waiter other) {
            return mode.excludes(other.mode) && range.overlaps(other.range);
        }

        private boolean excludesAll() {
            return mode == FileLockMode.EXCLUSIVE && range.equals(FileRange.WHOLE);
        }
    }

    boolean isEmpty() {
        return length == 0;
    }

    synchronized Waiter join(FileLockMode mode, FileRange range) {
        Waiter waiter = new Waiter(mode, range);
        waiters.add(waiter);
        length = waiters.size();
        return waiter;
    }

    /** Ends a wait, and lets those go on who stood behind. */
    synchronized void leave(Waiter waiter) {
        waiters.remove(waiter);
        length = waiters.size();
        wake();
    }

    /** Tells whether nobody came earlier whom this waiter excludes. */
    synchronized boolean isTurn(Waiter waiter) {
        for (Waiter earlier : waiters) {
            if (earlier == waiter) {
                return true;
            }
            if (earlier.excludes(waiter)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Has all those look whose turn it is. Who joins after this has found nobody looks after that,
     * and finds what there is to find.
     */
    void wake() {
        if (!isEmpty()) {
            wakeFirst();
        }
    }

    private synchronized void wakeFirst() {
        List<Waiter> passed = new ArrayList<>();
        for (Waiter waiter : waiters) {
            if (passed.stream().noneMatch(waiter::excludes)) {
                LockSupport.unpark(waiter.thread);
            }
            if (waiter.excludesAll()) {
                return; // whoever comes later is behind this one
            }
            passed.add(waiter);
        }
    }
}
