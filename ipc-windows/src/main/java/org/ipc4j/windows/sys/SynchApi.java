// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.windows.sys;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import org.ipc4j.windows.sys.gen.Windows;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;

/**
 * {@code synchapi.h}: semaphores, events, and waiting.
 *
 * @see <a href="https://learn.microsoft.com/en-us/windows/win32/api/synchapi/">synchapi.h</a>
 */
public final class SynchApi {
    private static final MethodHandle CREATE_SEMAPHORE =
            Native.link(
                    "CreateSemaphoreW",
                    FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS));
    private static final MethodHandle OPEN_SEMAPHORE =
            Native.link(
                    "OpenSemaphoreW", FunctionDescriptor.of(ADDRESS, JAVA_INT, JAVA_INT, ADDRESS));
    private static final MethodHandle RELEASE_SEMAPHORE =
            Native.link(
                    "ReleaseSemaphore",
                    FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS));
    private static final MethodHandle WAIT_FOR_SINGLE_OBJECT =
            Native.link("WaitForSingleObject", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));

    private static final MethodHandle CREATE_EVENT =
            Native.link(
                    "CreateEventW",
                    FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS));
    private static final MethodHandle SET_EVENT = ofEvent("SetEvent");
    private static final MethodHandle RESET_EVENT = ofEvent("ResetEvent");

    private SynchApi() {}

    private static MethodHandle ofEvent(String function) {
        return Native.link(function, FunctionDescriptor.of(JAVA_INT, ADDRESS));
    }

    /**
     * Creates a semaphore.
     *
     * @param attributes {@code SECURITY_ATTRIBUTES}
     * @param initialCount its permits
     * @param maximumCount the most permits that it can have
     * @param name its name
     * @return a new handle, or the negated error code
     */
    public static long CreateSemaphoreW(
            MemorySegment attributes, int initialCount, int maximumCount, String name) {
        MemorySegment lastError = Scratch.lastError();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment nameW = arena.allocateFrom(name, StandardCharsets.UTF_16LE);
            return HandleApi.created(
                    (MemorySegment)
                            CREATE_SEMAPHORE.invokeExact(
                                    lastError, attributes, initialCount, maximumCount, nameW),
                    lastError);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Opens a semaphore that is there.
     *
     * @param access {@code SEMAPHORE_} and other rights
     * @param name its name
     * @return a new handle, or the negated error code
     */
    public static long OpenSemaphoreW(int access, String name) {
        MemorySegment lastError = Scratch.lastError();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment nameW = arena.allocateFrom(name, StandardCharsets.UTF_16LE);
            return Scratch.result(
                    (MemorySegment) OPEN_SEMAPHORE.invokeExact(lastError, access, 0, nameW),
                    lastError);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Adds permits.
     *
     * @param handle the semaphore's handle
     * @param releaseCount how many; Windows wants more than 0
     * @return 0, or the negated error code, which is that of {@link
     *     Win32Error#ERROR_TOO_MANY_POSTS} if they would be too many
     */
    public static int ReleaseSemaphore(long handle, int releaseCount) {
        MemorySegment lastError = Scratch.lastError();
        try {
            return Scratch.result(
                    (int)
                            RELEASE_SEMAPHORE.invokeExact(
                                    lastError,
                                    HandleApi.pointer(handle),
                                    releaseCount,
                                    MemorySegment.NULL),
                    lastError);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Waits for an object.
     *
     * @param handle the object's handle, opened with {@code SYNCHRONIZE}
     * @param millis how long; 0 does not wait
     * @return {@link Win32#WAIT_OBJECT_0} or {@link Win32#WAIT_TIMEOUT}, or the negated error code
     */
    public static int WaitForSingleObject(long handle, int millis) {
        MemorySegment lastError = Scratch.lastError();
        try {
            int result =
                    (int)
                            WAIT_FOR_SINGLE_OBJECT.invokeExact(
                                    lastError, HandleApi.pointer(handle), millis);
            return result == Windows.WAIT_FAILED() ? Scratch.failure(lastError) : result;
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
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
     * Makes an event with a name, or opens the one that is there. It is not set, and is reset by
     * the first thread that it lets go on.
     *
     * @param attributes {@code SECURITY_ATTRIBUTES}
     * @param name its name
     * @return a handle, or the negated error code
     */
    public static long CreateEventW(MemorySegment attributes, String name) {
        MemorySegment lastError = Scratch.lastError();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment nameW = arena.allocateFrom(name, StandardCharsets.UTF_16LE);
            return Scratch.result(
                    (MemorySegment) CREATE_EVENT.invokeExact(lastError, attributes, 0, 0, nameW),
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
    public static int SetEvent(long event) {
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
}
