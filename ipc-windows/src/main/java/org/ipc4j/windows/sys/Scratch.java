// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.windows.sys;

import org.ipc4j.windows.sys.gen.SEMAPHORE_BASIC_INFORMATION;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;

/**
 * A thread's own native memory for what a call writes beside its result: the last error, and the
 * small structs that would otherwise be allocated for each call. It goes with the thread.
 */
final class Scratch {
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final long LAST_ERROR =
            STATE.byteOffset(MemoryLayout.PathElement.groupElement("GetLastError"));
    private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::new);

    /** What a call that failed without an error code is taken for, lest it look like a success. */
    private static final int NO_CODE = Integer.MAX_VALUE;

    private final MemorySegment lastError;
    private MemorySegment semaphore;

    private Scratch() {
        lastError = Arena.ofAuto().allocate(STATE);
    }

    static Scratch get() {
        return OF_THREAD.get();
    }

    /** Where a handle linked by {@link Native#link} puts the last error. */
    static MemorySegment lastError() {
        return OF_THREAD.get().lastError;
    }

    /**
     * Turns a {@code BOOL} into our result. To be called with the result of the call that has just
     * returned.
     *
     * @param succeeded 0 if the call failed
     * @param lastError what {@link #lastError()} gave for that call
     * @return 0, or the negated error code
     */
    static int result(int succeeded, MemorySegment lastError) {
        return succeeded != 0 ? 0 : failure(lastError);
    }

    /**
     * Turns a handle, where {@code NULL} means failure, into our result.
     *
     * @param handle what the call returned
     * @param lastError what {@link #lastError()} gave for that call
     * @return the handle, or the negated error code
     */
    static long result(MemorySegment handle, MemorySegment lastError) {
        return handle.address() != 0 ? handle.address() : failure(lastError);
    }

    static int failure(MemorySegment lastError) {
        int code = code(lastError);
        return -(code > 0 ? code : NO_CODE);
    }

    /** The last error of a call, which some calls set when they succeed too. */
    static int code(MemorySegment lastError) {
        return lastError.get(ValueLayout.JAVA_INT, LAST_ERROR);
    }

    MemorySegment semaphore() {
        if (semaphore == null) {
            semaphore = Arena.ofAuto().allocate(SEMAPHORE_BASIC_INFORMATION.layout());
        }
        return semaphore;
    }
}
