// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.sync;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.NamedObject;
import org.ipc4j.internal.OneName;
import org.ipc4j.spi.NamedSemaphoreProvider;

import java.time.Duration;

/**
 * A counting semaphore that processes share by name.
 *
 * <p>Like {@link java.util.concurrent.Semaphore}, it is a number of permits; {@code acquire} takes
 * one and waits while there is none, {@code release} adds one. A permit has no owner: any process
 * may release, and a process that dies keeps what it has acquired.
 *
 * <pre>{@code
 * try (NamedSemaphore gate = NamedSemaphore.createOrOpen(IpcName.of("gate"), 1)) {
 *     gate.acquire();
 *     try {
 *         // one process at a time
 *     } finally {
 *         gate.release();
 *     }
 * }
 * }</pre>
 *
 * <table class="striped">
 * <caption>Platform dependencies</caption>
 * <thead><tr><th scope="col">provider</th><th scope="col">object</th><th scope="col">native key</th>
 *     <th scope="col">lifetime</th><th scope="col">most permits</th><th scope="col">order of waiters</th></tr></thead>
 * <tbody>
 * <tr><th scope="row">{@code posix}</th><td>{@code sem_open(3)}</td><td>{@code /name}</td><td>until removed or
 *     restart</td><td>{@code SEM_VALUE_MAX}, 2<sup>31</sup>-1</td><td>none promised</td></tr>
 * <tr><th scope="row">{@code windows}</th><td>{@code CreateSemaphoreW}</td><td>{@code Local\sem.name}</td><td>until
 *     the last handle is closed; {@link #remove} does nothing</td><td>2<sup>31</sup>-1, or what the program that
 *     created it has said</td><td>none promised</td></tr>
 * <tr><th scope="row">{@code jvm}</th><td>a word of {@link org.ipc4j.memory.SharedMemory}</td><td>that of the
 *     memory</td><td>that of the memory</td><td>2<sup>31</sup>-1</td><td>none promised; where no native provider
 *     wakes them, waiters look again after pauses of at most 5 ms</td></tr>
 * </tbody>
 * </table>
 */
public interface NamedSemaphore extends NamedObject, AutoCloseable {
    /**
     * Creates a semaphore for the current user.
     *
     * @param name its name
     * @param permits how many permits it has at first, 0 or more
     * @return the semaphore
     * @throws org.ipc4j.NameExistsException if the name is taken
     * @throws IpcException if the system refuses
     * @throws IllegalArgumentException if {@code permits} is negative
     */
    static NamedSemaphore create(IpcName name, int permits) throws IpcException {
        return create(name, NamedSemaphoreOptions.ofPermits(permits));
    }

    /**
     * Creates a semaphore.
     *
     * @param name its name
     * @param options what it shall be like
     * @return the semaphore
     * @throws org.ipc4j.NameExistsException if the name is taken
     * @throws IpcException if the system refuses
     */
    static NamedSemaphore create(IpcName name, NamedSemaphoreOptions options) throws IpcException {
        return OneName.of(NamedSemaphoreProvider.class, name)
                .create(provider -> provider.create(name, options));
    }

    /**
     * Opens a semaphore of the current user.
     *
     * @param name its name
     * @return the semaphore
     * @throws org.ipc4j.NameNotFoundException if there is none
     * @throws org.ipc4j.IpcAccessDeniedException if it is another user's
     * @throws IpcException if the system refuses
     */
    static NamedSemaphore open(IpcName name) throws IpcException {
        return open(name, Access.OWNER);
    }

    /**
     * Opens a semaphore.
     *
     * @param name its name
     * @param access whose semaphore is accepted
     * @return the semaphore
     * @throws org.ipc4j.NameNotFoundException if there is none
     * @throws org.ipc4j.IpcAccessDeniedException if it is not accepted
     * @throws IpcException if the system refuses
     */
    static NamedSemaphore open(IpcName name, Access access) throws IpcException {
        return OneName.of(NamedSemaphoreProvider.class, name)
                .open(provider -> provider.open(name, access));
    }

    /**
     * Opens a semaphore of the current user, or creates it.
     *
     * @param name its name
     * @param permits how many permits it has if it is created, 0 or more
     * @return the semaphore
     * @throws IpcException if the system refuses
     * @throws IllegalArgumentException if {@code permits} is negative
     */
    static NamedSemaphore createOrOpen(IpcName name, int permits) throws IpcException {
        return createOrOpen(name, NamedSemaphoreOptions.ofPermits(permits));
    }

    /**
     * Opens a semaphore, or creates it.
     *
     * @param name its name
     * @param options what it shall be like if it is created; its access also tells whose semaphore
     *     is accepted
     * @return the semaphore
     * @throws IpcException if the system refuses
     */
    static NamedSemaphore createOrOpen(IpcName name, NamedSemaphoreOptions options)
            throws IpcException {
        return OneName.of(NamedSemaphoreProvider.class, name)
                .createOrOpen(
                        provider -> provider.open(name, options.access()),
                        provider -> provider.create(name, options));
    }

    /**
     * Deletes a name. Who has the semaphore open keeps it.
     *
     * @param name the name
     * @return {@code false} if there was no such name, or it cannot be deleted (without {@link
     *     org.ipc4j.spi.Capability#REMOVABLE_NAME})
     * @throws IpcException if the system refuses
     */
    static boolean remove(IpcName name) throws IpcException {
        return OneName.of(NamedSemaphoreProvider.class, name).remove();
    }

    /**
     * Takes a permit, waiting until there is one.
     *
     * @throws InterruptedException if the thread is interrupted, before or while it waits; no
     *     permit is taken then
     * @throws org.ipc4j.IpcClosedException if another thread closes this semaphore meanwhile
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if this semaphore is closed
     */
    void acquire() throws IpcException, InterruptedException;

    /**
     * Takes a permit if there is one now.
     *
     * @return {@code false} if there is none
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if this semaphore is closed
     */
    boolean tryAcquire() throws IpcException;

    /**
     * Takes a permit, waiting for one up to a time.
     *
     * @param timeout how long to wait; zero or less looks once
     * @return {@code false} if there was none in time
     * @throws InterruptedException if the thread is interrupted, before or while it waits; no
     *     permit is taken then
     * @throws org.ipc4j.IpcClosedException if another thread closes this semaphore meanwhile
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if this semaphore is closed
     */
    boolean tryAcquire(Duration timeout) throws IpcException, InterruptedException;

    /**
     * Adds a permit, and so lets one waiter go on.
     *
     * @throws org.ipc4j.ResourceLimitException if there are {@link #maxPermits()} already
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if this semaphore is closed
     */
    void release() throws IpcException;

    /**
     * Returns how many permits there are. Another process may change that at once.
     *
     * @return the number, 0 or more
     * @throws UnsupportedOperationException without {@link org.ipc4j.spi.Capability#PERMIT_COUNT}
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if this semaphore is closed
     */
    int availablePermits() throws IpcException;

    /**
     * Returns the most permits that there can be.
     *
     * @return the number
     */
    int maxPermits();

    /**
     * Gives up this process's handle. The name and the permits stay, without {@link
     * org.ipc4j.spi.Capability#OUTLIVES_CREATOR} as long as somebody has it open. Does nothing when
     * called again.
     */
    @Override
    void close();
}
