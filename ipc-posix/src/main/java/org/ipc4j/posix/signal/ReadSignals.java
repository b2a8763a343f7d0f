// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.signal;

import org.ipc4j.IpcException;
import org.ipc4j.posix.sys.Abi;
import org.ipc4j.posix.sys.Errno;
import org.ipc4j.posix.sys.PollCalls;
import org.ipc4j.posix.sys.PosixErrors;
import org.ipc4j.posix.sys.SignalfdCalls;
import org.ipc4j.posix.sys.UnistdCalls;
import org.ipc4j.signal.Signal;
import org.ipc4j.signal.SignalInfo;
import org.ipc4j.signal.SignalReception;
import org.ipc4j.spi.NativeHandle;
import org.ipc4j.spi.WaitingSignals;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Signals that every thread has blocked, read by {@code signalfd(2)} one at a time, so that those
 * that nobody has asked for yet stay in the kernel when this is closed.
 */
final class ReadSignals extends WaitingSignals {
    private final NativeHandle descriptor;
    private final Map<Integer, Signal> byNumber = new HashMap<>();
    private final AtomicLong received = new AtomicLong();

    ReadSignals(Set<Signal> signals) throws IpcException {
        super(signals, SignalReception.Kind.READ);
        signals().forEach(signal -> byNumber.put(signal.number(), signal));
        int fd = SignalfdCalls.signalfd(byNumber.keySet());
        if (fd < 0) {
            giveUp();
            throw exception(fd, "signalfd");
        }
        descriptor = UnistdCalls.handle(name(), fd);
    }

    @Override
    protected SignalInfo take(long nanos) throws IpcException {
        int fd = (int) descriptor.enter();
        try {
            SignalInfo now = read(fd);
            if (now == null && nanos > 0 && PollCalls.poll(fd, Abi.POLLIN, nanos) > 0) {
                now = read(fd);
            }
            return now;
        } finally {
            descriptor.exit();
        }
    }

    private SignalInfo read(int fd) throws IpcException {
        SignalfdCalls.Received signal = SignalfdCalls.read(fd);
        return switch (Errno.of(signal.result())) {
            case NONE -> {
                received.incrementAndGet();
                yield info(signal);
            }
            case EAGAIN, EINTR -> null;
            default -> throw exception(signal.result(), "read");
        };
    }

    /**
     * What the codes mean that have a sender. Of a signal that has found no room, the kernel keeps
     * only that it came: then process and user are 0, which nobody's are that we can see.
     */
    private SignalInfo info(SignalfdCalls.Received signal) {
        Signal which = byNumber.get(signal.signo());
        boolean isQueued = signal.code() == Abi.SI_QUEUE;
        boolean isSent = signal.code() == Abi.SI_USER && (signal.pid() | signal.uid()) != 0;
        if (!isQueued && !isSent) {
            return SignalInfo.of(which);
        }
        return new SignalInfo(
                which,
                signal.pid() == 0
                        ? OptionalLong.empty() // beyond what this process's system numbers
                        : OptionalLong.of(Integer.toUnsignedLong(signal.pid())),
                OptionalLong.of(Integer.toUnsignedLong(signal.uid())),
                isQueued ? OptionalInt.of(signal.value()) : OptionalInt.empty());
    }

    @Override
    protected int ready() {
        int fd = (int) descriptor.enter();
        try {
            return PollCalls.poll(fd, Abi.POLLIN, 0) > 0 ? 1 : 0;
        } finally {
            descriptor.exit();
        }
    }

    @Override
    public long received() {
        return received.get();
    }

    @Override
    protected void release() {
        descriptor.close();
    }

    private IpcException exception(long result, String call) {
        return PosixErrors.exception(result, call, name(), name().value());
    }
}
