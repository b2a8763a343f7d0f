// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicReference;

/** A thread of this JVM that works on the same object as the victims, before and after they die. */
final class Survivor implements AutoCloseable {
    private final Thread thread;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile boolean stopped;
    private volatile long done;

    /** One operation; it must come back by itself. */
    interface Operation {
        /** Returns whether it succeeded. */
        boolean once() throws Exception;
    }

    Survivor(Operation operation) {
        thread =
                Thread.ofPlatform()
                        .daemon()
                        .start(() -> {
                            try {
                                while (!stopped) {
                                    if (operation.once()) {
                                        done++; // the only writer
                                    }
                                }
                            } catch (Throwable e) {
                                failure.set(e);
                            }
                        });
    }

    /**
     * Waits until an operation that began after this call has succeeded; returns how long that
     * took.
     */
    long awaitProgress() throws Exception {
        long begun = System.nanoTime();
        long aim = done + 2;
        while (done < aim) {
            check();
            assertTrue(
                    System.nanoTime() - begun < 30_000_000_000L,
                    "the others stand still after a kill");
            Thread.sleep(0, 100_000);
        }
        return System.nanoTime() - begun;
    }

    /** Fails if it has failed. */
    void check() throws Exception {
        switch (failure.get()) {
            case null -> {}
            case Error e -> throw e;
            case Throwable e -> throw (Exception) e;
        }
    }

    @Override
    public void close() throws Exception {
        stopped = true;
        thread.join(60_000);
        assertTrue(!thread.isAlive(), "the survivor hangs");
        check();
    }
}
