// SPDX-License-Identifier: Apache-2.0

package com.example.heap;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.ResourceLimitException;
import org.ipc4j.spi.Wait;
import org.ipc4j.sync.NamedSemaphore;

import java.time.Duration;
import java.util.concurrent.Semaphore;

/** A handle of a {@link Semaphore}. {@link Wait} knows how to wait, so that this need not. */
final class HeapNamedSemaphore implements NamedSemaphore {
    private final IpcName name;
    private final Semaphore permits;
    private final Wait wait;
    private volatile boolean open = true;

    HeapNamedSemaphore(IpcName name, Semaphore permits) {
        this.name = name;
        this.permits = permits;
        this.wait = Wait.byPolling(name, this::isOpen, permits::availablePermits);
    }

    @Override
    public void acquire() throws IpcException, InterruptedException {
        tryAcquire(Wait.FOREVER);
    }

    @Override
    public boolean tryAcquire() {
        requireOpen();
        return permits.tryAcquire();
    }

    @Override
    public boolean tryAcquire(Duration timeout) throws IpcException, InterruptedException {
        requireOpen();
        return wait.until(timeout, nanos -> permits.tryAcquire());
    }

    @Override
    public void release() throws IpcException {
        requireOpen();
        if (permits.availablePermits() == maxPermits()) {
            throw new ResourceLimitException(
                    name, "there are " + maxPermits() + " permits already");
        }
        permits.release();
    }

    @Override
    public int availablePermits() {
        requireOpen();
        return permits.availablePermits();
    }

    @Override
    public int maxPermits() {
        return Integer.MAX_VALUE;
    }

    @Override
    public IpcName name() {
        return name;
    }

    @Override
    public String nativeKey() {
        return "heap:" + name.value();
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        open = false;
    }

    private void requireOpen() {
        if (!open) {
            throw new IllegalStateException(name + " is closed");
        }
    }
}
