// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.sys;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import org.ipc4j.posix.sys.gen.Linux;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * {@code sys/pidfd.h}: descriptors of processes. The C library has functions for it since glibc
 * 2.36 only.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/pidfd_open.2.html">pidfd_open(2)</a>
 * @see <a
 *     href="https://man7.org/linux/man-pages/man2/pidfd_send_signal.2.html">pidfd_send_signal(2)</a>
 */
public final class PidfdCalls {
    private static final MethodHandle PIDFD_OPEN =
            Native.link(
                    "syscall",
                    FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT),
                    Linker.Option.firstVariadicArg(1));
    private static final MethodHandle PIDFD_SEND_SIGNAL =
            Native.link(
                    "syscall",
                    FunctionDescriptor.of(
                            JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT),
                    Linker.Option.firstVariadicArg(1));

    private PidfdCalls() {}

    /**
     * Opens a process. The descriptor is not for programs that this one starts, and can be read
     * from when the process has ended.
     *
     * @param pid its number
     * @return the descriptor, or the negated error code
     */
    public static int pidfd_open(int pid) {
        MemorySegment errno = Scratch.errno();
        try {
            long result = (long) PIDFD_OPEN.invokeExact(errno, (long) Abi.SYS_pidfd_open, pid, 0);
            return (int) Scratch.result(result, errno);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /**
     * Sends a signal.
     *
     * @param fd the process's descriptor
     * @param signal the signal; 0 only looks whether one could be sent
     * @return 0, or the negated error code
     */
    public static int pidfd_send_signal(int fd, int signal) {
        return send(fd, signal, MemorySegment.NULL);
    }

    /**
     * Sends a signal with a value, as {@code sigqueue(3)} does.
     *
     * @param fd the process's descriptor
     * @param signal the signal
     * @param value the value
     * @param pid this process, to be told to the receiver
     * @param uid the user of this process, to be told to the receiver
     * @return 0, or the negated error code; that of {@link Errno#EAGAIN} if the queue is full
     */
    public static int pidfd_send_signal(int fd, int signal, int value, int pid, int uid) {
        MemorySegment info = Scratch.get().sentSignal();
        info.fill((byte) 0);
        info.set(JAVA_INT, Linux.OFFSETOF_SI_SIGNO(), signal);
        info.set(JAVA_INT, Linux.OFFSETOF_SI_CODE(), Abi.SI_QUEUE);
        info.set(JAVA_INT, Linux.OFFSETOF_SI_PID(), pid);
        info.set(JAVA_INT, Linux.OFFSETOF_SI_UID(), uid);
        info.set(JAVA_INT, Linux.OFFSETOF_SI_VALUE(), value);
        return send(fd, signal, info);
    }

    private static int send(int fd, int signal, MemorySegment info) {
        MemorySegment errno = Scratch.errno();
        try {
            long result =
                    (long)
                            PIDFD_SEND_SIGNAL.invokeExact(
                                    errno, (long) Abi.SYS_pidfd_send_signal, fd, signal, info, 0);
            return (int) Scratch.result(result, errno);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }
}
