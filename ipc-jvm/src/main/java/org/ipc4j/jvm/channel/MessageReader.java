// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.channel;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.channel.MessageHandler;
import org.ipc4j.channel.MessageSource;
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

/** What a reading end does besides its rings: it copies, waits, and is closed. */
abstract class MessageReader implements MessageSource {
    private final IpcName name;
    private final Composite<? extends Layout> object;
    private final Seat seat;
    private final Waiting waiting;
    private final Wait messages;
    private final WakeWord messagesWord;
    private final BooleanSupplier hasMessage = this::hasMessage;
    private final MessageHandler copy = this::copy;
    private final AtomicBoolean open = new AtomicBoolean(true);

    /** What handlers read, for it to be copied without making a segment of each message. */
    private final ByteBuffer view;

    private ByteBuffer target;
    private int copied;

    /**
     * Prepares an end.
     *
     * @param messagesWord where it sleeps while there is no message; null if nobody would wake it
     * @param readable the memory that handlers are given
     */
    MessageReader(
            IpcName name,
            Composite<? extends Layout> object,
            Seat seat,
            Waiting waiting,
            WakeWord messagesWord,
            MemorySegment readable) {
        this.name = name;
        this.object = object;
        this.seat = seat;
        this.waiting = waiting;
        this.messages = waiting.place(this::isOpen, () -> hasMessage() ? 1 : 0);
        this.messagesWord = messagesWord;
        waiting.announce(seat);
        this.view = readable.byteSize() <= Integer.MAX_VALUE ? readable.asByteBuffer() : null;
    }

    /** Tells whether there is probably something to poll. Called by other threads too. */
    abstract boolean hasMessage();

    /** Tells whether all who send wake who sleeps. */
    abstract boolean isWakeCertain();

    /** Does what is to be done before this end is given up, which is closed already. */
    abstract void leave();

    @Override
    public final boolean await(Duration timeout) throws IpcException, InterruptedException {
        Arguments.requireOpen(isOpen(), name);
        return messages.until(
                timeout,
                nanos -> {
                    sleep(nanos);
                    return hasMessage();
                });
    }

    @Override
    public final int tryReceive(ByteBuffer target) throws IpcException {
        Arguments.requireRoom(target.remaining(), maxMessageSize());
        this.target = target;
        try {
            return poll(copy, 1) == 0 ? NONE : copied;
        } finally {
            this.target = null;
        }
    }

    /** Sleeps until there is probably a message. */
    private void sleep(long nanos) throws IpcException {
        if (nanos > 0) {
            messagesWord.sleep(hasMessage, nanos, isWakeCertain());
            Arguments.requireOpen(isOpen(), name);
        }
    }

    private void copy(MemorySegment memory, long offset, int length) {
        if (view != null) {
            target.put(target.position(), view, (int) offset, length);
        } else {
            MemorySegment.copy(memory, offset, MemorySegment.ofBuffer(target), 0, length);
        }
        target.position(target.position() + length);
        copied = length;
    }

    @Override
    public final int receive(ByteBuffer target) throws IpcException, InterruptedException {
        return receive(target, Wait.FOREVER);
    }

    @Override
    public final int receive(ByteBuffer target, Duration timeout)
            throws IpcException, InterruptedException {
        Objects.requireNonNull(timeout, "timeout");
        Arguments.requireOpen(isOpen(), name);
        Wait.requireNotInterrupted();
        int length = tryReceive(target);
        if (length != NONE || !timeout.isPositive()) {
            return length; // without the cost of a place to wait
        }
        boolean received =
                messages.until(
                        timeout,
                        nanos -> {
                            sleep(nanos);
                            return tryReceive(target) != NONE;
                        });
        return received ? copied : NONE;
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
            if (messagesWord != null) {
                messagesWord.wake(); // a thread that waits shall not use the memory any more
            }
            messages.drain();
            leave();
            waiting.close();
            seat.leave(object);
        }
    }
}
