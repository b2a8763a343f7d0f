// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli;

import org.ipc4j.Ipc;
import org.ipc4j.IpcException;
import org.ipc4j.memory.MappedFile;
import org.ipc4j.memory.MappedFileMode;
import org.ipc4j.memory.MappedFileOptions;
import org.ipc4j.spi.MappedFileProvider;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code ipc mmap}. */
@Command(name = "mmap", description = "Mapped files: files as memory, which outlive a restart.")
final class MmapCommand {
    private static final int CHUNK = 64 * 1024;

    @ParentCommand private IpcCommand ipc;

    @Command(description = "Creates a file of zeros whose space is reserved.")
    void create(
            @Mixin MappedFileArgument mapped,
            @Mixin CreateOptions options,
            @Option(
                            names = "--size",
                            paramLabel = "BYTES",
                            required = true,
                            converter = SizeConverter.class,
                            description = "Its size: 4096, 64K, 1M, 2G.")
                    long size)
            throws IpcException {
        (options.orOpen()
                        ? MappedFile.createOrOpen(mapped.value(), size, options.access())
                        : MappedFile.create(mapped.value(), size, options.access()))
                .close();
    }

    @Command(description = "Makes a file longer, with its space reserved; others see that.")
    void grow(
            @Mixin MappedFileArgument mapped,
            @Mixin AccessOption access,
            @Option(
                            names = "--size",
                            paramLabel = "BYTES",
                            required = true,
                            converter = SizeConverter.class,
                            description = "Its new size; a file that is longer stays as it is.")
                    long size)
            throws IpcException {
        try (MappedFile file = open(mapped, access, MappedFileMode.READ_WRITE)) {
            file.grow(size);
        }
    }

    @Command(description = "Shows the path and the size of a file.")
    void info(
            @Mixin MappedFileArgument mapped, @Mixin AccessOption access, @Mixin InfoOutput output)
            throws IOException {
        try (MappedFile file = open(mapped, access, MappedFileMode.READ_ONLY)) {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("path", file.path());
            facts.put("provider", Ipc.provider(MappedFileProvider.class).name());
            facts.put("byteSize", file.byteSize());
            output.print(facts, ipc.streams());
        }
    }

    @Command(description = "Copies what is mapped to a file.")
    void read(
            @Mixin MappedFileArgument mapped,
            @Mixin FileArgument target,
            @Mixin AccessOption access,
            @Mixin OffsetOption offset,
            @Mixin LengthOption length)
            throws IOException, InterruptedException, CommandFailure {
        try (MappedFile file = open(mapped, access, MappedFileMode.READ_ONLY)) {
            long start = offset.within(file.path(), file.byteSize());
            long count = length.within(file.path(), file.byteSize() - start);
            target.write(ipc.streams(), out -> copy(file, start, count, out));
        }
    }

    private static void copy(MappedFile file, long offset, long length, OutputStream out)
            throws IOException {
        byte[] chunk = new byte[CHUNK];
        for (long done = 0; done < length; done += CHUNK) {
            int count = (int) Math.min(CHUNK, length - done);
            file.read(offset + done, MemorySegment.ofArray(chunk).asSlice(0, count));
            out.write(chunk, 0, count);
        }
    }

    @Command(description = "Copies a file to what is mapped, which must have room for all of it.")
    void write(
            @Mixin MappedFileArgument mapped,
            @Mixin FileArgument source,
            @Mixin AccessOption access,
            @Mixin OffsetOption offset,
            @Option(names = "--force", description = "Wait until it is on the disk.") boolean force)
            throws IOException, InterruptedException, CommandFailure {
        try (MappedFile file = open(mapped, access, MappedFileMode.READ_WRITE)) {
            long start = offset.within(file.path(), file.byteSize());
            source.read(ipc.streams(), in -> copy(in, file, start));
            if (force) {
                file.force();
            }
        }
    }

    private static void copy(InputStream in, MappedFile file, long offset)
            throws IOException, CommandFailure {
        byte[] chunk = new byte[CHUNK];
        long at = offset;
        for (int count = in.read(chunk); count > 0; count = in.read(chunk)) {
            int fitting = (int) Math.min(count, file.byteSize() - at);
            file.write(at, MemorySegment.ofArray(chunk).asSlice(0, fitting));
            at += fitting;
            if (fitting < count) {
                throw new CommandFailure(
                        ExitStatus.LIMIT,
                        file.path()
                                + ": only the first "
                                + (at - offset)
                                + " bytes fitted and were written; make it longer with grow");
            }
        }
    }

    private static MappedFile open(
            MappedFileArgument mapped, AccessOption access, MappedFileMode mode)
            throws IpcException {
        MappedFileOptions options = MappedFileOptions.DEFAULT.withMode(mode);
        return MappedFile.open(mapped.value(), options.withAccess(access.value()));
    }
}
