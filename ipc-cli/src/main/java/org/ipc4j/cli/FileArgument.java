// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli;

import picocli.CommandLine.Parameters;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The argument {@code FILE}, which may be {@code -}. */
final class FileArgument {
    private static final String STANDARD = "-";

    @Parameters(
            index = "0+",
            arity = "0..1",
            paramLabel = "FILE",
            defaultValue = STANDARD,
            description = "The file to read or to write; - or nothing is standard input or output.")
    private String file;

    /** Does something with a stream. */
    @FunctionalInterface
    interface Use<S> {
        void with(S stream) throws IOException, InterruptedException, CommandFailure;
    }

    void read(StandardStreams streams, Use<InputStream> use)
            throws IOException, InterruptedException, CommandFailure {
        if (file.equals(STANDARD)) {
            use.with(streams.in());
        } else {
            try (InputStream in = new FileInputStream(file)) {
                use.with(in);
            }
        }
    }

    void write(StandardStreams streams, Use<OutputStream> use)
            throws IOException, InterruptedException, CommandFailure {
        if (file.equals(STANDARD)) {
            use.with(streams.out());
        } else {
            try (OutputStream out = new FileOutputStream(file)) {
                use.with(out);
            }
        }
    }
}
