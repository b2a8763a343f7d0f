// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli;

import org.ipc4j.channel.MessageSource;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;

/** Writes messages, and notices when nobody sends any more. */
abstract class MessageOutput {
    /** How many messages are as many as come. */
    static final long ALL = Long.MAX_VALUE;

    /** How often to look whether those who send are still there. */
    private static final Duration GLANCE = Duration.ofMillis(50);

    private static final int BATCH = 256;

    private final MessageSource source;
    private final OutputStream out;
    private final boolean lines;
    private final byte[] bytes;
    private long count;

    MessageOutput(MessageSource source, OutputStream out, boolean lines) {
        this.source = source;
        this.out = out;
        this.lines = lines;
        this.bytes = new byte[source.maxMessageSize() + 1];
    }

    /** Takes note of who has sent the message that is being handled. */
    abstract void noteSender();

    /** Tells whether somebody came, and nobody is there now. What they sent may still be there. */
    abstract boolean allLeft() throws IOException;

    /** Ends the command if one who came has died. */
    abstract void requireNoneDied() throws IOException, CommandFailure;

    /** Says who has left, when all have. */
    abstract String allHaveLeft();

    /** Receives until that many have come, or none comes any more. */
    final void receive(long wanted, boolean follow, TimeoutOption timeout)
            throws IOException, InterruptedException, CommandFailure {
        long last = System.nanoTime();
        while (count < wanted) {
            if (poll(wanted) > 0) {
                last = System.nanoTime();
                continue;
            }
            Duration left = timeout.value().minusNanos(System.nanoTime() - last);
            if (source.await(left.compareTo(GLANCE) < 0 ? left : GLANCE)) {
                continue;
            }
            if (!follow && allLeft() && poll(wanted) == 0) {
                requireNoneDied();
                if (wanted != ALL) {
                    throw gone(allHaveLeft());
                }
                return;
            }
            timeout.require(left.compareTo(GLANCE) > 0, source.name(), "no message");
        }
    }

    private int poll(long wanted) throws IOException {
        try {
            return source.poll(this::write, (int) Math.min(BATCH, wanted - count));
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
        noteSender();
        count++;
    }

    /** Returns how many messages came. */
    final long count() {
        return count;
    }

    final CommandFailure gone(String how) {
        return new CommandFailure(
                ExitStatus.PEER_CLOSED,
                source.name() + ": " + how + "; " + count + " messages came");
    }
}
