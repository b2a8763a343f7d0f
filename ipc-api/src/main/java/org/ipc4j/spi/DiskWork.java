// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.spi;

import org.ipc4j.IpcException;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * What waits for a disk. It cannot be interrupted, and would keep the carrier of a virtual thread
 * all the time; so a platform thread does it for that one.
 */
@FunctionalInterface
interface DiskWork {
    /** Does it. */
    void run() throws IpcException;

    /** Does it, and waits for its end, whatever this thread's interrupt status, which stays. */
    static void await(DiskWork work) throws IpcException {
        if (!Thread.currentThread().isVirtual()) {
            work.run();
            return;
        }
        FutureTask<Void> task =
                new FutureTask<>(() -> {
                    work.run();
                    return null;
                });
        Thread.ofPlatform().daemon().name("ipc4j-disk-work").start(task);
        boolean interrupted = false;
        while (true) {
            try {
                task.get();
                return;
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (ExecutionException e) {
                throw failure(e.getCause());
            } finally {
                if (interrupted && task.isDone()) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    private static IpcException failure(Throwable failure) {
        return switch (failure) {
            case IpcException e -> e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new AssertionError(failure);
        };
    }
}
