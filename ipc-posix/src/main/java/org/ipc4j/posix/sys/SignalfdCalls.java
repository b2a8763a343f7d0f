// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.sys;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import org.ipc4j.posix.sys.gen.Linux;
import org.ipc4j.posix.sys.gen.signalfd_siginfo;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * {@code signal.h} and {@code sys/signalfd.h}: reading signals that are blocked. A handler is never
 * installed from here.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/signalfd.2.html">signalfd(2)</a>
 */
public final class SignalfdCalls {
    private static final MethodHandle SIGNALFD =
            Native.link("signalfd", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle SIGEMPTYSET =
            Native.link("sigemptyset", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    private static final MethodHandle SIGADDSET =
            Native.link("sigaddset", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle __LIBC_CURRENT_SIGRTMIN =
            Native.link("__libc_current_sigrtmin", FunctionDescriptor.of(JAVA_INT));

    private SignalfdCalls() {}

    /**
     * What came with a signal.
     *
     * @param result how many bytes were read, or the negated error code, and then nothing else
     *     counts
     * @param signo the signal
     * @param code {@code SI_USER}, {@code SI_QUEUE} or another constant
     * @param pid the sending process, 0 if there is none
     * @param uid its user
     * @param value what it has sent
     */
    public record Received(long result, int signo, int code, int pid, int uid, int value) {}

    /**
     * Opens a descriptor to read signals from, which never blocks.
     *
     * @param signals their numbers
     * @return the descriptor, or the negated error code
     */
    public static int signalfd(Iterable<Integer> signals) {
        MemorySegment errno = Scratch.errno();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment set = arena.allocate(Linux.SIZEOF_SIGSET_T(), Long.BYTES);
            int result = (int) SIGEMPTYSET.invokeExact(errno, set);
            for (int signal : signals) {
                if (result == 0) {
                    result = (int) SIGADDSET.invokeExact(errno, set, signal);
                }
            }
            if (result == 0) {
                int flags = Abi.SFD_NONBLOCK | Abi.SFD_CLOEXEC;
                result = (int) SIGNALFD.invokeExact(errno, -1, set, flags);
            }
            return Scratch.result(result, errno);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Reads one signal.
     *
     * @param fd the descriptor
     * @return the signal
     */
    public static Received read(int fd) {
        MemorySegment info = Scratch.get().receivedSignal();
        long result = UnistdCalls.read(fd, info, info.byteSize());
        return new Received(
                result,
                signalfd_siginfo.ssi_signo(info),
                signalfd_siginfo.ssi_code(info),
                signalfd_siginfo.ssi_pid(info),
                signalfd_siginfo.ssi_uid(info),
                signalfd_siginfo.ssi_int(info));
    }

    /**
     * Returns the first of the signals that queue; the C library keeps those before it to itself.
     *
     * @return {@code SIGRTMIN}
     */
    public static int sigrtmin() {
        MemorySegment errno = Scratch.errno();
        try {
            return (int) __LIBC_CURRENT_SIGRTMIN.invokeExact(errno);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }
}
