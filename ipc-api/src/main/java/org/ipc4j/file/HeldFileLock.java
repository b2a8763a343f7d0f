// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.file;

/**
 * A lock that is held, until it is closed, its {@link SharedFileLock} is closed, or this process
 * ends, however it ends. Any thread may close it.
 */
public interface HeldFileLock extends AutoCloseable {
    /**
     * Returns what this lock excludes.
     *
     * @return the mode that was asked for
     */
    FileLockMode mode();

    /**
     * Returns what is locked.
     *
     * @return the range that was asked for
     */
    FileRange range();

    /**
     * Tells whether it is held.
     *
     * @return {@code false} once it or its {@link SharedFileLock} was closed
     */
    boolean isHeld();

    /** Gives the lock up. Does nothing when called again. */
    @Override
    void close();
}
