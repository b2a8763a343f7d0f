// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.sys;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import org.ipc4j.posix.sys.gen.pollfd;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * {@code poll.h}: waiting for a descriptor.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/poll.2.html">poll(2)</a>
 */
public final class PollCalls {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private static final MethodHandle POLL =
            Native.link("poll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));

    private PollCalls() {}

    /**
     * Waits until a descriptor is ready, by the monotonic clock.
     *
     * @param fd the descriptor
     * @param events {@code POLL} constants
     * @param nanos how long to wait, rounded up to milliseconds; 0 only looks, which a signal can
     *     interrupt too, but then it looks again
     * @return the {@code POLL} constants that hold now, 0 if the time ran out, or the negated error
     *     code
     */
    public static int poll(int fd, short events, long nanos) {
        MemorySegment errno = Scratch.errno();
        MemorySegment one = Scratch.get().pollfd();
        pollfd.fd(one, fd);
        pollfd.events(one, events);
        int millis = (int) ((nanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI);
        try {
            int count;
            do {
                count = Scratch.result((int) POLL.invokeExact(errno, one, 1L, millis), errno);
            } while (millis == 0 && Errno.of(count) == Errno.EINTR);
            return count > 0 ? pollfd.revents(one) : count;
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }
}
