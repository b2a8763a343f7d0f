// SPDX-License-Identifier: Apache-2.0

/**
 * The contracts of signals: {@link org.ipc4j.tck.signal.SignalContract} in any JVM, {@link
 * org.ipc4j.tck.signal.SignalQueueContract} in one that was started with signals blocked.
 */
package org.ipc4j.tck.signal;
