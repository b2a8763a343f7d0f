// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.IpcClosedException;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

@Timeout(60)
class WaitTest {
    private static final IpcName NAME = IpcName.of("fake");

    private final AtomicBoolean open = new AtomicBoolean(true);
    private final AtomicInteger permits = new AtomicInteger();

    /** What the attempts were given, as far as it was more than nothing. */
    private final List<Long> kernelWaits = new ArrayList<>();

    private Wait polling() {
        return Wait.byPolling(NAME, open::get, permits::get);
    }

    private Wait kernel() {
        return Wait.inKernel(NAME, open::get, permits::get);
    }

    private boolean take(long nanos) {
        if (nanos > 0) {
            synchronized (kernelWaits) {
                kernelWaits.add(nanos);
            }
            try {
                Thread.sleep(Duration.ofNanos(nanos));
            } catch (InterruptedException e) {
                // A native wait does not hear it: it comes back after its slice, with the status
                // still set.
                Thread.currentThread().interrupt();
            }
        }
        return permits.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
    }

    @Test
    void durationsSaturate() {
        assertEquals(0, Wait.nanos(Duration.ZERO));
        assertEquals(0, Wait.nanos(Duration.ofNanos(-1)));
        assertEquals(0, Wait.nanos(Duration.ofSeconds(Long.MIN_VALUE)));
        assertEquals(1, Wait.nanos(Duration.ofNanos(1)));
        assertEquals(Long.MAX_VALUE, Wait.nanos(Duration.ofNanos(Long.MAX_VALUE)));
        assertEquals(Long.MAX_VALUE, Wait.nanos(Duration.ofNanos(Long.MAX_VALUE).plusNanos(1)));
        assertEquals(Long.MAX_VALUE, Wait.nanos(Duration.ofSeconds(Long.MAX_VALUE, 999_999_999)));
        assertEquals(Long.MAX_VALUE, Wait.nanos(Wait.FOREVER));
        assertThrows(NullPointerException.class, () -> Wait.nanos(null));
    }

    @Test
    void pausesAreInProportion() {
        assertEquals(20_000, Wait.pause(0));
        assertEquals(20_000, Wait.pause(80_000));
        assertEquals(25_000, Wait.pause(100_000));
        assertEquals(1_000_000, Wait.pause(4_000_000));
        assertEquals(5_000_000, Wait.pause(20_000_000));
        assertEquals(5_000_000, Wait.pause(Long.MAX_VALUE));
    }

    @Test
    void zeroTriesOnce() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        assertFalse(
                polling()
                        .until(
                                Duration.ZERO,
                                nanos -> {
                                    assertEquals(0, nanos);
                                    attempts.incrementAndGet();
                                    return false;
                                }));
        assertEquals(1, attempts.get());
        assertTrue(polling().until(Duration.ofSeconds(-1), nanos -> true));
    }

    @Test
    void nullTimeoutIsRefusedBeforeAnAttempt() {
        assertThrows(
                NullPointerException.class,
                () ->
                        polling()
                                .until(
                                        null,
                                        nanos -> {
                                            throw new AssertionError("attempted");
                                        }));
    }

    @Test
    void kernelWaitsAreSlicedAndNeverLongerThanWhatIsLeft() throws Exception {
        long start = System.nanoTime();
        assertFalse(kernel().until(Duration.ofMillis(130), this::take));
        assertTrue(System.nanoTime() - start >= 130_000_000);
        assertTrue(kernelWaits.size() >= 3, kernelWaits::toString);
        assertTrue(
                kernelWaits.stream().allMatch(nanos -> nanos <= Wait.SLICE), kernelWaits::toString);
        assertTrue(kernelWaits.getLast() < Wait.SLICE, kernelWaits::toString);
    }

    @Test
    void pollingNeverWaitsInTheKernel() throws Exception {
        assertFalse(polling().until(Duration.ofMillis(30), this::take));
        assertEquals(List.of(), kernelWaits);
    }

    @Test
    void virtualThreadsNeverWaitInTheKernel() throws Exception {
        AtomicReference<Object> result = new AtomicReference<>();
        Thread.ofVirtual()
                .start(() ->
                        result.set(call(() -> kernel().until(Duration.ofMillis(130), this::take))))
                .join();
        assertEquals(false, result.get());
        assertEquals(List.of(), kernelWaits);
    }

    private interface Call {
        Object run() throws Exception;
    }

    private static Object call(Call call) {
        try {
            return call.run();
        } catch (Throwable e) {
            return e;
        }
    }

    private static Thread start(boolean virtual, Runnable body) {
        return virtual ? Thread.ofVirtual().start(body) : Thread.ofPlatform().daemon().start(body);
    }

    private Wait wait(boolean kernel) {
        return kernel ? kernel() : polling();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void interruptEndsTheWait(int kind) throws Exception {
        AtomicReference<Object> result = new AtomicReference<>();
        Wait wait = wait(kind % 2 == 0);
        Thread thread =
                start(
                        kind / 2 == 0,
                        () -> result.set(call(() -> wait.until(Wait.FOREVER, this::take))));
        Thread.sleep(30);
        thread.interrupt();
        thread.join();
        assertEquals(InterruptedException.class, result.get().getClass());
        permits.set(1);
        assertTrue(wait.until(Duration.ZERO, this::take));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void closeEndsTheWait(int kind) throws Exception {
        AtomicReference<Object> result = new AtomicReference<>();
        Wait wait = wait(kind % 2 == 0);
        Thread thread =
                start(
                        kind / 2 == 0,
                        () -> result.set(call(() -> wait.until(Wait.FOREVER, this::take))));
        Thread.sleep(30);
        open.set(false);
        thread.join();
        assertEquals(IpcClosedException.class, result.get().getClass());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void drainWaitsForWhoLooksAtTheObject(boolean virtual) throws Exception {
        CountDownLatch looking = new CountDownLatch(2); // the second time within the wait
        CountDownLatch look = new CountDownLatch(1);
        Wait wait = Wait.bySpinning(NAME, open::get, permits::get);
        AtomicReference<Object> result = new AtomicReference<>();
        Thread waiter =
                start(
                        virtual,
                        () ->
                                result.set(
                                        call(() ->
                                                wait.until(
                                                        Wait.FOREVER,
                                                        nanos -> {
                                                            looking.countDown();
                                                            if (looking.getCount() == 0) {
                                                                awaitUninterruptibly(look);
                                                            }
                                                            return false;
                                                        }))));
        looking.await();
        open.set(false);
        Thread closer = start(false, wait::drain);
        assertFalse(closer.join(Duration.ofMillis(100)), "somebody looks at the object");
        look.countDown();
        closer.join();
        waiter.join();
        assertEquals(IpcClosedException.class, result.get().getClass());
    }

    @Test
    void drainDoesNotWaitForParkedThreads() throws Exception {
        Wait wait = kernel();
        Thread waiter = start(true, () -> call(() -> wait.until(Wait.FOREVER, this::take)));
        while (waiter.getState() != Thread.State.WAITING
                && waiter.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        wait.drain();
        assertTrue(waiter.isAlive());
        open.set(false);
        waiter.join();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts", e);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void untilClosedLeavesAnInterruptAlone(int kind) throws Exception {
        AtomicReference<Object> result = new AtomicReference<>();
        AtomicBoolean interrupted = new AtomicBoolean();
        Wait wait = wait(kind % 2 == 0);
        Thread thread =
                start(
                        kind / 2 == 0,
                        () -> {
                            result.set(
                                    call(() -> {
                                        wait.untilClosed(this::take);
                                        return "done";
                                    }));
                            interrupted.set(Thread.currentThread().isInterrupted());
                        });
        Thread.sleep(20);
        thread.interrupt();
        assertFalse(thread.join(Duration.ofMillis(120)));
        permits.set(1);
        thread.join();
        assertEquals("done", result.get());
        assertTrue(interrupted.get());
    }

    @Test
    void attemptsAreFirstMadeWithoutWaiting() throws Exception {
        permits.set(1);
        assertTrue(kernel().until(Wait.FOREVER, this::take));
        assertEquals(List.of(), kernelWaits);
    }

    @Test
    void whatAnAttemptThrowsComesThrough() {
        IpcException thrown = new IpcException(NAME, "refused");
        assertSame(
                thrown,
                assertThrows(
                        IpcException.class,
                        () ->
                                kernel().until(
                                                Wait.FOREVER,
                                                nanos -> {
                                                    throw thrown;
                                                })));
        IllegalStateException open = new IllegalStateException("not because of a close");
        assertSame(
                open,
                assertThrows(
                        IllegalStateException.class,
                        () ->
                                kernel().until(
                                                Wait.FOREVER,
                                                nanos -> {
                                                    if (nanos > 0) {
                                                        throw open;
                                                    }
                                                    return false;
                                                })));
    }

    @Test
    void anAttemptThatFindsItsObjectClosedSaysSo() {
        assertThrows(
                IpcClosedException.class,
                () ->
                        kernel().until(
                                        Wait.FOREVER,
                                        nanos -> {
                                            if (nanos > 0) {
                                                open.set(false);
                                                throw Arguments.closed(NAME);
                                            }
                                            return false;
                                        }));
    }

    @Test
    void aReadyThatThrowsWakesEverybody() throws Exception {
        AtomicBoolean broken = new AtomicBoolean();
        Wait wait =
                Wait.byPolling(
                        NAME,
                        open::get,
                        () -> {
                            if (broken.get()) {
                                throw new IllegalStateException("closed under us");
                            }
                            return 0;
                        });
        AtomicReference<Object> result = new AtomicReference<>();
        Thread thread =
                Thread.ofVirtual()
                        .start(() ->
                                result.set(
                                        call(() ->
                                                wait.until(
                                                        Wait.FOREVER,
                                                        nanos -> {
                                                            if (broken.get()) {
                                                                throw new IpcException(
                                                                        NAME, "broken");
                                                            }
                                                            return false;
                                                        }))));
        Thread.sleep(20);
        broken.set(true);
        thread.join();
        assertEquals(IpcException.class, result.get().getClass());
    }

    @Test
    void thousandsOfVirtualThreadsWaitOnOneObject() throws Exception {
        int count = 5_000;
        Wait wait = polling();
        CountDownLatch done = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            Thread.ofVirtual()
                    .start(() -> {
                        if (Boolean.TRUE.equals(call(() -> wait.until(Wait.FOREVER, this::take)))) {
                            done.countDown();
                        }
                    });
        }
        Thread.sleep(50);
        assertEquals(count, done.getCount());
        permits.addAndGet(count / 2);
        while (done.getCount() > count / 2) {
            Thread.sleep(1);
        }
        Thread.sleep(20);
        assertEquals(count / 2, done.getCount());
        permits.addAndGet(count / 2);
        assertTrue(done.await(30, TimeUnit.SECONDS));
        assertEquals(0, permits.get());
    }

    @Test
    void thousandsOfVirtualThreadsWaitOnAsManyObjects() throws Exception {
        int count = 3_000;
        AtomicInteger[] each = new AtomicInteger[count];
        CountDownLatch done = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            AtomicInteger mine = new AtomicInteger();
            each[i] = mine;
            Wait wait = Wait.byPolling(NAME, open::get, mine::get);
            Thread.ofVirtual()
                    .start(() -> {
                        if (Boolean.TRUE.equals(
                                call(() -> wait.until(Wait.FOREVER, nanos -> mine.get() > 0)))) {
                            done.countDown();
                        }
                    });
        }
        Thread.sleep(50);
        assertEquals(count, done.getCount());
        for (AtomicInteger one : each) {
            one.set(1);
        }
        assertTrue(done.await(30, TimeUnit.SECONDS));
    }

    @Test
    void aLateComerIsSeenAfterEverybodyHasLeft() throws Exception {
        Wait wait = polling();
        for (int i = 0; i < 200; i++) {
            CountDownLatch done = new CountDownLatch(1);
            Thread.ofVirtual()
                    .start(() -> {
                        call(() -> wait.until(Wait.FOREVER, this::take));
                        done.countDown();
                    });
            if (i % 2 == 0) {
                Thread.sleep(1);
            }
            permits.incrementAndGet();
            assertTrue(done.await(30, TimeUnit.SECONDS));
        }
    }

    /** Memory in which an access takes long, so that closing it finds somebody there. */
    private static final class Memory {
        private static final int BYTES = 1 << 20;

        private final Arena arena = Arena.ofShared();
        private final MemorySegment segment = arena.allocate(BYTES);
        private final byte[] copy = new byte[BYTES];
        private final CountDownLatch accessed = new CountDownLatch(2);

        void access() {
            MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, 0, copy, 0, BYTES);
            accessed.countDown();
        }

        void close() throws InterruptedException {
            accessed.await();
            arena.close();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void closingDrainedMemoryInterruptsNoWaiter(boolean virtual) throws Exception {
        for (int i = 0; i < 30; i++) {
            open.set(true);
            Memory memory = new Memory();
            Wait wait = Wait.bySpinning(NAME, open::get, () -> 1);
            AtomicReference<Exception> thrown = new AtomicReference<>();
            AtomicBoolean interrupted = new AtomicBoolean();
            Runnable waiting =
                    () -> {
                        try {
                            wait.until(
                                    Wait.FOREVER,
                                    nanos -> {
                                        memory.access();
                                        return false;
                                    });
                        } catch (Exception e) {
                            thrown.set(e);
                        }
                        interrupted.set(Thread.currentThread().isInterrupted());
                    };
            Thread thread =
                    virtual
                            ? Thread.startVirtualThread(waiting)
                            : Thread.ofPlatform().start(waiting);
            memory.accessed.await();
            open.set(false);
            wait.drain();
            memory.close();
            thread.join();
            assertEquals(IpcClosedException.class, thrown.get().getClass());
            assertFalse(interrupted.get(), "closing does not interrupt");
        }
    }

    @Test
    void closingDrainedMemoryDoesNotInterruptWhoLooksForVirtualThreads() throws Exception {
        for (int i = 0; i < 30; i++) {
            open.set(true);
            Memory memory = new Memory();
            Wait wait =
                    Wait.byPolling(
                            NAME,
                            open::get,
                            () -> {
                                for (int k = 0; k < 200; k++) { // until it is closed
                                    memory.access();
                                }
                                return 0;
                            });
            Thread thread =
                    Thread.startVirtualThread(() ->
                            assertThrows(
                                    IpcClosedException.class,
                                    () -> wait.until(Wait.FOREVER, nanos -> false)));
            memory.accessed.await();
            open.set(false);
            wait.drain();
            memory.close();
            thread.join();
        }
        Thread watcher =
                Thread.getAllStackTraces().keySet().stream()
                        .filter(one -> one.getName().equals("ipc4j-virtual-waiters"))
                        .findAny()
                        .orElseThrow();
        long begun = System.nanoTime();
        while (watcher.isInterrupted() || watcher.getState() == Thread.State.RUNNABLE) {
            assertTrue(System.nanoTime() - begun < 30_000_000_000L, "it does not rest any more");
            Thread.sleep(1);
        }
    }
}
