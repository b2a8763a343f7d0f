// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.signal;

import org.ipc4j.IpcException;
import org.ipc4j.signal.Signal;
import org.ipc4j.signal.SignalReception;
import org.ipc4j.signal.SignalSubscription;
import org.ipc4j.signal.SignalTarget;
import org.ipc4j.signal.SignalUnavailableException;
import org.ipc4j.spi.Availability;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.DispatchedSignals;
import org.ipc4j.spi.JdkSignals;
import org.ipc4j.spi.ReservedSignals;
import org.ipc4j.spi.SignalProvider;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Signals in plain Java, which can receive ordinary ones, end other processes, and send anything to
 * itself.
 */
public final class JvmSignalProvider implements SignalProvider {
    private static final String WINDOWS =
            "Windows has no signals between processes; use a NamedSemaphore or a NamedPipe to tell"
                    + " something, and ProcessHandle.destroy to end a process";

    /** Names that POSIX systems give; those that this system lacks, the JDK does not know. */
    private static final List<String> NAMES =
            List.of(
                    "SIGHUP",
                    "SIGINT",
                    "SIGQUIT",
                    "SIGILL",
                    "SIGTRAP",
                    "SIGABRT",
                    "SIGBUS",
                    "SIGFPE",
                    "SIGKILL",
                    "SIGUSR1",
                    "SIGSEGV",
                    "SIGUSR2",
                    "SIGPIPE",
                    "SIGALRM",
                    "SIGTERM",
                    "SIGCHLD",
                    "SIGCONT",
                    "SIGSTOP",
                    "SIGTSTP",
                    "SIGTTIN",
                    "SIGTTOU",
                    "SIGURG",
                    "SIGXCPU",
                    "SIGXFSZ",
                    "SIGVTALRM",
                    "SIGPROF",
                    "SIGWINCH",
                    "SIGIO",
                    "SIGSYS");

    /** For {@link java.util.ServiceLoader}. */
    public JvmSignalProvider() {}

    @Override
    public String name() {
        return "jvm";
    }

    @Override
    public Availability availability() {
        return System.getProperty("os.name").startsWith("Windows")
                ? Availability.unavailable(WINDOWS)
                : JdkSignals.availability();
    }

    @Override
    public Set<Capability> capabilities() {
        return availability().isAvailable()
                ? Set.of(
                        Capability.CROSS_PROCESS,
                        Capability.FOREIGN_PEERS,
                        Capability.KERNEL_WAIT,
                        Capability.DISPATCHED_SIGNALS)
                : Set.of();
    }

    @Override
    public List<Signal> signals() {
        return NAMES.stream().flatMap(JvmSignalProvider::known).sorted().toList();
    }

    private static Stream<Signal> known(String name) {
        OptionalInt number = JdkSignals.number(name);
        return number.isPresent() ? Stream.of(new Signal(name, number.getAsInt())) : Stream.empty();
    }

    @Override
    public SignalReception reception(Signal signal) {
        Optional<String> reserved = ReservedSignals.reason(signal);
        if (reserved.isPresent()) {
            return new SignalReception(SignalReception.Kind.REFUSED, reserved.get());
        }
        if (signal.isRealTime()) {
            return new SignalReception(
                    SignalReception.Kind.REFUSED,
                    "plain Java cannot receive it; use the provider posix");
        }
        return new SignalReception(
                SignalReception.Kind.DISPATCHED,
                ReservedSignals.endsJvm(signal) ? "ends the JVM, unless it is subscribed to" : "");
    }

    @Override
    public SignalTarget target(ProcessHandle process) throws IpcException {
        return JvmSignalTarget.of(process);
    }

    @Override
    public SignalSubscription subscribe(Set<Signal> signals) throws IpcException {
        for (Signal signal : signals) {
            SignalReception reception = reception(signal);
            if (reception.kind() == SignalReception.Kind.REFUSED) {
                throw new SignalUnavailableException(JdkSignals.name(signal), reception.remark());
            }
        }
        return new DispatchedSignals(signals);
    }
}
