// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.signal;

import static org.ipc4j.tck.signal.Signalled.ALSO_HARMLESS;
import static org.ipc4j.tck.signal.Signalled.HARMLESS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.ipc4j.IpcException;
import org.ipc4j.NameExistsException;
import org.ipc4j.NameNotFoundException;
import org.ipc4j.signal.Signal;
import org.ipc4j.signal.SignalInfo;
import org.ipc4j.signal.SignalReception;
import org.ipc4j.signal.SignalSubscription;
import org.ipc4j.signal.SignalTarget;
import org.ipc4j.signal.SignalUnavailableException;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.JdkSignals;
import org.ipc4j.spi.SignalProvider;
import org.ipc4j.tck.Blocking;
import org.ipc4j.tck.MechanismContract;
import org.ipc4j.tck.Task;
import org.ipc4j.tck.WaitingContract;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;

/** What every provider of signals does, in a JVM that was started like any other. */
public abstract class SignalContract extends MechanismContract<SignalProvider> {
    private static final Duration LONG = Duration.ofMinutes(1);

    /** So many that they are merged. */
    private static final int STORM = 20_000;

    /** For subclasses. */
    protected SignalContract() {}

    /** {@link WaitingContract} of signals that the JDK's dispatcher passes on. */
    public abstract static class Waiting extends WaitingContract<SignalProvider> {
        /** For subclasses. */
        protected Waiting() {}

        /** A process has each signal once. */
        @Override
        protected int rulesAtATime() {
            return 1;
        }

        @Override
        protected List<Blocking.Named> operations() {
            return blocking(provider());
        }
    }

    /**
     * Returns the blocking operations of signals that the JDK's dispatcher passes on.
     *
     * @param provider the provider
     * @return the operations
     */
    public static List<Blocking.Named> blocking(SignalProvider provider) {
        return List.of(
                new Blocking.Named(
                        "SignalSubscription.await, dispatched", name -> new Await(provider)));
    }

    /** Nobody has sent a signal yet. */
    private static final class Await extends Blocking {
        private final SignalProvider provider;
        private final Signal signal;
        private final SignalSubscription mine;

        Await(SignalProvider provider) throws IpcException {
            this.provider = provider;
            this.signal = Signalled.signal(provider, HARMLESS);
            this.mine = provider.subscribe(Set.of(signal));
        }

        @Override
        public boolean within(Duration timeout) throws IpcException, InterruptedException {
            Optional<SignalInfo> info = mine.await(timeout);
            info.ifPresent(received -> assertEquals(signal, received.signal()));
            return info.isPresent();
        }

        @Override
        public void forEver() throws IpcException, InterruptedException {
            assertEquals(signal, mine.await().signal());
        }

        @Override
        public void unblock() throws IOException, InterruptedException {
            Signalled.toSelfAlone(provider, signal, mine);
        }

        @Override
        public void closeObject() {
            mine.close();
        }

        @Override
        public void close() {
            mine.close();
        }
    }

    private Signal signal(String name) {
        return Signalled.signal(provider(), name);
    }

    private SignalSubscription subscribed(String... names) throws IpcException {
        require(Capability.DISPATCHED_SIGNALS);
        Set<Signal> signals = new TreeSet<>();
        for (String name : names) {
            signals.add(signal(name));
        }
        return closing(provider().subscribe(signals));
    }

    private static void assertNone(SignalSubscription subscription)
            throws IpcException, InterruptedException {
        assertEquals(Optional.empty(), subscription.await(Duration.ofMillis(50)));
    }

    /** The signals are listed once each, by their numbers. */
    @Test
    protected void listsSignals() {
        List<Signal> all = provider().signals();
        assertEquals(List.copyOf(new TreeSet<>(all)), all);
        assertEquals(all.size(), new HashSet<>(all.stream().map(Signal::number).toList()).size());
        assertEquals(15, signal("SIGTERM").number());
        assertEquals(9, signal("SIGKILL").number());
        assertEquals("USR1", signal("SIGUSR1").shortName());
        assertFalse(signal("SIGUSR1").isRealTime());
    }

    /**
     * What the JVM needs for itself, and what nobody can catch, is refused.
     *
     * @throws IpcException if the test fails
     */
    @Test
    protected void refusesWhatTheJvmNeeds() throws IpcException {
        for (String name :
                List.of(
                        "SIGSEGV", "SIGBUS", "SIGFPE", "SIGILL", "SIGPIPE", "SIGXFSZ", "SIGQUIT",
                        "SIGUSR2", "SIGKILL", "SIGSTOP", "SIGCHLD")) {
            Signal signal = signal(name);
            SignalReception reception = provider().reception(signal);
            assertEquals(SignalReception.Kind.REFUSED, reception.kind(), name);
            boolean uncatchable = name.equals("SIGKILL") || name.equals("SIGSTOP");
            assertTrue(
                    reception
                            .remark()
                            .startsWith(uncatchable ? "no process can" : "the JVM needs it: "),
                    reception::toString);
            SignalUnavailableException refused =
                    assertThrows(
                            SignalUnavailableException.class,
                            () -> provider().subscribe(Set.of(signal)));
            assertTrue(refused.getMessage().contains(name), refused::getMessage);
            assertTrue(refused.getMessage().contains(reception.remark()), refused::getMessage);
        }
    }

    /**
     * A refusal takes nothing: the signals that were asked for beside it can be subscribed to.
     *
     * @throws IpcException if the test fails
     */
    @Test
    protected void takesAllOrNothing() throws IpcException {
        require(Capability.DISPATCHED_SIGNALS);
        assertThrows(
                SignalUnavailableException.class,
                () -> provider().subscribe(Set.of(signal(HARMLESS), signal("SIGUSR2"))));
        SignalSubscription first = subscribed(ALSO_HARMLESS);
        assertThrows(
                NameExistsException.class,
                () -> provider().subscribe(Set.of(signal(HARMLESS), signal(ALSO_HARMLESS))));
        subscribed(HARMLESS).close();
        assertTrue(first.isOpen());
    }

    /** Those that end the JVM say so, and can be subscribed to by name. */
    @Test
    protected void tellsWhatEndsTheJvm() {
        require(Capability.DISPATCHED_SIGNALS);
        for (String name : List.of("SIGTERM", "SIGHUP", "SIGINT")) {
            SignalReception reception = provider().reception(signal(name));
            assertFalse(reception.remark().isEmpty(), name);
        }
        assertEquals("", provider().reception(signal(HARMLESS)).remark());
    }

    /**
     * A signal comes, and nothing is said of its sender that is not known.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void receives() throws Exception {
        SignalSubscription mine = subscribed(HARMLESS);
        assertEquals(Set.of(signal(HARMLESS)), mine.signals());
        assertEquals(SignalReception.Kind.DISPATCHED, mine.kind());
        assertNone(mine);
        for (int i = 1; i <= 20; i++) {
            Signalled.toSelf(provider(), signal(HARMLESS));
            assertEquals(SignalInfo.of(signal(HARMLESS)), mine.await());
            assertEquals(i, mine.received());
        }
        assertNone(mine);
    }

    /**
     * One that would end the JVM does not, while there is a subscription.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void receivesWhatWouldEndTheJvm() throws Exception {
        assumeTrue(
                provider().reception(signal("SIGHUP")).kind() == SignalReception.Kind.DISPATCHED,
                "this process was started with SIGHUP ignored");
        SignalSubscription mine = subscribed("SIGHUP", "SIGUSR1");
        Signalled.toSelfAlone(provider(), signal("SIGHUP"), mine);
        Signalled.toSelfAlone(provider(), signal("SIGUSR1"), mine);
        assertEquals("SIGHUP", mine.await().signal().name());
        assertEquals("SIGUSR1", mine.await().signal().name());
    }

    /**
     * Of several signals, the one with the lowest number comes first.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void receivesSeveralSignals() throws Exception {
        SignalSubscription mine = subscribed(HARMLESS, ALSO_HARMLESS);
        Signal low = signal(ALSO_HARMLESS);
        Signal high = signal(HARMLESS);
        assertTrue(low.number() < high.number());
        Signalled.toSelfAlone(provider(), high, mine);
        Signalled.toSelfAlone(provider(), low, mine);
        Signalled.toSelfAlone(provider(), high, mine);
        List<Signal> received = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            received.add(mine.await(LONG).orElseThrow().signal());
        }
        assertEquals(List.of(low, high, high), received);
        assertNone(mine);
    }

    /**
     * One subscription at a time has a signal.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void belongsToOneSubscription() throws Exception {
        SignalSubscription mine = subscribed(HARMLESS);
        assertThrows(
                NameExistsException.class, () -> provider().subscribe(Set.of(signal(HARMLESS))));
        Signalled.toSelfAlone(provider(), signal(HARMLESS), mine);
        mine.close();
        SignalSubscription next = subscribed(HARMLESS);
        assertNone(next);
        Signalled.toSelf(provider(), signal(HARMLESS));
        assertTrue(next.await(LONG).isPresent());
    }

    /**
     * Closing puts back what the signal did before.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void restoresTheHandlerBefore() throws Exception {
        require(Capability.DISPATCHED_SIGNALS);
        AtomicInteger before = new AtomicInteger();
        JdkSignals.Handling handling = JdkSignals.handle(signal(HARMLESS), before::incrementAndGet);
        try {
            SignalSubscription mine = subscribed(HARMLESS);
            Signalled.toSelfAlone(provider(), signal(HARMLESS), mine);
            assertEquals(0, before.get());
            mine.close();
            Signalled.toSelf(provider(), signal(HARMLESS));
            while (before.get() == 0) {
                Thread.sleep(1);
            }
            assertEquals(1, before.get());
        } finally {
            handling.end();
        }
    }

    /**
     * A storm is merged and not counted wrong, ends nothing, and leaves everything in order.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void survivesAStorm() throws Exception {
        SignalSubscription mine = subscribed(HARMLESS);
        try (SignalTarget self = provider().target(ProcessHandle.current())) {
            for (int i = 0; i < STORM; i++) {
                self.send(signal(HARMLESS));
            }
        }
        Signalled.awaitReceived(mine, 1);
        long count = 0;
        while (mine.await(Duration.ofMillis(500)).isPresent()) {
            count++;
        }
        assertTrue(count <= STORM, count + " of " + STORM);
        assertEquals(count, mine.received());
        Signalled.toSelf(provider(), signal(HARMLESS));
        assertTrue(mine.await(LONG).isPresent());
        assertNone(mine);
    }

    /**
     * A thousand virtual threads that wait get a signal each.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void servesACrowd() throws Exception {
        SignalSubscription mine = subscribed(HARMLESS);
        List<Task<SignalInfo>> crowd = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            crowd.add(Task.start(Task.Kind.VIRTUAL, mine::await));
        }
        crowd.getLast().assertWaiting();
        for (int i = 0; i < crowd.size(); i++) {
            Signalled.toSelfAlone(provider(), signal(HARMLESS), mine);
        }
        for (Task<SignalInfo> task : crowd) {
            assertEquals(signal(HARMLESS), task.result().signal());
        }
        assertNone(mine);
    }

    /**
     * What queues is received only where it is blocked; the refusal tells how to start the JVM.
     *
     * @throws IpcException if the test fails
     */
    @Test
    protected void tellsHowToReceiveWhatQueues() throws IpcException {
        require(Capability.SIGNAL_VALUES);
        Signal signal = signal("SIGRTMIN+1");
        assertTrue(signal.isRealTime());
        assumeTrue(
                provider().reception(signal).kind() != SignalReception.Kind.READ,
                "it is blocked here, and SignalQueueContract is for that");
        SignalUnavailableException refused =
                assertThrows(
                        SignalUnavailableException.class,
                        () -> provider().subscribe(Set.of(signal)));
        assertTrue(
                refused.getMessage().contains("env --block-signal=RTMIN+1 java"),
                refused::getMessage);
    }

    /**
     * A process is ended by the signals for that.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void endsAProcess() throws Exception {
        for (String name : List.of("SIGTERM", "SIGKILL")) {
            try (Signalled.Other other = Signalled.Other.idle();
                    SignalTarget target = provider().target(other.handle())) {
                assertEquals(other.handle(), target.process());
                assertTrue(target.probe());
                target.send(signal(name));
                assertEquals(128 + signal(name).number(), other.exitStatus());
                assertFalse(target.probe());
            }
        }
    }

    /**
     * Any signal can be sent, or that one cannot is said.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void sendsAnySignal() throws Exception {
        try (Signalled.Other other =
                        new Signalled.Other(
                                "trap 'exit 7' USR1; echo ready; while :; do sleep 0.05; done");
                SignalTarget target = provider().target(other.handle())) {
            if (has(Capability.SIGNAL_CHOICE)) {
                target.send(signal("SIGUSR1"));
                assertEquals(7, other.exitStatus());
            } else {
                assertThrows(
                        UnsupportedOperationException.class, () -> target.send(signal("SIGUSR1")));
                assertTrue(target.probe());
            }
        }
    }

    /**
     * A process that has ended is not there any more, for who comes late and for who was there.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void aProcessThatHasEndedIsNotFound() throws Exception {
        try (Signalled.Other other = Signalled.Other.idle();
                SignalTarget target = provider().target(other.handle())) {
            other.handle().destroyForcibly();
            other.exitStatus();
            assertThrows(NameNotFoundException.class, () -> provider().target(other.handle()));
            assertThrows(NameNotFoundException.class, () -> target.send(signal("SIGTERM")));
            assertFalse(target.probe());
            if (has(Capability.SIGNAL_VALUES)) {
                assertThrows(NameNotFoundException.class, () -> target.send(signal("SIGTERM"), 1));
                assertThrows(
                        NameNotFoundException.class,
                        () -> target.trySend(signal("SIGTERM"), 1, LONG));
            }
        }
    }

    /**
     * A value is sent, or that it cannot is said. The JDK's dispatcher drops it.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void sendsValues() throws Exception {
        SignalSubscription mine = subscribed(HARMLESS);
        try (SignalTarget self = provider().target(ProcessHandle.current())) {
            if (has(Capability.SIGNAL_VALUES)) {
                self.send(signal(HARMLESS), 5);
                assertEquals(SignalInfo.of(signal(HARMLESS)), mine.await());
                assertTrue(self.trySend(signal(HARMLESS), 5, Duration.ZERO));
                assertEquals(SignalInfo.of(signal(HARMLESS)), mine.await());
            } else {
                assertThrows(
                        UnsupportedOperationException.class, () -> self.send(signal(HARMLESS), 5));
                assertThrows(
                        UnsupportedOperationException.class,
                        () -> self.trySend(signal(HARMLESS), 5, Duration.ZERO));
            }
        }
    }

    /**
     * What is closed is not used, and what is null is refused.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void refusesMisuse() throws Exception {
        SignalSubscription mine = subscribed(HARMLESS);
        assertThrows(NullPointerException.class, () -> mine.await(null));
        assertThrows(UnsupportedOperationException.class, () -> mine.signals().clear());
        mine.close();
        mine.close();
        assertFalse(mine.isOpen());
        assertThrows(IllegalStateException.class, mine::await);
        assertThrows(IllegalStateException.class, () -> mine.await(Duration.ZERO));

        SignalTarget target = provider().target(ProcessHandle.current());
        assertThrows(NullPointerException.class, () -> target.send(null));
        assertThrows(NullPointerException.class, () -> target.send(null, 1));
        assertThrows(NullPointerException.class, () -> target.trySend(null, 1, LONG));
        assertThrows(NullPointerException.class, () -> target.trySend(signal(HARMLESS), 1, null));
        target.close();
        target.close();
        assertFalse(target.isOpen());
        assertThrows(IllegalStateException.class, target::probe);
        assertThrows(IllegalStateException.class, () -> target.send(signal(HARMLESS)));
        assertThrows(IllegalStateException.class, () -> target.send(signal(HARMLESS), 1));
        assertThrows(IllegalStateException.class, () -> target.trySend(signal(HARMLESS), 1, LONG));
        assertThrows(NullPointerException.class, () -> provider().target(null));
        assertThrows(IllegalArgumentException.class, () -> new Signal("USR1", 10));
        assertThrows(IllegalArgumentException.class, () -> new Signal("SIGUSR1", 0));
    }

    /**
     * Nothing of the system stays in use.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void givesEverythingBack() throws Exception {
        subscribed(HARMLESS).close();
        provider().target(ProcessHandle.current()).close(); // whatever is loaded once is loaded
        long before = held();
        for (int i = 0; i < 50; i++) {
            try (SignalSubscription mine = provider().subscribe(Set.of(signal(HARMLESS)));
                    SignalTarget self = provider().target(ProcessHandle.current())) {
                self.send(signal(HARMLESS));
                assertTrue(mine.await(LONG).isPresent());
            }
        }
        assertEquals(before, held());
    }
}
