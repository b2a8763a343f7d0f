// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.sys;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;

import java.io.IOException;
import java.util.stream.Stream;

/**
 * Does work on files where no interrupt reaches it.
 *
 * <p>An interrupt closes the {@link java.nio.channels.FileChannel} that a thread is using, also
 * when it came earlier, and a closed channel drops its locks. So every use of a channel, and of
 * what the JDK builds on one ({@code Files.readAllLines}), happens on a thread that nobody else
 * knows. Starting one costs some 50 microseconds: this is for creating, opening, locking, never for
 * a message or a permit.
 */
public final class FileWork {
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
        if (Thread.currentThread() instanceof Worker<?>) {
            return work.run(); // nobody can interrupt us here
        }
        Worker<T> worker = new Worker<>(work);
        worker.start();
        boolean interrupted = false;
        while (true) {
            try {
                worker.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return worker.result();
    }

    private static final class Worker<T> extends Thread {
        private final Work<T> work;
        private T result;
        private Throwable failure;

        Worker(Work<T> work) {
            super(null, null, "ipc4j-file-work", 0, false);
            this.work = work;
            setDaemon(true);
            setContextClassLoader(null);
        }

        @Override
        public void run() {
            try {
                result = work.run();
            } catch (Throwable e) {
                failure = e;
            }
        }

        /** Called by the thread that has joined this one; a failure shows where both were. */
        T result() throws IOException {
            if (failure != null) {
                StackTraceElement[] caller = new Throwable().getStackTrace();
                failure.setStackTrace(
                        Stream.of(failure.getStackTrace(), caller)
                                .flatMap(Stream::of)
                                .toArray(StackTraceElement[]::new));
            }
            switch (failure) {
                case null -> {
                    return result;
                }
                case IOException e -> throw e;
                case RuntimeException e -> throw e;
                case Error e -> throw e;
                default -> throw new AssertionError(failure);
            }
        }
    }
}
