// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.sync;

import static org.ipc4j.jvm.sync.SemaphoreLayout.INT;
import static org.ipc4j.jvm.sync.SemaphoreLayout.PERMITS;

import org.ipc4j.IncompatibleException;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.ResourceLimitException;
import org.ipc4j.jvm.sys.Sleepers;
import org.ipc4j.memory.SharedMemory;
import org.ipc4j.spi.Arguments;
import org.ipc4j.spi.Wait;
import org.ipc4j.sync.NamedSemaphore;

import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A number in shared memory. Whoever dies has changed it or has not; there is nothing to recover.
 */
final class JvmNamedSemaphore implements NamedSemaphore {
    private final IpcName name;
    private final SharedMemory memory;
    private final MemorySegment segment;
    private final Sleepers sleepers;
    private final Sleepers.Place permits;
    private final Wait.Attempt acquire = this::acquiredWithin;
    private final AtomicBoolean open = new AtomicBoolean(true);

    JvmNamedSemaphore(IpcName name, SharedMemory memory) throws IpcException {
        this.name = name;
        this.memory = memory;
        this.segment = memory.segment();
        this.sleepers = Sleepers.of(name, memory, SemaphoreLayout.MUTE);
        this.permits = sleepers.at(SemaphoreLayout.ASLEEP, this::isOpen, this::permits);
    }

    @Override
    public void acquire() throws IpcException, InterruptedException {
        tryAcquire(Wait.FOREVER);
    }

    @Override
    public boolean tryAcquire(Duration timeout) throws IpcException, InterruptedException {
        Arguments.requireOpen(isOpen(), name);
        return permits.threads().until(timeout, acquire);
    }

    private boolean acquiredWithin(long nanos) throws IpcException {
        permits.sleep(nanos);
        return tryAcquire();
    }

    @Override
    public boolean tryAcquire() throws IpcException {
        Arguments.requireOpen(isOpen(), name);
        int found = availablePermits();
        while (found > 0) {
            int witness = (int) INT.compareAndExchange(segment, PERMITS, found, found - 1);
            if (witness == found) {
                return true;
            }
            found = requireValid(witness);
        }
        return false;
    }

    @Override
    public void release() throws IpcException {
        int found = availablePermits();
        while (found < maxPermits()) {
            int witness = (int) INT.compareAndExchange(segment, PERMITS, found, found + 1);
            if (witness == found) {
                permits.wake();
                return;
            }
            found = requireValid(witness);
        }
        throw new ResourceLimitException(
                name, "a semaphore has at most " + maxPermits() + " permits");
    }

    @Override
    public int availablePermits() throws IpcException {
        Arguments.requireOpen(isOpen(), name);
        return requireValid(permits());
    }

    private int permits() {
        return (int) INT.getVolatile(segment, PERMITS);
    }

    private int requireValid(int permits) throws IncompatibleException {
        if (permits < 0) {
            throw new IncompatibleException(name, "it has " + permits + " permits; it is damaged");
        }
        return permits;
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
        return memory.nativeKey();
    }

    @Override
    public boolean isOpen() {
        return open.get();
    }

    @Override
    public void close() {
        if (open.getAndSet(false)) {
            permits.wake(); // a thread that waits shall not use the memory any more
            permits.threads().drain();
            sleepers.close();
            memory.close();
        }
    }
}
