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

        /**
         * Writes until there is no room for a single byte.
         *
         * @param most how many bytes to write at once; if there is room for so many no longer, then
         *     half of it, and so on
         * @return how many bytes were written
         */
        default long fill(int most) throws IOException, InterruptedException {
            long total = 0;
            int size = most;
            while (size > 0) {
                int count = within(ByteBuffer.allocate(size), Duration.ofMillis(1));
                total += count;
                // Room may come meanwhile, as TCP makes it when it hears that something has
                // arrived.
                // To fill that byte by byte could take minutes.
                size = count > 0 ? Math.min(2 * size, most) : size / 2;
            }
            return total;
        }
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
        return write.fill(1 << 12);
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
