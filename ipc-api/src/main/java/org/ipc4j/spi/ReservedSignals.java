// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.spi;

import org.ipc4j.signal.Signal;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The signals that the JVM needs for itself, and those that nobody can catch. */
public final class ReservedSignals {
    /**
     * {@code SIGRTMAX-2}, with which the JDK wakes threads that are blocked in a call. It is the
     * same number with every C library, unlike its distance from {@code SIGRTMIN}.
     */
    private static final int NIO_WAKE_UP = 62;

    private static final Set<String> ENDINGS = Set.of("SIGTERM", "SIGHUP", "SIGINT");

    private static final String FAULT =
            "the JVM needs it: HotSpot uses it for null checks, stack guards and safepoints";
    private static final String AS_ERROR =
            "the JVM needs it: it is caught, so that it becomes an IOException where it belongs";
    private static final String UNCATCHABLE = "no process can catch it";

    private static final Map<String, String> REASONS =
            Map.ofEntries(
                    Map.entry("SIGSEGV", FAULT),
                    Map.entry("SIGBUS", FAULT),
                    Map.entry("SIGFPE", FAULT),
                    Map.entry("SIGILL", FAULT),
                    Map.entry("SIGTRAP", FAULT),
                    Map.entry("SIGPIPE", AS_ERROR),
                    Map.entry("SIGXFSZ", AS_ERROR),
                    Map.entry("SIGQUIT", "the JVM needs it: it prints its threads then"),
                    Map.entry(
                            "SIGUSR2",
                            "the JVM needs it: HotSpot suspends its threads with it; use USR1"),
                    Map.entry(
                            "SIGCHLD",
                            "the JVM needs it: the JDK sets it when it starts a process;"
                                    + " ProcessHandle.onExit tells of a process's end"),
                    Map.entry("SIGKILL", UNCATCHABLE),
                    Map.entry("SIGSTOP", UNCATCHABLE));

    private ReservedSignals() {}

    /**
     * Tells why a signal is not for programs.
     *
     * @param signal the signal
     * @return the reason, or empty if it is
     */
    public static Optional<String> reason(Signal signal) {
        return signal.isRealTime() && signal.number() == NIO_WAKE_UP
                ? Optional.of(
                        "the JVM needs it: the JDK wakes threads with it that are blocked in a"
                                + " call")
                : Optional.ofNullable(REASONS.get(signal.name()));
    }

    /**
     * Tells whether a signal ends a JVM in an orderly way, as long as nobody subscribes to it.
     *
     * @param signal the signal
     * @return {@code true} for {@code TERM}, {@code HUP} and {@code INT}
     */
    public static boolean endsJvm(Signal signal) {
        return ENDINGS.contains(signal.name());
    }
}
