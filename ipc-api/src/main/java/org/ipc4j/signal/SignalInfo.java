// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.signal;

import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A signal that was received, and what the system tells of it. What is not known is empty, which is
 * not the same as 0: process 0, user 0 and the value 0 are said by {@code OptionalLong.of(0)}.
 *
 * <p>Of a signal without a value the kernel itself writes down the sender. The sender of one with a
 * value is what the sending process has written, which the kernel does not check: it is as good as
 * the peer is.
 *
 * @param signal the signal
 * @param pid the process that sent it, as this process's system numbers it
 * @param uid the user of that process
 * @param value the value that was sent with it
 */
public record SignalInfo(Signal signal, OptionalLong pid, OptionalLong uid, OptionalInt value) {
    /**
     * Checks that nothing is missing.
     *
     * @throws NullPointerException if something is null
     */
    public SignalInfo {
        Objects.requireNonNull(signal, "signal");
        Objects.requireNonNull(pid, "pid");
        Objects.requireNonNull(uid, "uid");
        Objects.requireNonNull(value, "value");
    }

    /**
     * Returns a signal of which nothing else is known.
     *
     * @param signal the signal
     * @return the signal without sender and value
     */
    public static SignalInfo of(Signal signal) {
        return new SignalInfo(
                signal, OptionalLong.empty(), OptionalLong.empty(), OptionalInt.empty());
    }
}
