// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.sys;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import org.ipc4j.posix.sys.gen.timespec;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * {@code semaphore.h}: named semaphores.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/sem_overview.7.html">sem_overview(7)</a>
 */
public final class SemaphoreCalls {
    private static final MethodHandle SEM_OPEN =
            Native.link(
                    "sem_open",
                    FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT),
                    Linker.Option.firstVariadicArg(2));
    private static final MethodHandle SEM_CLOSE =
            Native.link("sem_close", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    private static final MethodHandle SEM_UNLINK =
            Native.link("sem_unlink", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    private static final MethodHandle SEM_POST =
            Native.link("sem_post", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    private static final MethodHandle SEM_POST_CRITICAL =
            Native.linkCritical("sem_post", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    private static final MethodHandle SEM_TRYWAIT =
            Native.link("sem_trywait", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    private static final MethodHandle SEM_TRYWAIT_CRITICAL =
            Native.linkCritical("sem_trywait", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    private static final MethodHandle SEM_GETVALUE =
            Native.link("sem_getvalue", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));

    private SemaphoreCalls() {}

    /** The waiting call, linked when somebody first waits. */
    private static final class Timed {
        /** glibc has {@code sem_clockwait} since 2.30; musl does not have it. */
        static final boolean MONOTONIC = Native.find("sem_clockwait").isPresent();

        static final MethodHandle SEM_CLOCKWAIT =
                MONOTONIC
                        ? Native.link(
                                "sem_clockwait",
                                FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS))
                        : null;
        static final MethodHandle SEM_TIMEDWAIT =
                MONOTONIC
                        ? null
                        : Native.link(
                                "sem_timedwait", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));

        private Timed() {}
    }

    /**
     * Opens a semaphore.
     *
     * @param name its name
     * @param flags {@code O_} constants
     * @param mode the permissions of a semaphore that is created, less the umask
     * @param value the permits of a semaphore that is created
     * @return its address, or the negated error code
     */
    public static long sem_open(String name, int flags, int mode, int value) {
        MemorySegment errno = Scratch.errno();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment nameC = arena.allocateFrom(name);
            MemorySegment semaphore =
                    (MemorySegment) SEM_OPEN.invokeExact(errno, nameC, flags, mode, value);
            return semaphore.equals(MemorySegment.NULL)
                    ? Scratch.failure(errno)
                    : semaphore.address();
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Closes a semaphore.
     *
     * @param semaphore its address
     */
    public static void sem_close(long semaphore) {
        MemorySegment errno = Scratch.errno();
        try {
            int unused =
                    (int)
                            SEM_CLOSE.invokeExact(
                                    errno,
                                    pointer(semaphore)); // it fails only for what is no semaphore
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Deletes a semaphore's name.
     *
     * @param name the name
     * @return 0, or the negated error code
     */
    public static int sem_unlink(String name) {
        MemorySegment errno = Scratch.errno();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment nameC = arena.allocateFrom(name);
            return Scratch.result((int) SEM_UNLINK.invokeExact(errno, nameC), errno);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Adds a permit.
     *
     * @param semaphore its address
     * @return 0, or the negated error code
     */
    public static int sem_post(long semaphore) {
        try {
            if ((int) SEM_POST_CRITICAL.invokeExact(pointer(semaphore)) == 0) {
                return 0;
            }
            // A refused post has changed nothing: ask again, for the reason.
            MemorySegment errno = Scratch.errno();
            return Scratch.result((int) SEM_POST.invokeExact(errno, pointer(semaphore)), errno);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Takes a permit if there is one.
     *
     * @param semaphore its address
     * @return 0, or the negated error code, which is that of {@link Errno#EAGAIN} if there is none
     */
    public static int sem_trywait(long semaphore) {
        try {
            if ((int) SEM_TRYWAIT_CRITICAL.invokeExact(pointer(semaphore)) == 0) {
                return 0;
            }
            MemorySegment errno = Scratch.errno();
            return Scratch.result((int) SEM_TRYWAIT.invokeExact(errno, pointer(semaphore)), errno);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Takes a permit, waiting for one by the monotonic clock, or by the wall clock where the C
     * library has no other.
     *
     * @param semaphore its address
     * @param nanos how long to wait
     * @return 0, or the negated error code, which is that of {@link Errno#ETIMEDOUT} if there was
     *     none in time
     */
    public static int sem_clockwait(long semaphore, long nanos) {
        Scratch scratch = Scratch.get();
        MemorySegment errno = Scratch.errno();
        MemorySegment deadline = scratch.timespec();
        int clock = Timed.MONOTONIC ? Abi.CLOCK_MONOTONIC : Abi.CLOCK_REALTIME;
        TimeCalls.clock_gettime(clock, deadline);
        long sum = timespec.tv_nsec(deadline) + nanos;
        timespec.tv_sec(deadline, timespec.tv_sec(deadline) + sum / 1_000_000_000);
        timespec.tv_nsec(deadline, sum % 1_000_000_000);
        try {
            return Scratch.result(
                    Timed.MONOTONIC
                            ? (int)
                                    Timed.SEM_CLOCKWAIT.invokeExact(
                                            errno, pointer(semaphore), clock, deadline)
                            : (int)
                                    Timed.SEM_TIMEDWAIT.invokeExact(
                                            errno, pointer(semaphore), deadline),
                    errno);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Tells how many permits there are.
     *
     * @param semaphore its address
     * @return the number, 0 or more
     */
    public static int sem_getvalue(long semaphore) {
        MemorySegment errno = Scratch.errno();
        MemorySegment value = Scratch.get().number();
        try {
            int unused =
                    (int)
                            SEM_GETVALUE.invokeExact(
                                    errno,
                                    pointer(semaphore),
                                    value); // it fails only for what is none
            return Math.max(0, value.get(ValueLayout.JAVA_INT, 0));
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Made at each call, and so never in memory: of a segment that is read from a field, the
     * compiler does not know that there is no session to keep open during the call.
     */
    private static MemorySegment pointer(long address) {
        return MemorySegment.ofAddress(address);
    }
}
