// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli;

import org.ipc4j.IpcException;
import org.ipc4j.PeerClosedException;
import org.ipc4j.channel.Presence;
import org.ipc4j.channel.Sender;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * Sends to a channel.
 *
 * <p>A receiver that leaves meanwhile is the end of it. If it had left before, however, another one
 * is waited for, as if there had been none yet: a channel can serve for one transfer after another.
 */
final class ChannelInput extends MessageInput {
    /** How often to look whether there is a receiver again. */
    private static final Duration GLANCE = Duration.ofMillis(50);

    private final Sender sender;
    private final TimeoutOption timeout;
    private boolean awaitsAnother;

    ChannelInput(Sender sender, TimeoutOption timeout) throws IpcException {
        super(sender, timeout);
        this.sender = sender;
        this.timeout = timeout;
        this.awaitsAnother = isReceiverGone();
    }

    private boolean isReceiverGone() throws IpcException {
        Presence receiver = sender.receiver();
        return receiver == Presence.CLOSED || receiver == Presence.DIED;
    }

    @Override
    void send(ByteBuffer message, long start)
            throws IOException, InterruptedException, CommandFailure {
        while (awaitsAnother && isReceiverGone()) {
            if (trySend(message)) {
                return;
            }
            Duration left = left(start);
            timeout.require(left.isPositive(), sender.name(), "no receiver");
            Thread.sleep(left.compareTo(GLANCE) < 0 ? left : GLANCE);
        }
        awaitsAnother = false;
        sendWithinTime(message, start);
    }

    private boolean trySend(ByteBuffer message) throws IpcException {
        try {
            return sender.trySend(message);
        } catch (PeerClosedException e) {
            return false;
        }
    }
}
