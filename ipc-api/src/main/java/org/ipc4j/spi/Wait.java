// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.spi;

import org.ipc4j.IpcClosedException;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/**
 * The place where threads wait for one event of one object: a permit, room in a queue, bytes in a
 * pipe.
 *
 * <p>Nothing here waits for ever in the kernel. Whoever waits
 *
 * <ol>
 *   <li>tries, then spins for some 20 microseconds, since waking a halted processor costs more than
 *       that;
 *   <li>as a platform thread, waits in the kernel for {@linkplain #SLICE slices} of 50 ms, between
 *       which it looks for an interrupt, for the object having been closed, and for its time being
 *       up; where there is no kernel wait, it pauses for a quarter of the time already waited, at
 *       least 20 microseconds and at most 5 ms, unless it was asked to spin on;
 *   <li>as a virtual thread, parks. It never enters a blocking system call, which would hold its
 *       carrier: one platform thread, shared by all objects, asks each object at the same
 *       proportional pauses how many waiters could go on, and unparks as many. Since it only asks
 *       and never takes, nothing has to be given back for a waiter that gave up. Where thousands of
 *       objects are waited for at a time, the pauses grow with their number.
 * </ol>
 *
 * <p>Objects of this class are made by providers, one for each event that threads wait for.
 */
public final class Wait {
    /** Longer than anybody waits. */
    public static final Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE);

    /** The longest wait in the kernel, in nanoseconds. */
    public static final long SLICE = 50_000_000;

    /**
     * Waking a halted processor costs 20 to 50 microseconds on a virtual machine; what comes sooner
     * is spun for.
     */
    private static final long SPIN = Runtime.getRuntime().availableProcessors() > 1 ? 20_000 : 0;

    private static final long SHORTEST_PAUSE = 20_000;
    private static final long LONGEST_PAUSE = 5_000_000;

    private static final VarHandle LOOKING;

    static {
        try {
            LOOKING = MethodHandles.lookup().findVarHandle(Wait.class, "looking", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final IpcName name;
    private final BooleanSupplier open;
    private final How how;
    private final IntSupplier ready;

    /** The virtual threads that wait here, in the order in which they came. Guarded by itself. */
    private final Set<Thread> parked = new LinkedHashSet<>();

    /**
     * When {@link VirtualWaiters} last had a reason to expect something soon, by {@link
     * System#nanoTime}.
     */
    private volatile long since;

    /** How many threads that wait here may be looking at the object. */
    private volatile int looking;

    /** How a platform thread waits when it has spun for a while. */
    private enum How {
        IN_KERNEL,
        BY_POLLING,
        BY_SPINNING
    }

    private Wait(IpcName name, BooleanSupplier open, How how, IntSupplier ready) {
        this.name = name;
        this.open = open;
        this.how = how;
        this.ready = ready;
    }

    /**
     * Makes a place to wait for an event that the kernel can wait for.
     *
     * @param name the object's name, for messages
     * @param open whether the object is open
     * @param ready how many waiters could probably go on now; must not block or change anything
     * @return the place to wait
     */
    public static Wait inKernel(IpcName name, BooleanSupplier open, IntSupplier ready) {
        return new Wait(name, open, How.IN_KERNEL, ready);
    }

    /**
     * Makes a place to wait for an event that nobody signals. Attempts are always called with zero
     * nanoseconds.
     *
     * @param name the object's name, for messages
     * @param open whether the object is open
     * @param ready how many waiters could probably go on now; must not block or change anything
     * @return the place to wait
     */
    public static Wait byPolling(IpcName name, BooleanSupplier open, IntSupplier ready) {
        return new Wait(name, open, How.BY_POLLING, ready);
    }

    /**
     * Makes a place to wait for an event for which platform threads spend a processor each.
     * Attempts are always called with zero nanoseconds.
     *
     * @param name the object's name, for messages
     * @param open whether the object is open
     * @param ready how many waiters could probably go on now; must not block or change anything
     * @return the place to wait
     */
    public static Wait bySpinning(IpcName name, BooleanSupplier open, IntSupplier ready) {
        return new Wait(name, open, How.BY_SPINNING, ready);
    }

    /** One try to get what is waited for. */
    @FunctionalInterface
    public interface Attempt {
        /**
         * Tries once.
         *
         * @param nanos how long the attempt may wait in the kernel; zero: not at all. To come back
         *     early and with nothing is allowed
         * @return {@code true} if it succeeded and the wait is over
         * @throws IpcException if the system refuses
         */
        boolean within(long nanos) throws IpcException;
    }

    /**
     * Does what every interruptible method does on entry.
     *
     * @throws InterruptedException if the thread is interrupted; its interrupt status is cleared
     *     then
     */
    public static void requireNotInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    /**
     * Waits until an attempt succeeds.
     *
     * @param timeout how long; zero or less tries once
     * @param attempt tries once; called by the waiting thread only
     * @return {@code false} if the time ran out
     * @throws InterruptedException if the thread is interrupted on entry or while it waits
     * @throws IpcClosedException if the object is closed meanwhile
     * @throws IpcException if an attempt throws it
     */
    public boolean until(Duration timeout, Attempt attempt)
            throws IpcException, InterruptedException {
        requireNotInterrupted();
        long nanos = nanos(timeout);
        if (attempt.within(0)) {
            return true;
        }
        if (nanos == 0) {
            return false;
        }
        return waitFor(nanos, attempt, true);
    }

    /**
     * Waits until an attempt succeeds, and leaves an interrupt to somebody else: to {@link
     * java.nio.channels.InterruptibleChannel}, whose close ends the wait.
     *
     * @param attempt tries once; called by the waiting thread only
     * @throws IpcClosedException if the object is closed meanwhile
     * @throws IpcException if an attempt throws it
     */
    public void untilClosed(Attempt attempt) throws IpcException {
        try {
            if (!attempt.within(0)) {
                waitFor(Long.MAX_VALUE, attempt, false);
            }
        } catch (InterruptedException e) {
            throw new AssertionError("not interruptible", e);
        }
    }

    private boolean waitFor(long nanos, Attempt attempt, boolean interruptible)
            throws IpcException, InterruptedException {
        long start = System.nanoTime();
        long waited = 0;
        beginLooking();
        try {
            while (waited < SPIN && waited < nanos) {
                Thread.onSpinWait();
                check(interruptible);
                if (tryOnce(attempt, 0)) {
                    return true;
                }
                waited = System.nanoTime() - start;
            }
            return Thread.currentThread().isVirtual()
                    ? park(start, nanos, attempt, interruptible)
                    : slice(start, nanos, attempt, interruptible);
        } finally {
            endLooking();
        }
    }

    private void beginLooking() {
        LOOKING.getAndAdd(this, 1);
    }

    private void endLooking() {
        LOOKING.getAndAdd(this, -1);
    }

    /**
     * Waits until none of the threads that wait here can look at the object any more. For objects
     * in memory: whoever closes them says so first, so that all these threads leave, then wakes
     * those who sleep, then calls this, and then unmaps the memory. An arena that is closed under a
     * thread's access ends that by an asynchronous exception, which sets the thread's interrupt
     * status, as if somebody had meant it, and may come too late.
     *
     * @see <a href="https://bugs.openjdk.org/browse/JDK-8310644">JDK-8310644</a>, <a
     *     href="https://bugs.openjdk.org/browse/JDK-8364167">JDK-8364167</a>
     */
    public void drain() {
        while (looking != 0) {
            LockSupport.parkNanos(this, SHORTEST_PAUSE);
        }
    }

    private boolean slice(long start, long nanos, Attempt attempt, boolean interruptible)
            throws IpcException, InterruptedException {
        while (true) {
            check(interruptible);
            long waited = System.nanoTime() - start;
            long left = nanos - waited;
            if (left <= 0) {
                return false;
            }
            if (tryOnce(attempt, how == How.IN_KERNEL ? Math.min(left, SLICE) : 0)) {
                return true;
            }
            switch (how) {
                case IN_KERNEL -> {}
                case BY_POLLING -> LockSupport.parkNanos(this, Math.min(left, pause(waited)));
                case BY_SPINNING -> Thread.onSpinWait();
            }
        }
    }

    private boolean park(long start, long nanos, Attempt attempt, boolean interruptible)
            throws IpcException, InterruptedException {
        join();
        try {
            while (true) {
                check(interruptible);
                long left = nanos - (System.nanoTime() - start);
                if (left <= 0) {
                    return false;
                }
                if (tryOnce(attempt, 0)) {
                    return true;
                }
                endLooking(); // a thread that has no carrier keeps nobody from closing
                try {
                    LockSupport.parkNanos(this, left);
                } finally {
                    beginLooking();
                }
            }
        } finally {
            leave();
        }
    }

    private void check(boolean interruptible) throws IpcClosedException, InterruptedException {
        if (interruptible) {
            requireNotInterrupted();
        }
        if (!open.getAsBoolean()) {
            throw closed();
        }
    }

    /**
     * An attempt that finds its object closed under it says so like any method of a closed object.
     */
    private boolean tryOnce(Attempt attempt, long nanos) throws IpcException {
        try {
            return attempt.within(nanos);
        } catch (IllegalStateException e) {
            if (!open.getAsBoolean()) {
                throw closed();
            }
            throw e;
        }
    }

    private IpcClosedException closed() {
        return new IpcClosedException(name, "closed while this thread was waiting");
    }

    /**
     * How long to pause before the next look: the delay that this adds is in proportion to what was
     * waited anyway.
     */
    static long pause(long waited) {
        return Math.clamp(waited / 4, SHORTEST_PAUSE, LONGEST_PAUSE);
    }

    /**
     * Returns a time-out in nanoseconds.
     *
     * @param timeout the time-out
     * @return 0 for zero or less; 292 years for more than that
     */
    public static long nanos(Duration timeout) {
        if (!timeout.isPositive()) {
            return 0;
        }
        try {
            return timeout.toNanos();
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE;
        }
    }

    private void join() {
        synchronized (parked) {
            parked.add(Thread.currentThread());
            since = System.nanoTime();
        }
        VirtualWaiters.watch(this);
    }

    private void leave() {
        synchronized (parked) {
            parked.remove(Thread.currentThread());
        }
    }

    /**
     * Unparks as many waiters as could go on now. Called by {@link VirtualWaiters} only.
     *
     * @return in how many nanoseconds to call again, or 0 if nobody waits here any more
     */
    long unparkReady(long now) {
        int count;
        beginLooking();
        try {
            count = open.getAsBoolean() ? ready.getAsInt() : Integer.MAX_VALUE;
        } catch (RuntimeException e) {
            count = Integer.MAX_VALUE; // it is broken: the waiters find out how by themselves
        } finally {
            endLooking();
        }
        synchronized (parked) {
            Iterator<Thread> waiters = parked.iterator();
            for (int i = 0; i < count && waiters.hasNext(); i++) {
                LockSupport.unpark(waiters.next());
                since = now;
            }
            return parked.isEmpty() ? 0 : pause(now - since);
        }
    }
}
