// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.signal;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.signal.Signal;
import org.ipc4j.signal.SignalReception;
import org.ipc4j.spi.Availability;
import org.ipc4j.spi.JdkSignals;
import org.ipc4j.spi.ReservedSignals;

import java.io.IOException;
import java.util.Optional;

/**
 * What this process does with signals.
 *
 * @param blocked those that every thread has blocked, a bit for each
 * @param ignored those that are ignored, a bit for each
 */
record ThisProcess(long blocked, long ignored) {
    /**
     * Looks.
     *
     * @throws IpcException if {@code /proc} tells nothing, or there is no descriptor left to read
     *     it
     */
    static ThisProcess look() throws IpcException {
        try {
            return new ThisProcess(ProcessStatus.blockedEverywhere(), ProcessStatus.ignored());
        } catch (IOException e) {
            throw ProcessStatus.unreadable(IpcName.ofNative("signals of this process"), e);
        }
    }

    SignalReception reception(Signal signal) {
        boolean isBlocked = has(blocked, signal);
        Optional<String> reserved = ReservedSignals.reason(signal);
        // A JVM that was started with -Xrs leaves QUIT alone, and blocked if it is.
        if (reserved.isPresent() && !(isBlocked && signal.name().equals("SIGQUIT"))) {
            return refused(reserved.get());
        }
        if (isBlocked) {
            return new SignalReception(SignalReception.Kind.READ, "");
        }
        if (signal.isRealTime()) {
            return refused(
                    "it can be received only if every thread of this process has it blocked, so it"
                            + " must be started so: env --block-signal="
                            + signal.shortName()
                            + " java ...");
        }
        if (JdkSignals.availability() instanceof Availability.Unavailable(String reason)) {
            return refused(
                    reason
                            + ". Or start it with the signal blocked: env --block-signal="
                            + signal.shortName()
                            + " java ...");
        }
        if (!ReservedSignals.endsJvm(signal)) {
            return new SignalReception(SignalReception.Kind.DISPATCHED, "");
        }
        return has(ignored, signal)
                ? refused(
                        "this process was started with it ignored (nohup, or in the background of"
                                + " a script), and the JVM leaves it so")
                : new SignalReception(
                        SignalReception.Kind.DISPATCHED,
                        "ends the JVM, unless it is subscribed to");
    }

    static SignalReception refused(String reason) {
        return new SignalReception(SignalReception.Kind.REFUSED, reason);
    }

    private static boolean has(long mask, Signal signal) {
        return signal.number() <= Long.SIZE && (mask >>> (signal.number() - 1) & 1) != 0;
    }
}
