// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.stream;

/**
 * Something that another process passed with a message: a file descriptor of ours by now, which no
 * program that this one starts inherits.
 *
 * <p>A mechanism makes an object of its own of it: {@code SharedMemory.adopt(handle)} and its like
 * check what it is before they use it, and throw {@link org.ipc4j.IncompatibleException} if it is
 * something else; then it can still be given to another one. Whoever adopts nothing closes it.
 */
public interface ReceivedHandle extends AutoCloseable {
    /**
     * Tells what it is.
     *
     * @return as the system says
     */
    HandleKind kind();

    /**
     * Tells whether it can still be adopted.
     *
     * @return {@code false} once it was adopted or closed
     */
    boolean isOpen();

    /** Gives it up, unless it was adopted. Does nothing when called again. */
    @Override
    void close();
}
