// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import org.ipc4j.IpcClosedException;
import org.ipc4j.spi.MechanismProvider;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Stream;

/**
 * The one contract that all blocking operations keep, on platform threads and on virtual threads:
 * every operation that {@link #operations()} gives has to keep every rule of {@link
 * #keepsTheWaitingContract()}.
 *
 * @param <P> the provider interface
 */
public abstract class WaitingContract<P extends MechanismProvider> extends MechanismContract<P> {
    /** Longer than {@link Duration#toNanos()} can tell, and as long as there is. */
    private static final Duration LONGEST = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);

    /** Longer ago than {@link Duration#toNanos()} can tell. */
    private static final Duration LEAST = Duration.ofSeconds(Long.MIN_VALUE);

    private static final int SEVERAL = 4;

    private ExecutorService trials;

    /** For subclasses. */
    protected WaitingContract() {}

    /**
     * Returns the blocking operations, for example {@code
     * NamedSemaphoreContract.blocking(provider())}.
     *
     * @return the operations
     */
    protected abstract List<Blocking.Named> operations();

    /**
     * Returns how many rules can be tried at a time, since nearly all of them wait.
     *
     * @return several; 1 if the operations are on something that a process has only once
     */
    protected int rulesAtATime() {
        return SEVERAL;
    }

    private interface Rule {
        void holds(Blocking operation, Task.Kind kind) throws Exception;
    }

    /**
     * Tests every operation, on both kinds of threads:
     *
     * <ul>
     *   <li>zero looks once, and so does anything negative, also what overflows when it is
     *       converted;
     *   <li>what can go on goes on, also with a time-out of zero;
     *   <li>a time-out gives its documented result, and not too early;
     *   <li>the longest time-out there is does not overflow;
     *   <li>null is refused;
     *   <li>an interrupt before the call, or while it waits, is an {@link InterruptedException}
     *       that clears the interrupt status; nothing is consumed, and the object stays usable;
     *   <li>the same holds if it could have gone on;
     *   <li>closing the object from another thread gives {@link IpcClosedException};
     *   <li>what a peer does ends the wait, once for each;
     *   <li>nothing is consumed for a waiter that gave up.
     * </ul>
     *
     * <p>What is said of several waiters is left out where there is {@linkplain
     * Blocking#severalWaiters() one at a time}.
     *
     * @return a test for each operation, rule and kind of thread; several are tried at a time
     */
    @TestFactory
    protected List<DynamicNode> keepsTheWaitingContract() {
        ThreadFactory threads = Thread.ofPlatform().name("tck-rule-", 0).daemon().factory();
        trials = Executors.newFixedThreadPool(rulesAtATime(), threads);
        try {
            return operations().stream().map(this::tests).toList();
        } finally {
            trials.shutdown(); // when all is tried that it was given
        }
    }

    private DynamicNode tests(Blocking.Named operation) {
        List<DynamicNode> kinds = new ArrayList<>();
        for (Task.Kind kind : Task.Kind.values()) {
            String name = kind.name().toLowerCase(Locale.ROOT);
            kinds.add(dynamicContainer(name, tests(operation, kind)));
        }
        return dynamicContainer(operation.name(), kinds);
    }

    private Stream<DynamicNode> tests(Blocking.Named operation, Task.Kind kind) {
        return Stream.of(
                test("zero looks once", operation, kind, (o, k) -> looksOnce(o, k, Duration.ZERO)),
                test(
                        "negative looks once",
                        operation,
                        kind,
                        (o, k) -> looksOnce(o, k, Duration.ofNanos(-1))),
                test(
                        "the least duration looks once",
                        operation,
                        kind,
                        (o, k) -> looksOnce(o, k, LEAST)),
                test(
                        "one nanosecond times out",
                        operation,
                        kind,
                        (o, k) -> timesOut(o, k, Duration.ofNanos(1))),
                test(
                        "30 ms time out",
                        operation,
                        kind,
                        (o, k) -> timesOut(o, k, Duration.ofMillis(30))),
                test(
                        "120 ms time out",
                        operation,
                        kind,
                        (o, k) -> timesOut(o, k, Duration.ofMillis(120))),
                test("goes on at once if it can", operation, kind, WaitingContract::goesOn),
                test("null is refused", operation, kind, WaitingContract::refusesNull),
                test(
                        "interrupted before, timed",
                        operation,
                        kind,
                        (o, k) -> interruptedBefore(o, k, timed(o))),
                test(
                        "interrupted before, for ever",
                        operation,
                        kind,
                        (o, k) -> interruptedBefore(o, k, forEver(o))),
                test(
                        "interrupted before a poll",
                        operation,
                        kind,
                        (o, k) -> interruptedBefore(o, k, poll(o))),
                test(
                        "interrupted though it can go on",
                        operation,
                        kind,
                        WaitingContract::interruptedThoughReady),
                test(
                        "interrupted while waiting, timed",
                        operation,
                        kind,
                        (o, k) -> interrupted(o, k, timed(o))),
                test(
                        "interrupted while waiting, for ever",
                        operation,
                        kind,
                        (o, k) -> interrupted(o, k, forEver(o))),
                test(
                        "closed while waiting, timed",
                        operation,
                        kind,
                        (o, k) -> closed(o, k, timed(o))),
                test(
                        "closed while waiting, for ever",
                        operation,
                        kind,
                        (o, k) -> closed(o, k, forEver(o))),
                test(
                        "closed under several waiters",
                        operation,
                        kind,
                        WaitingContract::closedUnderSeveral),
                test(
                        "a peer ends the wait, timed",
                        operation,
                        kind,
                        (o, k) -> woken(o, k, timed(o))),
                test(
                        "a peer ends the wait, for ever",
                        operation,
                        kind,
                        (o, k) -> woken(o, k, forEver(o))),
                test(
                        "a peer ends the longest wait",
                        operation,
                        kind,
                        (o, k) -> woken(o, k, () -> o.within(LONGEST))),
                test("each waiter goes on once", operation, kind, WaitingContract::eachOnce),
                test(
                        "nothing is lost with who gave up",
                        operation,
                        kind,
                        WaitingContract::nothingIsLost));
    }

    /** Begins to try a rule. The test waits for what comes of it. */
    private DynamicNode test(String rule, Blocking.Named operation, Task.Kind kind, Rule body) {
        Future<?> trial =
                trials.submit(() -> {
                    try (Blocking fixture = operation.factory().open(fresh())) {
                        body.holds(fixture, kind);
                    }
                    return null;
                });
        return dynamicTest(
                rule,
                () -> {
                    try {
                        trial.get();
                    } catch (ExecutionException e) {
                        throw e.getCause();
                    }
                });
    }

    private static Callable<Boolean> timed(Blocking operation) {
        return () -> operation.within(Duration.ofMinutes(5));
    }

    private static Callable<Boolean> forEver(Blocking operation) {
        return () -> {
            operation.forEver();
            return true;
        };
    }

    private static Callable<Boolean> poll(Blocking operation) {
        return () -> operation.within(Duration.ZERO);
    }

    private static void looksOnce(Blocking operation, Task.Kind kind, Duration timeout)
            throws Exception {
        assertFalse(Task.run(kind, () -> operation.within(timeout)));
        operation.unblock();
        assertTrue(Task.run(kind, () -> operation.within(timeout)));
    }

    private static void timesOut(Blocking operation, Task.Kind kind, Duration timeout)
            throws Exception {
        long nanos =
                Task.run(
                        kind,
                        () -> {
                            long start = System.nanoTime();
                            assertFalse(operation.within(timeout));
                            return System.nanoTime() - start;
                        });
        assertTrue(
                nanos >= timeout.toNanos(),
                () -> "gave up after " + nanos + " ns, before " + timeout);
        assertUsable(operation, kind);
    }

    private static void goesOn(Blocking operation, Task.Kind kind) throws Exception {
        operation.unblock();
        assertTrue(Task.run(kind, timed(operation)));
        if (operation.consumes()) {
            operation.unblock();
        }
        assertTrue(Task.run(kind, forEver(operation)));
    }

    private static void refusesNull(Blocking operation, Task.Kind kind) throws Exception {
        assertThrows(
                NullPointerException.class, () -> Task.run(kind, () -> operation.within(null)));
        assertUsable(operation, kind);
    }

    private static void interruptedBefore(
            Blocking operation, Task.Kind kind, Callable<Boolean> call) throws Exception {
        Task<Boolean> task =
                Task.start(
                        kind,
                        () -> {
                            Thread.currentThread().interrupt();
                            return call.call();
                        });
        task.failure(InterruptedException.class);
        assertFalse(task.interruptedAtEnd(), "InterruptedException clears the interrupt status");
        assertUsable(operation, kind);
    }

    private static void interruptedThoughReady(Blocking operation, Task.Kind kind)
            throws Exception {
        operation.unblock();
        for (Callable<Boolean> call :
                List.of(poll(operation), timed(operation), forEver(operation))) {
            Task.start(
                            kind,
                            () -> {
                                Thread.currentThread().interrupt();
                                return call.call();
                            })
                    .failure(InterruptedException.class);
        }
        assertOneLeft(operation, kind);
    }

    private static void interrupted(Blocking operation, Task.Kind kind, Callable<Boolean> call)
            throws Exception {
        Task<Boolean> task = Task.start(kind, call).assertWaiting();
        task.interrupt().failure(InterruptedException.class);
        assertFalse(task.interruptedAtEnd(), "InterruptedException clears the interrupt status");
        assertUsable(operation, kind);
    }

    private static void closed(Blocking operation, Task.Kind kind, Callable<Boolean> call)
            throws Exception {
        if (!operation.hasObject()) {
            return;
        }
        Task<Boolean> task = Task.start(kind, call).assertWaiting();
        operation.closeObject();
        task.failure(IpcClosedException.class);
        assertFalse(task.interruptedAtEnd(), "closing does not interrupt");
    }

    private static void closedUnderSeveral(Blocking operation, Task.Kind kind) throws Exception {
        if (!operation.hasObject() || !operation.severalWaiters()) {
            return;
        }
        List<Task<Boolean>> tasks = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            tasks.add(Task.start(kind, timed(operation)));
        }
        for (Task<Boolean> task : tasks) {
            task.assertWaiting();
        }
        operation.closeObject();
        for (Task<Boolean> task : tasks) {
            task.failure(IpcClosedException.class);
        }
    }

    private static void woken(Blocking operation, Task.Kind kind, Callable<Boolean> call)
            throws Exception {
        Task<Boolean> task = Task.start(kind, call).assertWaiting();
        operation.unblock();
        assertTrue(task.result());
        assertFalse(task.interruptedAtEnd());
    }

    private static void eachOnce(Blocking operation, Task.Kind kind) throws Exception {
        if (!operation.consumes() || !operation.severalWaiters()) {
            return;
        }
        List<Task<Boolean>> tasks = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            tasks.add(Task.start(kind, timed(operation)));
        }
        for (Task<Boolean> task : tasks) {
            task.assertWaiting();
        }
        operation.unblock();
        while (tasks.stream().noneMatch(Task::isDone)) {
            Thread.sleep(1);
        }
        Thread.sleep(30);
        assertEquals(
                1, tasks.stream().filter(Task::isDone).count(), "one event lets one waiter go on");
        operation.unblock();
        operation.unblock();
        for (Task<Boolean> task : tasks) {
            assertTrue(task.result());
        }
        assertFalse(Task.run(kind, poll(operation)), "three events let three waiters go on");
    }

    private static void nothingIsLost(Blocking operation, Task.Kind kind) throws Exception {
        Task<Boolean> gaveUp = Task.start(kind, () -> operation.within(Duration.ofMillis(20)));
        if (!operation.severalWaiters()) {
            assertFalse(gaveUp.result());
        }
        Task<Boolean> wasInterrupted = Task.start(kind, timed(operation));
        wasInterrupted.assertWaiting().interrupt().failure(InterruptedException.class);
        assertFalse(gaveUp.result());
        operation.unblock();
        assertOneLeft(operation, kind);
    }

    /** The object still works, and holds nothing that nobody gave. */
    private static void assertUsable(Blocking operation, Task.Kind kind) throws Exception {
        assertFalse(Task.run(kind, poll(operation)), "nothing has happened yet");
        operation.unblock();
        assertOneLeft(operation, kind);
    }

    private static void assertOneLeft(Blocking operation, Task.Kind kind) throws Exception {
        assertTrue(Task.run(kind, timed(operation)));
        if (operation.consumes()) {
            assertFalse(Task.run(kind, poll(operation)), "one event lets one go on");
        }
    }
}
