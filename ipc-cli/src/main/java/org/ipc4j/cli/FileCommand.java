// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli;

import org.ipc4j.file.FileExchange;
import org.ipc4j.file.FileLockMode;
import org.ipc4j.file.FileVersion;
import org.ipc4j.file.HeldFileLock;
import org.ipc4j.file.Publication;
import org.ipc4j.file.SharedFileLock;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** {@code ipc file}. */
@Command(
        name = "file",
        description = "Files: locks of them, and contents that are replaced all at once.")
final class FileCommand {
    private static final int CHUNK = 64 * 1024;

    @ParentCommand private IpcCommand ipc;

    /** A version that is known already. */
    static final class AfterOption {
        @Option(
                names = "--after",
                paramLabel = "GENERATION",
                description = "Wait for a version that is newer than this one.")
        private Long generation;

        boolean isGiven() {
            return generation != null;
        }

        long value() {
            return generation == null ? 0 : generation;
        }
    }

    @Command(
            description = {
                "Locks a file, which is created if it is not there, and runs a command with its"
                        + " arguments under the lock: ipc file lock PATH -- make -j 4. Without a"
                        + " command it prints \"locked\" and keeps the lock until standard input"
                        + " ends.",
                "The exit status is that of the command. The lock is the system's: it goes with"
                        + " this process, however that ends, so a command that outlives it goes on"
                        + " without."
            })
    int lock(
            @Mixin PathArgument file,
            @Parameters(
                            index = "1..*",
                            arity = "0..*",
                            paramLabel = "COMMAND",
                            description = "What to run; after --, if it has options of its own.")
                    List<String> command,
            @Mixin AccessOption access,
            @Mixin TimeoutOption timeout,
            @Mixin RangeOptions range,
            @Option(names = "--shared", description = "Exclude only those who do not say this too.")
                    boolean isShared)
            throws IOException, InterruptedException, CommandFailure {
        FileLockMode mode = isShared ? FileLockMode.SHARED : FileLockMode.EXCLUSIVE;
        try (SharedFileLock locks = SharedFileLock.createOrOpen(file.value(), access.value())) {
            Optional<HeldFileLock> taken = locks.tryLock(mode, range.value(), timeout.value());
            if (taken.isEmpty()) {
                String holder = RangeOptions.holder(locks, mode, range.value());
                timeout.require(false, file.name(), "no lock" + holder);
            }
            try (HeldFileLock held = taken.orElseThrow()) {
                Objects.requireNonNull(held);
                return command == null || command.isEmpty() ? stay() : UnderLock.run(command);
            }
        }
    }

    /** Tells that the lock is held, and waits for the end of standard input. */
    private int stay() throws IOException {
        ipc.streams().print("locked");
        ipc.streams().in().transferTo(OutputStream.nullOutputStream());
        return ExitStatus.OK.code();
    }

    @Command(
            description =
                    "Copies a file to a new version, which replaces the one before all at once, and"
                            + " prints its generation.")
    void publish(@Mixin PathArgument path, @Mixin FileArgument file, @Mixin AccessOption access)
            throws IOException, InterruptedException, CommandFailure {
        try (FileExchange exchange = FileExchange.at(path.value(), access.value());
                Publication publication = exchange.begin()) {
            file.read(ipc.streams(), in -> copy(in, publication));
            ipc.streams().print(Long.toString(publication.commit()));
        }
    }

    private static void copy(InputStream in, Publication publication) throws IOException {
        byte[] chunk = new byte[CHUNK];
        for (int count = in.read(chunk); count > 0; count = in.read(chunk)) {
            publication.write(ByteBuffer.wrap(chunk, 0, count));
        }
    }

    @Command(
            description =
                    "Copies one version to a file: the one that is there, or with --after one that"
                            + " comes.")
    void read(
            @Mixin PathArgument path,
            @Mixin FileArgument file,
            @Mixin AccessOption access,
            @Mixin AfterOption after,
            @Mixin TimeoutOption timeout)
            throws IOException, InterruptedException, CommandFailure {
        try (FileExchange exchange = FileExchange.at(path.value(), access.value());
                FileVersion version = version(exchange, path, after, timeout)) {
            file.write(ipc.streams(), out -> copy(version.channel(), out));
        }
    }

    private static FileVersion version(
            FileExchange exchange, PathArgument path, AfterOption after, TimeoutOption timeout)
            throws IOException, InterruptedException, CommandFailure {
        if (after.isGiven()) {
            Optional<FileVersion> version = exchange.await(after.value(), timeout.value());
            timeout.require(version.isPresent(), path.name(), "no newer version");
            return version.orElseThrow();
        }
        Optional<FileVersion> version = exchange.read();
        if (version.isEmpty()) {
            throw new CommandFailure(ExitStatus.NOT_FOUND, path.name() + ": there is no such file");
        }
        return version.get();
    }

    private static void copy(FileChannel version, OutputStream out) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        while (version.read(chunk) >= 0) {
            out.write(chunk.array(), 0, chunk.position());
            chunk.clear();
        }
    }

    @Command(
            description =
                    "Prints a line for each version that comes, beginning with the one that is"
                            + " there: its generation and its size in bytes. Versions that follow"
                            + " each other fast are left out, but never the last one.")
    void watch(
            @Mixin PathArgument path,
            @Mixin AccessOption access,
            @Mixin AfterOption after,
            @Mixin TimeoutOption timeout,
            @Option(
                            names = "--count",
                            paramLabel = "N",
                            description = "End after so many versions.")
                    Long count)
            throws IOException, InterruptedException, CommandFailure {
        if (count != null && count < 1) {
            throw new IllegalArgumentException("--count is 1 or more, not " + count);
        }
        try (FileExchange exchange = FileExchange.at(path.value(), access.value())) {
            long seen = after.value();
            for (long i = 0; count == null || i < count; i++) {
                Optional<FileVersion> next = exchange.await(seen, timeout.value());
                timeout.require(next.isPresent(), path.name(), "no newer version");
                try (FileVersion version = next.orElseThrow()) {
                    seen = version.generation();
                    ipc.streams().print(seen + " " + version.size());
                }
            }
        }
    }
}
