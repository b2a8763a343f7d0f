// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.windows.sys;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import org.ipc4j.windows.sys.gen.SEMAPHORE_BASIC_INFORMATION;
import org.ipc4j.windows.sys.gen.Windows;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * {@code ntdll.dll}: what the kernel tells and Win32 does not. Every Windows has had {@code
 * NtQuerySemaphore} since the first NT; the one way in Win32 to learn a semaphore's count changes
 * it.
 *
 * @see <a href="https://learn.microsoft.com/en-us/windows/win32/api/winternl/">winternl.h</a>
 */
public final class NtDll {
    private static final MethodHandle NT_QUERY_SEMAPHORE =
            Native.linkPlain(
                    "NtQuerySemaphore",
                    FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS));
    private static final MethodHandle RTL_NT_STATUS_TO_DOS_ERROR =
            Native.linkPlain("RtlNtStatusToDosError", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    private NtDll() {}

    /**
     * Tells how many permits a semaphore has.
     *
     * @param semaphore its handle, opened with {@code SEMAPHORE_QUERY_STATE}
     * @return the number, or the negated error code
     */
    public static int currentCount(long semaphore) {
        MemorySegment information = Scratch.get().semaphore();
        int result = NtQuerySemaphore(semaphore, information);
        return result < 0 ? result : SEMAPHORE_BASIC_INFORMATION.CurrentCount(information);
    }

    /**
     * Tells how many permits a semaphore can have.
     *
     * @param semaphore its handle, opened with {@code SEMAPHORE_QUERY_STATE}
     * @return the number, or the negated error code
     */
    public static int maximumCount(long semaphore) {
        MemorySegment information = Scratch.get().semaphore();
        int result = NtQuerySemaphore(semaphore, information);
        return result < 0 ? result : SEMAPHORE_BASIC_INFORMATION.MaximumCount(information);
    }

    private static int NtQuerySemaphore(long semaphore, MemorySegment information) {
        try {
            int status =
                    (int)
                            NT_QUERY_SEMAPHORE.invokeExact(
                                    HandleApi.pointer(semaphore),
                                    Windows.SemaphoreBasicInformation(),
                                    information,
                                    (int) information.byteSize(),
                                    MemorySegment.NULL);
            return status >= 0 ? 0 : -(int) RTL_NT_STATUS_TO_DOS_ERROR.invokeExact(status);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }
}
