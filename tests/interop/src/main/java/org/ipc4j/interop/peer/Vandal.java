// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop.peer;

/** A thread that does damage, again and again, while it is let. */
final class Vandal implements AutoCloseable {
    private final Thread thread;
    private volatile boolean works;
    private volatile boolean ended;

    Vandal(Runnable damage) {
        thread = Thread.ofPlatform().daemon().start(() -> run(damage));
    }

    private void run(Runnable damage) {
        while (!ended) {
            if (works) {
                damage.run();
            } else {
                Thread.onSpinWait();
            }
        }
    }

    void work() {
        works = true;
    }

    /** Damage that is just being done may come a little later. */
    void rest() {
        works = false;
    }

    @Override
    public void close() {
        ended = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it ends all the same
        }
    }
}
