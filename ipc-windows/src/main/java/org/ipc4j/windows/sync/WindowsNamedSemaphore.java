// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.windows.sync;

import static org.ipc4j.windows.sys.SynchApi.CreateSemaphoreW;
import static org.ipc4j.windows.sys.SynchApi.OpenSemaphoreW;
import static org.ipc4j.windows.sys.SynchApi.ReleaseSemaphore;
import static org.ipc4j.windows.sys.SynchApi.WaitForSingleObject;
import static org.ipc4j.windows.sys.WindowsErrors.check;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.spi.NativeHandle;
import org.ipc4j.spi.Wait;
import org.ipc4j.sync.NamedSemaphore;
import org.ipc4j.sync.NamedSemaphoreOptions;
import org.ipc4j.windows.sys.HandleApi;
import org.ipc4j.windows.sys.NtDll;
import org.ipc4j.windows.sys.Security;
import org.ipc4j.windows.sys.Win32;
import org.ipc4j.windows.sys.Win32Error;
import org.ipc4j.windows.sys.WindowsErrors;
import org.ipc4j.windows.sys.WindowsNames;

import java.lang.foreign.Arena;
import java.time.Duration;

/** {@code CreateSemaphoreW} and friends. */
final class WindowsNamedSemaphore implements NamedSemaphore {
    private static final int USE =
            Win32.SYNCHRONIZE | Win32.SEMAPHORE_MODIFY_STATE | Win32.SEMAPHORE_QUERY_STATE;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final IpcName name;
    private final int maxPermits;
    private final NativeHandle semaphore;
    private final Wait permits;
    private final Wait.Attempt acquire = this::acquiredWithin;

    private WindowsNamedSemaphore(IpcName name, long handle, int maxPermits) {
        this.name = name;
        this.maxPermits = maxPermits;
        this.semaphore = HandleApi.owning(name, handle);
        this.permits = Wait.inKernel(name, semaphore::isOpen, this::ready);
    }

    static NamedSemaphore create(IpcName name, NamedSemaphoreOptions options) throws IpcException {
        String key = WindowsNames.semaphore(name);
        try (Arena arena = Arena.ofConfined()) {
            long handle =
                    CreateSemaphoreW(
                            Security.attributes(name, key, options.access(), USE, arena),
                            options.permits(),
                            Integer.MAX_VALUE,
                            key);
            check(handle, "CreateSemaphoreW", name, key);
            return new WindowsNamedSemaphore(name, handle, Integer.MAX_VALUE);
        }
    }

    static NamedSemaphore open(IpcName name, Access access) throws IpcException {
        String key = WindowsNames.semaphore(name);
        long handle = OpenSemaphoreW(USE | Security.toKnowOwner(access), key);
        check(handle, "OpenSemaphoreW", name, key);
        try {
            Security.requireOwner(handle, name, key, access);
            // One that another program created has the maximum that it was given.
            long max = check(NtDll.maximumCount(handle), "NtQuerySemaphore", name, key);
            return new WindowsNamedSemaphore(name, handle, (int) max);
        } catch (IpcException | RuntimeException | Error e) {
            HandleApi.CloseHandle(handle);
            throw e;
        }
    }

    /** Whether there is a semaphore under a key, somebody else's too. */
    static boolean isPresent(String key) {
        long handle = OpenSemaphoreW(Win32.READ_CONTROL, key);
        if (handle > 0) {
            HandleApi.CloseHandle(handle);
        }
        return handle > 0 || Win32Error.of(handle) == Win32Error.ERROR_ACCESS_DENIED;
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

    /** Windows counts in milliseconds; less than one is a whole one. */
    private boolean acquiredWithin(long nanos) throws IpcException {
        int millis = Math.toIntExact(Math.ceilDiv(nanos, NANOS_PER_MILLI));
        long handle = semaphore.enter();
        try {
            int result = WaitForSingleObject(handle, millis);
            if (result < 0) {
                throw WindowsErrors.exception(result, "WaitForSingleObject", name, nativeKey());
            }
            return result == Win32.WAIT_OBJECT_0;
        } finally {
            semaphore.exit();
        }
    }

    @Override
    public void release() throws IpcException {
        long handle = semaphore.enter();
        try {
            int result = ReleaseSemaphore(handle, 1);
            if (result < 0) {
                throw notReleased(result);
            }
        } finally {
            semaphore.exit();
        }
    }

    private IpcException notReleased(int result) {
        return Win32Error.of(result) == Win32Error.ERROR_TOO_MANY_POSTS
                ? WindowsErrors.exception(
                        result,
                        "ReleaseSemaphore",
                        name,
                        nativeKey(),
                        "it has all of its " + maxPermits + " permits")
                : WindowsErrors.exception(result, "ReleaseSemaphore", name, nativeKey());
    }

    @Override
    public int availablePermits() throws IpcException {
        return (int) check(count(), "NtQuerySemaphore", name, nativeKey());
    }

    /** Should the system refuse to tell, the waiters find out why by themselves. */
    private int ready() {
        int count = count();
        return count < 0 ? Integer.MAX_VALUE : count;
    }

    /** The number of permits, or the negated error code. */
    private int count() {
        long handle = semaphore.enter();
        try {
            return NtDll.currentCount(handle);
        } finally {
            semaphore.exit();
        }
    }

    @Override
    public int maxPermits() {
        return maxPermits;
    }

    @Override
    public IpcName name() {
        return name;
    }

    @Override
    public String nativeKey() {
        return WindowsNames.semaphore(name);
    }

    @Override
    public boolean isOpen() {
        return semaphore.isOpen();
    }

    @Override
    public void close() {
        semaphore.close();
    }
}
