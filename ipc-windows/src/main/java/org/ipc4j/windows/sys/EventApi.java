// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.windows.sys;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * {@code synchapi.h}: events.
 *
 * @see <a href="https://learn.microsoft.com/en-us/windows/win32/sync/event-objects">Event
 *     objects</a>
 */
final class EventApi {
    private static final MethodHandle CREATE_EVENT =
            Native.link(
                    "CreateEventW",
                    FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS));
    private static final MethodHandle SET_EVENT = simple("SetEvent");
    private static final MethodHandle RESET_EVENT = simple("ResetEvent");
    private static final MethodHandle WAIT_FOR_SINGLE_OBJECT =
            Native.link(
                    "WaitForSingleObject", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));

    private EventApi() {}

    private static MethodHandle simple(String function) {
        return Native.link(function, FunctionDescriptor.of(JAVA_INT, ADDRESS));
    }

    /**
     * Makes an event without a name, which stays set until it is reset, and is not set yet.
     *
     * @return a handle, or the negated error code
     */
    static long CreateEventW() {
        MemorySegment lastError = Scratch.lastError();
        try {
            return Scratch.result(
                    (MemorySegment)
                            CREATE_EVENT.invokeExact(
                                    lastError, MemorySegment.NULL, 1, 0, MemorySegment.NULL),
                    lastError);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Sets an event.
     *
     * @param event its handle
     * @return 0, or the negated error code
     */
    static int SetEvent(long event) {
        MemorySegment lastError = Scratch.lastError();
        try {
            return Scratch.result(
                    (int) SET_EVENT.invokeExact(lastError, HandleApi.pointer(event)), lastError);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Resets an event.
     *
     * @param event its handle
     * @return 0, or the negated error code
     */
    static int ResetEvent(long event) {
        MemorySegment lastError = Scratch.lastError();
        try {
            return Scratch.result(
                    (int) RESET_EVENT.invokeExact(lastError, HandleApi.pointer(event)), lastError);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Waits for an event.
     *
     * @param event its handle
     * @param milliseconds how long; 0 looks
     * @return {@code WAIT_OBJECT_0}, {@code WAIT_TIMEOUT}, or the negated error code
     */
    static int WaitForSingleObject(long event, int milliseconds) {
        MemorySegment lastError = Scratch.lastError();
        try {
            int result =
                    (int)
                            WAIT_FOR_SINGLE_OBJECT.invokeExact(
                                    lastError, HandleApi.pointer(event), milliseconds);
            return result >= 0 ? result : Scratch.failure(lastError);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }
}
