// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * The command, called in this process.
 *
 * @param status its exit status
 * @param out what it wrote to standard output
 * @param err what it wrote to standard error
 */
record Called(int status, String out, String err) {
    static Called ipc(String... words) {
        return ipc(InputStream.nullInputStream(), words);
    }

    static Called ipcWithInput(String input, String... words) {
        return ipc(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), words);
    }

    /** Writes what is standard output of others to a stream that keeps it too. */
    static Called ipc(ByteArrayOutputStream out, String... words) {
        return ipc(InputStream.nullInputStream(), out, words);
    }

    private static Called ipc(InputStream in, String... words) {
        return ipc(in, new ByteArrayOutputStream(), words);
    }

    private static Called ipc(InputStream in, ByteArrayOutputStream out, String... words) {
        var err = new ByteArrayOutputStream();
        var streams =
                new StandardStreams(
                        in,
                        out,
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        StandardCharsets.UTF_8);
        int status =
                IpcCommand.commandLine(streams, words)
                        .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
                        .execute(words);
        return new Called(
                status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
