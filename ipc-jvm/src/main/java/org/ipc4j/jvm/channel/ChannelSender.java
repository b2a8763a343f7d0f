// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.channel;

import org.ipc4j.IncompatibleException;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.PeerClosedException;
import org.ipc4j.channel.Presence;
import org.ipc4j.channel.Sender;
import org.ipc4j.jvm.sys.Composite;
import org.ipc4j.spi.Arguments;
import org.ipc4j.spi.Wait;
import org.ipc4j.spi.WakeWord;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** What a sender does besides its ring: copies, waits, knows the receiver, and is closed. */
abstract class ChannelSender implements Sender {
    /** How often the kernel is asked whether the receiver of a full ring is still alive. */
    private static final long ASK_AGAIN = TimeUnit.MILLISECONDS.toNanos(10);

    private final IpcName name;
    private final Composite<ChannelLayout> channel;
    private final MemorySegment memory;
    private final int index;
    private final int maxMessageSize;
    private final Seat seat;
    private final Seat receiver;
    private final Waiting waiting;
    private final Wait room;
    private final WakeWord bed;
    private final BooleanSupplier hasRoom;
    private final AtomicBoolean open = new AtomicBoolean(true);

    /** The memory, for buffers to be copied without making a segment of each; null if too large. */
    private final ByteBuffer view;

    /** How many bytes the message has that room is waited for. */
    private volatile int wanted;

    private volatile long lastAsked = System.nanoTime() - ASK_AGAIN;

    ChannelSender(
            IpcName name, Composite<ChannelLayout> channel, int index, Seat seat, Waiting waiting) {
        this.name = name;
        this.channel = channel;
        this.memory = channel.memory().segment();
        this.index = index;
        this.maxMessageSize = channel.layout().options().maxMessageSize();
        this.seat = seat;
        this.receiver = new Seat(name, memory, ChannelLayout.RECEIVER, channel.self());
        this.waiting = waiting;
        this.hasRoom = () -> hasRoomFor(wanted);
        this.room = waiting.place(this::isOpen, () -> shouldLook() ? 1 : 0);
        this.bed = waiting.room(index);
        waiting.announce(channel.layout().words(index) + ChannelLayout.SENDER);
        this.view = memory.byteSize() <= Integer.MAX_VALUE ? memory.asByteBuffer() : null;
    }

    /** Tells whether there is room for a message. Called by other threads while this one waits. */
    abstract boolean hasRoomFor(int length);

    /** Refuses to wait for room that damaged memory will never have. */
    abstract void requireSound() throws IncompatibleException;

    /**
     * Tells whether this thread should look again: there is room, or the receiver has to be asked
     * for. Called by other threads while this one waits.
     */
    private boolean shouldLook() {
        return hasRoomFor(wanted) || System.nanoTime() - lastAsked >= ASK_AGAIN;
    }

    /** What a full ring means. The receiver is asked for now and then only, since that is slow. */
    final long refusal() {
        long now = System.nanoTime();
        if (now - lastAsked < ASK_AGAIN) {
            return FULL;
        }
        lastAsked = now;
        try {
            return switch (receiver.presence()) {
                case NOT_YET, PRESENT -> FULL;
                case CLOSED, DIED -> {
                    lastAsked = now - ASK_AGAIN; // the next one is told at once too
                    yield RECEIVER_GONE;
                }
            };
        } catch (IpcException e) {
            return FULL; // not proven
        }
    }

    @Override
    public final boolean trySend(ByteBuffer message) throws IpcException {
        int length = message.remaining();
        long offset = tryClaim(length);
        if (offset < 0) {
            requireSound();
            if (offset == RECEIVER_GONE) {
                throw new PeerClosedException(
                        name,
                        "there is no room, and the receiver is gone; what was sent is kept for the"
                                + " next one");
            }
            return false;
        }
        try {
            copy(message, offset, length);
        } catch (Throwable e) { // it cannot be read by this thread, or not any more
            abort();
            throw e;
        }
        commit();
        message.position(message.limit());
        return true;
    }

    private void copy(ByteBuffer message, long offset, int length) {
        if (view != null) {
            view.put((int) offset, message, message.position(), length);
        } else {
            MemorySegment.copy(MemorySegment.ofBuffer(message), 0, memory, offset, length);
        }
    }

    @Override
    public final void send(ByteBuffer message) throws IpcException, InterruptedException {
        send(message, Wait.FOREVER);
    }

    @Override
    public final boolean send(ByteBuffer message, Duration timeout)
            throws IpcException, InterruptedException {
        Arguments.requireOpen(isOpen(), name);
        Wait.requireNotInterrupted();
        if (timeout.isPositive() && trySend(message)) {
            return true; // without the cost of a place to wait
        }
        wanted = message.remaining();
        return room.until(
                timeout,
                nanos -> {
                    if (nanos > 0) {
                        bed.sleep(hasRoom, nanos, waiting.isReceiverHeard());
                        Arguments.requireOpen(isOpen(), name);
                    }
                    return trySend(message);
                });
    }

    @Override
    public final int index() {
        return index;
    }

    @Override
    public final int maxMessageSize() {
        return maxMessageSize;
    }

    @Override
    public final Presence receiver() throws IpcException {
        Arguments.requireOpen(isOpen(), name);
        return receiver.presence();
    }

    @Override
    public final IpcName name() {
        return name;
    }

    @Override
    public final String nativeKey() {
        return channel.memory().nativeKey();
    }

    @Override
    public final boolean isOpen() {
        return open.get();
    }

    @Override
    public final void close() {
        if (open.getAndSet(false)) {
            if (bed != null) {
                bed.wake(); // a thread that waits shall not use the memory any more
            }
            waiting.close();
            seat.leave(channel);
        }
    }
}
