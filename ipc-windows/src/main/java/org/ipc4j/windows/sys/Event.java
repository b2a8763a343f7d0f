// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.windows.sys;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.spi.NativeHandle;

/**
 * An event of this process, which stays set until it is reset.
 *
 * <p>Windows resets the event of an operation when the operation begins and sets it when it has
 * ended. Where several operations share one, who is about to wait resets it and looks at all of
 * them once more.
 */
public final class Event {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final NativeHandle handle;

    /**
     * Makes an event that is not set.
     *
     * @param name the name of the object it is for, for messages
     * @param key the key of the object it is for, for messages
     * @throws IpcException if the system refuses
     */
    public Event(IpcName name, String key) throws IpcException {
        handle =
                HandleApi.owning(
                        name,
                        WindowsErrors.check(SynchApi.CreateEventW(), "CreateEventW", name, key));
    }

    /**
     * Begins a use by an operation.
     *
     * @return the handle, valid until {@link #exit}
     * @throws IllegalStateException if it is closed
     */
    long enter() {
        return handle.enter();
    }

    /** Ends a use. */
    void exit() {
        handle.exit();
    }

    /** Sets it. Does nothing if it is closed, when nobody waits any more. */
    public void set() {
        try {
            long event = handle.enter();
            try {
                SynchApi.SetEvent(event);
            } finally {
                handle.exit();
            }
        } catch (IllegalStateException closed) {
            // who is about to wait finds out too
        }
    }

    /**
     * Resets it.
     *
     * @throws IllegalStateException if it is closed
     */
    public void reset() {
        long event = handle.enter();
        try {
            SynchApi.ResetEvent(event);
        } finally {
            handle.exit();
        }
    }

    /**
     * Waits until it is set.
     *
     * @param nanos how long at most, rounded up to milliseconds; zero or less looks
     * @return whether it is set
     * @throws IllegalStateException if it is closed
     */
    public boolean await(long nanos) {
        long millis = Math.ceilDiv(Math.max(0, nanos), NANOS_PER_MILLI);
        long event = handle.enter();
        try {
            return SynchApi.WaitForSingleObject(event, (int) Math.min(millis, Integer.MAX_VALUE))
                    == Win32.WAIT_OBJECT_0;
        } finally {
            handle.exit();
        }
    }

    /** Closes it, after the last use. Who waits is woken. */
    public void close() {
        set();
        handle.close();
    }
}
