// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop.peer;

import org.ipc4j.channel.MessageSource;
import org.ipc4j.channel.Receiver;
import org.ipc4j.channel.Subscriber;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.IntSupplier;

/**
 * Receives numbered messages of a channel or a topic until it is killed. The event {@code p} tells
 * which message is there, by {@linkplain #place sender and position}; then {@code R} its number. A
 * copy is announced by {@code r}, since it may be made and not told.
 */
public final class ChannelReceiving {
    private static final Duration PATIENCE = Duration.ofMillis(50);
    private static final int LIMIT = 16;
    private static final int POSITION_BITS = 56;

    private final MessageSource receiver;
    private final IntSupplier sender;
    private final CrashPoint.Counter crash;

    ChannelReceiving(Receiver receiver, CrashPoint crash) {
        this(receiver, receiver::sender, crash);
    }

    ChannelReceiving(Subscriber subscriber, CrashPoint crash) {
        this(subscriber, () -> 0, crash);
    }

    private ChannelReceiving(MessageSource receiver, IntSupplier sender, CrashPoint crash) {
        this.receiver = receiver;
        this.sender = sender;
        this.crash = new CrashPoint.Counter(crash);
    }

    /**
     * Returns what tells a message from all others, in one number.
     *
     * @param sender {@link Receiver#sender}
     * @param position {@link Receiver#position}
     * @return both
     */
    public static long place(int sender, long position) {
        return (long) sender << POSITION_BITS | position;
    }

    /**
     * Never returns.
     *
     * @param how {@code placed} or {@code copied}
     */
    void run(String how) throws Exception {
        while (true) {
            switch (how) {
                case "placed" -> handle();
                case "copied" -> copy();
                default -> throw new IllegalArgumentException(how);
            }
        }
    }

    private void handle() throws Exception {
        if (receiver.await(PATIENCE)) {
            receiver.poll(this::onMessage, LIMIT);
            crash.pass("polled");
        }
    }

    private void onMessage(MemorySegment memory, long offset, int length) {
        crash.pass("handling");
        byte[] message = memory.asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE);
        tell(ByteBuffer.wrap(message));
        crash.pass("handled");
    }

    private void copy() throws Exception {
        ByteBuffer target = ByteBuffer.allocate(receiver.maxMessageSize());
        Event.tell('r', 0);
        if (receiver.receive(target, PATIENCE) != MessageSource.NONE) {
            crash.pass("received");
            tell(target.flip());
        }
    }

    private void tell(ByteBuffer message) {
        OptionalLong sequence = Content.sequence(message, receiver.maxMessageSize());
        Event.tell('p', place(sender.getAsInt(), receiver.position()));
        Event.tell(sequence.isPresent() ? 'R' : 'X', sequence.orElse(0));
    }
}
