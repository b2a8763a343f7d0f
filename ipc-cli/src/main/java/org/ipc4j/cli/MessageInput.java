// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli;

import org.ipc4j.channel.MessageSink;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;

/** Cuts what is read into messages and sends them. */
abstract class MessageInput {
    private final MessageSink sink;
    private final TimeoutOption timeout;

    MessageInput(MessageSink sink, TimeoutOption timeout) {
        this.sink = sink;
        this.timeout = timeout;
    }

    /**
     * Sends a message.
     *
     * @param start when it came, by {@link System#nanoTime}
     */
    abstract void send(ByteBuffer message, long start)
            throws IOException, InterruptedException, CommandFailure;

    /** Sends what each read gives, so that nothing waits for more. */
    final void sendBytes(InputStream in) throws IOException, InterruptedException, CommandFailure {
        byte[] chunk = new byte[sink.maxMessageSize()];
        for (int count = in.read(chunk); count > 0; count = in.read(chunk)) {
            send(chunk, 0, count);
        }
    }

    /** Sends each line as soon as it is complete, and at the end what is left of one. */
    final void sendLines(InputStream in) throws IOException, InterruptedException, CommandFailure {
        byte[] chunk = new byte[sink.maxMessageSize() + 1];
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
                    sink.name()
                            + ": a line has more than the "
                            + sink.maxMessageSize()
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
        send(ByteBuffer.wrap(bytes, offset, length), System.nanoTime());
    }

    /** Sends a message when there is room for it. */
    final void sendWithinTime(ByteBuffer message, long start)
            throws IOException, InterruptedException, CommandFailure {
        timeout.require(sink.send(message, left(start)), sink.name(), "no room");
    }

    /** Returns how long may be waited yet. */
    final Duration left(long start) {
        return timeout.value().minusNanos(System.nanoTime() - start);
    }
}
