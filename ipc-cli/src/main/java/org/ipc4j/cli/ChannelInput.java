// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli;

import org.ipc4j.IpcException;
import org.ipc4j.PeerClosedException;
import org.ipc4j.channel.Presence;
import org.ipc4j.channel.Sender;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * Cuts what is read into messages and sends them.
 *
 * <p>A receiver that leaves meanwhile is the end of it. If it had left before, however, another one
 * is waited for, as if there had been none yet: a channel can serve for one transfer after another.
 */
final class ChannelInput {
    /** How often to look whether there is a receiver again. */
    private static final Duration GLANCE = Duration.ofMillis(50);

    private final Sender sender;
    private final TimeoutOption timeout;
    private boolean awaitsAnother;

    ChannelInput(Sender sender, TimeoutOption timeout) throws IpcException {
        this.sender = sender;
        this.timeout = timeout;
        this.awaitsAnother = isReceiverGone();
    }

    private boolean isReceiverGone() throws IpcException {
        Presence receiver = sender.receiver();
        return receiver == Presence.CLOSED || receiver == Presence.DIED;
    }

    /** Sends what each read gives, so that nothing waits for more. */
    void sendBytes(InputStream in) throws IOException, InterruptedException, CommandFailure {
        byte[] chunk = new byte[sender.maxMessageSize()];
        for (int count = in.read(chunk); count > 0; count = in.read(chunk)) {
            send(chunk, 0, count);
        }
    }

    /** Sends each line as soon as it is complete, and at the end what is left of one. */
    void sendLines(InputStream in) throws IOException, InterruptedException, CommandFailure {
        byte[] chunk = new byte[sender.maxMessageSize() + 1];
        int length = 0;
        for (int count = in.read(chunk); count > 0; count = read(in, chunk, length)) {
            length = sendLines(chunk, length + count);
        }
        if (length > 0) {
            send(chunk, 0, length);
        }
    }

    private int read(InputStream in, byte[] chunk, int length) throws IOException {
        if (length == chunk.length) {
            throw new IllegalArgumentException(
                    sender.name()
                            + ": a line has more than the "
                            + sender.maxMessageSize()
                            + " bytes of a message; the lines before it are sent");
        }
        return in.read(chunk, length, chunk.length - length);
    }

    /** Sends the lines that are complete, and returns how much is left of the next one. */
    private int sendLines(byte[] chunk, int length)
            throws IOException, InterruptedException, CommandFailure {
        int start = 0;
        for (int i = 0; i < length; i++) {
            if (chunk[i] == '\n') {
                send(chunk, start, i - start);
                start = i + 1;
            }
        }
        System.arraycopy(chunk, start, chunk, 0, length - start);
        return length - start;
    }

    private void send(byte[] bytes, int offset, int length)
            throws IOException, InterruptedException, CommandFailure {
        ByteBuffer message = ByteBuffer.wrap(bytes, offset, length);
        long start = System.nanoTime();
        while (awaitsAnother && isReceiverGone()) {
            if (trySend(message)) {
                return;
            }
            Duration left = left(start);
            timeout.require(left.isPositive(), sender.name(), "no receiver");
            Thread.sleep(left.compareTo(GLANCE) < 0 ? left : GLANCE);
        }
        awaitsAnother = false;
        timeout.require(sender.send(message, left(start)), sender.name(), "no room");
    }

    private boolean trySend(ByteBuffer message) throws IpcException {
        try {
            return sender.trySend(message);
        } catch (PeerClosedException e) {
            return false;
        }
    }

    private Duration left(long start) {
        return timeout.value().minusNanos(System.nanoTime() - start);
    }
}
