// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.signal;

import java.util.Objects;

/**
 * A signal of this system. {@link Signals#of(String)} finds it by name or number, {@link
 * Signals#realTime} finds one of those that queue.
 *
 * @param name its name, for example {@code SIGUSR1}, or {@code SIGRTMIN+1} for one of those that
 *     queue
 * @param number its number here, which other systems may give to another signal
 */
public record Signal(String name, int number) implements Comparable<Signal> {
    private static final String PREFIX = "SIG";
    private static final String REAL_TIME = "SIGRTMIN";

    /**
     * Checks the parts.
     *
     * @throws NullPointerException if {@code name} is null
     * @throws IllegalArgumentException if {@code name} does not begin with {@code SIG}, or {@code
     *     number} is not positive
     */
    public Signal {
        Objects.requireNonNull(name, "name");
        if (!name.startsWith(PREFIX) || number <= 0) {
            throw new IllegalArgumentException("no signal is called " + name + ", " + number);
        }
    }

    /**
     * Tells whether the system keeps each of several signals of this kind that wait to be received,
     * in their order. Of every other kind at most one waits, and further ones are merged with it.
     *
     * @return {@code true} from {@code SIGRTMIN} on
     */
    public boolean isRealTime() {
        return name.startsWith(REAL_TIME);
    }

    /**
     * Returns the name as shells and the JDK write it.
     *
     * @return for example {@code USR1}
     */
    public String shortName() {
        return name.substring(PREFIX.length());
    }

    /** Orders by number. */
    @Override
    public int compareTo(Signal other) {
        int byNumber = Integer.compare(number, other.number);
        return byNumber == 0 ? name.compareTo(other.name) : byNumber;
    }

    /** Returns the name. */
    @Override
    public String toString() {
        return name;
    }
}
