// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.stream;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.stream.LocalSocket;
import org.ipc4j.stream.NamedPipeConnection;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.time.Duration;

/**
 * One end of a connection that goes both ways, whatever its type is.
 *
 * @param channel the end itself
 * @param read its read with a time-out
 * @param write its write with a time-out
 */
record End(ByteChannel channel, Transfer read, Transfer write) {
    /** A read or a write. */
    @FunctionalInterface
    interface Transfer {
        int within(ByteBuffer bytes, Duration timeout) throws IOException, InterruptedException;
    }

    static End of(LocalSocket socket) {
        return new End(socket, socket::read, socket::write);
    }

    static End of(NamedPipeConnection connection) {
        return new End(connection, connection::read, connection::write);
    }

    /** Reads exactly so many bytes. */
    String next(int length) throws IOException, InterruptedException {
        ByteBuffer target = ByteBuffer.allocate(length);
        while (target.hasRemaining()) {
            int count = read.within(target, Pipes.LONG);
            assertTrue(
                    count > 0,
                    () -> "read gave " + count + " after " + target.position() + " bytes");
        }
        return Pipes.text(target.flip());
    }

    /** Writes until there is no room for a single byte. */
    long fill() throws IOException, InterruptedException {
        long total = 0;
        for (int size = 1 << 12; size > 0; size >>= 1) {
            int count;
            do {
                count = write.within(ByteBuffer.allocate(size), Duration.ofMillis(1));
                total += count;
            } while (count > 0);
        }
        return total;
    }

    /** Reads what is there, as long as more comes. */
    long drain() throws IOException, InterruptedException {
        ByteBuffer target = ByteBuffer.allocateDirect(1 << 16);
        long total = 0;
        while (read.within(target.clear(), Duration.ofMillis(10)) > 0) {
            total += target.position();
        }
        return total;
    }
}
