// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli;

import java.io.IOException;
import java.util.List;

/**
 * A program that runs as long as a lock is held. It has this process's standard streams, and not
 * the lock: descriptors of locks are not inherited.
 */
final class UnderLock {
    private UnderLock() {}

    /**
     * Runs a program. If this process is asked to end (Ctrl-C, SIGTERM), it asks the program, and
     * gives the lock up when that has ended.
     *
     * @return its exit status
     */
    static int run(List<String> command) throws IOException, InterruptedException {
        Process program = new ProcessBuilder(command).inheritIO().start();
        Thread atEnd = new Thread(() -> end(program));
        Runtime.getRuntime().addShutdownHook(atEnd);
        try {
            return program.waitFor();
        } catch (InterruptedException e) {
            end(program);
            throw e;
        } finally {
            forget(atEnd);
        }
    }

    private static void end(Process program) {
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

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // it runs already
        }
    }
}
