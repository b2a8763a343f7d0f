// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.signal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.ipc4j.IpcException;
import org.ipc4j.NameExistsException;
import org.ipc4j.ResourceLimitException;
import org.ipc4j.signal.Signal;
import org.ipc4j.signal.SignalInfo;
import org.ipc4j.signal.SignalReception;
import org.ipc4j.signal.SignalSubscription;
import org.ipc4j.signal.SignalTarget;
import org.ipc4j.spi.SignalProvider;
import org.ipc4j.tck.Blocking;
import org.ipc4j.tck.ProviderFixture;
import org.ipc4j.tck.Task;
import org.ipc4j.tck.WaitingContract;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a provider does that reads signals with their values, in a JVM that was started for that
 * with {@code env --block-signal=RTMIN+1 --block-signal=RTMIN+2 --block-signal=USR1}, and with a
 * small limit of signals that wait, {@code prlimit --sigpending=300} for example.
 */
public abstract class SignalQueueContract extends ProviderFixture<SignalProvider> {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final String QUEUED = "SIGRTMIN+1";
    private static final String ALSO_QUEUED = "SIGRTMIN+2";
    private static final String BLOCKED = "SIGUSR1";

    /** More than the limit that the JVM was started with. */
    private static final int TOO_MANY = 2_000;

    /** For subclasses. */
    protected SignalQueueContract() {}

    /** {@link WaitingContract} of signals that queue. */
    public abstract static class Waiting extends WaitingContract<SignalProvider> {
        /** For subclasses. */
        protected Waiting() {}

        /** A process has each signal once. */
        @Override
        protected int rulesAtATime() {
            return 1;
        }

        /** Skips everything in a JVM that was started otherwise. */
        @BeforeEach
        protected void requireBlockedSignals() {
            requireBlocked(provider());
        }

        @Override
        protected List<Blocking.Named> operations() {
            return blocking(provider());
        }
    }

    /**
     * Returns the blocking operations of signals that queue.
     *
     * @param provider the provider
     * @return the operations
     */
    public static List<Blocking.Named> blocking(SignalProvider provider) {
        return List.of(
                new Blocking.Named("SignalSubscription.await, read", name -> new Await(provider)),
                new Blocking.Named("SignalTarget.trySend", name -> new TrySend(provider)));
    }

    private static void requireBlocked(SignalProvider provider) {
        for (String name : List.of(QUEUED, ALSO_QUEUED, BLOCKED)) {
            SignalReception reception = provider.reception(Signalled.signal(provider, name));
            assumeTrue(
                    reception.kind() == SignalReception.Kind.READ,
                    "this JVM was not started with " + name + " blocked");
        }
    }

    /** Skips everything in a JVM that was started otherwise. */
    @BeforeEach
    protected void requireBlockedSignals() {
        requireBlocked(provider());
    }

    /** Nobody has sent a signal yet. */
    private static final class Await extends Blocking {
        private final Signal signal;
        private final SignalSubscription mine;
        private final SignalTarget self;

        Await(SignalProvider provider) throws IpcException {
            signal = Signalled.signal(provider, QUEUED);
            mine = provider.subscribe(Set.of(signal));
            self = provider.target(ProcessHandle.current());
        }

        @Override
        public boolean within(Duration timeout) throws IpcException, InterruptedException {
            Optional<SignalInfo> info = mine.await(timeout);
            info.ifPresent(received -> assertEquals(OptionalInt.of(7), received.value()));
            return info.isPresent();
        }

        @Override
        public void forEver() throws IpcException, InterruptedException {
            assertEquals(OptionalInt.of(7), mine.await().value());
        }

        @Override
        public void unblock() throws IOException {
            self.send(signal, 7);
        }

        @Override
        public void closeObject() {
            mine.close();
        }

        @Override
        public void close() {
            self.close();
            mine.close();
        }
    }

    /** So many signals wait that no further one may. */
    private static final class TrySend extends Blocking {
        private final Signal signal;
        private final SignalSubscription receiver;
        private final SignalTarget mine;

        TrySend(SignalProvider provider) throws IpcException, InterruptedException {
            signal = Signalled.signal(provider, ALSO_QUEUED);
            receiver = provider.subscribe(Set.of(signal));
            mine = provider.target(ProcessHandle.current());
            fill(mine, signal);
        }

        @Override
        public boolean within(Duration timeout) throws IpcException, InterruptedException {
            return mine.trySend(signal, 3, timeout);
        }

        @Override
        public void unblock() throws IOException, InterruptedException {
            assertTrue(receiver.await(LONG).isPresent());
        }

        @Override
        public void closeObject() {
            mine.close();
        }

        @Override
        public void close() throws IOException {
            mine.close();
            try {
                drain(receiver);
            } catch (InterruptedException e) {
                throw new IOException(e);
            } finally {
                receiver.close();
            }
        }
    }

    private static int fill(SignalTarget target, Signal signal)
            throws IpcException, InterruptedException {
        int count = 0;
        while (target.trySend(signal, count, Duration.ZERO)) {
            count++;
            assertTrue(count < TOO_MANY, "this JVM was not started with a small limit");
        }
        return count;
    }

    private static int drain(SignalSubscription subscription)
            throws IpcException, InterruptedException {
        int count = 0;
        while (subscription.await(Duration.ZERO).isPresent()) {
            count++;
        }
        return count;
    }

    private Signal signal(String name) {
        return Signalled.signal(provider(), name);
    }

    private SignalSubscription subscribed(String... names) throws IpcException {
        Set<Signal> signals = new TreeSet<>();
        for (String name : names) {
            signals.add(signal(name));
        }
        return closing(provider().subscribe(signals));
    }

    private SignalTarget self() throws IpcException {
        return closing(provider().target(ProcessHandle.current()));
    }

    private static OptionalLong me() {
        return OptionalLong.of(ProcessHandle.current().pid());
    }

    /**
     * Each signal that was sent with a value comes, with its value and sender, in order.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void keepsEachInOrder() throws Exception {
        SignalSubscription mine = subscribed(QUEUED);
        assertEquals(SignalReception.Kind.READ, mine.kind());
        SignalTarget self = self();
        List<Integer> values = List.of(0, 1, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1);
        for (int value : values) {
            self.send(signal(QUEUED), value);
        }
        for (int value : values) {
            SignalInfo info = mine.await();
            assertEquals(signal(QUEUED), info.signal());
            assertEquals(OptionalInt.of(value), info.value());
            assertEquals(me(), info.pid());
            assertTrue(info.uid().isPresent());
        }
        assertEquals(Optional.empty(), mine.await(Duration.ZERO));
        assertEquals(values.size(), mine.received());
    }

    /**
     * One that queues has a value also if none was given; another one has none then.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void absentIsNotZero() throws Exception {
        SignalSubscription mine = subscribed(QUEUED, BLOCKED);
        SignalTarget self = self();
        self.send(signal(BLOCKED));
        self.send(signal(QUEUED));
        SignalInfo ordinary = mine.await();
        assertEquals(signal(BLOCKED), ordinary.signal());
        assertEquals(OptionalInt.empty(), ordinary.value());
        assertEquals(me(), ordinary.pid());
        assertTrue(ordinary.uid().isPresent());
        SignalInfo queued = mine.await();
        assertEquals(OptionalInt.of(0), queued.value());
        self.send(signal(BLOCKED), 9);
        assertEquals(OptionalInt.of(9), mine.await().value());
    }

    /**
     * Ordinary signals are merged while one waits, also where they are blocked.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void mergesOrdinarySignals() throws Exception {
        SignalSubscription mine = subscribed(BLOCKED);
        SignalTarget self = self();
        for (int i = 1; i <= 5; i++) {
            self.send(signal(BLOCKED), i);
        }
        assertEquals(OptionalInt.of(1), mine.await().value());
        assertEquals(Optional.empty(), mine.await(Duration.ZERO));
    }

    /**
     * What was not waited for stays for the next subscription.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void staysInTheKernel() throws Exception {
        SignalTarget self = self();
        self.send(signal(QUEUED), 1);
        SignalSubscription first = subscribed(QUEUED);
        self.send(signal(QUEUED), 2);
        self.send(signal(QUEUED), 3);
        assertEquals(OptionalInt.of(1), first.await().value());
        first.close();
        SignalSubscription second = subscribed(QUEUED);
        assertEquals(OptionalInt.of(2), second.await().value());
        assertEquals(OptionalInt.of(3), second.await().value());
        assertEquals(Optional.empty(), second.await(Duration.ZERO));
    }

    /**
     * One subscription at a time has a signal, and signals that are received in different ways are
     * not mixed.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void belongsToOneSubscription() throws Exception {
        subscribed(QUEUED);
        assertThrows(NameExistsException.class, () -> provider().subscribe(Set.of(signal(QUEUED))));
        assertThrows(
                IllegalArgumentException.class,
                () -> provider().subscribe(Set.of(signal(BLOCKED), signal(Signalled.HARMLESS))));
        subscribed(BLOCKED).close();
    }

    /**
     * A queue that is full is a refusal that names the limit, or is waited for; nothing is lost.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void tellsThatTheQueueIsFull() throws Exception {
        SignalSubscription mine = subscribed(QUEUED);
        SignalTarget self = self();
        int count = fill(self, signal(QUEUED));
        assertTrue(count > 0);
        for (ResourceLimitException full :
                List.of(
                        assertThrows(
                                ResourceLimitException.class,
                                () -> self.send(signal(QUEUED), count)),
                        assertThrows(
                                ResourceLimitException.class, () -> self.send(signal(QUEUED))))) {
            assertTrue(full.getMessage().contains("RLIMIT_SIGPENDING"), full::getMessage);
        }
        assertFalse(self.trySend(signal(QUEUED), count, Duration.ofMillis(20)));
        Task<Boolean> sender =
                Task.start(() -> self.trySend(signal(QUEUED), count, LONG)).assertWaiting();
        assertEquals(OptionalInt.of(0), mine.await().value());
        assertTrue(sender.result());
        for (int i = 1; i <= count; i++) {
            assertEquals(OptionalInt.of(i), mine.await(LONG).orElseThrow().value());
        }
        assertEquals(Optional.empty(), mine.await(Duration.ZERO));
    }

    /**
     * Threads of both kinds share what comes, and each signal goes to one of them.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void eachGoesToOneThread() throws Exception {
        SignalSubscription mine = subscribed(QUEUED);
        SignalTarget self = self();
        List<Task<List<Integer>>> tasks = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            tasks.add(
                    Task.start(
                            i % 2 == 0 ? Task.Kind.PLATFORM : Task.Kind.VIRTUAL,
                            () -> {
                                List<Integer> got = new ArrayList<>();
                                for (int n = 0; n < 250; n++) {
                                    got.add(mine.await(LONG).orElseThrow().value().getAsInt());
                                }
                                return got;
                            }));
        }
        for (int value = 0; value < 2_000; value++) {
            assertTrue(self.trySend(signal(QUEUED), value, LONG));
        }
        Set<Integer> all = new TreeSet<>();
        for (Task<List<Integer>> task : tasks) {
            all.addAll(task.result());
        }
        assertEquals(2_000, all.size());
        assertEquals(2_000, mine.received());
    }

    /**
     * Nothing of the system stays in use.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void givesEverythingBack() throws Exception {
        SignalTarget self = self();
        subscribed(QUEUED).close();
        long before = held();
        for (int i = 0; i < 50; i++) {
            try (SignalSubscription mine = provider().subscribe(Set.of(signal(QUEUED)))) {
                self.send(signal(QUEUED), i);
                assertEquals(OptionalInt.of(i), mine.await().value());
            }
        }
        assertEquals(before, held());
    }
}
