// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli;

/** What is done if this process is asked to end (Ctrl-C, SIGTERM) before this is closed. */
public final class AtEnd implements AutoCloseable {
    private final Thread hook;

    /**
     * Remembers what to do.
     *
     * @param action what to do; the process ends when it has been done
     * @throws InterruptedException if this process ends already
     */
    public AtEnd(Runnable action) throws InterruptedException {
        hook = new Thread(action);
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            throw new InterruptedException(); // too late
        }
    }

    /** Forgets it, unless it is being done. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // it runs already
        }
    }
}
