// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop.peer;

import org.ipc4j.PeerClosedException;
import org.ipc4j.channel.MessageSink;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;

/**
 * Sends numbered messages to a channel or a topic until it is killed. After the event {@code s} of
 * a number there may be messages from that on, a {@linkplain #BATCH batch} at most; after {@code S}
 * all before that number are sent.
 */
public final class ChannelSending {
    /** So many messages are sent between two events, so that the sending itself is hit often. */
    public static final int BATCH = 16;

    private final MessageSink sender;
    private final CrashPoint.Counter crash;

    ChannelSending(MessageSink sender, CrashPoint crash) {
        this.sender = sender;
        this.crash = new CrashPoint.Counter(crash);
    }

    /**
     * Never returns.
     *
     * @param how {@code placed}, each message for itself; {@code staged}, a batch at once; or
     *     {@code copied}
     */
    void run(String how, long first) throws Exception {
        for (long next = first; ; next += BATCH) {
            Event.tell('s', next);
            for (long i = next; i < next + BATCH; i++) {
                byte[] message = Content.message(i, sender.maxMessageSize());
                switch (how) {
                    case "placed" -> {
                        place(message);
                        sender.commit();
                        crash.pass("committed");
                    }
                    case "staged" -> {
                        place(message);
                        sender.stage();
                        crash.pass("staged");
                    }
                    case "copied" -> copy(ByteBuffer.wrap(message));
                    default -> throw new IllegalArgumentException(how);
                }
            }
            sender.publish();
            crash.pass("published");
            Event.tell('S', next + BATCH);
        }
    }

    private void place(byte[] message) {
        long offset = sender.tryClaim(message.length);
        while (offset < 0) {
            Thread.onSpinWait();
            offset = sender.tryClaim(message.length);
        }
        crash.pass("claimed");
        int half = message.length / 2;
        write(message, 0, half, offset);
        crash.pass("halfwritten");
        write(message, half, message.length - half, offset + half);
        crash.pass("written");
    }

    private void write(byte[] message, int from, int length, long offset) {
        MemorySegment.copy(message, from, sender.memory(), ValueLayout.JAVA_BYTE, offset, length);
    }

    private void copy(ByteBuffer message) throws Exception {
        while (true) {
            try {
                sender.send(message);
                return;
            } catch (PeerClosedException e) {
                Thread.onSpinWait(); // for the next receiver
            }
        }
    }
}
