// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.spi;

import org.ipc4j.IpcException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The writing side of a channel: makes writes that wait from one that does not. One thread writes
 * at a time; others wait their turn.
 */
abstract class WritingSide {
    private final WaitingChannel channel;
    private final ReentrantLock turn = new ReentrantLock();

    WritingSide(WaitingChannel channel) {
        this.channel = channel;
    }

    /**
     * Writes what there is room for now. Called by one thread at a time. It may leave a write under
     * way; it is called again then, with the same source, and at last {@link #end}.
     *
     * @param source has bytes; its position is moved
     * @param handles what is passed with the first of these bytes
     */
    abstract void now(ByteBuffer source, List<PassableHandle> handles) throws IpcException;

    /** Ends what was left under way, and moves the source's position behind what was written. */
    abstract void end(ByteBuffer source);

    /** Where writers wait. */
    abstract Wait room();

    /** Sleeps until there is probably room. */
    abstract void await(long nanos) throws IpcException;

    /** Writes all, and waits in the way of the JDK's channels. */
    final int write(ByteBuffer source) throws IOException {
        int start = source.position();
        turn.lock();
        try {
            if (!WaitingChannel.isCalm() || !atOnce(source)) {
                later(source);
            }
            return source.position() - start;
        } finally {
            end(source);
            turn.unlock();
        }
    }

    private boolean atOnce(ByteBuffer source) throws IOException {
        try {
            if (source.hasRemaining()) {
                nowIfOpen(source, List.of());
            }
            return !source.hasRemaining();
        } catch (IpcException e) {
            throw channel.unlessClosed(e);
        }
    }

    private void later(ByteBuffer source) throws IOException {
        channel.awaitOrClose(
                room(),
                this::await,
                nanos -> {
                    nowIfOpen(source, List.of());
                    return !source.hasRemaining();
                });
    }

    /** Waits for so long, and leaves the channel open if it is interrupted. */
    final int write(ByteBuffer source, List<PassableHandle> handles, Duration timeout)
            throws IOException, InterruptedException {
        Wait.requireNotInterrupted();
        int start = source.position();
        long begun = System.nanoTime();
        if (!turn.tryLock() && !turn.tryLock(Wait.nanos(timeout), TimeUnit.NANOSECONDS)) {
            return 0;
        }
        try {
            until(source, handles, timeout, begun);
            return source.position() - start; // with what was under way at the end
        } finally {
            turn.unlock();
        }
    }

    private void until(
            ByteBuffer source, List<PassableHandle> handles, Duration timeout, long begun)
            throws IpcException, InterruptedException {
        int start = source.position();
        try {
            if (source.hasRemaining()) {
                nowIfOpen(source, handles);
            }
            if (source.hasRemaining()) {
                room().until(
                                left(timeout, begun),
                                nanos -> {
                                    if (nanos > 0) {
                                        await(nanos);
                                    }
                                    // A write can come to an end half-way; handles go with its
                                    // first byte.
                                    nowIfOpen(
                                            source,
                                            source.position() == start ? handles : List.of());
                                    return !source.hasRemaining();
                                });
            }
        } finally {
            end(source);
        }
    }

    /** Writes, and tells a close while it was this thread's turn, or while it waited for that. */
    private void nowIfOpen(ByteBuffer source, List<PassableHandle> handles) throws IpcException {
        try {
            now(source, handles);
        } catch (IllegalStateException e) {
            throw channel.closedMeanwhile(e, "writing");
        }
    }

    /** Several writes. */
    @FunctionalInterface
    interface Writes {
        long all() throws IOException;
    }

    /** Keeps other threads' bytes out from between several writes. */
    final long inTurn(Writes writes) throws IOException {
        turn.lock();
        try {
            return writes.all();
        } finally {
            turn.unlock();
        }
    }

    /** Writes buffer after buffer. */
    final long write(List<ByteBuffer> sources) throws IOException {
        return inTurn(() -> {
            long total = 0;
            for (ByteBuffer source : sources) {
                total += write(source);
            }
            return total;
        });
    }

    /** What is left of the time. */
    static Duration left(Duration timeout, long begun) {
        return timeout.isPositive() ? timeout.minusNanos(System.nanoTime() - begun) : Duration.ZERO;
    }
}
