// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.channel;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.channel.MessageSink;
import org.ipc4j.jvm.sys.Composite;
import org.ipc4j.spi.Arguments;
import org.ipc4j.spi.Wait;
import org.ipc4j.spi.WakeWord;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** What a writing end does besides its ring: it copies, waits, and is closed. */
abstract class MessageWriter implements MessageSink {
    private final IpcName name;
    private final Composite<? extends Layout> object;
    private final MemorySegment memory;
    private final Seat seat;
    private final Waiting waiting;
    private final Wait room;
    private final WakeWord roomWord;
    private final BooleanSupplier hasRoom;
    private final AtomicBoolean open = new AtomicBoolean(true);

    /** When those are asked for of the kernel who should make room. */
    private final Inquiry inquiry = new Inquiry();

    /** The memory, for buffers to be copied without making a segment of each; null if too large. */
    private final ByteBuffer view;

    /** How many bytes the message has that room is waited for. */
    private volatile int wanted;

    /**
     * Prepares an end.
     *
     * @param roomWord where it sleeps while there is no room; null if nobody would wake it
     */
    MessageWriter(
            IpcName name,
            Composite<? extends Layout> object,
            Seat seat,
            Waiting waiting,
            WakeWord roomWord) {
        this.name = name;
        this.object = object;
        this.memory = object.memory().segment();
        this.seat = seat;
        this.waiting = waiting;
        this.hasRoom = () -> hasRoomFor(wanted);
        this.room = waiting.place(this::isOpen, () -> shouldLook() ? 1 : 0);
        this.roomWord = roomWord;
        waiting.announce(seat);
        this.view = memory.byteSize() <= Integer.MAX_VALUE ? memory.asByteBuffer() : null;
    }

    /**
     * Tells whether there is room for a message, or the memory is damaged. Called by other threads
     * while this one waits.
     */
    abstract boolean hasRoomFor(int length);

    /** Tells whether all who make room wake who sleeps. */
    abstract boolean isWakeCertain();

    /** Returns what is thrown for a claim's answer that is not {@link #FULL}. */
    abstract IpcException refused(long answer);

    final Inquiry inquiry() {
        return inquiry;
    }

    /**
     * Tells whether this thread should look again: there is room, or those have to be asked for who
     * make it. Called by other threads while this one waits.
     */
    private boolean shouldLook() {
        return hasRoomFor(wanted) || inquiry.isDue();
    }

    private long tryClaimOrThrow(int length) throws IpcException {
        long answer = tryClaim(length);
        if (answer < FULL) {
            throw refused(answer);
        }
        return answer;
    }

    @Override
    public final long claim(int length, Duration timeout)
            throws IpcException, InterruptedException {
        Objects.requireNonNull(timeout, "timeout");
        Arguments.requireOpen(isOpen(), name);
        Wait.requireNotInterrupted();
        long offset = tryClaimOrThrow(length);
        if (offset != FULL || !timeout.isPositive()) {
            return offset; // without the cost of a place to wait
        }
        wanted = length;
        long[] later = {FULL};
        room.until(
                timeout,
                nanos -> {
                    if (nanos > 0) {
                        roomWord.sleep(hasRoom, nanos, isWakeCertain());
                        Arguments.requireOpen(isOpen(), name);
                    }
                    later[0] = tryClaimOrThrow(length);
                    return later[0] != FULL;
                });
        return later[0];
    }

    @Override
    public final boolean trySend(ByteBuffer message) throws IpcException {
        return sent(message, tryClaimOrThrow(message.remaining()));
    }

    @Override
    public final void send(ByteBuffer message) throws IpcException, InterruptedException {
        send(message, Wait.FOREVER);
    }

    @Override
    public final boolean send(ByteBuffer message, Duration timeout)
            throws IpcException, InterruptedException {
        return sent(message, claim(message.remaining(), timeout));
    }

    /** Sends a message if there is room for it. */
    private boolean sent(ByteBuffer message, long offset) {
        if (offset == FULL) {
            return false;
        }
        try {
            copy(message, offset, message.remaining());
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
    public final int maxMessageSize() {
        return object.layout().maxMessageSize();
    }

    @Override
    public final IpcName name() {
        return name;
    }

    @Override
    public final String nativeKey() {
        return object.memory().nativeKey();
    }

    @Override
    public final boolean isOpen() {
        return open.get();
    }

    @Override
    public final void close() {
        if (open.getAndSet(false)) {
            if (roomWord != null) {
                roomWord.wake(); // a thread that waits shall not use the memory any more
            }
            room.drain();
            waiting.close();
            seat.leave(object);
        }
    }
}
