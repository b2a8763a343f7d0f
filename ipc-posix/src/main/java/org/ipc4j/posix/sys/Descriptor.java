// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.sys;

import org.ipc4j.IpcName;
import org.ipc4j.spi.Arguments;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A file descriptor that is closed once, when nobody is using it any more.
 *
 * <p>A descriptor's number is given out anew as soon as it is closed, so a thread that still uses
 * it would use somebody else's file. Each use is counted: {@link #close} ends new uses, and the
 * last user closes. Uses are short or sliced (see {@link org.ipc4j.spi.Wait}), so that is soon.
 *
 * <pre>{@code
 * int fd = descriptor.enter();
 * try {
 *     read(fd, ...);
 * } finally {
 *     descriptor.exit();
 * }
 * }</pre>
 */
public final class Descriptor {
    private static final int CLOSED = Integer.MIN_VALUE;
    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Descriptor.class, "state", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final IpcName name;
    private final int fd;

    /** How many uses there are, and whether it is {@link #CLOSED}. */
    private volatile int state;

    /**
     * Takes over a descriptor.
     *
     * @param name the object's name, for messages
     * @param fd the descriptor
     */
    public Descriptor(IpcName name, int fd) {
        this.name = name;
        this.fd = fd;
    }

    /**
     * Begins a use.
     *
     * @return the descriptor's number, valid until {@link #exit}
     * @throws IllegalStateException if it is closed
     */
    public int enter() {
        int now;
        do {
            now = state;
            if (now < 0) {
                throw Arguments.closed(name);
            }
        } while (!STATE.compareAndSet(this, now, now + 1));
        return fd;
    }

    /** Ends a use. */
    public void exit() {
        int before = (int) STATE.getAndAdd(this, -1);
        if (before == CLOSED + 1) {
            UnistdCalls.close(fd);
        }
    }

    /**
     * Tells whether it can be used.
     *
     * @return {@code false} from the moment that {@link #close} was called
     */
    public boolean isOpen() {
        return state >= 0;
    }

    /**
     * Closes it, now or when the last use ends.
     *
     * @return {@code false} if that was done already
     */
    public boolean close() {
        int before = (int) STATE.getAndBitwiseOr(this, CLOSED);
        if (before == 0) {
            UnistdCalls.close(fd);
        }
        return before >= 0;
    }
}
