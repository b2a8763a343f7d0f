// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.channel;

import java.util.concurrent.TimeUnit;

/** When to ask the kernel whether another process still lives: now and then, since it is slow. */
final class Inquiry {
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(10);

    private volatile long last;

    Inquiry() {
        again();
    }

    /** Tells whether it is time to ask. */
    boolean isDue() {
        return System.nanoTime() - last >= PAUSE;
    }

    /** Notes that the kernel is being asked. */
    void asked() {
        last = System.nanoTime();
    }

    /** Asks again at once. */
    void again() {
        last = System.nanoTime() - PAUSE;
    }
}
