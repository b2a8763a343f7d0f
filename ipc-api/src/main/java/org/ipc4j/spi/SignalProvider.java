// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.spi;

import org.ipc4j.IpcException;
import org.ipc4j.signal.Signal;
import org.ipc4j.signal.SignalReception;
import org.ipc4j.signal.SignalSubscription;
import org.ipc4j.signal.SignalTarget;

import java.util.List;
import java.util.Set;

/**
 * Offers {@link org.ipc4j.signal.Signals}. Each method does what the method of that name there
 * says. {@link WaitingSignals} does the waiting, {@link DispatchedSignals} also the receiving where
 * the JDK can do that.
 */
public interface SignalProvider extends MechanismProvider {
    /**
     * Returns all signals of this system.
     *
     * @return the signals by their numbers
     */
    List<Signal> signals();

    /**
     * Tells how this process receives a signal.
     *
     * @param signal the signal
     * @return how, or why not
     */
    SignalReception reception(Signal signal);

    /**
     * Takes hold of a process.
     *
     * @param process the process
     * @return the target
     * @throws org.ipc4j.NameNotFoundException if it has ended
     * @throws IpcException if the system refuses
     */
    SignalTarget target(ProcessHandle process) throws IpcException;

    /**
     * Subscribes to signals.
     *
     * @param signals one or more
     * @return the subscription
     * @throws org.ipc4j.signal.SignalUnavailableException if one cannot be received here
     * @throws org.ipc4j.NameExistsException if another subscription of this process has one
     * @throws IpcException if the system refuses
     */
    SignalSubscription subscribe(Set<Signal> signals) throws IpcException;
}
