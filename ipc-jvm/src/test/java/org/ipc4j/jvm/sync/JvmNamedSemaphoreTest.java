// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.Access;
import org.ipc4j.IncompatibleException;
import org.ipc4j.IpcClosedException;
import org.ipc4j.IpcName;
import org.ipc4j.NameExistsException;
import org.ipc4j.NameNotFoundException;
import org.ipc4j.ResourceLimitException;
import org.ipc4j.memory.SharedMemory;
import org.ipc4j.sync.NamedSemaphore;
import org.ipc4j.sync.NamedSemaphoreOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

class JvmNamedSemaphoreTest {
    private final JvmNamedSemaphoreProvider provider = new JvmNamedSemaphoreProvider();
    private final IpcName name = IpcName.of("test-" + UUID.randomUUID());

    @AfterEach
    void remove() throws IOException {
        provider.remove(name);
    }

    private NamedSemaphore create(int permits) throws IOException {
        return provider.create(name, NamedSemaphoreOptions.ofPermits(permits));
    }

    @Test
    void countsPermits() throws Exception {
        try (NamedSemaphore created = create(1);
                NamedSemaphore opened = provider.open(name, Access.OWNER)) {
            assertTrue(opened.tryAcquire());
            assertFalse(created.tryAcquire());
            assertFalse(created.tryAcquire(Duration.ofMillis(5)));
            created.release();
            created.release();
            assertEquals(2, opened.availablePermits());
            opened.acquire();
        }
    }

    @Test
    void opensByItsNativeKey() throws IOException {
        try (NamedSemaphore created = create(3);
                NamedSemaphore opened =
                        provider.open(IpcName.ofNative(created.nativeKey()), Access.OWNER)) {
            assertEquals(3, opened.availablePermits());
            assertEquals(created.nativeKey(), provider.find(name).orElseThrow());
        }
    }

    @Test
    void tellsOfTheNameThatTheUserGave() throws IOException {
        create(0).close();
        NameExistsException taken = assertThrows(NameExistsException.class, () -> create(0));
        assertEquals(name, taken.name().orElseThrow());
        assertTrue(provider.remove(name));
        assertFalse(provider.remove(name));
        NameNotFoundException absent =
                assertThrows(NameNotFoundException.class, () -> provider.open(name, Access.OWNER));
        assertEquals(name, absent.name().orElseThrow());
    }

    @Test
    void longNamesAreDifferentObjects() throws IOException {
        IpcName one = IpcName.of("ä".repeat(99) + "1");
        IpcName two = IpcName.of("ä".repeat(99) + "2");
        try (NamedSemaphore first = provider.create(one, NamedSemaphoreOptions.ofPermits(1));
                NamedSemaphore second = provider.create(two, NamedSemaphoreOptions.ofPermits(2))) {
            assertEquals(1, first.availablePermits());
            assertEquals(2, second.availablePermits());
        } finally {
            assertTrue(provider.remove(one));
            assertTrue(provider.remove(two));
        }
    }

    @Test
    void overflowIsALimit() throws IOException {
        try (NamedSemaphore full = create(Integer.MAX_VALUE)) {
            assertThrows(ResourceLimitException.class, full::release);
            assertEquals(Integer.MAX_VALUE, full.availablePermits());
        }
    }

    @Test
    void damageIsToldAndNeverUsed() throws IOException {
        try (NamedSemaphore semaphore = create(1);
                SharedMemory memory = SharedMemory.open(IpcName.ofNative(semaphore.nativeKey()))) {
            memory.segment().set(ValueLayout.JAVA_INT, SemaphoreLayout.PERMITS, -5);
            assertThrows(IncompatibleException.class, semaphore::tryAcquire);
            assertThrows(IncompatibleException.class, semaphore::release);
            memory.segment().set(ValueLayout.JAVA_INT, 8, 99);
            assertThrows(IncompatibleException.class, () -> provider.open(name, Access.OWNER));
            memory.segment().set(ValueLayout.JAVA_BYTE, 0, (byte) 0);
            assertThrows(IncompatibleException.class, () -> provider.open(name, Access.OWNER));
        }
    }

    @Test
    void closedIsMisuseAndEndsWaiting() throws Exception {
        NamedSemaphore semaphore = create(0);
        Thread closer =
                Thread.startVirtualThread(() -> {
                    try {
                        Thread.sleep(30);
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                    semaphore.close();
                });
        assertThrows(IpcClosedException.class, semaphore::acquire);
        closer.join();
        assertThrows(IllegalStateException.class, semaphore::tryAcquire);
        assertThrows(IllegalStateException.class, semaphore::release);
    }

    @Test
    void manyThreadsLoseNoPermit() throws Exception {
        try (NamedSemaphore gate = create(2)) {
            AtomicInteger inside = new AtomicInteger();
            List<Throwable> failures = new ArrayList<>();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                Thread thread =
                        (i % 2 == 0 ? Thread.ofVirtual() : Thread.ofPlatform())
                                .unstarted(() -> {
                                    try {
                                        for (int turn = 0; turn < 200; turn++) {
                                            gate.acquire();
                                            assertTrue(inside.incrementAndGet() <= 2);
                                            inside.decrementAndGet();
                                            gate.release();
                                        }
                                    } catch (Throwable e) {
                                        synchronized (failures) {
                                            failures.add(e);
                                        }
                                    }
                                });
                threads.add(thread);
                thread.start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertEquals(List.of(), failures);
            assertEquals(2, gate.availablePermits());
        }
    }
}
