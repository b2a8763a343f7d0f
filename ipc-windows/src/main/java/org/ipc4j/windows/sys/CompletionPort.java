// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.windows.sys;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The platform thread that Windows tells which operations have ended, for all pipes of this virtual
 * machine. What it calls is short and never waits.
 *
 * @see <a href="https://learn.microsoft.com/en-us/windows/win32/fileio/i-o-completion-ports">I/O
 *     completion ports</a>
 */
public final class CompletionPort implements Runnable {
    private static final CompletionPort INSTANCE = new CompletionPort();

    /** What is to be called, by the keys of the handles. A key is never used again. */
    private final ConcurrentMap<Long, Runnable> listeners = new ConcurrentHashMap<>();

    private final AtomicLong keys = new AtomicLong();

    /** The handle, or the negated error code. */
    private final long port = IoApi.CreateIoCompletionPort();

    private CompletionPort() {
        if (port > 0) {
            Thread thread =
                    Thread.ofPlatform()
                            .name("ipc4j-completion-port")
                            .daemon()
                            .inheritInheritableThreadLocals(false)
                            .unstarted(this);
            thread.setContextClassLoader(null);
            thread.start();
        }
    }

    /**
     * Has this told about the operations of a handle that are begun without an event.
     *
     * @param handle the handle
     * @param ended called when one that was under way has ended
     * @param name the object's name, for messages
     * @param key the object's key, for messages
     * @return a number for {@link #detach}
     * @throws IpcException if the system refuses
     */
    public static long attach(long handle, Runnable ended, IpcName name, String key)
            throws IpcException {
        WindowsErrors.check(INSTANCE.port, "CreateIoCompletionPort", name, key);
        long number = INSTANCE.keys.incrementAndGet();
        WindowsErrors.check(
                IoApi.CreateIoCompletionPort(handle, INSTANCE.port, number),
                "CreateIoCompletionPort",
                name,
                key);
        WindowsErrors.check(
                IoApi.SetFileCompletionNotificationModes(handle),
                "SetFileCompletionNotificationModes",
                name,
                key);
        INSTANCE.listeners.put(number, ended);
        return number;
    }

    /**
     * Forgets a handle, none of whose operations is under way.
     *
     * @param number what {@link #attach} returned
     */
    public static void detach(long number) {
        INSTANCE.listeners.remove(number);
    }

    @Override
    public void run() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment transferred = arena.allocate(JAVA_INT);
            MemorySegment key = arena.allocate(JAVA_LONG);
            MemorySegment overlapped = arena.allocate(JAVA_LONG);
            while (true) {
                key.set(JAVA_LONG, 0, 0);
                IoApi.GetQueuedCompletionStatus(port, transferred, key, overlapped);
                Runnable ended = listeners.get(key.get(JAVA_LONG, 0));
                if (ended != null) {
                    call(ended);
                }
            }
        }
    }

    /** This thread serves all pipes, so it survives what one of them throws. */
    private static void call(Runnable ended) {
        try {
            ended.run();
        } catch (RuntimeException | Error e) {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        }
    }
}
