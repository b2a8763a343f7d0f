// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.ResourceLimitException;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.NamedSemaphoreProvider;
import org.ipc4j.sync.NamedSemaphore;
import org.ipc4j.sync.NamedSemaphoreOptions;
import org.ipc4j.tck.Allocation;
import org.ipc4j.tck.Blocking;
import org.ipc4j.tck.NamedObjectContract;
import org.ipc4j.tck.Task;
import org.ipc4j.tck.WaitingContract;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** What every {@link NamedSemaphore} does. */
public abstract class NamedSemaphoreContract
        extends NamedObjectContract<NamedSemaphoreProvider, NamedSemaphore> {
    /** For subclasses. */
    protected NamedSemaphoreContract() {}

    /** {@link WaitingContract} of a semaphore. */
    public abstract static class Waiting extends WaitingContract<NamedSemaphoreProvider> {
        /** For subclasses. */
        protected Waiting() {}

        @Override
        protected List<Blocking.Named> operations() {
            return blocking(provider());
        }
    }

    /**
     * Returns the blocking operations of a semaphore.
     *
     * @param provider the provider
     * @return the operations
     */
    public static List<Blocking.Named> blocking(NamedSemaphoreProvider provider) {
        return List.of(
                new Blocking.Named("NamedSemaphore.acquire", name -> new Acquire(provider, name)));
    }

    private static final class Acquire extends Blocking {
        private final NamedSemaphore mine;
        private final NamedSemaphore peer;

        Acquire(NamedSemaphoreProvider provider, IpcName name) throws IpcException {
            mine = provider.create(name, NamedSemaphoreOptions.ofPermits(0));
            peer = provider.open(name, Access.OWNER);
        }

        @Override
        public boolean within(Duration timeout) throws IpcException, InterruptedException {
            return mine.tryAcquire(timeout);
        }

        @Override
        public void forEver() throws IpcException, InterruptedException {
            mine.acquire();
        }

        @Override
        public void unblock() throws IpcException {
            peer.release();
        }

        @Override
        public void closeObject() {
            mine.close();
        }

        @Override
        public void close() {
            mine.close();
            peer.close();
        }
    }

    @Override
    protected NamedSemaphore create(IpcName name, Access access) throws IpcException {
        return closing(provider().create(name, new NamedSemaphoreOptions(0, access)));
    }

    @Override
    protected NamedSemaphore open(IpcName name, Access access) throws IpcException {
        return closing(provider().open(name, access));
    }

    @Override
    protected void assertOneObject(NamedSemaphore one, NamedSemaphore other) throws IpcException {
        one.release();
        assertTrue(other.tryAcquire());
        assertFalse(one.tryAcquire());
    }

    @Override
    protected void assertTwoObjects(NamedSemaphore one, NamedSemaphore other) throws IpcException {
        one.release();
        assertFalse(other.tryAcquire());
        assertTrue(one.tryAcquire());
    }

    private NamedSemaphore semaphore(int permits) throws IpcException {
        return closing(provider().create(fresh(), NamedSemaphoreOptions.ofPermits(permits)));
    }

    /** Null options are a {@link NullPointerException}, and take no name. */
    @Test
    protected void refusesNullOptions() {
        assertThrows(NullPointerException.class, () -> provider().create(fresh(), null));
    }

    /**
     * A semaphore starts with the permits asked for, to be taken through any handle.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void startsWithItsPermits() throws Exception {
        NamedSemaphore semaphore = semaphore(3);
        NamedSemaphore other = open(semaphore.name(), Access.OWNER);
        assertTrue(semaphore.tryAcquire());
        assertTrue(other.tryAcquire());
        assertTrue(semaphore.tryAcquire());
        assertFalse(other.tryAcquire());
        assertFalse(semaphore.tryAcquire());
    }

    /**
     * Each of the three forms takes one permit.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void everyFormTakesOnePermit() throws Exception {
        NamedSemaphore semaphore = semaphore(4);
        semaphore.acquire();
        assertTrue(semaphore.tryAcquire());
        assertTrue(semaphore.tryAcquire(Duration.ofSeconds(1)));
        assertTrue(semaphore.tryAcquire(Duration.ZERO));
        assertFalse(semaphore.tryAcquire());
    }

    /**
     * A release adds one permit, whoever had acquired it.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void permitsHaveNoOwner() throws Exception {
        NamedSemaphore semaphore = semaphore(1);
        NamedSemaphore other = open(semaphore.name(), Access.OWNER);
        semaphore.acquire();
        other.release();
        other.release();
        Task.run(
                Task.Kind.VIRTUAL,
                () -> {
                    semaphore.release();
                    return null;
                });
        for (int i = 0; i < 3; i++) {
            assertTrue(semaphore.tryAcquire());
        }
        assertFalse(semaphore.tryAcquire());
    }

    /**
     * With {@link Capability#PERMIT_COUNT} the permits can be counted through any handle; without,
     * asking is an {@link UnsupportedOperationException}.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void countsPermits() throws Exception {
        NamedSemaphore semaphore = semaphore(2);
        if (!has(Capability.PERMIT_COUNT)) {
            assertThrows(UnsupportedOperationException.class, semaphore::availablePermits);
            return;
        }
        NamedSemaphore other = open(semaphore.name(), Access.OWNER);
        assertEquals(2, semaphore.availablePermits());
        other.acquire();
        assertEquals(1, semaphore.availablePermits());
        semaphore.acquire();
        assertEquals(0, other.availablePermits());
        assertFalse(semaphore.tryAcquire());
        assertEquals(0, other.availablePermits());
        semaphore.release();
        assertEquals(1, other.availablePermits());
    }

    /**
     * Who waits does not make the count of permits negative.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void countIsNeverNegative() throws Exception {
        require(Capability.PERMIT_COUNT);
        NamedSemaphore semaphore = semaphore(0);
        Task<Boolean> waiter = Task.start(() -> semaphore.tryAcquire(Duration.ofMinutes(1)));
        waiter.assertWaiting();
        assertEquals(0, semaphore.availablePermits());
        semaphore.release();
        assertTrue(waiter.result());
        assertEquals(0, semaphore.availablePermits());
    }

    /**
     * A release beyond {@link NamedSemaphore#maxPermits()} is a {@link ResourceLimitException} that
     * changes nothing.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void refusesTooManyPermits() throws Exception {
        int max = semaphore(0).maxPermits();
        assertTrue(max > 0);
        NamedSemaphore semaphore = semaphore(max);
        assertEquals(max, semaphore.maxPermits());
        for (int i = 0; i < 3; i++) {
            ResourceLimitException e =
                    assertThrows(ResourceLimitException.class, semaphore::release);
            assertTrue(e.getMessage().contains(semaphore.name().value()), e::getMessage);
        }
        if (has(Capability.PERMIT_COUNT)) {
            assertEquals(max, semaphore.availablePermits());
        }
        semaphore.acquire();
        semaphore.release();
        assertThrows(ResourceLimitException.class, semaphore::release);
    }

    /**
     * With {@link Capability#OUTLIVES_CREATOR} the permits stay when every handle is closed;
     * without, as long as one is open.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void permitsStayAfterClose() throws Exception {
        NamedSemaphore first = semaphore(1);
        first.release();
        NamedSemaphore second;
        if (has(Capability.OUTLIVES_CREATOR)) {
            first.close();
            second = open(first.name(), Access.OWNER);
        } else {
            second = open(first.name(), Access.OWNER);
            first.close();
        }
        assertTrue(second.tryAcquire());
        assertTrue(second.tryAcquire());
        assertFalse(second.tryAcquire());
    }

    /**
     * Closing gives no permit back.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void closeKeepsWhatWasAcquired() throws Exception {
        NamedSemaphore semaphore = semaphore(1);
        NamedSemaphore other = open(semaphore.name(), Access.OWNER);
        other.acquire();
        other.close();
        assertFalse(semaphore.tryAcquire());
    }

    /**
     * Every method that uses a closed semaphore is an {@link IllegalStateException}.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void refusesUseAfterClose() throws Exception {
        NamedSemaphore semaphore = semaphore(5);
        int max = semaphore.maxPermits();
        semaphore.close();
        assertThrows(IllegalStateException.class, semaphore::acquire);
        assertThrows(IllegalStateException.class, semaphore::tryAcquire);
        assertThrows(IllegalStateException.class, () -> semaphore.tryAcquire(Duration.ZERO));
        assertThrows(
                IllegalStateException.class, () -> semaphore.tryAcquire(Duration.ofSeconds(1)));
        assertThrows(IllegalStateException.class, semaphore::release);
        if (has(Capability.PERMIT_COUNT)) {
            assertThrows(IllegalStateException.class, semaphore::availablePermits);
        }
        assertEquals(max, semaphore.maxPermits());
    }

    /**
     * A semaphore that is closed while others use it gives them {@link IllegalStateException} or
     * {@link org.ipc4j.IpcClosedException}, and the process lives.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void closeUnderUseIsSafe() throws Exception {
        for (int round = 0; round < 30; round++) {
            NamedSemaphore semaphore = semaphore(0);
            List<Task<Void>> users = new ArrayList<>();
            for (Task.Kind kind : Task.Kind.values()) {
                users.add(
                        Task.start(
                                kind,
                                () -> {
                                    while (true) {
                                        semaphore.release();
                                        semaphore.tryAcquire();
                                        semaphore.tryAcquire(Duration.ofNanos(100_000));
                                    }
                                }));
            }
            Thread.sleep(2);
            semaphore.close();
            for (Task<Void> user : users) {
                Exception e = user.failure(Exception.class);
                assertTrue(
                        e instanceof IllegalStateException
                                || e instanceof org.ipc4j.IpcClosedException,
                        e::toString);
            }
        }
    }

    /**
     * A semaphore of one permit lets one thread at a time go on, platform or virtual, through
     * whatever handle; and what one has written before its release the next sees.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void excludes() throws Exception {
        NamedSemaphore first = semaphore(1);
        long[] counter = {0};
        List<Task<Void>> tasks = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            NamedSemaphore mine = i == 0 ? first : open(first.name(), Access.OWNER);
            tasks.add(
                    Task.start(
                            Task.Kind.values()[i % 2],
                            () -> {
                                for (int k = 0; k < 1_000; k++) {
                                    mine.acquire();
                                    counter[0]++;
                                    mine.release();
                                }
                                return null;
                            }));
        }
        for (Task<Void> task : tasks) {
            task.result();
        }
        assertEquals(4_000, counter[0]);
        assertTrue(first.tryAcquire());
        assertFalse(first.tryAcquire());
    }

    /**
     * Where waiters give up all the time, no permit gets lost and none is made.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void permitsAreConserved() throws Exception {
        NamedSemaphore semaphore = semaphore(0);
        AtomicInteger taken = new AtomicInteger();
        int released = 2_000;
        List<Task<Void>> takers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            takers.add(
                    Task.start(
                            Task.Kind.values()[i % 2],
                            () -> {
                                while (taken.get() < released) {
                                    if (semaphore.tryAcquire(Duration.ofNanos(50_000))) {
                                        taken.incrementAndGet();
                                    }
                                }
                                return null;
                            }));
        }
        for (int i = 0; i < released; i++) {
            semaphore.release();
        }
        for (Task<Void> taker : takers) {
            taker.result();
        }
        assertEquals(released, taken.get());
        assertFalse(semaphore.tryAcquire());
    }

    /**
     * Two threads take turns by two semaphores, on each kind of thread.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void handsOver() throws Exception {
        for (Task.Kind kind : Task.Kind.values()) {
            NamedSemaphore there = semaphore(0);
            NamedSemaphore back = semaphore(0);
            Task<Void> other =
                    Task.start(
                            kind,
                            () -> {
                                for (int i = 0; i < 300; i++) {
                                    there.acquire();
                                    back.release();
                                }
                                return null;
                            });
            Task<Void> one =
                    Task.start(
                            kind,
                            () -> {
                                for (int i = 0; i < 300; i++) {
                                    there.release();
                                    back.acquire();
                                }
                                return null;
                            });
            other.result();
            one.result();
        }
    }

    /**
     * What need not wait allocates nothing.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void allocatesNothing() throws Exception {
        NamedSemaphore semaphore = semaphore(1);
        Duration second = Duration.ofSeconds(1);
        Allocation.assertNone(
                "tryAcquire, release",
                () -> {
                    semaphore.tryAcquire();
                    semaphore.release();
                });
        Allocation.assertNone(
                "acquire, release",
                () -> {
                    semaphore.acquire();
                    semaphore.release();
                });
        Allocation.assertNone(
                "tryAcquire(Duration), release",
                () -> {
                    semaphore.tryAcquire(second);
                    semaphore.release();
                });
    }
}
