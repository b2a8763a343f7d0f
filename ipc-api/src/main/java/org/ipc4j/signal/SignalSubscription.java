// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.signal;

import org.ipc4j.IpcException;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Signals that are sent to this process, for threads that wait for them. Each signal goes to one of
 * the threads that wait.
 */
public interface SignalSubscription extends AutoCloseable {
    /**
     * Returns what is subscribed to.
     *
     * @return the signals
     */
    Set<Signal> signals();

    /**
     * Tells how they are received.
     *
     * @return {@link SignalReception.Kind#READ} or {@link SignalReception.Kind#DISPATCHED}
     */
    SignalReception.Kind kind();

    /**
     * Tells whether this can be used.
     *
     * @return {@code false} from the moment that {@code close} was called
     */
    boolean isOpen();

    /**
     * Tells how many signals have come since this was made. Merged ones count as one; those that
     * are {@linkplain SignalReception.Kind#READ read} count when a thread gets them.
     *
     * @return the number
     */
    long received();

    /**
     * Waits for a signal.
     *
     * @return the signal
     * @throws InterruptedException if the thread is interrupted, before or while it waits
     * @throws org.ipc4j.IpcClosedException if another thread closes this meanwhile
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if this is closed
     */
    SignalInfo await() throws IpcException, InterruptedException;

    /**
     * Waits for a signal, up to a time.
     *
     * @param timeout how long to wait; zero or less looks once
     * @return the signal, or empty if none came in time
     * @throws InterruptedException if the thread is interrupted, before or while it waits
     * @throws org.ipc4j.IpcClosedException if another thread closes this meanwhile
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if this is closed
     */
    Optional<SignalInfo> await(Duration timeout) throws IpcException, InterruptedException;

    /**
     * Ends the subscription. What has come through the JDK's dispatcher and was not waited for is
     * dropped, and the signal does again what it did before. What waits in the kernel stays there,
     * for the next subscription. Does nothing when called again.
     */
    @Override
    void close();
}
