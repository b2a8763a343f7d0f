// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;

/**
 * Where commands read and write. Bytes and text go the same way, unbuffered, and unlike {@link
 * System#out} it tells when they cannot be written.
 */
public final class StandardStreams {
    private final InputStream in;
    private final OutputStream out;
    private final PrintStream err;
    private final Charset charset;

    StandardStreams(InputStream in, OutputStream out, PrintStream err, Charset charset) {
        this.in = in;
        this.out = new Reporting(out);
        this.err = err;
        this.charset = charset;
    }

    static StandardStreams ofProcess() {
        return new StandardStreams(
                System.in,
                new FileOutputStream(FileDescriptor.out),
                System.err,
                System.out.charset());
    }

    /**
     * Returns standard input.
     *
     * @return the stream
     */
    public InputStream in() {
        return in;
    }

    /**
     * Returns standard output.
     *
     * @return the stream, whose failures say that they are its
     */
    public OutputStream out() {
        return out;
    }

    /**
     * Returns standard error.
     *
     * @return the stream
     */
    public PrintStream err() {
        return err;
    }

    /**
     * Prints lines on standard output.
     *
     * @param text the lines, without the last one's end
     * @throws IOException if standard output cannot be written
     */
    public void print(String text) throws IOException {
        out.write((text + System.lineSeparator()).getBytes(charset));
    }

    /** Says of its failures that they are standard output's. */
    private static final class Reporting extends OutputStream {
        private final OutputStream target;

        Reporting(OutputStream target) {
            this.target = target;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value});
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                target.write(bytes, offset, length);
            } catch (IOException e) {
                throw new OutputException(e);
            }
        }
    }
}
