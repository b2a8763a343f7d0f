// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop.peer;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.memory.MappedFile;
import org.ipc4j.memory.MappedFileMode;
import org.ipc4j.memory.MappedFileOptions;
import org.ipc4j.stream.Passable;
import org.ipc4j.stream.ReceivedHandle;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code mmap}: {@link MappedFile}. A name that is no path is one in the temporary directory. */
final class Mmap implements Mechanism {
    private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));

    private MappedFile file;

    @Override
    public String obey(String verb, Words words) throws Exception {
        switch (verb) {
            case "create" -> file = MappedFile.create(path(words), words.big(1), words.access(2));
            case "createOrOpen" ->
                    file = MappedFile.createOrOpen(path(words), words.big(1), words.access(2));
            case "open" -> file = open(words, MappedFileMode.READ_WRITE);
            case "openReadOnly" -> file = open(words, MappedFileMode.READ_ONLY);
            case "size" -> {
                return Long.toString(file.byteSize());
            }
            case "grow" -> file.grow(words.big(0));
            case "refresh" -> {
                file.refresh();
                return Long.toString(file.byteSize());
            }
            case "write" -> Content.fill(file.segment(), words.big(0));
            case "verify" -> {
                long mismatch = Content.mismatch(file.segment(), words.big(0));
                if (mismatch >= 0) {
                    throw new IllegalStateException("differs at " + mismatch);
                }
            }
            case "digest" -> {
                return Content.digest(content());
            }
            case "copyOut" -> content();
            case "copyIn" -> file.write(0, MemorySegment.ofArray(new byte[(int) file.byteSize()]));
            case "force" -> file.force();
            case "heat" -> MemoryAccess.valueOf(words.text(0)).heat(file, words.number(1));
            case "access" -> {
                JvmPeer.ready();
                MemoryAccess.valueOf(words.text(0)).goOn(file);
            }
            case "close" -> file.close();
            case "unlink" -> {
                return Mechanism.done(Files.deleteIfExists(path(words)));
            }
            case "runCreator" ->
                    Creator.run(
                            () -> MappedFile.create(path(words), words.big(1)),
                            () -> Files.deleteIfExists(path(words)));
            case "runWriter" -> runWriter();
            default -> Mechanism.unknown(verb);
        }
        return verb.startsWith("create") || verb.startsWith("open") ? file.path().toString() : "";
    }

    Passable passable() {
        return file;
    }

    void adopt(ReceivedHandle received, MappedFileMode mode, Access access) throws IpcException {
        MappedFileOptions options = MappedFileOptions.DEFAULT.withMode(mode).withAccess(access);
        file = MappedFile.adopt(received, options);
    }

    private static Path path(Words words) {
        return TEMPORARY.resolve(words.text(0));
    }

    private static MappedFile open(Words words, MappedFileMode mode) throws IpcException {
        MappedFileOptions options = MappedFileOptions.DEFAULT.withMode(mode);
        return MappedFile.open(path(words), options.withAccess(words.access(1)));
    }

    private byte[] content() throws IpcException {
        byte[] content = new byte[(int) file.byteSize()];
        file.read(0, MemorySegment.ofArray(content));
        return content;
    }

    /** Writes numbers one behind the other until it is killed, into a file that grows. */
    private void runWriter() throws IpcException {
        JvmPeer.ready();
        for (long i = 0; ; i++) {
            long at = i * Long.BYTES;
            if (at + Long.BYTES > file.byteSize()) {
                long size = file.byteSize() + 4_000;
                Event.tell('g', size);
                file.grow(size);
                Event.tell('G', size);
            }
            Event.tell('w', i);
            file.segment().set(ValueLayout.JAVA_LONG_UNALIGNED, at, i);
            Event.tell('W', i);
        }
    }
}
