// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.memory;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import org.ipc4j.Access;
import org.ipc4j.IncompatibleException;
import org.ipc4j.IpcException;
import org.ipc4j.jvm.sys.FileErrors;
import org.ipc4j.jvm.sys.FileWork;
import org.ipc4j.jvm.sys.JvmFiles;
import org.ipc4j.jvm.sys.NewFile;
import org.ipc4j.memory.MappedFile;
import org.ipc4j.memory.MappedFileMode;
import org.ipc4j.memory.MappedFileOptions;
import org.ipc4j.spi.Arguments;
import org.ipc4j.spi.CheckedMappedFile;
import org.ipc4j.spi.LocalFile;
import org.ipc4j.spi.Mapping;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Set;

/** {@link FileChannel#map(FileChannel.MapMode, long, long, Arena)} of a file. */
final class JvmMappedFile extends CheckedMappedFile<Mapping> {
    private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ, NOFOLLOW_LINKS);
    private static final Set<OpenOption> READ_WRITE =
            Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, NOFOLLOW_LINKS);

    private final LocalFile file;
    private final MappedFileOptions options;
    private final FileChannel channel;

    /** Tells whether the path leads to this file still; null where the system does not tell. */
    private final Object key;

    /**
     * The file once more, to ask for its size. No interrupt closes such a channel, so that can be
     * done without {@link FileWork}. Null where the system does not tell files apart; there none is
     * truncated that is mapped, either.
     */
    private final AsynchronousFileChannel measure;

    private JvmMappedFile(
            LocalFile file,
            MappedFileOptions options,
            FileChannel channel,
            AsynchronousFileChannel measure,
            Object key,
            Mapping first) {
        super(file, options, first);
        this.file = file;
        this.options = options;
        this.channel = channel;
        this.measure = measure;
        this.key = key;
    }

    static MappedFile create(LocalFile file, long byteSize, Access access) throws IpcException {
        return FileWork.call(
                "create",
                file.name(),
                () -> {
                    try (NewFile created =
                            Reservation.begin(file.name(), file.path(), byteSize, access)) {
                        created.publish();
                    }
                    return openNow(file, MappedFileOptions.DEFAULT.withAccess(access));
                });
    }

    static MappedFile open(LocalFile file, MappedFileOptions options) throws IpcException {
        return FileWork.call("open", file.name(), () -> openNow(file, options));
    }

    private static MappedFile openNow(LocalFile file, MappedFileOptions options)
            throws IOException {
        while (true) {
            MappedFile opened = openUnlessReplaced(file, options);
            if (opened != null) {
                return opened;
            }
            Thread.onSpinWait(); // somebody has replaced the file meanwhile: open theirs
        }
    }

    private static MappedFile openUnlessReplaced(LocalFile file, MappedFileOptions options)
            throws IOException {
        Path path = file.path();
        JvmFiles.requireAcceptable(file.name(), path, options.access());
        Object key = key(path);
        boolean isRead = options.mode() == MappedFileMode.READ_ONLY;
        FileChannel channel = FileChannel.open(path, isRead ? READ : READ_WRITE);
        AsynchronousFileChannel measure = null;
        try {
            if (key != null) {
                measure = AsynchronousFileChannel.open(path, READ, null);
                if (!key.equals(key(path))) {
                    close(channel, measure);
                    return null;
                }
            }
            long length = length(file.name(), options, channel.size());
            Mapping first = map(channel, file, options, length);
            return new JvmMappedFile(file, options, channel, measure, key, first);
        } catch (Throwable e) {
            close(channel, measure);
            throw e;
        }
    }

    private static void close(FileChannel channel, AsynchronousFileChannel measure)
            throws IOException {
        try (channel) {
            if (measure != null) {
                measure.close();
            }
        }
    }

    private static Object key(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, NOFOLLOW_LINKS).fileKey();
    }

    private static Mapping map(
            FileChannel channel, LocalFile file, MappedFileOptions options, long byteSize)
            throws IOException {
        FileChannel.MapMode mode =
                switch (options.mode()) {
                    case READ_ONLY -> FileChannel.MapMode.READ_ONLY;
                    case READ_WRITE -> FileChannel.MapMode.READ_WRITE;
                    case PRIVATE -> FileChannel.MapMode.PRIVATE;
                };
        Arena arena = Arena.ofShared();
        try {
            MemorySegment segment = channel.map(mode, options.range().position(), byteSize, arena);
            return new Mapping(file.name(), segment, arena::close);
        } catch (Throwable e) {
            arena.close();
            throw e;
        }
    }

    private <T> T call(String call, FileWork.Work<T> work) throws IpcException {
        return FileWork.call(
                call,
                name(),
                () -> {
                    try {
                        return work.run();
                    } catch (ClosedChannelException e) {
                        throw Arguments.closed(name());
                    }
                });
    }

    @Override
    protected long sizeNow() throws IpcException {
        if (measure == null) {
            return call("size", channel::size);
        }
        try {
            return measure.size();
        } catch (ClosedChannelException e) {
            throw Arguments.closed(name());
        } catch (IOException e) {
            throw FileErrors.exception(e, "size", name());
        }
    }

    @Override
    protected Mapping mapNow(long byteSize) throws IpcException {
        return call("map", () -> map(channel, file, options, byteSize));
    }

    @Override
    protected void reserveNow(long from, long to) throws IpcException {
        call(
                "grow",
                () -> {
                    Path path = file.path();
                    try (FileChannel end =
                            FileChannel.open(path, StandardOpenOption.APPEND, NOFOLLOW_LINKS)) {
                        if (!Objects.equals(key, key(path))) {
                            throw new IncompatibleException(
                                    name(),
                                    "its name leads to another file by now; plain Java cannot make"
                                            + " this one longer");
                        }
                        Reservation.extend(name(), path, end, from, to);
                    }
                    return null;
                });
    }

    @Override
    protected void forceNow(Mapping mapping, long offset, long length) throws IpcException {
        call(
                "force",
                () -> {
                    try {
                        mapping.segment().asSlice(offset, length).force();
                    } catch (UncheckedIOException e) {
                        throw e.getCause();
                    }
                    return null;
                });
    }

    @Override
    protected void closeFile() {
        try {
            FileWork.call(() -> {
                close(channel, measure);
                return null;
            });
        } catch (IOException e) {
            throw new UncheckedIOException("a file that is not written through it", e);
        }
    }
}
