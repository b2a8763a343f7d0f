// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.channel;

/**
 * How those wait who use a {@link Sender} or a {@link Receiver} in a form that waits. It is a
 * property of the channel, since who wakes others must know that there may be somebody to wake.
 */
public enum WaitStrategy {
    /**
     * Looks again and again. The shortest delay there is, for the price of a processor for each
     * waiter.
     */
    SPIN,
    /**
     * Looks again after pauses in proportion to what was waited already, from a spin up to 5
     * milliseconds. Nobody is ever woken, so the others pay nothing.
     */
    BACKOFF,
    /**
     * Spins for some 20 microseconds and then lets the kernel wake it, where the system can do that
     * between processes; elsewhere as {@link #BACKOFF}. It takes no processor while it waits, and
     * the others make a system call only if somebody is really waiting.
     */
    BLOCK
}
