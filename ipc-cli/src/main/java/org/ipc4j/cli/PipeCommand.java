// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.stream.NamedPipe;
import org.ipc4j.stream.NamedPipeOptions;
import org.ipc4j.stream.NamedPipeReader;
import org.ipc4j.stream.NamedPipeWriter;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/** {@code ipc pipe}. */
@Command(name = "pipe", description = "Named pipes: one-way streams of bytes with one reader.")
final class PipeCommand {
    private static final int CHUNK = 64 * 1024;

    @ParentCommand private IpcCommand ipc;

    @Command(
            description =
                    "Creates a pipe, waits for a writer and copies to a file until the last writer"
                            + " has closed.")
    void read(
            @Mixin NameArgument name,
            @Mixin FileArgument file,
            @Mixin AccessOption access,
            @Mixin TimeoutOption timeout,
            @Option(
                            names = "--existing",
                            description = "Read a pipe that is there, as mkfifo makes it.")
                    boolean existing)
            throws IOException, InterruptedException, CommandFailure {
        try (NamedPipeReader pipe =
                existing
                        ? NamedPipe.openReader(name.value(), access.value())
                        : NamedPipe.createReader(
                                name.value(), new NamedPipeOptions(access.value()))) {
            timeout.require(pipe.awaitWriter(timeout.value()), name.value(), "no writer");
            file.write(ipc.streams(), out -> copy(pipe, out));
        }
    }

    private static void copy(NamedPipeReader pipe, OutputStream out) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        while (pipe.read(chunk) >= 0) {
            out.write(chunk.array(), 0, chunk.position());
            chunk.clear();
        }
    }

    @Command(
            description =
                    "Waits for a pipe's reader and copies a file to it. A FIFO made by mkfifo will"
                            + " do, too.")
    void write(
            @Mixin NameArgument name,
            @Mixin FileArgument file,
            @Mixin AccessOption access,
            @Mixin TimeoutOption timeout)
            throws IOException, InterruptedException, CommandFailure {
        IpcName pipeName = name.value();
        Optional<NamedPipeWriter> opened =
                NamedPipe.openWriter(pipeName, access.value(), timeout.value());
        timeout.require(opened.isPresent(), pipeName, "no reader");
        try (NamedPipeWriter pipe = opened.orElseThrow()) {
            file.read(ipc.streams(), in -> copy(in, pipe));
        }
    }

    private static void copy(InputStream in, NamedPipeWriter pipe) throws IOException {
        byte[] chunk = new byte[CHUNK];
        for (int count = in.read(chunk); count > 0; count = in.read(chunk)) {
            pipe.write(ByteBuffer.wrap(chunk, 0, count));
        }
    }

    @Command(description = "Deletes a pipe's name that a reader has left behind.")
    void remove(@Mixin NameArgument name) throws IpcException, CommandFailure {
        name.remove(NamedPipe::remove);
    }
}
