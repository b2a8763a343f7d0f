// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.spi;

import org.ipc4j.NameExistsException;
import org.ipc4j.signal.Signal;
import org.ipc4j.signal.SignalInfo;
import org.ipc4j.signal.SignalReception;
import org.ipc4j.signal.SignalUnavailableException;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Signals that the JDK's own dispatcher passes on.
 *
 * <p>They are counted, so that a storm of them takes no memory. What has come is given out by the
 * signals' numbers, as the kernel does it with those that wait there.
 */
public final class DispatchedSignals extends WaitingSignals {
    private final List<Signal> order;

    /** How many of each have come and were not given out. Guarded by itself. */
    private final long[] pending;

    /** Guarded by {@link #pending}. */
    private long received;

    private final List<JdkSignals.Handling> handlings = new ArrayList<>();
    private final Set<Thread> waiting = ConcurrentHashMap.newKeySet();

    /**
     * Subscribes to signals.
     *
     * @param signals one or more, all of them neither blocked nor {@linkplain ReservedSignals
     *     reserved}
     * @throws NameExistsException if another subscription of this process has one
     * @throws SignalUnavailableException if the JDK refuses one
     */
    public DispatchedSignals(Set<Signal> signals)
            throws NameExistsException, SignalUnavailableException {
        super(signals, SignalReception.Kind.DISPATCHED);
        order = List.copyOf(signals());
        pending = new long[order.size()];
        boolean complete = false;
        try {
            for (int i = 0; i < order.size(); i++) {
                int index = i;
                handlings.add(JdkSignals.handle(order.get(i), () -> arrived(index)));
            }
            complete = true;
        } finally {
            if (!complete) {
                close();
            }
        }
    }

    private void arrived(int index) {
        synchronized (pending) {
            pending[index]++;
            received++;
        }
        waiting.forEach(LockSupport::unpark);
    }

    @Override
    protected SignalInfo take(long nanos) {
        SignalInfo now = takeNow();
        if (now != null || nanos == 0) {
            return now;
        }
        Thread thread = Thread.currentThread();
        waiting.add(thread);
        try {
            now = takeNow();
            if (now != null) {
                return now;
            }
            LockSupport.parkNanos(this, nanos);
        } finally {
            waiting.remove(thread);
        }
        return takeNow();
    }

    private SignalInfo takeNow() {
        synchronized (pending) {
            Arguments.requireOpen(isOpen(), name());
            for (int i = 0; i < pending.length; i++) {
                if (pending[i] > 0) {
                    pending[i]--;
                    return SignalInfo.of(order.get(i));
                }
            }
            return null;
        }
    }

    @Override
    protected int ready() {
        synchronized (pending) {
            long sum = 0;
            for (long count : pending) {
                sum += count;
            }
            return (int) Math.min(sum, Integer.MAX_VALUE);
        }
    }

    @Override
    public long received() {
        synchronized (pending) {
            return received;
        }
    }

    @Override
    protected void release() {
        handlings.forEach(JdkSignals.Handling::end);
        waiting.forEach(LockSupport::unpark);
    }
}
