// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.spi;

import org.ipc4j.IpcException;
import org.ipc4j.stream.ReceivedHandle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The reading side of a channel: makes reads that wait from one that does not. One thread reads at
 * a time; others wait their turn.
 */
abstract class ReadingSide {
    private static final int NOTHING = 0;

    private final WaitingChannel channel;
    private final ReentrantLock turn = new ReentrantLock();

    ReadingSide(WaitingChannel channel) {
        this.channel = channel;
    }

    /**
     * Reads what is there now. Called by one thread at a time.
     *
     * @param target has room; its position is moved
     * @param handles where the handles go that come with it, or null
     * @return how many bytes were read; 0 if there is nothing now; less than 0 is for the caller
     */
    abstract int now(ByteBuffer target, Collection<? super ReceivedHandle> handles)
            throws IpcException;

    /**
     * Tells whether what was read may go on in another buffer, as a message that is over cannot.
     */
    boolean hasMore() {
        return true;
    }

    /** Where readers wait. */
    abstract Wait bytes();

    /** Sleeps until there is probably something to read. */
    abstract void await(long nanos) throws IpcException;

    /**
     * Waits in the way of the JDK's channels. Mostly there is something, so the first look makes no
     * object, and calls no more than the compiler takes in.
     */
    final int read(ByteBuffer target) throws IOException {
        requireReadable(target);
        if (!target.hasRemaining()) {
            return NOTHING;
        }
        if (WaitingChannel.isCalm()) {
            int count = atOnce(target);
            if (count != NOTHING) {
                return count;
            }
        }
        return later(target);
    }

    private int atOnce(ByteBuffer target) throws IOException {
        try {
            return inTurn(target, null);
        } catch (IpcException e) {
            throw channel.unlessClosed(e);
        }
    }

    private int later(ByteBuffer target) throws IOException {
        int[] count = {NOTHING};
        channel.awaitOrClose(
                bytes(),
                this::await,
                nanos -> {
                    count[0] = inTurn(target, null);
                    return count[0] != NOTHING;
                });
        return count[0];
    }

    /** Waits for so long, and leaves the channel open if it is interrupted. */
    final int read(ByteBuffer target, Collection<? super ReceivedHandle> handles, Duration timeout)
            throws IOException, InterruptedException {
        Objects.requireNonNull(timeout, "timeout");
        requireReadable(target);
        if (!target.hasRemaining()) {
            return NOTHING;
        }
        Wait.requireNotInterrupted();
        int count = inTurn(target, handles);
        return count != NOTHING ? count : later(target, handles, timeout);
    }

    private int later(
            ByteBuffer target, Collection<? super ReceivedHandle> handles, Duration timeout)
            throws IpcException, InterruptedException {
        int[] count = {NOTHING};
        bytes().until(
                        timeout,
                        nanos -> {
                            if (nanos > 0) {
                                await(nanos);
                            }
                            count[0] = inTurn(target, handles);
                            return count[0] != NOTHING;
                        });
        return count[0];
    }

    /** Waits for bytes, and then takes what is there, as far as {@link #hasMore} says. */
    final long read(ByteBuffer[] targets, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, targets.length);
        channel.requireOpen();
        List<ByteBuffer> withRoom = new ArrayList<>();
        for (int i = offset; i < offset + length; i++) {
            requireReadable(targets[i]);
            if (targets[i].hasRemaining()) {
                withRoom.add(targets[i]);
            }
        }
        long[] count = {NOTHING};
        if (!withRoom.isEmpty()) {
            channel.lookOrAwait(
                    bytes(),
                    this::await,
                    nanos -> {
                        count[0] = inTurn(() -> now(withRoom));
                        return count[0] != NOTHING;
                    });
        }
        return count[0];
    }

    private long now(List<ByteBuffer> targets) throws IpcException {
        long total = 0;
        for (ByteBuffer target : targets) {
            while (target.hasRemaining()) {
                int count = total == 0 || hasMore() ? now(target, null) : NOTHING;
                if (count <= 0) {
                    return total == 0 ? count : total;
                }
                total += count;
            }
        }
        return total;
    }

    private int inTurn(ByteBuffer target, Collection<? super ReceivedHandle> handles)
            throws IpcException {
        turn.lock();
        try {
            return now(target, handles);
        } catch (IllegalStateException e) {
            throw channel.closedMeanwhile(e, "reading");
        } finally {
            turn.unlock();
        }
    }

    /** A look at what there is to read. */
    @FunctionalInterface
    interface Look<T> {
        T now() throws IpcException;
    }

    /** Looks while no other thread reads. */
    final <T> T inTurn(Look<T> look) throws IpcException {
        turn.lock();
        try {
            return look.now();
        } catch (IllegalStateException e) {
            throw channel.closedMeanwhile(e, "reading");
        } finally {
            turn.unlock();
        }
    }

    private void requireReadable(ByteBuffer target) throws ClosedChannelException {
        channel.requireOpen();
        if (target.isReadOnly()) {
            throw new ReadOnlyBufferException();
        }
    }
}
