// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.signal;

import org.ipc4j.IpcException;
import org.ipc4j.posix.sys.Errno;
import org.ipc4j.posix.sys.Native;
import org.ipc4j.posix.sys.PidfdCalls;
import org.ipc4j.posix.sys.PosixProvider;
import org.ipc4j.posix.sys.SignalNames;
import org.ipc4j.posix.sys.SignalfdCalls;
import org.ipc4j.posix.sys.UnistdCalls;
import org.ipc4j.signal.Signal;
import org.ipc4j.signal.SignalReception;
import org.ipc4j.signal.SignalSubscription;
import org.ipc4j.signal.SignalTarget;
import org.ipc4j.signal.SignalUnavailableException;
import org.ipc4j.spi.Availability;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.DispatchedSignals;
import org.ipc4j.spi.JdkSignals;
import org.ipc4j.spi.SignalProvider;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Signals by {@code pidfd_send_signal(2)} and {@code signalfd(2)}. */
public final class PosixSignalProvider implements SignalProvider, PosixProvider {
    /** For {@link java.util.ServiceLoader}. */
    public PosixSignalProvider() {}

    /** Opens a descriptor of this process and closes it, to know whether this system has such. */
    @Override
    public Availability availability() {
        Availability linked =
                Native.availability("syscall", "signalfd", "sigaddset", "__libc_current_sigrtmin");
        if (!linked.isAvailable()) {
            return linked;
        }
        int fd = PidfdCalls.pidfd_open(Math.toIntExact(ProcessHandle.current().pid()));
        if (fd < 0) {
            return switch (Errno.of(fd)) {
                case EMFILE, ENFILE, ENOMEM -> Availability.available(); // for the call to say
                default ->
                        Availability.unavailable(
                                "pidfd_open is refused ("
                                        + Errno.of(fd)
                                        + "); it needs Linux 5.3, and a container that allows it");
            };
        }
        UnistdCalls.close(fd);
        return Availability.available();
    }

    @Override
    public Set<Capability> capabilities() {
        Set<Capability> all =
                EnumSet.of(
                        Capability.CROSS_PROCESS,
                        Capability.FOREIGN_PEERS,
                        Capability.KERNEL_WAIT,
                        Capability.SIGNAL_CHOICE,
                        Capability.SIGNAL_VALUES);
        if (JdkSignals.availability().isAvailable()) {
            all.add(Capability.DISPATCHED_SIGNALS);
        }
        return Set.copyOf(all);
    }

    @Override
    public List<Signal> signals() {
        Set<Signal> all = new TreeSet<>();
        SignalNames.numbers().forEach((name, number) -> all.add(new Signal(name, number)));
        int first = SignalfdCalls.sigrtmin();
        for (int number = first; number <= SignalNames.LAST; number++) {
            String offset = number == first ? "" : "+" + (number - first);
            all.add(new Signal("SIGRTMIN" + offset, number));
        }
        return new ArrayList<>(all);
    }

    @Override
    public SignalReception reception(Signal signal) {
        try {
            return ThisProcess.look().reception(signal);
        } catch (IpcException e) {
            return ThisProcess.refused(e.getMessage());
        }
    }

    @Override
    public SignalTarget target(ProcessHandle process) throws IpcException {
        return PosixSignalTarget.of(process);
    }

    @Override
    public SignalSubscription subscribe(Set<Signal> signals) throws IpcException {
        ThisProcess process = ThisProcess.look();
        Set<Signal> read = new TreeSet<>();
        Set<Signal> dispatched = new TreeSet<>();
        for (Signal signal : signals) {
            SignalReception reception = process.reception(signal);
            switch (reception.kind()) {
                case READ -> read.add(signal);
                case DISPATCHED -> dispatched.add(signal);
                case REFUSED ->
                        throw new SignalUnavailableException(
                                JdkSignals.name(signal), reception.remark());
            }
        }
        if (!read.isEmpty() && !dispatched.isEmpty()) {
            throw new IllegalArgumentException(
                    "every thread has "
                            + read
                            + " blocked, but not "
                            + dispatched
                            + "; subscribe to them separately");
        }
        return dispatched.isEmpty() ? new ReadSignals(read) : new DispatchedSignals(dispatched);
    }
}
