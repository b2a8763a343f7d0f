// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop.peer;

import org.ipc4j.PeerClosedException;
import org.ipc4j.channel.MessageSink;
import org.ipc4j.channel.MessageSource;

import java.nio.ByteBuffer;
import java.time.Duration;

/** Sends and receives numbered messages through a channel or a topic, many with one line. */
final class Numbering {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration SHORTLY = Duration.ofMillis(5);

    private Numbering() {}

    /** {@code FIRST COUNT}: sends so many, waiting for room. */
    static String send(MessageSink sink, Mechanism.Words words) throws Exception {
        long first = words.big(0);
        for (long i = first; i < first + words.big(1); i++) {
            ByteBuffer message = ByteBuffer.wrap(Content.message(i, sink.maxMessageSize()));
            long begun = System.nanoTime();
            while (!isSent(sink, message)) {
                if (System.nanoTime() - begun > PATIENCE.toNanos()) {
                    throw new IllegalStateException("there is no room for " + i);
                }
            }
        }
        return "";
    }

    private static boolean isSent(MessageSink sink, ByteBuffer message) throws Exception {
        try {
            return sink.send(message, SHORTLY);
        } catch (PeerClosedException e) {
            Thread.sleep(SHORTLY); // the next receiver comes
            return false;
        }
    }

    /**
     * {@code LAST}: receives until that one has come, and answers {@code FIRST COUNT} of those
     * before it, each the next one of the one before it; {@code - 0} if there was none.
     */
    static String receive(MessageSource source, Mechanism.Words words) throws Exception {
        long last = words.big(0);
        ByteBuffer target = ByteBuffer.allocate(source.maxMessageSize());
        long first = 0;
        long count = 0;
        while (true) {
            if (source.receive(target.clear(), PATIENCE) == MessageSource.NONE) {
                throw new IllegalStateException(last + " does not come, after " + count);
            }
            long sequence =
                    Content.sequence(target.flip(), source.maxMessageSize())
                            .orElseThrow(() -> new IllegalStateException("torn"));
            if (sequence == last) {
                return count == 0 ? "- 0" : first + " " + count;
            }
            if (count == 0) {
                first = sequence;
            } else if (sequence != first + count) {
                throw new IllegalStateException(sequence + " instead of " + (first + count));
            }
            count++;
        }
    }
}
