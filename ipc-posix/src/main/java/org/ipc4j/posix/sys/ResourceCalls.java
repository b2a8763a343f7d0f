// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.sys;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import org.ipc4j.posix.sys.gen.rlimit;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * {@code sys/resource.h}: the limits of this process.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/getrlimit.2.html">getrlimit(2)</a>
 */
public final class ResourceCalls {
    private static final MethodHandle GETRLIMIT =
            Native.link("getrlimit", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));

    private ResourceCalls() {}

    /**
     * Returns a limit that is in force.
     *
     * @param resource an {@code RLIMIT_} constant
     * @return the soft limit; -1 for none
     */
    public static long getrlimit(int resource) {
        MemorySegment errno = Scratch.errno();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment limit = rlimit.allocate(arena);
            int unused =
                    (int)
                            GETRLIMIT.invokeExact(
                                    errno, resource,
                                    limit); // it fails only for what is no resource
            return rlimit.rlim_cur(limit);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }
}
