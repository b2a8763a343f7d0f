// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.spi;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.NameExistsException;
import org.ipc4j.signal.Signal;
import org.ipc4j.signal.SignalInfo;
import org.ipc4j.signal.SignalReception;
import org.ipc4j.signal.SignalSubscription;

import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/**
 * Makes a {@link SignalSubscription} from a look for a signal, and sees to it that no two of this
 * process have the same signal, whichever provider made them.
 */
public abstract class WaitingSignals implements SignalSubscription {
    /** Who has which signal. Guarded by itself. */
    private static final Map<Signal, Object> TAKEN = new HashMap<>();

    private final Set<Signal> signals;
    private final SignalReception.Kind kind;
    private final IpcName name;
    private final Object claim = new Object();
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Made when it is needed, since it calls the subclass. Guarded by {@link #claim}. */
    private Wait arrivals;

    /**
     * Takes the signals.
     *
     * @param signals one or more
     * @param kind how they are received
     * @throws NameExistsException if another subscription of this process has one
     */
    protected WaitingSignals(Set<Signal> signals, SignalReception.Kind kind)
            throws NameExistsException {
        this.signals = Collections.unmodifiableSet(new TreeSet<>(signals));
        this.kind = kind;
        this.name =
                IpcName.ofNative(
                        this.signals.stream().map(Signal::name).collect(Collectors.joining(" ")));
        synchronized (TAKEN) {
            for (Signal signal : this.signals) {
                if (TAKEN.containsKey(signal)) {
                    throw new NameExistsException(
                            JdkSignals.name(signal),
                            "this process has a subscription of it already; use that one, or close"
                                    + " it first");
                }
            }
            this.signals.forEach(signal -> TAKEN.put(signal, claim));
        }
    }

    /**
     * Takes a signal.
     *
     * @param nanos how long to wait in the kernel at most; zero: not at all. To come back early and
     *     with nothing is allowed
     * @return the signal, or null
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if this is closed
     */
    protected abstract SignalInfo take(long nanos) throws IpcException;

    /**
     * Tells how many waiters could probably go on now.
     *
     * @return the number
     */
    protected abstract int ready();

    /** Gives everything back that was received with. Called once. */
    protected abstract void release();

    /**
     * Returns the name that messages use.
     *
     * @return the signals' names as a native name
     */
    protected final IpcName name() {
        return name;
    }

    @Override
    public final Set<Signal> signals() {
        return signals;
    }

    @Override
    public final SignalReception.Kind kind() {
        return kind;
    }

    @Override
    public final boolean isOpen() {
        return !closed.get();
    }

    @Override
    public final SignalInfo await() throws IpcException, InterruptedException {
        return await(Wait.FOREVER).orElseThrow();
    }

    @Override
    public final Optional<SignalInfo> await(Duration timeout)
            throws IpcException, InterruptedException {
        Objects.requireNonNull(timeout, "timeout");
        Arguments.requireOpen(isOpen(), name);
        SignalInfo[] taken = new SignalInfo[1];
        arrivals()
                .until(
                        timeout,
                        nanos -> {
                            taken[0] = take(nanos);
                            return taken[0] != null;
                        });
        return Optional.ofNullable(taken[0]);
    }

    private Wait arrivals() {
        synchronized (claim) {
            if (arrivals == null) {
                arrivals = Wait.inKernel(name, this::isOpen, this::ready);
            }
            return arrivals;
        }
    }

    @Override
    public final void close() {
        if (closed.compareAndSet(false, true)) {
            try {
                release();
            } finally {
                giveUp();
            }
        }
    }

    /** Lets others have the signals. For a constructor that fails after this one's has not. */
    protected final void giveUp() {
        synchronized (TAKEN) {
            signals.forEach(signal -> TAKEN.remove(signal, claim));
        }
    }

    @Override
    public final String toString() {
        return "subscription of " + name.value() + (isOpen() ? "" : ", closed");
    }
}
