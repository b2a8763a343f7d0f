// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.signal;

import org.ipc4j.Ipc;
import org.ipc4j.IpcException;
import org.ipc4j.NameNotFoundException;
import org.ipc4j.spi.SignalProvider;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Signals: small interruptions that one process sends to another, with a number, and at most one
 * {@code int} more.
 *
 * <pre>{@code
 * Signals.send(process, Signals.of("USR1"));                      // to another process
 *
 * try (SignalSubscription reload = Signals.subscribe(Signals.of("USR1"))) {
 *     while (true) {                                              // in that process
 *         reload.await();
 *         readConfigurationAgain();
 *     }
 * }
 * }</pre>
 *
 * <p><b>Ordinary signals</b> come through the JDK's own dispatcher. They tell that something has
 * happened, once or more often: several of a kind that come one after the other may become one, and
 * neither sender nor value is known. The JVM's reaction to the signal, or that of a handler which
 * was there before, is replaced, and restored when the subscription is closed. This needs the
 * module {@code jdk.unsupported}, which is there on the class path, and on the module path if some
 * module requires it or with {@code --add-modules jdk.unsupported}.
 *
 * <p><b>Signals that no thread lets in</b> wait in the kernel until they are read, with sender and
 * value; those from {@code SIGRTMIN} on each for itself, in their order, up to the limit of the
 * receiver's user. A thread gets its mask from the one that starts it, so the process must be
 * started so:
 *
 * <pre>{@code
 * env --block-signal=RTMIN+1 java ...
 * }</pre>
 *
 * That is what {@link #subscribe} says when it refuses such a signal. (To block it in a running
 * JVM, in one thread or in all that are there, would not do: another thread takes the signal, whose
 * default is to end the process.) The processes that this one starts have it blocked too.
 *
 * <p><b>The JVM's own.</b> {@code SEGV}, {@code BUS}, {@code FPE}, {@code ILL}, {@code TRAP},
 * {@code PIPE}, {@code XFSZ}, {@code USR2}, {@code CHLD}, {@code SIGRTMAX-2} and, unless it was
 * started with {@code -Xrs} and the signal is blocked, {@code QUIT} are used by the JVM and are
 * refused, and so are {@code KILL} and {@code STOP}, which nobody can catch. {@code TERM}, {@code
 * HUP} and {@code INT} end a JVM in an orderly way, until somebody subscribes to one of them by its
 * name; they are not among {@link #receivable()}. All of them can be sent.
 *
 * <p>One subscription of this process at a time may have a signal.
 *
 * <table class="striped">
 * <caption>Platform dependencies</caption>
 * <thead><tr><th scope="col">provider</th><th scope="col">sends by</th><th scope="col">a process number that is in use
 *     again</th><th scope="col">receives by</th><th scope="col">a process that dies</th></tr></thead>
 * <tbody>
 * <tr><th scope="row">{@code posix}</th><td>{@code pidfd_send_signal(2)}, any signal, with a value if wanted</td><td>is
 *     never hit</td><td>{@code signalfd(2)}, or {@code sun.misc.Signal}</td><td>as a receiver loses what waits for
 *     it; what a sender has sent stays</td></tr>
 * <tr><th scope="row">{@code jvm}</th><td>{@link ProcessHandle#destroy} and {@link ProcessHandle#destroyForcibly}:
 *     {@code TERM} and {@code KILL} only; any ordinary signal to itself</td><td>is recognised by its time of
 *     start, a moment before the signal is sent</td><td>{@code sun.misc.Signal}</td><td>the same</td></tr>
 * <tr><th scope="row">on Windows</th><td colspan="4">not available: it has no signals between processes</td></tr>
 * </tbody>
 * </table>
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/signal.7.html">signal(7)</a>
 */
public final class Signals {
    private static final Pattern REAL_TIME = Pattern.compile("SIGRTM(IN|AX)(?:([+-])(\\d{1,2}))?");

    private Signals() {}

    private static SignalProvider provider() {
        return Ipc.provider(SignalProvider.class);
    }

    /**
     * Returns all signals of this system.
     *
     * @return the signals by their numbers
     */
    public static List<Signal> all() {
        return provider().signals();
    }

    /**
     * Returns the signals that this process can subscribe to as it was started, without those that
     * end the JVM: {@code TERM}, {@code HUP} and {@code INT} are for who asks for them by name.
     *
     * @return the signals by their numbers
     */
    public static List<Signal> receivable() {
        Set<String> endings = Set.of("SIGTERM", "SIGHUP", "SIGINT");
        return all().stream()
                .filter(signal -> !endings.contains(signal.name()))
                .filter(signal -> reception(signal).kind() != SignalReception.Kind.REFUSED)
                .toList();
    }

    /**
     * Finds a signal.
     *
     * @param name {@code SIGUSR1}, {@code USR1}, {@code usr1}, {@code RTMIN+1}, {@code RTMAX-1} or
     *     a number, as {@code kill(1)} takes it
     * @return the signal
     * @throws IllegalArgumentException if this system has none of that name
     */
    public static Signal of(String name) {
        String word = name.strip().toUpperCase(Locale.ROOT);
        List<Signal> all = all();
        if (word.matches("\\d{1,4}")) {
            return find(all, Integer.parseInt(word), name);
        }
        String full = word.startsWith("SIG") ? word : "SIG" + word;
        Matcher realTime = REAL_TIME.matcher(full);
        if (realTime.matches()) {
            return find(all, number(all, realTime), name);
        }
        return all.stream()
                .filter(signal -> signal.name().equals(full))
                .findFirst()
                .orElseThrow(() -> unknown(name));
    }

    /**
     * Returns a signal of those that queue.
     *
     * @param offset which one, from 0 on
     * @return {@code SIGRTMIN+offset}
     * @throws IllegalArgumentException if there are not so many
     */
    public static Signal realTime(int offset) {
        return of("SIGRTMIN+" + offset);
    }

    /** Returns the number that an expression stands for, or 0 if there are none that queue. */
    private static int number(List<Signal> all, Matcher expression) {
        int[] numbers = all.stream().filter(Signal::isRealTime).mapToInt(Signal::number).toArray();
        if (numbers.length == 0) {
            return 0;
        }
        int offset = expression.group(3) == null ? 0 : Integer.parseInt(expression.group(3));
        boolean fromFirst = expression.group(1).equals("IN");
        int number =
                (fromFirst ? numbers[0] : numbers[numbers.length - 1])
                        + ("-".equals(expression.group(2)) ? -offset : offset);
        return number < numbers[0] ? 0 : number;
    }

    private static Signal find(List<Signal> all, int number, String name) {
        return all.stream()
                .filter(signal -> signal.number() == number)
                .findFirst()
                .orElseThrow(() -> unknown(name));
    }

    private static IllegalArgumentException unknown(String name) {
        return new IllegalArgumentException(
                "this system has no signal \""
                        + name
                        + "\", or the provider "
                        + provider().name()
                        + " does not know it; see Signals.all() or `ipc signal list`");
    }

    /**
     * Tells how this process receives a signal, as it was started.
     *
     * @param signal the signal
     * @return how, or why not
     */
    public static SignalReception reception(Signal signal) {
        return provider().reception(Objects.requireNonNull(signal, "signal"));
    }

    /**
     * Takes hold of a process, to send it more than one signal.
     *
     * @param process the process; a handle remembers when its process was started, so that another
     *     one with the same number is told from it
     * @return the target, to be closed
     * @throws org.ipc4j.NameNotFoundException if the process has ended
     * @throws IpcException if the system refuses
     */
    public static SignalTarget target(ProcessHandle process) throws IpcException {
        return provider().target(Objects.requireNonNull(process, "process"));
    }

    /**
     * Sends a signal.
     *
     * @param process the process
     * @param signal the signal
     * @throws org.ipc4j.NameNotFoundException if the process has ended
     * @throws IpcException as {@link SignalTarget#send(Signal)}
     * @throws UnsupportedOperationException as {@link SignalTarget#send(Signal)}
     */
    public static void send(ProcessHandle process, Signal signal) throws IpcException {
        Objects.requireNonNull(signal, "signal");
        try (SignalTarget target = target(process)) {
            target.send(signal);
        }
    }

    /**
     * Sends a signal with a value.
     *
     * @param process the process
     * @param signal the signal
     * @param value the value
     * @throws org.ipc4j.NameNotFoundException if the process has ended
     * @throws IpcException as {@link SignalTarget#send(Signal, int)}
     * @throws UnsupportedOperationException as {@link SignalTarget#send(Signal, int)}
     */
    public static void send(ProcessHandle process, Signal signal, int value) throws IpcException {
        Objects.requireNonNull(signal, "signal");
        try (SignalTarget target = target(process)) {
            target.send(signal, value);
        }
    }

    /**
     * Sends a signal with a value, and waits as long as there is no room in the queue, up to a
     * time.
     *
     * @param process the process
     * @param signal the signal
     * @param value the value
     * @param timeout how long to wait; zero or less tries once
     * @return {@code false} if there was no room in time
     * @throws InterruptedException if the thread is interrupted, before or while it waits
     * @throws org.ipc4j.NameNotFoundException if the process has ended
     * @throws IpcException as {@link SignalTarget#trySend}
     * @throws UnsupportedOperationException as {@link SignalTarget#trySend}
     */
    public static boolean trySend(ProcessHandle process, Signal signal, int value, Duration timeout)
            throws IpcException, InterruptedException {
        try (SignalTarget target = target(process)) {
            return target.trySend(signal, value, timeout);
        }
    }

    /**
     * Tells whether a process is there for signals of this user, without sending one.
     *
     * @param process the process
     * @return {@code false} if it has ended
     * @throws org.ipc4j.IpcAccessDeniedException if this user may not send it signals
     * @throws IpcException if the system refuses
     */
    public static boolean probe(ProcessHandle process) throws IpcException {
        try (SignalTarget target = target(process)) {
            return target.probe();
        } catch (NameNotFoundException ended) {
            return false;
        }
    }

    /**
     * Subscribes to signals that are sent to this process. Either all of them are {@linkplain
     * SignalReception.Kind#READ read} or none is.
     *
     * @param signals the signals, one or more
     * @return the subscription, to be closed
     * @throws SignalUnavailableException if the JVM needs one of them for itself, or this process
     *     was not started so that it can receive it; the message says how to
     * @throws org.ipc4j.NameExistsException if another subscription of this process has one of them
     * @throws IpcException if the system refuses
     * @throws IllegalArgumentException if there are none, or only some of them are blocked
     */
    public static SignalSubscription subscribe(Signal... signals) throws IpcException {
        Set<Signal> all = new TreeSet<>(Arrays.asList(signals));
        if (all.isEmpty()) {
            throw new IllegalArgumentException("a subscription needs at least one signal");
        }
        return provider().subscribe(all);
    }

    /**
     * Has a thread handle signals that are sent to this process.
     *
     * @param handler is called for each signal, one at a time
     * @param signals the signals, one or more
     * @return the listener, to be closed
     * @throws SignalUnavailableException as {@link #subscribe}
     * @throws org.ipc4j.NameExistsException as {@link #subscribe}
     * @throws IpcException if the system refuses
     * @throws IllegalArgumentException as {@link #subscribe}
     */
    public static SignalListener handle(Consumer<? super SignalInfo> handler, Signal... signals)
            throws IpcException {
        Objects.requireNonNull(handler, "handler");
        return new SignalListener(subscribe(signals), handler);
    }
}
