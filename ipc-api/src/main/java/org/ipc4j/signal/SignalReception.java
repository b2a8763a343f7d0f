// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.signal;

import java.util.Objects;

/**
 * How this process receives a signal, as it was started.
 *
 * @param kind how
 * @param remark why it is refused and what to do about it, or what else is to be known; empty if
 *     there is nothing to say
 */
public record SignalReception(Kind kind, String remark) {
    /** Ways to receive a signal. */
    public enum Kind {
        /**
         * Every thread of the process has the signal blocked, so it waits in the kernel until it is
         * read. Sender and value come with it, and those that {@linkplain Signal#isRealTime()
         * queue} come each, in their order.
         */
        READ,
        /**
         * The JDK's own dispatcher passes it on. Neither sender nor value is known, and signals
         * that come faster than they are passed on are merged.
         */
        DISPATCHED,
        /** It cannot be received. */
        REFUSED
    }

    /**
     * Checks that nothing is missing.
     *
     * @throws NullPointerException if something is null
     */
    public SignalReception {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(remark, "remark");
    }
}
