// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.signal;

import org.ipc4j.IpcClosedException;
import org.ipc4j.IpcException;

import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A subscription whose signals are handled one after the other, by a daemon thread of its own. The
 * handler is ordinary Java and may do whatever Java may: no code of ours or of the caller ever runs
 * inside a signal handler of the system. {@link Signals#handle} makes it.
 */
public final class SignalListener implements AutoCloseable {
    private final SignalSubscription subscription;
    private final Consumer<? super SignalInfo> handler;
    private final Thread thread;

    SignalListener(SignalSubscription subscription, Consumer<? super SignalInfo> handler) {
        this.subscription = subscription;
        this.handler = handler;
        this.thread =
                Thread.ofPlatform()
                        .daemon()
                        .name(
                                subscription.signals().stream()
                                        .map(Signal::name)
                                        .collect(Collectors.joining(" ", "ipc4j ", "")))
                        .start(this::run);
    }

    private void run() {
        try {
            while (true) {
                handle(subscription.await());
            }
        } catch (IpcClosedException e) {
            // close() ends the loop
        } catch (IllegalStateException e) {
            if (subscription.isOpen()) {
                throw e;
            }
        } catch (IpcException | InterruptedException e) {
            subscription.close();
            throw new IllegalStateException(e);
        }
    }

    /** A handler that fails is reported as any thread's failure is, and is called again. */
    private void handle(SignalInfo signal) {
        try {
            handler.accept(signal);
        } catch (RuntimeException | Error e) {
            thread.getUncaughtExceptionHandler().uncaughtException(Thread.currentThread(), e);
        } finally {
            Thread.interrupted(); // what the handler left behind is not meant for the wait
        }
    }

    /**
     * Returns what is handled.
     *
     * @return the signals
     */
    public Set<Signal> signals() {
        return subscription.signals();
    }

    /**
     * Tells how they are received.
     *
     * @return {@link SignalReception.Kind#READ} or {@link SignalReception.Kind#DISPATCHED}
     */
    public SignalReception.Kind kind() {
        return subscription.kind();
    }

    /**
     * Tells whether signals are handled.
     *
     * @return {@code false} from the moment that {@code close} was called
     */
    public boolean isOpen() {
        return subscription.isOpen();
    }

    /**
     * Ends the subscription, as {@link SignalSubscription#close} does. A call of the handler that
     * has begun goes on to its end, which this does not wait for. The handler itself may call this.
     */
    @Override
    public void close() {
        subscription.close();
    }
}
