// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Something that a thread of its own does, under a watchdog.
 *
 * @param <T> its result
 */
public final class Task<T> {
    /** How long anything may take before it is taken for a hang. */
    private static final Duration WATCHDOG = Duration.ofSeconds(30);

    /**
     * How long a thread is given to arrive where it waits, and how long it is then seen to stay
     * there.
     */
    private static final Duration SETTLE = Duration.ofMillis(60);

    private final CountDownLatch started = new CountDownLatch(1);
    private final Thread thread;
    private volatile T result;
    private volatile Throwable failure;
    private volatile boolean interruptedAtEnd;

    /** Which kind of thread does it. */
    public enum Kind {
        /** A platform thread. */
        PLATFORM,
        /** A virtual thread. */
        VIRTUAL
    }

    private Task(Kind kind, Callable<T> work) {
        Runnable body =
                () -> {
                    started.countDown();
                    try {
                        result = work.call();
                    } catch (Throwable e) {
                        failure = e;
                    } finally {
                        interruptedAtEnd = Thread.currentThread().isInterrupted();
                    }
                };
        this.thread =
                switch (kind) {
                    case PLATFORM -> Thread.ofPlatform().name("tck").daemon().start(body);
                    case VIRTUAL -> Thread.ofVirtual().name("tck").start(body);
                };
    }

    /**
     * Starts a platform thread.
     *
     * @param <T> its result
     * @param work what it does
     * @return the task
     */
    public static <T> Task<T> start(Callable<T> work) {
        return start(Kind.PLATFORM, work);
    }

    /**
     * Starts a thread.
     *
     * @param <T> its result
     * @param kind which kind of thread
     * @param work what it does
     * @return the task
     */
    public static <T> Task<T> start(Kind kind, Callable<T> work) {
        return new Task<>(kind, work);
    }

    /**
     * Runs something in a thread of its own and returns what it returns.
     *
     * @param <T> its result
     * @param kind which kind of thread
     * @param work what it does
     * @return its result
     * @throws Exception what it throws
     */
    public static <T> T run(Kind kind, Callable<T> work) throws Exception {
        return start(kind, work).result();
    }

    /**
     * Asserts that the thread is waiting: started, and not finished after a while.
     *
     * @return this
     * @throws InterruptedException if the calling thread is interrupted
     */
    public Task<T> assertWaiting() throws InterruptedException {
        if (!started.await(WATCHDOG.toSeconds(), TimeUnit.SECONDS)) {
            fail("the thread was not even started");
        }
        assertFalse(
                thread.join(SETTLE),
                () ->
                        "expected to wait, but it "
                                + (failure == null ? "returned " + result : "threw " + failure));
        return this;
    }

    /**
     * Interrupts the thread.
     *
     * @return this
     */
    public Task<T> interrupt() {
        thread.interrupt();
        return this;
    }

    /**
     * Waits until the work is done.
     *
     * @return its result
     * @throws Exception what it throws
     */
    public T result() throws Exception {
        join();
        if (failure instanceof Exception e) {
            throw e;
        }
        if (failure != null) {
            throw new AssertionError("in another thread: " + failure, failure);
        }
        return result;
    }

    /**
     * Waits until the work has failed, and asserts how.
     *
     * @param <X> the exception's type
     * @param type the exception's type, exactly or a superclass of it
     * @return the exception
     * @throws InterruptedException if the calling thread is interrupted
     */
    public <X extends Throwable> X failure(Class<X> type) throws InterruptedException {
        join();
        if (type.isInstance(failure)) {
            return type.cast(failure);
        }
        if (failure == null) {
            throw new AssertionError("expected " + type.getName() + ", but it returned " + result);
        }
        throw new AssertionError(
                "expected " + type.getName() + ", but it threw " + failure, failure);
    }

    /**
     * Tells whether the thread's interrupt status was set when the work had ended.
     *
     * @return {@code true} if it was
     * @throws InterruptedException if the calling thread is interrupted
     */
    public boolean interruptedAtEnd() throws InterruptedException {
        join();
        return interruptedAtEnd;
    }

    /**
     * Tells whether the work is done.
     *
     * @return {@code true} if it is
     */
    public boolean isDone() {
        return thread.getState() == Thread.State.TERMINATED;
    }

    private void join() throws InterruptedException {
        if (!thread.join(WATCHDOG)) {
            fail(
                    "hangs since "
                            + WATCHDOG
                            + ": "
                            + thread
                            + "\n    at "
                            + Arrays.stream(thread.getStackTrace())
                                    .map(Object::toString)
                                    .collect(Collectors.joining("\n    at ")));
        }
    }
}
