// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What belongs to this run of the tests: names that nobody else uses, a mark on its processes,
 * helper programs.
 */
final class Run {
    /** Every name of this run contains it, every process of this run has it in its environment. */
    static final String ID = "ipc4j-it-" + ProcessHandle.current().pid();

    /** The variable that marks the processes. */
    static final String MARK = "IPC4J_INTEROP_RUN";

    private static final AtomicInteger NAMES = new AtomicInteger();

    private Run() {}

    /** Returns a portable name that was never used. */
    static String name(String what) {
        return ID + "-" + NAMES.incrementAndGet() + "-" + what;
    }

    /** Returns the folder where this run writes. */
    static Path folder() {
        try {
            return Files.createDirectories(Path.of("target", "peers").toAbsolutePath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the folder that holds the checkout's {@code native/peer}. */
    static Path nativePeer() {
        for (Path path = Path.of("").toAbsolutePath(); path != null; path = path.getParent()) {
            Path candidate = path.resolve("native/peer");
            if (Files.isDirectory(candidate)) {
                return candidate;
            }
        }
        throw new IllegalStateException(
                "there is no native/peer above " + Path.of("").toAbsolutePath());
    }

    /** What a helper program said. */
    record Said(int status, String text) {}

    /** Runs a helper program to its end. */
    static Said run(String... command) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String text = new String(process.getInputStream().readAllBytes()).strip();
            if (!process.waitFor(5, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IllegalStateException("never ended: " + List.of(command));
            }
            return new Said(process.exitValue(), text);
        } catch (IOException e) {
            return new Said(-1, e.getMessage());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
