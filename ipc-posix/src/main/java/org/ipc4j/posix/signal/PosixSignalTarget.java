// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.signal;

import static org.ipc4j.posix.sys.PidfdCalls.pidfd_open;
import static org.ipc4j.posix.sys.PidfdCalls.pidfd_send_signal;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.NameNotFoundException;
import org.ipc4j.ResourceLimitException;
import org.ipc4j.SystemError;
import org.ipc4j.posix.sys.Abi;
import org.ipc4j.posix.sys.Errno;
import org.ipc4j.posix.sys.PollCalls;
import org.ipc4j.posix.sys.PosixErrors;
import org.ipc4j.posix.sys.UnistdCalls;
import org.ipc4j.signal.Signal;
import org.ipc4j.signal.SignalTarget;
import org.ipc4j.spi.Arguments;
import org.ipc4j.spi.NativeHandle;
import org.ipc4j.spi.Wait;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;

/**
 * A process, by a descriptor of it. The number of a process is used once, to get the descriptor,
 * and then the handle is asked whether that is its process still: if it lives after the descriptor
 * was made, it had the number before, and the descriptor is its.
 */
final class PosixSignalTarget implements SignalTarget {
    private static final String SEND = "pidfd_send_signal";

    /** Stands for no signal, to look whether one could be sent. */
    private static final int NONE = 0;

    private static final int SELF = Math.toIntExact(ProcessHandle.current().pid());

    /**
     * How long a look counts that found the process alive. One that ends in that time could as well
     * have ended between the look and the signal.
     */
    private static final long LOOK_NANOS = 1_000_000;

    private static volatile Integer thisUser;

    private final ProcessHandle process;
    private final IpcName name;
    private final NativeHandle descriptor;
    private final int user;
    private final Wait room;

    /** When it was last found alive, by {@link System#nanoTime}. */
    private volatile long seenAlive = System.nanoTime() - LOOK_NANOS;

    private PosixSignalTarget(ProcessHandle process, IpcName name, int fd, int user) {
        this.process = process;
        this.name = name;
        this.descriptor = UnistdCalls.handle(name, fd);
        this.user = user;
        this.room = Wait.byPolling(name, descriptor::isOpen, () -> 1);
    }

    static PosixSignalTarget of(ProcessHandle process) throws IpcException {
        IpcName name = IpcName.ofNative("process " + process.pid());
        int user = user(name);
        int fd = pidfd_open(Math.toIntExact(process.pid()));
        if (fd < 0) {
            throw exception(fd, "pidfd_open", name);
        }
        PosixSignalTarget target = new PosixSignalTarget(process, name, fd, user);
        if (target.hasEnded()) {
            target.close();
            throw target.ended();
        }
        if (!process.isAlive()) {
            target.close();
            // With no descriptor left, the JDK could not read when it was started.
            throw process.isAlive()
                    ? exception(Errno.EMFILE.result(), "open", name)
                    : target.ended();
        }
        return target;
    }

    /** A process's real user is the same as long as it runs; a JVM has no way to change it. */
    private static int user(IpcName name) throws IpcException {
        try {
            if (thisUser == null) {
                thisUser = ProcessStatus.user();
            }
            return thisUser;
        } catch (IOException e) {
            throw ProcessStatus.unreadable(name, e);
        }
    }

    @Override
    public ProcessHandle process() {
        return process;
    }

    @Override
    public boolean isOpen() {
        return descriptor.isOpen();
    }

    private boolean hasEnded() {
        int fd = (int) descriptor.enter();
        try {
            return hasEnded(fd);
        } finally {
            descriptor.exit();
        }
    }

    /**
     * A process that has ended takes signals as long as its parent has not asked how it ended, but
     * nobody gets them.
     */
    private boolean hasEnded(int fd) {
        long now = System.nanoTime();
        if (PollCalls.poll(fd, Abi.POLLIN, 0) > 0) {
            return true;
        }
        seenAlive = now;
        return false;
    }

    private boolean wasJustAlive() {
        return System.nanoTime() - seenAlive < LOOK_NANOS;
    }

    @Override
    public boolean probe() throws IpcException {
        int result = call(NONE, false, 0);
        if (Errno.of(result) == Errno.ESRCH) {
            return false;
        }
        check(result);
        return true;
    }

    @Override
    public void send(Signal signal) throws IpcException {
        check(call(signal.number(), signal.isRealTime(), 0));
    }

    @Override
    public void send(Signal signal, int value) throws IpcException {
        check(call(signal.number(), true, value));
    }

    @Override
    public boolean trySend(Signal signal, int value, Duration timeout)
            throws IpcException, InterruptedException {
        int number = signal.number();
        Objects.requireNonNull(timeout, "timeout");
        Arguments.requireOpen(isOpen(), name);
        return room.until(timeout, nanos -> isSent(call(number, true, value)));
    }

    private boolean isSent(int result) throws IpcException {
        if (Errno.of(result) == Errno.EAGAIN) {
            return false;
        }
        check(result);
        return true;
    }

    private int call(int signal, boolean hasValue, int value) {
        int fd = (int) descriptor.enter();
        try {
            if ((signal == NONE || !wasJustAlive()) && hasEnded(fd)) {
                return Errno.ESRCH.result();
            }
            return hasValue
                    ? pidfd_send_signal(fd, signal, value, SELF, user)
                    : pidfd_send_signal(fd, signal);
        } finally {
            descriptor.exit();
        }
    }

    private void check(int result) throws IpcException {
        switch (Errno.of(result)) {
            case NONE -> {}
            case ESRCH -> throw ended();
            case EAGAIN -> throw full(result);
            default -> throw exception(result, SEND, name);
        }
    }

    private NameNotFoundException ended() {
        return new NameNotFoundException(name, "it has ended; no signal was sent");
    }

    private ResourceLimitException full(int result) {
        String queue = ProcessStatus.queue(process.pid()).orElse("all that it may");
        return new ResourceLimitException(
                name,
                name.value(),
                new SystemError(SEND, -result, Errno.EAGAIN.name(), Errno.EAGAIN.text()),
                "signals that wait for its user, of all that may (RLIMIT_SIGPENDING of that"
                        + " process): "
                        + queue
                        + "; wait with trySend, or raise it with ulimit -i where that process is"
                        + " started");
    }

    private static IpcException exception(long result, String call, IpcName name) {
        String advice =
                switch (Errno.of(result)) {
                    case EPERM ->
                            "only its own user, or root, may send it signals; let a process of"
                                    + " that user do it";
                    case ESRCH -> "it has ended; no signal was sent";
                    default -> null;
                };
        return advice == null
                ? PosixErrors.exception(result, call, name, name.value())
                : PosixErrors.exception(result, call, name, name.value(), advice);
    }

    @Override
    public void close() {
        descriptor.close();
    }

    @Override
    public String toString() {
        return name.value() + (isOpen() ? "" : ", closed");
    }
}
