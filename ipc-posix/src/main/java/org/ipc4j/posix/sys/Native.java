// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.sys;

import org.ipc4j.spi.Availability;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds and links the C library's functions. */
public final class Native {
    private static final Set<String> PROCESSORS = Set.of("amd64", "aarch64");

    /**
     * Where functions may live besides the C library: glibc before 2.34 has {@code shm_open} and
     * {@code sem_open} here.
     */
    private static final List<String> OLDER_HOMES = List.of("librt.so.1", "libpthread.so.0");

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
        if (!system.equals("Linux") || !PROCESSORS.contains(processor)) {
            return Availability.unavailable(
                    "needs Linux on x86-64 or aarch64, this is " + system + " on " + processor);
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
                return Availability.unavailable("the C library has no " + function);
            }
        }
        return Availability.available();
    }

    /**
     * Finds a function. The order of look-up is what copes with the differences between C
     * libraries.
     *
     * @param function its C name
     * @return its address
     */
    static Optional<MemorySegment> find(String function) {
        Optional<MemorySegment> found = Linker.nativeLinker().defaultLookup().find(function);
        for (String library : OLDER_HOMES) {
            if (found.isEmpty()) {
                found = findIn(library, function);
            }
        }
        return found;
    }

    private static Optional<MemorySegment> findIn(String library, String function) {
        try {
            return SymbolLookup.libraryLookup(library, Arena.global()).find(function);
        } catch (IllegalArgumentException absent) {
            return Optional.empty();
        }
    }

    /**
     * Links a function whose {@code errno} is captured with the call. The handle takes {@link
     * Scratch#errno()} first.
     *
     * @param function its C name
     * @param descriptor its C type
     * @param options more options
     * @return the handle
     */
    static MethodHandle link(
            String function, FunctionDescriptor descriptor, Linker.Option... options) {
        Linker.Option[] all = new Linker.Option[options.length + 1];
        System.arraycopy(options, 0, all, 0, options.length);
        all[options.length] = Linker.Option.captureCallState("errno");
        return Linker.nativeLinker().downcallHandle(address(function), descriptor, all);
    }

    /**
     * Links a function that cannot block, fault or call back, without {@code errno}: the thread
     * stays in Java, and a call costs little more than it does in C.
     *
     * @param function its C name
     * @param descriptor its C type
     * @return the handle
     */
    static MethodHandle linkCritical(String function, FunctionDescriptor descriptor) {
        return Linker.nativeLinker()
                .downcallHandle(address(function), descriptor, Linker.Option.critical(false));
    }

    private static MemorySegment address(String function) {
        return find(function)
                .orElseThrow(() ->
                        new UnsupportedOperationException("the C library has no " + function));
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
