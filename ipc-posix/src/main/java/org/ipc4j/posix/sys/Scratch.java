// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.sys;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;

/**
 * A thread's own native memory for what a call writes beside its result: {@code errno}, and the
 * small structs that would otherwise be allocated for each call. It goes with the thread.
 */
final class Scratch {
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final long ERRNO =
            STATE.byteOffset(MemoryLayout.PathElement.groupElement("errno"));
    private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::new);

    private final MemorySegment errno;
    private MemorySegment number;
    private MemorySegment pollfd;
    private MemorySegment timespec;
    private MemorySegment receivedSignal;
    private MemorySegment sentSignal;
    private MemorySegment flock;
    private MemorySegment statx;

    private Scratch() {
        errno = Arena.ofAuto().allocate(STATE);
    }

    static Scratch get() {
        return OF_THREAD.get();
    }

    /** Where a handle linked by {@link Native#link} puts {@code errno}. */
    static MemorySegment errno() {
        return OF_THREAD.get().errno;
    }

    /**
     * Turns a C result into ours. To be called with the result of the call that has just returned.
     *
     * @param result -1 if the call failed
     * @param errno what {@link #errno()} gave for that call
     * @return {@code result}, or the negated error code
     */
    static int result(int result, MemorySegment errno) {
        return result >= 0 ? result : failure(errno);
    }

    /** As {@link #result(int, MemorySegment)}, for functions that return {@code ssize_t}. */
    static long result(long result, MemorySegment errno) {
        return result >= 0 ? result : failure(errno);
    }

    static int failure(MemorySegment errno) {
        return -errno.get(ValueLayout.JAVA_INT, ERRNO);
    }

    /** Room for a C {@code int}. */
    MemorySegment number() {
        if (number == null) {
            number = Arena.ofAuto().allocate(ValueLayout.JAVA_INT);
        }
        return number;
    }

    MemorySegment pollfd() {
        if (pollfd == null) {
            pollfd = Arena.ofAuto().allocate(org.ipc4j.posix.sys.gen.pollfd.layout());
        }
        return pollfd;
    }

    MemorySegment timespec() {
        if (timespec == null) {
            timespec = Arena.ofAuto().allocate(org.ipc4j.posix.sys.gen.timespec.layout());
        }
        return timespec;
    }

    MemorySegment receivedSignal() {
        if (receivedSignal == null) {
            receivedSignal =
                    Arena.ofAuto().allocate(org.ipc4j.posix.sys.gen.signalfd_siginfo.layout());
        }
        return receivedSignal;
    }

    /** Room for a {@code siginfo_t}, which keeps what was written there before. */
    MemorySegment sentSignal() {
        if (sentSignal == null) {
            sentSignal =
                    Arena.ofAuto()
                            .allocate(org.ipc4j.posix.sys.gen.Linux.SIZEOF_SIGINFO_T(), Long.BYTES);
        }
        return sentSignal;
    }

    MemorySegment flock() {
        if (flock == null) {
            flock = Arena.ofAuto().allocate(org.ipc4j.posix.sys.gen.flock.layout());
        }
        return flock;
    }

    MemorySegment statx() {
        if (statx == null) {
            statx = Arena.ofAuto().allocate(org.ipc4j.posix.sys.gen.statx.layout());
        }
        return statx;
    }
}
