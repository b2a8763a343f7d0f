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
 * {@code securitybaseapi.h}, {@code sddl.h}, and what opens this process's token: who we are, and
 * whose an object is.
 *
 * @see <a
 *     href="https://learn.microsoft.com/en-us/windows/win32/api/securitybaseapi/">securitybaseapi.h</a>
 */
final class SecurityApi {
    private static final MethodHandle GET_CURRENT_PROCESS =
            Native.linkPlain("GetCurrentProcess", FunctionDescriptor.of(ADDRESS));
    private static final MethodHandle OPEN_PROCESS_TOKEN =
            Native.link(
                    "OpenProcessToken",
                    FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS));
    private static final MethodHandle GET_TOKEN_INFORMATION =
            Native.link(
                    "GetTokenInformation",
                    FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS));
    private static final MethodHandle GET_KERNEL_OBJECT_SECURITY =
            Native.link(
                    "GetKernelObjectSecurity",
                    FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS));
    private static final MethodHandle SET_KERNEL_OBJECT_SECURITY =
            Native.link(
                    "SetKernelObjectSecurity",
                    FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS));
    private static final MethodHandle CONVERT_STRING_SECURITY_DESCRIPTOR_TO_SECURITY_DESCRIPTOR =
            Native.link(
                    "ConvertStringSecurityDescriptorToSecurityDescriptorW",
                    FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, ADDRESS));
    private static final MethodHandle LOCAL_FREE =
            Native.linkPlain("LocalFree", FunctionDescriptor.of(ADDRESS, ADDRESS));

    private SecurityApi() {}

    /**
     * Opens this process's token, to ask it.
     *
     * @return a new handle, or the negated error code
     */
    static long OpenProcessToken() {
        MemorySegment lastError = Scratch.lastError();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment token = arena.allocate(ADDRESS);
            MemorySegment process = (MemorySegment) GET_CURRENT_PROCESS.invokeExact();
            int succeeded =
                    (int)
                            OPEN_PROCESS_TOKEN.invokeExact(
                                    lastError, process, Windows.TOKEN_QUERY(), token);
            return succeeded != 0 ? token.get(ADDRESS, 0).address() : Scratch.failure(lastError);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Asks a token.
     *
     * @param token its handle
     * @param what a {@code TOKEN_INFORMATION_CLASS}
     * @param answer where the answer goes
     * @return 0, or the negated error code
     */
    static int GetTokenInformation(long token, int what, MemorySegment answer) {
        MemorySegment lastError = Scratch.lastError();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment needed = arena.allocate(JAVA_INT);
            return Scratch.result(
                    (int)
                            GET_TOKEN_INFORMATION.invokeExact(
                                    lastError,
                                    HandleApi.pointer(token),
                                    what,
                                    answer,
                                    (int) answer.byteSize(),
                                    needed),
                    lastError);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Reads an object's security descriptor.
     *
     * @param handle the object's handle, with {@code READ_CONTROL}
     * @param what {@code SECURITY_INFORMATION} constants
     * @param descriptor where it goes, self-relative
     * @return 0, or the negated error code
     */
    static int GetKernelObjectSecurity(long handle, int what, MemorySegment descriptor) {
        MemorySegment lastError = Scratch.lastError();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment needed = arena.allocate(JAVA_INT);
            return Scratch.result(
                    (int)
                            GET_KERNEL_OBJECT_SECURITY.invokeExact(
                                    lastError,
                                    HandleApi.pointer(handle),
                                    what,
                                    descriptor,
                                    (int) descriptor.byteSize(),
                                    needed),
                    lastError);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Changes an object's security descriptor.
     *
     * @param handle the object's handle, with {@code WRITE_DAC}
     * @param what {@code SECURITY_INFORMATION} constants
     * @param descriptor what of it is taken over
     * @return 0, or the negated error code
     */
    static int SetKernelObjectSecurity(long handle, int what, MemorySegment descriptor) {
        MemorySegment lastError = Scratch.lastError();
        try {
            return Scratch.result(
                    (int)
                            SET_KERNEL_OBJECT_SECURITY.invokeExact(
                                    lastError, HandleApi.pointer(handle), what, descriptor),
                    lastError);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Makes a security descriptor of its string form.
     *
     * @param sddl the string form
     * @param arena the descriptor lives as long
     * @return the descriptor, self-relative; a segment of zero bytes whose address is the negated
     *     error code if the system refuses
     */
    static MemorySegment ConvertStringSecurityDescriptorToSecurityDescriptorW(
            String sddl, Arena arena) {
        MemorySegment lastError = Scratch.lastError();
        try (Arena call = Arena.ofConfined()) {
            MemorySegment text = call.allocateFrom(sddl, StandardCharsets.UTF_16LE);
            MemorySegment pointer = call.allocate(ADDRESS);
            MemorySegment size = call.allocate(JAVA_INT);
            int succeeded =
                    (int)
                            CONVERT_STRING_SECURITY_DESCRIPTOR_TO_SECURITY_DESCRIPTOR.invokeExact(
                                    lastError, text, Windows.SDDL_REVISION_1(), pointer, size);
            if (succeeded == 0) {
                return MemorySegment.ofAddress(Scratch.failure(lastError));
            }
            MemorySegment made = pointer.get(ADDRESS, 0);
            MemorySegment copy = arena.allocate(size.get(JAVA_INT, 0), 8);
            copy.copyFrom(made.reinterpret(copy.byteSize()));
            MemorySegment unused = (MemorySegment) LOCAL_FREE.invokeExact(made);
            return copy;
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }
}
