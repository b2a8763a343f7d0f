// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.Ipc;
import org.ipc4j.signal.Signal;
import org.ipc4j.signal.SignalInfo;
import org.ipc4j.signal.SignalListener;
import org.ipc4j.signal.SignalReception;
import org.ipc4j.signal.SignalSubscription;
import org.ipc4j.signal.Signals;
import org.ipc4j.spi.Availability;
import org.ipc4j.spi.SignalProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The static methods of {@link Signals}, with the provider that is selected here. */
class SignalsTest {
    @ParameterizedTest
    @CsvSource({
        "USR1, SIGUSR1, 10",
        "SIGTERM, SIGTERM, 15",
        "term, SIGTERM, 15",
        "sigwinch, SIGWINCH, 28",
        "9, SIGKILL, 9",
        "RTMIN, SIGRTMIN, 34",
        "rtmin+3, SIGRTMIN+3, 37",
        "SIGRTMIN+30, SIGRTMIN+30, 64",
        "RTMAX, SIGRTMIN+30, 64",
        "RTMAX-1, SIGRTMIN+29, 63",
        "35, SIGRTMIN+1, 35"
    })
    @EnabledOnOs(OS.LINUX)
    void findsSignals(String word, String name, int number) {
        assertEquals(new Signal(name, number), Signals.of(word));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "USR3",
                "0",
                "32",
                "33",
                "65",
                "-1",
                "RTMIN-1",
                "RTMIN+31",
                "RTMAX+1",
                "RTMIN+",
                "SIG",
                "99999999999"
            })
    @EnabledOnOs(OS.LINUX)
    void refusesWhatIsNone(String word) {
        assertThrows(IllegalArgumentException.class, () -> Signals.of(word));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void countsThoseThatQueue() {
        assertEquals("SIGRTMIN", Signals.realTime(0).name());
        assertEquals("SIGRTMIN+1", Signals.realTime(1).name());
        assertTrue(Signals.realTime(1).isRealTime());
        assertThrows(IllegalArgumentException.class, () -> Signals.realTime(31));
        assertThrows(IllegalArgumentException.class, () -> Signals.realTime(-1));
    }

    /** What ends the JVM is for those only who name it, and what it needs is for nobody. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void listsWhatCanBeReceived() {
        List<String> names = Signals.receivable().stream().map(Signal::name).toList();
        assertTrue(names.containsAll(List.of("SIGUSR1", "SIGWINCH", "SIGALRM")), names::toString);
        for (String name :
                List.of("SIGTERM", "SIGINT", "SIGHUP", "SIGUSR2", "SIGSEGV", "SIGKILL")) {
            assertFalse(names.contains(name), name);
        }
        // the JDK's own
        SignalReception wakeUp = Signals.reception(Signals.of("RTMAX-2"));
        assertEquals(SignalReception.Kind.REFUSED, wakeUp.kind());
        assertTrue(wakeUp.remark().contains("the JVM needs it"), wakeUp.remark());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void sendsAndReceives() throws Exception {
        Signal signal = Signals.of("WINCH");
        ProcessHandle self = ProcessHandle.current();
        assertTrue(Signals.probe(self));
        try (SignalSubscription mine = Signals.subscribe(signal)) {
            Signals.send(self, signal);
            assertEquals(SignalInfo.of(signal), mine.await());
            Signals.send(self, signal, 3);
            assertEquals(SignalInfo.of(signal), mine.await());
            assertTrue(Signals.trySend(self, signal, 3, Duration.ZERO));
            assertEquals(SignalInfo.of(signal), mine.await());
            assertEquals(Optional.empty(), mine.await(Duration.ZERO));
        }
        assertThrows(IllegalArgumentException.class, Signals::subscribe);
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        assertFalse(Signals.probe(ended.toHandle()));
    }

    /** The handler runs in a thread of ours, one call at a time, and may fail. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void callsAHandler() throws Exception {
        Signal signal = Signals.of("WINCH");
        BlockingQueue<Thread> calls = new LinkedBlockingQueue<>();
        BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> failures.add(failure));
        try (SignalListener listener =
                Signals.handle(
                        info -> {
                            calls.add(Thread.currentThread());
                            Thread.currentThread().interrupt();
                            throw new IllegalArgumentException(info.signal().name());
                        },
                        signal)) {
            assertEquals(SignalReception.Kind.DISPATCHED, listener.kind());
            Thread first = null;
            for (int i = 0; i < 3; i++) {
                Signals.send(ProcessHandle.current(), signal);
                Thread thread = calls.poll(30, TimeUnit.SECONDS);
                assertTrue(thread != null && thread.isDaemon() && !thread.isVirtual(), "a call");
                assertTrue(first == null || first == thread, "always the same thread");
                assertEquals("ipc4j SIGWINCH", thread.getName());
                first = thread;
                Throwable failure = failures.poll(30, TimeUnit.SECONDS);
                assertTrue(failure instanceof IllegalArgumentException, () -> "told: " + failure);
            }
            assertTrue(listener.isOpen());
            listener.close();
            assertFalse(listener.isOpen());
            assertTrue(first.join(Duration.ofSeconds(30)), "its thread ends");
            assertTrue(failures.isEmpty(), failures::toString);
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
    }

    /** A handler may end its own listener. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aHandlerMayCloseItsListener() throws Exception {
        Signal signal = Signals.of("WINCH");
        BlockingQueue<SignalListener> made = new LinkedBlockingQueue<>();
        BlockingQueue<Boolean> open = new LinkedBlockingQueue<>();
        try (SignalListener listener =
                Signals.handle(
                        info -> {
                            SignalListener own = made.remove();
                            own.close();
                            open.add(own.isOpen());
                        },
                        signal)) {
            made.add(listener);
            Signals.send(ProcessHandle.current(), signal);
            assertEquals(false, open.poll(30, TimeUnit.SECONDS));
        }
        Signals.subscribe(signal).close(); // it is free again
    }

    /** Windows says what to use instead. */
    @Test
    @EnabledOnOs(OS.WINDOWS)
    void isAbsentOnWindows() {
        for (String provider : List.of("posix", "jvm")) {
            Availability availability = Ipc.provider(SignalProvider.class, provider).availability();
            assertFalse(availability.isAvailable(), provider);
        }
        UnsupportedOperationException absent =
                assertThrows(UnsupportedOperationException.class, Signals::all);
        assertTrue(absent.getMessage().contains("NamedSemaphore"), absent.getMessage());
    }
}
