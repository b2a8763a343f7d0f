// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.bench;

import org.ipc4j.Ipc;
import org.ipc4j.signal.Signal;
import org.ipc4j.signal.SignalSubscription;
import org.ipc4j.signal.SignalTarget;
import org.ipc4j.spi.SignalProvider;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * A signal with a value, from a process to itself. It is blocked in every thread, as it must be to
 * be read, by the {@linkplain #launcher program} that starts the JVM.
 */
@State(Scope.Thread)
public class SignalBenchmark {
    private static final String BLOCKED = "--block-signal=RTMIN+1";

    /** The provider's name. */
    @Param("posix")
    public String provider;

    private Signal signal;
    private SignalSubscription subscription;
    private SignalTarget self;
    private int value;

    /** Subscribes. */
    @Setup
    public void open() throws IOException {
        SignalProvider signals = Ipc.provider(SignalProvider.class, provider);
        signal = signal(signals).orElseThrow();
        subscription = signals.subscribe(Set.of(signal));
        self = signals.target(ProcessHandle.current());
    }

    /** Unsubscribes. */
    @TearDown
    public void close() {
        self.close();
        subscription.close();
    }

    /** Sends and receives it. */
    @Benchmark
    @Twin("signal")
    public int sendAwait() throws IOException, InterruptedException {
        self.send(signal, value++);
        return subscription.await().value().orElseThrow();
    }

    /** The second of those that queue, as {@code bench.c} has it; plain Java has none. */
    private static Optional<Signal> signal(SignalProvider provider) {
        return provider.signals().stream().filter(Signal::isRealTime).skip(1).findFirst();
    }

    /** Tells whether a provider has such signals, and this system a program that blocks them. */
    static boolean isPossible(String provider) {
        SignalProvider signals = Ipc.provider(SignalProvider.class, provider);
        if (!signals.availability().isAvailable() || signal(signals).isEmpty()) {
            return false;
        }
        try {
            return new ProcessBuilder("env", BLOCKED, "true").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes a program that starts Java with the signal blocked: a JVM cannot start it so. */
    static Path launcher(Path folder) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        try {
            Path launcher = folder.resolve("java-with-signal-blocked");
            Files.writeString(
                    launcher, "#!/bin/sh\nexec env " + BLOCKED + " '" + java + "' \"$@\"\n");
            Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
            return launcher;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
