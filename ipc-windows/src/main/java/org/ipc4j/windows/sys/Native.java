// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.windows.sys;

import org.ipc4j.spi.Availability;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Optional;

/** Finds and links the functions of Windows. */
public final class Native {
    /**
     * Every process has these, and Windows loads them from its own folder whatever the search path
     * is: they are among the "known DLLs".
     */
    private static final List<String> LIBRARIES =
            List.of("kernel32.dll", "advapi32.dll", "ntdll.dll");

    private Native() {}

    /**
     * Tells whether functions can be called at all.
     *
     * @param functions what a mechanism needs
     * @return available, or the reason
     */
    public static Availability availability(String... functions) {
        String system = System.getProperty("os.name");
        String processor = System.getProperty("os.arch");
        if (!system.startsWith("Windows") || !processor.equals("amd64")) {
            return Availability.unavailable(
                    "needs Windows on x86-64, this is " + system + " on " + processor);
        }
        // Nothing before this line touches the linker, which not every system has.
        try {
            // A restricted call without effect. That it throws is the only sign of native access
            // being denied: isNativeAccessEnabled() is false as well when the JDK merely warns.
            MemorySegment.NULL.reinterpret(0);
        } catch (IllegalCallerException denied) {
            Module module = Native.class.getModule();
            return Availability.unavailable(
                    "native access is denied; start Java with --enable-native-access="
                            + (module.isNamed() ? module.getName() : "ALL-UNNAMED"));
        }
        for (String function : functions) {
            if (find(function).isEmpty()) {
                return Availability.unavailable("this Windows has no " + function);
            }
        }
        return Availability.available();
    }

    /**
     * Finds a function.
     *
     * @param function its C name
     * @return its address
     */
    static Optional<MemorySegment> find(String function) {
        for (String library : LIBRARIES) {
            Optional<MemorySegment> found =
                    SymbolLookup.libraryLookup(library, Arena.global()).find(function);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /**
     * Links a function whose last error is captured with the call: by the time that Java could ask
     * for it, the virtual machine may have made calls of its own. The handle takes {@link
     * Scratch#lastError()} first.
     *
     * @param function its C name
     * @param descriptor its C type
     * @return the handle
     */
    static MethodHandle link(String function, FunctionDescriptor descriptor) {
        return Linker.nativeLinker()
                .downcallHandle(
                        address(function),
                        descriptor,
                        Linker.Option.captureCallState("GetLastError"));
    }

    /**
     * Links a function that tells its error by what it returns.
     *
     * @param function its C name
     * @param descriptor its C type
     * @return the handle
     */
    static MethodHandle linkPlain(String function, FunctionDescriptor descriptor) {
        return Linker.nativeLinker().downcallHandle(address(function), descriptor);
    }

    private static MemorySegment address(String function) {
        return find(function)
                .orElseThrow(
                        () -> new UnsupportedOperationException("this Windows has no " + function));
    }

    /**
     * Wraps what a method handle declares but a linked function does not throw.
     *
     * @param thrown the throwable
     * @return never; for the caller's {@code throw}
     */
    static RuntimeException unexpected(Throwable thrown) {
        if (thrown instanceof RuntimeException e) {
            throw e;
        }
        if (thrown instanceof Error e) {
            throw e;
        }
        throw new IllegalStateException(thrown);
    }
}
