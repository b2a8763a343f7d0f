// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.bench;

import org.ipc4j.Ipc;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.spi.NamedSemaphoreProvider;
import org.ipc4j.sync.NamedSemaphore;
import org.ipc4j.sync.NamedSemaphoreOptions;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A semaphore that nobody else uses. */
@State(Scope.Thread)
public class SemaphoreBenchmark {
    /** The provider's name. */
    @Param({"posix", "jvm"})
    public String provider;

    private NamedSemaphore semaphore;

    /** Creates the semaphore. */
    @Setup
    public void create() throws IpcException {
        NamedSemaphoreProvider semaphores = Ipc.provider(NamedSemaphoreProvider.class, provider);
        IpcName name = Names.fresh();
        semaphore = semaphores.create(name, NamedSemaphoreOptions.ofPermits(0));
        semaphores.remove(name);
    }

    /** Closes the semaphore. */
    @TearDown
    public void close() {
        semaphore.close();
    }

    /** With the interruptible method. */
    @Benchmark
    @Twin("semaphore-acquire")
    public void releaseAcquire() throws IpcException, InterruptedException {
        semaphore.release();
        semaphore.acquire();
    }

    /** With the method that does not wait. */
    @Benchmark
    @Twin("semaphore-try-acquire")
    public boolean releaseTryAcquire() throws IpcException {
        semaphore.release();
        return semaphore.tryAcquire();
    }
}
