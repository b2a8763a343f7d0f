// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop.peer;

import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What a victim says before and after each operation, in a way that survives its death: one write
 * of nine bytes to a pipe, which the system does whole or not at all.
 *
 * @param kind a small letter when an operation begins, the capital when it is done, X when it
 *     failed
 * @param value the operation's number
 */
public record Event(char kind, long value) {
    private static final FileOutputStream OUT = new FileOutputStream(FileDescriptor.out);

    /**
     * Tells the harness.
     *
     * @param kind what happened
     * @param value the operation's number
     */
    static void tell(char kind, long value) {
        byte[] record = ByteBuffer.allocate(1 + Long.BYTES).put((byte) kind).putLong(value).array();
        try {
            OUT.write(record);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // nobody listens any more
        }
    }

    /**
     * Reads the next event of a victim.
     *
     * @param victim its standard output
     * @return the event, or empty when there is none after the last
     * @throws IOException if it cannot be read
     */
    public static Optional<Event> next(InputStream victim) throws IOException {
        byte[] record = victim.readNBytes(1 + Long.BYTES);
        if (record.length == 0) {
            return Optional.empty();
        }
        if (record.length <= Long.BYTES) {
            throw new EOFException("half an event");
        }
        ByteBuffer buffer = ByteBuffer.wrap(record);
        return Optional.of(new Event((char) buffer.get(), buffer.getLong()));
    }
}
