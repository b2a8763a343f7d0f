// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.sys;

import static java.util.concurrent.TimeUnit.SECONDS;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.stream.Stream;

/**
 * Does work on files where no interrupt reaches it.
 *
 * <p>An interrupt closes the {@link java.nio.channels.FileChannel} that a thread is using, also
 * when it came earlier, and a closed channel drops its locks. So every use of a channel, and of
 * what the JDK builds on one ({@code Files.readAllLines}), happens on a thread that nobody else
 * knows. To hand work to one and back costs some 100 microseconds, to start it three times as much;
 * so one that has nothing to do stays for a second. This is for creating, opening, locking, never
 * for a message or a permit.
 */
public final class FileWork {
    private static final Executor WORKERS =
            new ThreadPoolExecutor(
                    0, Integer.MAX_VALUE, 1, SECONDS, new SynchronousQueue<>(), Worker::new);

    private FileWork() {}

    /**
     * A piece of work.
     *
     * @param <T> its result
     */
    @FunctionalInterface
    public interface Work<T> {
        T run() throws IOException;
    }

    /**
     * Does a piece of work and waits for it, whatever the caller's interrupt status, which stays as
     * it is.
     *
     * @param call what is done, as error messages name it
     * @param name the object that it is done for
     */
    public static <T> T call(String call, IpcName name, Work<T> work) throws IpcException {
        try {
            return call(work);
        } catch (IOException e) {
            throw FileErrors.exception(e, call, name);
        }
    }

    /**
     * Does a piece of work as {@link #call(String, IpcName, Work)} does, and leaves exceptions as
     * they are.
     */
    public static <T> T call(Work<T> work) throws IOException {
        if (Thread.currentThread() instanceof Worker) {
            return work.run(); // nobody can interrupt us here
        }
        FutureTask<T> task = new FutureTask<>(work::run);
        WORKERS.execute(task);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Shows where both threads were. */
    private static IOException failure(Throwable failure) {
        StackTraceElement[] caller = new Throwable().getStackTrace();
        failure.setStackTrace(
                Stream.of(failure.getStackTrace(), caller)
                        .flatMap(Stream::of)
                        .toArray(StackTraceElement[]::new));
        return switch (failure) {
            case IOException e -> e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new AssertionError(failure);
        };
    }

    private static final class Worker extends Thread {
        Worker(Runnable tasks) {
            super(null, tasks, "ipc4j-file-work", 0, false);
            setDaemon(true);
            setContextClassLoader(null);
        }
    }
}
