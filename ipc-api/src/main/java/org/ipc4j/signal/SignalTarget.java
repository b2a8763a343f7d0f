// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.signal;

import org.ipc4j.IpcException;

import java.time.Duration;

/**
 * A process to which signals are sent, and never another one: when it has ended, nobody is hit,
 * whoever has its number then. Threads may use it at the same time.
 */
public interface SignalTarget extends AutoCloseable {
    /**
     * Returns the process.
     *
     * @return the handle that was given
     */
    ProcessHandle process();

    /**
     * Tells whether this can be used.
     *
     * @return {@code false} from the moment that {@code close} was called
     */
    boolean isOpen();

    /**
     * Tells whether the process is there for signals of this user, without sending one.
     *
     * @return {@code false} if it has ended
     * @throws org.ipc4j.IpcAccessDeniedException if this user may not send it signals; a provider
     *     of plain Java cannot know that
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if this is closed
     */
    boolean probe() throws IpcException;

    /**
     * Sends a signal.
     *
     * <p>One that {@linkplain Signal#isRealTime() queues} is sent with the value 0, as {@code
     * sigqueue(3)} does it: without a value, Linux would not tell when there is no room for it, and
     * merge it with one that waits.
     *
     * @param signal the signal
     * @throws org.ipc4j.NameNotFoundException if the process has ended
     * @throws org.ipc4j.IpcAccessDeniedException if this user may not send it signals
     * @throws org.ipc4j.ResourceLimitException if there is no room in the queue of its user
     * @throws IpcException if the system refuses
     * @throws UnsupportedOperationException if this provider cannot send that signal to that
     *     process
     * @throws IllegalStateException if this is closed
     */
    void send(Signal signal) throws IpcException;

    /**
     * Sends a signal with a value. The value of one that does not {@linkplain Signal#isRealTime()
     * queue} is lost where it is merged with one that waits, or its receiver's dispatcher knows of
     * no values.
     *
     * @param signal the signal
     * @param value the value
     * @throws org.ipc4j.NameNotFoundException if the process has ended
     * @throws org.ipc4j.IpcAccessDeniedException if this user may not send it signals
     * @throws org.ipc4j.ResourceLimitException if there is no room in the queue of its user
     * @throws IpcException if the system refuses
     * @throws UnsupportedOperationException if this provider does not declare {@link
     *     org.ipc4j.spi.Capability#SIGNAL_VALUES}
     * @throws IllegalStateException if this is closed
     */
    void send(Signal signal, int value) throws IpcException;

    /**
     * Sends a signal with a value, and waits as long as there is no room in the queue, up to a
     * time.
     *
     * @param signal the signal
     * @param value the value
     * @param timeout how long to wait; zero or less tries once
     * @return {@code false} if there was no room in time
     * @throws InterruptedException if the thread is interrupted, before or while it waits
     * @throws org.ipc4j.NameNotFoundException if the process has ended
     * @throws org.ipc4j.IpcAccessDeniedException if this user may not send it signals
     * @throws org.ipc4j.IpcClosedException if another thread closes this meanwhile
     * @throws IpcException if the system refuses
     * @throws UnsupportedOperationException if this provider does not declare {@link
     *     org.ipc4j.spi.Capability#SIGNAL_VALUES}
     * @throws IllegalStateException if this is closed
     */
    boolean trySend(Signal signal, int value, Duration timeout)
            throws IpcException, InterruptedException;

    /** Gives the process up. Does nothing when called again. */
    @Override
    void close();
}
