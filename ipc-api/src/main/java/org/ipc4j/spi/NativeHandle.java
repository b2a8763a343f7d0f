// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.spi;

import org.ipc4j.IpcName;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.LongConsumer;

/**
 * What the system gave us and wants back, a file descriptor or a handle, closed once, when nobody
 * is using it any more.
 *
 * <p>Its number is given out anew as soon as it is closed, so a thread that still uses it would use
 * somebody else's object. Each use is counted: {@link #close} ends new uses, and the last user
 * closes. Uses are short or sliced (see {@link Wait}), so that is soon.
 *
 * <pre>{@code
 * long handle = object.enter();
 * try {
 *     read(handle, ...);
 * } finally {
 *     object.exit();
 * }
 * }</pre>
 */
public final class NativeHandle {
    private static final int CLOSED = Integer.MIN_VALUE;
    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(NativeHandle.class, "state", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final IpcName name;
    private final long value;
    private final LongConsumer closer;

    /** How many uses there are, and whether it is {@link #CLOSED}. */
    private volatile int state;

    /**
     * Takes over a handle.
     *
     * @param name the object's name, for messages
     * @param value the handle
     * @param closer gives the handle back; called once, by the thread that closes or by the last
     *     user's
     */
    public NativeHandle(IpcName name, long value, LongConsumer closer) {
        this.name = name;
        this.value = value;
        this.closer = closer;
    }

    /**
     * Begins a use.
     *
     * @return the handle, valid until {@link #exit}
     * @throws IllegalStateException if it is closed
     */
    public long enter() {
        int now;
        do {
            now = state;
            if (now < 0) {
                throw Arguments.closed(name);
            }
        } while (!STATE.compareAndSet(this, now, now + 1));
        return value;
    }

    /** Ends a use. */
    public void exit() {
        int before = (int) STATE.getAndAdd(this, -1);
        if (before == CLOSED + 1) {
            closer.accept(value);
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
            closer.accept(value);
        }
        return before >= 0;
    }
}
