// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.spi;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * The platform thread that watches objects for all the virtual threads that wait on them.
 *
 * <p>It sleeps until the next object is due, asks it how many waiters could go on, and unparks
 * those. An object costs about a microsecond a look, so thousands of them can be watched.
 */
final class VirtualWaiters implements Runnable {
    /** An object and when to look at it next, by {@link System#nanoTime}. */
    private record Due(Wait place, long time) {}

    /**
     * The shortest pause, in nanoseconds for each object that is watched. A look costs about a
     * microsecond, so however many there are, this thread takes a quarter of a processor at most.
     */
    private static final long SHARE = 4_000;

    private static final VirtualWaiters INSTANCE = new VirtualWaiters();

    /** Objects that a virtual thread has just begun to wait for: to be looked at at once. */
    private final ConcurrentLinkedQueue<Wait> joined = new ConcurrentLinkedQueue<>();

    private final Thread watcher;

    private VirtualWaiters() {
        watcher =
                Thread.ofPlatform()
                        .name("ipc4j-virtual-waiters")
                        .daemon()
                        .inheritInheritableThreadLocals(false)
                        .unstarted(this);
        watcher.setContextClassLoader(null);
        watcher.start();
    }

    /** Looks at an object soon, and from then on as long as a virtual thread waits there. */
    static void watch(Wait wait) {
        INSTANCE.joined.add(wait);
        LockSupport.unpark(INSTANCE.watcher);
    }

    @Override
    public void run() {
        Schedule schedule = new Schedule();
        while (true) {
            long now = System.nanoTime();
            for (Wait wait = joined.poll(); wait != null; wait = joined.poll()) {
                schedule.put(new Due(wait, now));
            }
            Due next = schedule.first();
            if (next == null) {
                LockSupport.park(this);
            } else if (next.time() > now) {
                LockSupport.parkNanos(this, next.time() - now);
            } else {
                long pause = next.place().unparkReady(now);
                if (pause > 0) {
                    schedule.put(
                            new Due(next.place(), now + Math.max(pause, schedule.size() * SHARE)));
                } else {
                    schedule.remove(next.place());
                }
            }
        }
    }

    /**
     * One {@link Due} for each object. An object that is put again leaves its old entry behind, to
     * be skipped.
     */
    private static final class Schedule {
        private final PriorityQueue<Due> byTime =
                new PriorityQueue<>(Comparator.comparingLong(Due::time));
        private final Map<Wait, Due> valid = new HashMap<>();

        void put(Due due) {
            valid.put(due.place(), due);
            byTime.add(due);
        }

        void remove(Wait wait) {
            valid.remove(wait);
        }

        int size() {
            return valid.size();
        }

        Due first() {
            Due due = byTime.peek();
            while (due != null && valid.get(due.place()) != due) {
                byTime.remove();
                due = byTime.peek();
            }
            return due;
        }
    }
}
