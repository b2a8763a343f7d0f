// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli;

import org.ipc4j.channel.Presence;
import org.ipc4j.channel.Receiver;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;

/** Writes messages, and notices when nobody sends any more. */
final class ChannelOutput {
    /** How often to look whether the senders are still there. */
    private static final Duration GLANCE = Duration.ofMillis(50);

    private static final int BATCH = 256;

    private final Receiver receiver;
    private final OutputStream out;
    private final boolean lines;
    private final byte[] bytes;

    /** Of each sender: whether it was there, or a message of its was. */
    private final boolean[] came;

    private long count;

    ChannelOutput(Receiver receiver, OutputStream out, boolean lines) {
        this.receiver = receiver;
        this.out = out;
        this.lines = lines;
        this.bytes = new byte[receiver.maxMessageSize() + 1];
        this.came = new boolean[receiver.senders()];
    }

    /** Receives until that many have come, or none comes any more. */
    void receive(long wanted, boolean follow, TimeoutOption timeout)
            throws IOException, InterruptedException, CommandFailure {
        long last = System.nanoTime();
        while (count < wanted) {
            if (poll(wanted) > 0) {
                last = System.nanoTime();
                continue;
            }
            Duration left = timeout.value().minusNanos(System.nanoTime() - last);
            if (receiver.await(left.compareTo(GLANCE) < 0 ? left : GLANCE)) {
                continue;
            }
            if (!follow && allLeft() && poll(wanted) == 0) {
                requireComplete(wanted);
                return;
            }
            timeout.require(left.compareTo(GLANCE) > 0, receiver.name(), "no message");
        }
    }

    private int poll(long wanted) throws IOException {
        try {
            return receiver.poll(this::write, (int) Math.min(BATCH, wanted - count));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void write(MemorySegment memory, long offset, int length) {
        MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, offset, bytes, 0, length);
        bytes[length] = '\n';
        try {
            out.write(bytes, 0, lines ? length + 1 : length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        came[receiver.sender()] = true;
        count++;
    }

    /** Tells whether somebody came, and nobody is there now. What they sent may still be there. */
    private boolean allLeft() throws IOException {
        boolean anybodyCame = false;
        for (int i = 0; i < came.length; i++) {
            if (receiver.sender(i) == Presence.PRESENT) {
                came[i] = true;
                return false;
            }
            anybodyCame |= came[i];
        }
        return anybodyCame;
    }

    private void requireComplete(long wanted) throws IOException, CommandFailure {
        for (int i = 0; i < came.length; i++) {
            if (came[i] && receiver.sender(i) == Presence.DIED) {
                throw gone("sender " + i + " has died");
            }
        }
        if (wanted != Long.MAX_VALUE) {
            throw gone("the senders have left");
        }
    }

    private CommandFailure gone(String how) {
        return new CommandFailure(
                ExitStatus.PEER_CLOSED,
                receiver.name() + ": " + how + "; " + count + " messages came");
    }
}
