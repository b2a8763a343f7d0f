// SPDX-License-Identifier: Apache-2.0

/**
 * Signals: {@link org.ipc4j.signal.Signals} sends them to a process, or {@linkplain
 * org.ipc4j.signal.Signals#subscribe subscribes} to those that are sent to this one.
 *
 * <p>A {@link org.ipc4j.signal.SignalTarget} is a process to send to, a {@link
 * org.ipc4j.signal.SignalSubscription} is what threads wait at, a {@link
 * org.ipc4j.signal.SignalListener} has a thread that calls a handler. A {@link
 * org.ipc4j.signal.SignalInfo} is a signal that has come, with all that is known of it.
 *
 * <p>To move data, or to wait for more than "look again", use a queue, a channel or a semaphore:
 * signals are few, small, and one for all parts of a process.
 */
package org.ipc4j.signal;
