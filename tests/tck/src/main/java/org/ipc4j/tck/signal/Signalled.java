// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.signal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.signal.Signal;
import org.ipc4j.signal.SignalSubscription;
import org.ipc4j.signal.SignalTarget;
import org.ipc4j.spi.SignalProvider;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Signals for this process and for others. */
final class Signalled {
    /** Does nothing to a process that nobody has subscribed to it in. */
    static final String HARMLESS = "SIGWINCH";

    /** The same, with a lower number. */
    static final String ALSO_HARMLESS = "SIGURG";

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private Signalled() {}

    static Signal signal(SignalProvider provider, String name) {
        return provider.signals().stream()
                .filter(signal -> signal.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name));
    }

    /** Sends a signal to this process. */
    static void toSelf(SignalProvider provider, Signal signal) throws IOException {
        try (SignalTarget self = provider.target(ProcessHandle.current())) {
            self.send(signal);
        }
    }

    /**
     * Sends a signal to this process and waits until it has come, so that the next one is not
     * merged with it.
     */
    static void toSelfAlone(SignalProvider provider, Signal signal, SignalSubscription subscription)
            throws IOException, InterruptedException {
        long before = subscription.received();
        toSelf(provider, signal);
        awaitReceived(subscription, before + 1);
    }

    static void awaitReceived(SignalSubscription subscription, long count)
            throws InterruptedException {
        long start = System.nanoTime();
        while (subscription.received() < count) {
            assertTrue(System.nanoTime() - start < PATIENCE_NANOS, "no signal has come");
            Thread.sleep(1);
        }
    }

    /** Another process. */
    static final class Other implements AutoCloseable {
        private final Process process;

        /** Starts a line of shell, which says that it is ready. */
        Other(String script) throws IOException {
            process = new ProcessBuilder("sh", "-c", script).start();
            BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
            assertEquals("ready", output.readLine());
        }

        /** Waits until somebody ends it. */
        static Other idle() throws IOException {
            return new Other("echo ready; exec sleep 1000");
        }

        ProcessHandle handle() {
            return process.toHandle();
        }

        int exitStatus() throws InterruptedException {
            assertTrue(process.waitFor(30, TimeUnit.SECONDS), "it does not end");
            return process.exitValue();
        }

        @Override
        public void close() {
            process.destroyForcibly();
            try {
                process.waitFor();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
