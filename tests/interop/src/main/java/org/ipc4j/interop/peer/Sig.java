// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop.peer;

import org.ipc4j.IpcName;
import org.ipc4j.NameNotFoundException;
import org.ipc4j.signal.Signal;
import org.ipc4j.signal.SignalInfo;
import org.ipc4j.signal.SignalSubscription;
import org.ipc4j.signal.SignalTarget;
import org.ipc4j.signal.Signals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * {@code sig}: {@link Signals}. Signals are given by their numbers, which all peers of a system
 * share.
 */
final class Sig implements Mechanism {
    private static final Duration LONG = Duration.ofSeconds(50);
    private static final String LAST_PID = "/proc/sys/kernel/ns_last_pid";
    private static final int ATTEMPTS = 5_000;

    private SignalSubscription subscription;
    private ProcessHandle held;

    @Override
    public String obey(String verb, Words words) throws Exception {
        switch (verb) {
            case "subscribe" -> {
                Signal[] signals = new Signal[words.words().length];
                for (int i = 0; i < signals.length; i++) {
                    signals[i] = Signals.of(words.text(i));
                }
                subscription = Signals.subscribe(signals);
                return subscription.kind().toString();
            }
            case "await" -> {
                Optional<SignalInfo> info = subscription.await(Duration.ofMillis(words.big(0)));
                return info.map(Sig::text).orElse(NONE);
            }
            case "close" -> subscription.close();
            case "send" -> {
                if (words.words().length > 2) {
                    Signals.send(process(words), Signals.of(words.text(1)), words.number(2));
                } else {
                    Signals.send(process(words), Signals.of(words.text(1)));
                }
            }
            case "probe" -> {
                return Mechanism.done(Signals.probe(process(words)));
            }
            case "hold" -> held = process(words);
            case "sendHeld" -> Signals.send(held, Signals.of(words.text(0)));
            case "queue" -> queue(words);
            case "fill" -> fill(words);
            case "collect" -> {
                return collect(words.number(0));
            }
            case "reuse" -> {
                return reuse();
            }
            case "run" -> run(words);
            default -> Mechanism.unknown(verb);
        }
        return "";
    }

    private static ProcessHandle process(Words words) throws NameNotFoundException {
        return ProcessHandle.of(words.big(0))
                .orElseThrow(() ->
                        new NameNotFoundException(IpcName.ofNative(words.text(0)), "no process"));
    }

    /** Number, process, user and value, where a dash is what is not known. */
    private static String text(SignalInfo info) {
        return info.signal().number()
                + " "
                + (info.pid().isPresent() ? info.pid().getAsLong() : "-")
                + " "
                + (info.uid().isPresent() ? info.uid().getAsLong() : "-")
                + " "
                + (info.value().isPresent() ? info.value().getAsInt() : "-");
    }

    /** Sends the values from 0 on, and waits where there is no room. */
    private static void queue(Words words) throws Exception {
        Signal signal = Signals.of(words.text(1));
        try (SignalTarget target = Signals.target(process(words))) {
            for (int value = 0; value < words.number(2); value++) {
                if (!target.trySend(signal, value, LONG)) {
                    throw new IOException("no room for " + value);
                }
            }
        }
    }

    /** Sends until there is no room. */
    private static void fill(Words words) throws Exception {
        Signal signal = Signals.of(words.text(1));
        try (SignalTarget target = Signals.target(process(words))) {
            for (int value = 0; ; value++) {
                target.send(signal, value);
            }
        }
    }

    /**
     * Receives so many, or all that there are, and tells how many those were that came in order.
     */
    private String collect(int count) throws Exception {
        int expected = 0;
        int received = 0;
        while (received < count) {
            Optional<SignalInfo> info =
                    subscription.await(count == Integer.MAX_VALUE ? Duration.ZERO : LONG);
            if (info.isEmpty()) {
                break;
            }
            received++;
            if (info.get().value().equals(OptionalInt.of(expected))) {
                expected++;
            }
        }
        return received + " " + expected;
    }

    /** Sends the values from 0 on until it is killed. */
    private static void run(Words words) throws Exception {
        Signal signal = Signals.of(words.text(1));
        try (SignalTarget target = Signals.target(process(words))) {
            JvmPeer.ready();
            for (int value = 0; ; value++) {
                Event.tell('s', value);
                if (!target.trySend(signal, value, LONG)) {
                    Event.tell('X', value);
                    return;
                }
                Event.tell('S', value);
            }
        }
    }

    /**
     * Has the number of a process that has ended given to another one, and tells what became of a
     * signal for the first: how the attempt failed, and whether the second one lives.
     */
    private static String reuse() throws Exception {
        Process first = new ProcessBuilder("sleep", "1000").start();
        ProcessHandle handle = first.toHandle();
        first.destroyForcibly().waitFor();
        Thread.sleep(50); // starts are told apart by hundredths of a second
        for (int i = 0; i < ATTEMPTS; i++) {
            Files.writeString(Path.of(LAST_PID), Long.toString(handle.pid() - 1));
            Process second = new ProcessBuilder("sleep", "1000").start();
            try {
                if (second.pid() == handle.pid()) {
                    return sent(handle) + " " + !second.waitFor(200, TimeUnit.MILLISECONDS);
                }
            } finally {
                second.destroyForcibly().waitFor();
            }
        }
        throw new IOException("the number " + handle.pid() + " was never given out again");
    }

    private static String sent(ProcessHandle handle) {
        try {
            Signals.send(handle, Signals.of("KILL"));
            return "sent";
        } catch (IOException e) {
            return e.getClass().getSimpleName();
        }
    }
}
