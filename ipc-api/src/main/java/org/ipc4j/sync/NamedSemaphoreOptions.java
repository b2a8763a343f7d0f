// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.sync;

import org.ipc4j.Access;

import java.util.Objects;

/**
 * What a {@link NamedSemaphore} shall be like.
 *
 * @param permits how many permits it has at first, 0 or more
 * @param access who it is for
 */
public record NamedSemaphoreOptions(int permits, Access access) {
    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if {@code permits} is negative
     * @throws NullPointerException if {@code access} is null
     */
    public NamedSemaphoreOptions {
        if (permits < 0) {
            throw new IllegalArgumentException(
                    "a semaphore starts with 0 permits or more, not " + permits);
        }
        Objects.requireNonNull(access, "access");
    }

    /**
     * Returns options for a semaphore of the current user.
     *
     * @param permits how many permits it has at first, 0 or more
     * @return the options
     * @throws IllegalArgumentException if {@code permits} is negative
     */
    public static NamedSemaphoreOptions ofPermits(int permits) {
        return new NamedSemaphoreOptions(permits, Access.OWNER);
    }

    /**
     * Returns these options with another access.
     *
     * @param access who the semaphore is for
     * @return the options
     */
    public NamedSemaphoreOptions withAccess(Access access) {
        return new NamedSemaphoreOptions(permits, access);
    }
}
