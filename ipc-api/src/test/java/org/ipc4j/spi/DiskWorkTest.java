// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

@Timeout(60)
class DiskWorkTest {
    private static <T> T virtually(Callable<T> work) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.submit(work).get();
        } catch (ExecutionException e) {
            throw (Exception) e.getCause();
        }
    }

    @Test
    void aPlatformThreadDoesItItself() throws IpcException {
        Thread[] worker = {null};
        DiskWork.await(() -> worker[0] = Thread.currentThread());
        assertSame(Thread.currentThread(), worker[0]);
    }

    @Test
    void aVirtualThreadDoesNot() throws Exception {
        Thread[] worker = {null};
        virtually(() -> {
            DiskWork.await(() -> worker[0] = Thread.currentThread());
            return null;
        });
        assertFalse(worker[0].isVirtual());
        assertTrue(worker[0].isDaemon());
    }

    @Test
    void failuresAreTold() throws Exception {
        IpcException refused = new IpcException(IpcName.of("file"), "refused");
        RuntimeException wrong = new IllegalStateException("wrong");
        Exception[] caught = {null, null};
        virtually(() -> {
            try {
                DiskWork.await(() -> {
                    throw refused;
                });
            } catch (IpcException e) {
                caught[0] = e;
            }
            try {
                DiskWork.await(() -> {
                    throw wrong;
                });
            } catch (IllegalStateException e) {
                caught[1] = e;
            }
            return null;
        });
        assertSame(refused, caught[0]);
        assertSame(wrong, caught[1]);
    }

    @Test
    void anInterruptWaitsAndStays() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        boolean[] done = {false};
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Thread[] caller = {null};
            Future<Boolean> call =
                    threads.submit(() -> {
                        caller[0] = Thread.currentThread();
                        DiskWork.await(() -> {
                            begun.countDown();
                            awaitUninterrupted(goOn);
                            done[0] = true;
                        });
                        assertTrue(done[0]);
                        return Thread.interrupted();
                    });
            assertTrue(begun.await(30, TimeUnit.SECONDS));
            caller[0].interrupt();
            goOn.countDown();
            assertEquals(true, call.get());
        }
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
