// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.sys;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * {@code sys/inotify.h}: being told of changes in directories.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/inotify.7.html">inotify(7)</a>
 */
public final class InotifyCalls {
    private static final MethodHandle INOTIFY_INIT1 =
            Native.link("inotify_init1", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle INOTIFY_ADD_WATCH =
            Native.link(
                    "inotify_add_watch",
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));

    private InotifyCalls() {}

    /**
     * Makes a queue of events.
     *
     * @param flags {@code IN_NONBLOCK}, {@code IN_CLOEXEC}
     * @return a new descriptor, or the negated error code; {@code EMFILE} also at the limit of
     *     queues of this user
     */
    public static int inotify_init1(int flags) {
        MemorySegment errno = Scratch.errno();
        try {
            return Scratch.result((int) INOTIFY_INIT1.invokeExact(errno, flags), errno);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Adds something to be told of.
     *
     * @param fd the queue's descriptor
     * @param path a file or directory
     * @param mask {@code IN_} constants
     * @return the watch's number, or the negated error code
     */
    public static int inotify_add_watch(int fd, String path, int mask) {
        MemorySegment errno = Scratch.errno();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment pathC = arena.allocateFrom(path);
            return Scratch.result(
                    (int) INOTIFY_ADD_WATCH.invokeExact(errno, fd, pathC, mask), errno);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }
}
