// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.signal;

import org.ipc4j.IpcAccessDeniedException;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.NameNotFoundException;
import org.ipc4j.signal.Signal;
import org.ipc4j.signal.SignalTarget;
import org.ipc4j.spi.Arguments;
import org.ipc4j.spi.JdkSignals;

import java.time.Duration;
import java.util.Objects;

/**
 * A process, by its handle. The JDK compares its time of start before it sends the signal, so that
 * another process with the same number is not hit, but for a moment between the two.
 */
final class JvmSignalTarget implements SignalTarget {
    private final ProcessHandle process;
    private final IpcName name;
    private volatile boolean open = true;

    private JvmSignalTarget(ProcessHandle process) {
        this.process = process;
        this.name = IpcName.ofNative("process " + process.pid());
    }

    static JvmSignalTarget of(ProcessHandle process) throws IpcException {
        JvmSignalTarget target = new JvmSignalTarget(process);
        if (!process.isAlive()) {
            throw target.ended();
        }
        return target;
    }

    @Override
    public ProcessHandle process() {
        return process;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public boolean probe() {
        Arguments.requireOpen(open, name);
        return process.isAlive();
    }

    @Override
    public void send(Signal signal) throws IpcException {
        Objects.requireNonNull(signal, "signal");
        Arguments.requireOpen(open, name);
        if (process.equals(ProcessHandle.current())) {
            JdkSignals.raise(signal);
            return;
        }
        boolean sent =
                switch (signal.name()) {
                    case "SIGTERM" -> process.supportsNormalTermination() && process.destroy();
                    case "SIGKILL" -> process.destroyForcibly();
                    default ->
                            throw new UnsupportedOperationException(
                                    "plain Java sends other processes SIGTERM and SIGKILL only;"
                                            + " use the provider posix");
                };
        if (!sent) {
            throw process.isAlive()
                    ? new IpcAccessDeniedException(
                            name,
                            "Java was refused to send it "
                                    + signal
                                    + "; only its own user, or root, may do that")
                    : ended();
        }
    }

    @Override
    public void send(Signal signal, int value) {
        throw noValues(signal);
    }

    @Override
    public boolean trySend(Signal signal, int value, Duration timeout) {
        Objects.requireNonNull(timeout, "timeout");
        throw noValues(signal);
    }

    private UnsupportedOperationException noValues(Signal signal) {
        Objects.requireNonNull(signal, "signal");
        Arguments.requireOpen(open, name);
        return new UnsupportedOperationException(
                "plain Java sends signals without values; use the provider posix");
    }

    private NameNotFoundException ended() {
        return new NameNotFoundException(name, "it has ended; no signal was sent");
    }

    @Override
    public void close() {
        open = false;
    }

    @Override
    public String toString() {
        return name.value() + (open ? "" : ", closed");
    }
}
