// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.sync;

import static org.ipc4j.posix.sys.SemaphoreCalls.sem_clockwait;
import static org.ipc4j.posix.sys.SemaphoreCalls.sem_getvalue;
import static org.ipc4j.posix.sys.SemaphoreCalls.sem_open;
import static org.ipc4j.posix.sys.SemaphoreCalls.sem_post;
import static org.ipc4j.posix.sys.SemaphoreCalls.sem_trywait;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.posix.sys.Abi;
import org.ipc4j.posix.sys.Errno;
import org.ipc4j.posix.sys.Pointer;
import org.ipc4j.posix.sys.PosixErrors;
import org.ipc4j.posix.sys.PosixNames;
import org.ipc4j.posix.sys.SemaphoreCalls;
import org.ipc4j.spi.Arguments;
import org.ipc4j.spi.Wait;
import org.ipc4j.sync.NamedSemaphore;
import org.ipc4j.sync.NamedSemaphoreOptions;

import java.lang.ref.Reference;
import java.nio.file.Path;
import java.time.Duration;

/** {@code sem_open(3)} and friends. */
final class PosixNamedSemaphore implements NamedSemaphore {
    private final IpcName name;
    private final Wait permits;
    private final Wait.Attempt acquire = this::acquiredWithin;

    /** Null from the moment that this semaphore is closed. */
    private volatile Pointer pointer;

    private PosixNamedSemaphore(IpcName name, long address) {
        this.name = name;
        this.pointer = new Pointer(address, SemaphoreCalls::sem_close);
        this.permits = Wait.inKernel(name, this::isOpen, this::availablePermits);
    }

    static PosixNamedSemaphore create(IpcName name, NamedSemaphoreOptions options)
            throws IpcException {
        int mode = PosixNames.mode(options.access());
        PosixNamedSemaphore created = open(name, Abi.O_CREAT | Abi.O_EXCL, mode, options.permits());
        PosixNames.setAccess(file(name), name, options.access());
        return created;
    }

    static PosixNamedSemaphore open(IpcName name, Access access) throws IpcException {
        PosixNames.requireOwner(file(name), name, access);
        return open(name, 0, 0, 0);
    }

    private static PosixNamedSemaphore open(IpcName name, int flags, int mode, int permits)
            throws IpcException {
        String key = PosixNames.key(name);
        long address = sem_open(key, flags, mode, permits);
        if (Errno.of(address) != Errno.NONE) {
            throw PosixErrors.exception(address, "sem_open", name, key);
        }
        return new PosixNamedSemaphore(name, address);
    }

    /** The file in which both glibc and musl keep a semaphore. */
    static Path file(IpcName name) {
        return PosixNames.file("sem.", name);
    }

    @Override
    public void acquire() throws IpcException, InterruptedException {
        Wait.requireNotInterrupted();
        if (!acquiredWithin(0)) {
            permits.until(Wait.FOREVER, acquire);
        }
    }

    @Override
    public boolean tryAcquire(Duration timeout) throws IpcException, InterruptedException {
        return permits.until(timeout, acquire);
    }

    @Override
    public boolean tryAcquire() throws IpcException {
        return acquiredWithin(0);
    }

    private boolean acquiredWithin(long nanos) throws IpcException {
        Pointer held = held();
        try {
            int result =
                    nanos == 0 ? sem_trywait(held.address()) : sem_clockwait(held.address(), nanos);
            return result == 0 || refused(result);
        } finally {
            Reference.reachabilityFence(held);
        }
    }

    /** There was no permit, or no permit in time. */
    private boolean refused(int result) throws IpcException {
        return switch (Errno.of(result)) {
            case EAGAIN, ETIMEDOUT, EINTR -> false;
            default -> throw PosixErrors.exception(result, "sem_wait", name, nativeKey());
        };
    }

    @Override
    public void release() throws IpcException {
        Pointer held = held();
        try {
            int result = sem_post(held.address());
            if (result < 0) {
                throw PosixErrors.exception(
                        result,
                        "sem_post",
                        name,
                        nativeKey(),
                        "it has all of its " + maxPermits() + " permits");
            }
        } finally {
            Reference.reachabilityFence(held);
        }
    }

    @Override
    public int availablePermits() {
        Pointer held = held();
        try {
            return sem_getvalue(held.address());
        } finally {
            Reference.reachabilityFence(held);
        }
    }

    @Override
    public int maxPermits() {
        return Abi.SEM_VALUE_MAX;
    }

    private Pointer held() {
        Pointer held = pointer;
        if (held == null) {
            throw Arguments.closed(name);
        }
        return held;
    }

    @Override
    public IpcName name() {
        return name;
    }

    @Override
    public String nativeKey() {
        return PosixNames.key(name);
    }

    @Override
    public boolean isOpen() {
        return pointer != null;
    }

    @Override
    public void close() {
        if (pointer != null) {
            pointer = null;
            Pointer.givenUp();
        }
    }
}
