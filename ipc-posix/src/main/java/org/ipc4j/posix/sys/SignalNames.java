// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.sys;

import org.ipc4j.posix.sys.gen.Linux;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code signal.h}: the signals that have names. */
public final class SignalNames {
    /** The last signal there is, {@code SIGRTMAX}. */
    public static final int LAST = 64;

    private static final Map<String, Integer> NUMBERS = new LinkedHashMap<>();

    static {
        NUMBERS.put("SIGHUP", Linux.SIGHUP());
        NUMBERS.put("SIGINT", Linux.SIGINT());
        NUMBERS.put("SIGQUIT", Linux.SIGQUIT());
        NUMBERS.put("SIGILL", Linux.SIGILL());
        NUMBERS.put("SIGTRAP", Linux.SIGTRAP());
        NUMBERS.put("SIGABRT", Linux.SIGABRT());
        NUMBERS.put("SIGBUS", Linux.SIGBUS());
        NUMBERS.put("SIGFPE", Linux.SIGFPE());
        NUMBERS.put("SIGKILL", Linux.SIGKILL());
        NUMBERS.put("SIGUSR1", Linux.SIGUSR1());
        NUMBERS.put("SIGSEGV", Linux.SIGSEGV());
        NUMBERS.put("SIGUSR2", Linux.SIGUSR2());
        NUMBERS.put("SIGPIPE", Linux.SIGPIPE());
        NUMBERS.put("SIGALRM", Linux.SIGALRM());
        NUMBERS.put("SIGTERM", Linux.SIGTERM());
        NUMBERS.put("SIGCHLD", Linux.SIGCHLD());
        NUMBERS.put("SIGCONT", Linux.SIGCONT());
        NUMBERS.put("SIGSTOP", Linux.SIGSTOP());
        NUMBERS.put("SIGTSTP", Linux.SIGTSTP());
        NUMBERS.put("SIGTTIN", Linux.SIGTTIN());
        NUMBERS.put("SIGTTOU", Linux.SIGTTOU());
        NUMBERS.put("SIGURG", Linux.SIGURG());
        NUMBERS.put("SIGXCPU", Linux.SIGXCPU());
        NUMBERS.put("SIGXFSZ", Linux.SIGXFSZ());
        NUMBERS.put("SIGVTALRM", Linux.SIGVTALRM());
        NUMBERS.put("SIGPROF", Linux.SIGPROF());
        NUMBERS.put("SIGWINCH", Linux.SIGWINCH());
        NUMBERS.put("SIGIO", Linux.SIGIO());
        NUMBERS.put("SIGPWR", Linux.SIGPWR());
        NUMBERS.put("SIGSYS", Linux.SIGSYS());
    }

    private SignalNames() {}

    /**
     * Returns the signals that do not queue.
     *
     * @return numbers by names
     */
    public static Map<String, Integer> numbers() {
        return Collections.unmodifiableMap(NUMBERS);
    }
}
