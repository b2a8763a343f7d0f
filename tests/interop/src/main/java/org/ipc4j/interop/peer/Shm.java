// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop.peer;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.memory.AnonymousMemoryOptions;
import org.ipc4j.memory.MemoryWriters;
import org.ipc4j.memory.SharedMemory;
import org.ipc4j.memory.SharedMemoryOptions;
import org.ipc4j.spi.AdoptableHandle;
import org.ipc4j.spi.NativeHandle;
import org.ipc4j.stream.HandleKind;
import org.ipc4j.stream.Passable;
import org.ipc4j.stream.ReceivedHandle;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** {@code shm}: {@link SharedMemory}. */
final class Shm implements Mechanism {
    private SharedMemory memory;

    @Override
    public String obey(String verb, Words words) throws Exception {
        switch (verb) {
            case "create" -> memory = SharedMemory.create(words.name(), options(words));
            case "createOrOpen" -> memory = SharedMemory.createOrOpen(words.name(), options(words));
            case "open" -> memory = SharedMemory.open(words.name(), words.access(1));
            case "openReadOnly" ->
                    memory = SharedMemory.openReadOnly(words.name(), words.access(1));
            case "anonymous" -> memory = SharedMemory.anonymous(anonymous(words));
            case "adopt" -> memory = SharedMemory.adopt(received(words.text(0)));
            case "adoptUnsealed" -> memory = SharedMemory.adoptUnsealed(received(words.text(0)));
            case "isReadOnly" -> {
                return Boolean.toString(memory.segment().isReadOnly());
            }
            case "size" -> {
                return Long.toString(memory.byteSize());
            }
            case "write" -> Content.fill(memory.segment(), words.big(0));
            case "verify" -> {
                long mismatch = Content.mismatch(memory.segment(), words.big(0));
                if (mismatch >= 0) {
                    throw new IllegalStateException("differs at " + mismatch);
                }
            }
            case "digest" -> {
                return Content.digest(memory.segment().toArray(ValueLayout.JAVA_BYTE));
            }
            case "close" -> memory.close();
            case "unlink" -> {
                return Mechanism.done(SharedMemory.remove(words.name()));
            }
            case "runCreator" ->
                    Creator.run(
                            () -> SharedMemory.create(words.name(), full(words)),
                            () -> SharedMemory.remove(words.name()));
            default -> Mechanism.unknown(verb);
        }
        return verb.matches("create.*|open.*|anonymous|adopt.*") ? memory.nativeKey() : "";
    }

    Passable passable() {
        return (Passable) memory; // only memory without a name is
    }

    void adopt(ReceivedHandle received) throws IpcException {
        memory = SharedMemory.adopt(received);
    }

    private static AnonymousMemoryOptions anonymous(Words words) {
        AnonymousMemoryOptions options = AnonymousMemoryOptions.ofSize(words.big(0));
        return options.writableBy(MemoryWriters.valueOf(words.text(1)))
                .initializedBy(segment -> Content.fill(segment, 0));
    }

    /** What a path leads to, as if it had come over a socket: as a descriptor of our own. */
    private static AdoptableHandle received(String path) throws IOException {
        RandomAccessFile file = new RandomAccessFile(path, "rw");
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            Object key = Files.readAttributes(Path.of(path), "unix:dev,ino");
            for (Path fd : all.toList()) {
                if (Files.exists(fd) && key.equals(Files.readAttributes(fd, "unix:dev,ino"))) {
                    IpcName name = IpcName.ofNative(path);
                    return new AdoptableHandle(
                            "posix",
                            name,
                            HandleKind.MEMORY,
                            new NativeHandle(
                                    name,
                                    Long.parseLong(fd.getFileName().toString()),
                                    closed -> close(file)));
                }
            }
        }
        throw new FileNotFoundException(path);
    }

    private static void close(RandomAccessFile file) {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Memory that is never seen without its content. */
    private static SharedMemoryOptions full(Words words) {
        return options(words).initializedBy(segment -> Content.fill(segment, 0));
    }

    private static SharedMemoryOptions options(Words words) {
        return SharedMemoryOptions.ofSize(words.big(1)).withAccess(words.access(2));
    }
}
