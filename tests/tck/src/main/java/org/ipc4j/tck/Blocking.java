// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck;

import org.ipc4j.IpcName;

import java.io.IOException;
import java.time.Duration;

/**
 * One blocking operation, set up so that it has to wait: an empty queue to receive from, a full
 * pipe to write into.
 *
 * <p>The contract of a mechanism makes one for each of its blocking operations; {@link
 * WaitingContract} tests them all.
 */
public abstract class Blocking implements AutoCloseable {
    /** For subclasses. */
    protected Blocking() {}

    /** Makes a fresh {@link Blocking} for each test. */
    @FunctionalInterface
    public interface Factory {
        /**
         * Sets everything up, to where the operation has to wait.
         *
         * @param name a name that nobody uses
         * @return the operation
         * @throws Exception if that fails
         */
        Blocking open(IpcName name) throws Exception;
    }

    /**
     * A blocking operation and its name.
     *
     * @param name the operation as one reads it in Java
     * @param factory sets it up
     */
    public record Named(String name, Factory factory) {}

    /**
     * Does the operation, which has a time-out. Asserts that a time-out's result is the documented
     * one.
     *
     * @param timeout how long at most
     * @return whether it was done; {@code false} if the time ran out
     * @throws IOException if the operation throws it
     * @throws InterruptedException if the operation throws it
     */
    public abstract boolean within(Duration timeout) throws IOException, InterruptedException;

    /**
     * Does the operation without a time-out. Where there is no such form that an interrupt leaves
     * usable, this is the longest time-out there is.
     *
     * @throws IOException if the operation throws it
     * @throws InterruptedException if the operation throws it
     */
    public void forEver() throws IOException, InterruptedException {
        if (!within(Duration.ofSeconds(Long.MAX_VALUE, 999_999_999))) {
            throw new AssertionError("292 years are over");
        }
    }

    /**
     * Lets the operation go on once, by what a peer does through a handle of its own.
     *
     * @throws Exception if that fails
     */
    public abstract void unblock() throws Exception;

    /**
     * Closes the object that the operation waits on.
     *
     * @throws Exception if that fails
     */
    public abstract void closeObject() throws Exception;

    /**
     * Tells whether there is an object to close while the operation waits. Opening has none yet.
     *
     * @return {@code true} if there is
     */
    public boolean hasObject() {
        return true;
    }

    /**
     * Tells whether what {@link #unblock} gives is used up by one success. What is once there for
     * everybody, as a peer is, is not.
     *
     * @return {@code true} if it is
     */
    public boolean consumes() {
        return true;
    }

    /**
     * Tells whether several threads may wait at a time. What is used by one thread at a time has
     * one waiter.
     *
     * @return {@code true} if they may
     */
    public boolean severalWaiters() {
        return true;
    }

    /**
     * Closes everything. The caller removes the name.
     *
     * @throws IOException if that fails
     */
    @Override
    public abstract void close() throws IOException;
}
