// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli;

import java.io.IOException;
import java.util.List;

/**
 * A program that runs as long as a lock is held. It has this process's standard streams, and not
 * the lock: descriptors of locks are not inherited.
 */
final class UnderLock {
    private boolean isEnding;
    private Process program;

    private UnderLock() {}

    /**
     * Runs a program. If this process is asked to end (Ctrl-C, SIGTERM), it asks the program, and
     * gives the lock up when that has ended.
     *
     * @return its exit status
     */
    static int run(List<String> command) throws IOException, InterruptedException {
        UnderLock underLock = new UnderLock();
        try (AtEnd _ = new AtEnd(underLock::end)) {
            return underLock.toItsEnd(command);
        }
    }

    private int toItsEnd(List<String> command) throws IOException, InterruptedException {
        try {
            return start(command).waitFor();
        } catch (InterruptedException e) {
            end();
            throw e;
        }
    }

    /** A program is never started that {@link #end} does not know: who ends waits meanwhile. */
    private synchronized Process start(List<String> command)
            throws IOException, InterruptedException {
        if (isEnding) {
            throw new InterruptedException();
        }
        program = new ProcessBuilder(command).inheritIO().start();
        return program;
    }

    private synchronized void end() {
        isEnding = true;
        if (program == null) {
            return;
        }
        program.destroy();
        boolean interrupted = false;
        while (program.isAlive()) {
            try {
                program.waitFor();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
