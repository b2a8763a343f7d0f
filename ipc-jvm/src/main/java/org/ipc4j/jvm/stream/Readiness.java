// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.stream;

import org.ipc4j.IpcName;
import org.ipc4j.jvm.sys.Place;
import org.ipc4j.spi.Arguments;
import org.ipc4j.spi.Wait;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.Selector;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Waits in the kernel until a channel of the JDK, which never blocks itself, is ready. An interrupt
 * ends the wait and leaves the channel open.
 *
 * <p>The selector is made when somebody waits for the first time.
 */
final class Readiness {
    /**
     * Whether selectors are used. Those of Windows leave an operation under way with the socket,
     * and Wine 8 ends it after the socket is closed, in memory that was freed; that crashes the
     * JVM. So there one looks again after pauses.
     */
    static final boolean IN_KERNEL = !Place.WINDOWS;

    private static final long NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private final IpcName name;
    private final SelectableChannel channel;
    private final int operations;

    /** A selector is for one thread at a time; others look again after a pause. */
    private final ReentrantLock turn = new ReentrantLock();

    private Selector selector;
    private boolean closed;

    /**
     * Prepares to wait.
     *
     * @param name what messages call the channel
     * @param channel does not block; belongs to the caller
     * @param operations {@link java.nio.channels.SelectionKey} constants
     */
    Readiness(IpcName name, SelectableChannel channel, int operations) {
        this.name = name;
        this.channel = channel;
        this.operations = operations;
    }

    /**
     * Makes a place where one waits so.
     *
     * @param name what messages call the channel
     * @param open whether it is open
     */
    static Wait place(IpcName name, BooleanSupplier open) {
        return IN_KERNEL ? Wait.inKernel(name, open, () -> 1) : Wait.byPolling(name, open, () -> 1);
    }

    /**
     * Waits until the channel is probably ready.
     *
     * @param nanos how long at most, rounded up to milliseconds; more than 0
     * @throws IllegalStateException if this is or gets closed
     */
    void await(long nanos) {
        if (!turn.tryLock()) {
            pause(nanos);
            return;
        }
        try {
            Selector open = selector();
            open.select((nanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI);
            open.selectedKeys().clear();
        } catch (ClosedChannelException e) {
            throw Arguments.closed(name);
        } catch (IOException e) {
            pause(nanos); // no descriptor is left for a selector; waiting goes on without
        } finally {
            turn.unlock();
        }
    }

    private void pause(long nanos) {
        LockSupport.parkNanos(this, Math.min(nanos, NANOS_PER_MILLI));
    }

    private synchronized Selector selector() throws IOException {
        Arguments.requireOpen(!closed, name);
        if (selector == null) {
            Selector made = Selector.open();
            try {
                channel.register(made, operations);
            } catch (ClosedChannelException | RuntimeException e) {
                made.close();
                throw e;
            }
            selector = made;
        }
        return selector;
    }

    /** Ends waits. A channel that has waited is only closed when this is, too. */
    void close() throws IOException {
        Selector open;
        synchronized (this) {
            closed = true;
            open = selector;
        }
        if (open != null) {
            open.close();
        }
    }
}
