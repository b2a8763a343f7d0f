// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli;

import picocli.CommandLine.Command;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Calls a little of everything, so that the JVM that records it for the image's start-up archive
 * sees what all commands load. Says nothing and leaves nothing.
 */
@Command(name = RehearseCommand.NAME, hidden = true, description = "Makes the start-up archive.")
final class RehearseCommand implements Runnable {
    static final String NAME = "rehearse";

    @Override
    public void run() {
        String name = "ipc-rehearsal-" + UUID.randomUUID();
        IpcMain.run(nowhere(), Report.WORD);
        IpcMain.run(nowhere(), Report.WORD, "--json");
        call("--version");
        call("tour", "--help");
        call("bench", "--help");
        call("sem", "create", name);
        call("sem", "info", name);
        call("sem", "acquire", name, "--timeout", "1s");
        call("sem", "release", name);
        call("sem", "remove", name);
        call("mq", "create", name, "--capacity", "1", "--max-size", "64");
        call("mq", "info", name, "--json");
        call("mq", "send", name, "message", "--timeout", "1s");
        call("mq", "receive", name, "--timeout", "1s");
        call("mq", "remove", name);
        call("shm", "create", name, "--size", "4K");
        call("shm", "write", name);
        call("shm", "read", name);
        call("shm", "remove", name);
        call("pipe", "write", name, "--timeout", "0");
        call("pipe", "read", name, "--timeout", "0");
        call("channel", "create", name, "--capacity", "4K");
        call("channel", "info", name);
        call("channel", "send", name, "--lines");
        call("channel", "receive", name, "--timeout", "0");
        call("channel", "remove", name);
        call("channel", "create", name, "--subscribers", "1", "--capacity", "4K");
        call("channel", "info", name);
        call("channel", "publish", name, "--lines");
        call("channel", "subscribe", name, "--timeout", "0");
        call("channel", "remove", name);
        call("signal", "list");
        call("signal", "await", "WINCH", "--timeout", "0");
        call("signal", "probe", Long.toString(ProcessHandle.current().pid()));
        callOfFiles();
    }

    private static void callOfFiles() {
        try {
            Path directory = Files.createTempDirectory("ipc-rehearsal-");
            String file = directory.resolve("file").toString();
            call("file", "lock", file);
            call("file", "publish", file);
            call("file", "read", file);
            call("file", "watch", file, "--count", "1", "--timeout", "0");
            call("clean", file);
            Files.delete(directory.resolve(".file.ipc4j-lock"));
            Files.delete(directory.resolve("file"));
            Files.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // the archive would lack something
        }
    }

    private static void call(String... words) {
        IpcCommand.commandLine(nowhere(), words)
                .setOut(new PrintWriter(OutputStream.nullOutputStream()))
                .execute(words);
    }

    private static StandardStreams nowhere() {
        return new StandardStreams(
                InputStream.nullInputStream(),
                OutputStream.nullOutputStream(),
                new PrintStream(OutputStream.nullOutputStream()),
                StandardCharsets.UTF_8);
    }
}
