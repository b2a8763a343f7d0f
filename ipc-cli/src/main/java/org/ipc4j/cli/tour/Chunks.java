// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli.tour;

import org.ipc4j.cli.CommandFailure;
import org.ipc4j.cli.peer.Patience;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/** How a stream of bytes goes through a channel, whatever that is called. */
final class Chunks {
    /** How many bytes go at once. */
    static final int SIZE = 1 << 16;

    private Chunks() {}

    /** A read or a write that waits so long. */
    @FunctionalInterface
    interface Transfer {
        int within(ByteBuffer bytes, Duration time) throws IOException, InterruptedException;
    }

    /** Reads to the end. */
    static void receive(Transfer read, Receipt receipt, Patience patience)
            throws IOException, InterruptedException, CommandFailure {
        ByteBuffer chunk = ByteBuffer.allocate(SIZE);
        int[] count = {0};
        do {
            chunk.clear();
            patience.until(time -> {
                count[0] = read.within(chunk, time);
                return count[0] != 0;
            });
            receipt.add(chunk.array(), chunk.position());
        } while (count[0] > 0);
    }

    /** Writes all of a chunk. */
    static void send(Transfer write, byte[] chunk, int length, Patience patience)
            throws IOException, InterruptedException, CommandFailure {
        ByteBuffer bytes = ByteBuffer.wrap(chunk, 0, length);
        while (bytes.hasRemaining()) {
            patience.until(time -> write.within(bytes, time) > 0);
        }
    }

    /** Tells people how many there were. */
    static String steps(long count) {
        return count + " writes of " + (SIZE >> 10) + " KiB";
    }
}
