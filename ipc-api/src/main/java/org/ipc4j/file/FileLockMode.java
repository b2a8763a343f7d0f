// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.file;

/** What a {@link HeldFileLock} excludes. */
public enum FileLockMode {
    /** Excludes exclusive locks. Any number of shared locks may be held at a time. */
    SHARED,
    /** Excludes every other lock. */
    EXCLUSIVE;

    /**
     * Tells whether locks of the same bytes can be held at a time.
     *
     * @param other the other lock's mode
     * @return {@code true} if one of the two is exclusive
     */
    public boolean excludes(FileLockMode other) {
        return this == EXCLUSIVE || other == EXCLUSIVE;
    }
}
