// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli;

import org.ipc4j.IpcException;
import org.ipc4j.memory.SharedMemory;
import org.ipc4j.memory.SharedMemoryOptions;
import org.ipc4j.spi.SharedMemoryProvider;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;

/** {@code ipc shm}. */
@Command(name = "shm", description = "Shared memory.")
final class ShmCommand {
    private static final int CHUNK = 64 * 1024;

    @ParentCommand private IpcCommand ipc;

    @Command(description = "Creates shared memory, all zeros.")
    void create(
            @Mixin NameArgument name,
            @Mixin CreateOptions options,
            @Option(
                            names = "--size",
                            paramLabel = "BYTES",
                            required = true,
                            converter = SizeConverter.class,
                            description = "Its size: 4096, 64K, 1M, 2G.")
                    long size)
            throws IpcException {
        SharedMemoryOptions wanted = SharedMemoryOptions.ofSize(size).withAccess(options.access());
        (options.orOpen()
                        ? SharedMemory.createOrOpen(name.value(), wanted)
                        : SharedMemory.create(name.value(), wanted))
                .close();
    }

    @Command(description = "Shows the key and the size of shared memory.")
    void info(@Mixin NameArgument name, @Mixin AccessOption access, @Mixin InfoOutput output)
            throws IOException {
        try (SharedMemory memory = SharedMemory.openReadOnly(name.value(), access.value())) {
            Map<String, Object> facts = InfoOutput.facts(memory, SharedMemoryProvider.class);
            facts.put("byteSize", memory.byteSize());
            output.print(facts, ipc.streams());
        }
    }

    @Command(description = "Copies shared memory to a file.")
    void read(
            @Mixin NameArgument name,
            @Mixin FileArgument file,
            @Mixin AccessOption access,
            @Mixin OffsetOption offset,
            @Mixin LengthOption length)
            throws IOException, InterruptedException, CommandFailure {
        try (SharedMemory memory = SharedMemory.openReadOnly(name.value(), access.value())) {
            long start = offset.within(memory.name(), memory.byteSize());
            long count = length.within(memory.name(), memory.byteSize() - start);
            MemorySegment wanted = memory.segment().asSlice(start, count);
            file.write(ipc.streams(), out -> copy(wanted, out));
        }
    }

    private static void copy(MemorySegment source, OutputStream out) throws IOException {
        byte[] chunk = new byte[CHUNK];
        long done = 0;
        while (done < source.byteSize()) {
            int count = (int) Math.min(chunk.length, source.byteSize() - done);
            MemorySegment.copy(source, ValueLayout.JAVA_BYTE, done, chunk, 0, count);
            out.write(chunk, 0, count);
            done += count;
        }
    }

    @Command(description = "Copies a file to shared memory, which must have room for all of it.")
    void write(
            @Mixin NameArgument name,
            @Mixin FileArgument file,
            @Mixin AccessOption access,
            @Mixin OffsetOption offset)
            throws IOException, InterruptedException, CommandFailure {
        try (SharedMemory memory = SharedMemory.open(name.value(), access.value())) {
            MemorySegment target =
                    memory.segment().asSlice(offset.within(memory.name(), memory.byteSize()));
            file.read(ipc.streams(), in -> copy(in, target, memory));
        }
    }

    private static void copy(InputStream in, MemorySegment target, SharedMemory memory)
            throws IOException, CommandFailure {
        byte[] chunk = new byte[CHUNK];
        long done = 0;
        for (int count = in.read(chunk); count > 0; count = in.read(chunk)) {
            int fitting = (int) Math.min(count, target.byteSize() - done);
            MemorySegment.copy(chunk, 0, target, ValueLayout.JAVA_BYTE, done, fitting);
            done += fitting;
            if (fitting < count) {
                throw new CommandFailure(
                        ExitStatus.LIMIT,
                        memory.name()
                                + ": only the first "
                                + done
                                + " bytes fitted and were written");
            }
        }
    }

    @Command(description = "Deletes the name of shared memory.")
    void remove(@Mixin NameArgument name) throws IpcException, CommandFailure {
        name.remove(SharedMemory::remove);
    }
}
