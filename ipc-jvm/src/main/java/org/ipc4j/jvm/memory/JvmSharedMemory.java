// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.memory;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import org.ipc4j.Access;
import org.ipc4j.IncompatibleException;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.jvm.sys.FileWork;
import org.ipc4j.jvm.sys.JvmFiles;
import org.ipc4j.jvm.sys.NameGuard;
import org.ipc4j.jvm.sys.NewFile;
import org.ipc4j.jvm.sys.Place;
import org.ipc4j.memory.SharedMemoryOptions;
import org.ipc4j.spi.MappedMemory;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A mapped file. */
final class JvmSharedMemory extends MappedMemory {
    private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ, NOFOLLOW_LINKS);
    private static final Set<OpenOption> READ_WRITE =
            Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, NOFOLLOW_LINKS);

    /** A program in C creates the object first and gives it its size then. It has that long. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(2);

    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(1);

    private JvmSharedMemory(IpcName name, String nativeKey, Mapping mapping) {
        super(name, nativeKey, mapping::end, mapping.segment());
    }

    static JvmSharedMemory create(Place place, IpcName name, SharedMemoryOptions options)
            throws IpcException {
        Path path = place.memory(name);
        Building building =
                FileWork.call(
                        "create",
                        name,
                        () -> {
                            place.prepare(name);
                            return begin(name, path, options);
                        });
        try {
            options.initializer().accept(building.mapping().segment());
            Mapping mapping = FileWork.call("link", name, building::publish);
            return new JvmSharedMemory(name, place.memoryKey(path), mapping);
        } catch (Throwable e) {
            FileWork.call("close", name, building::abandon);
            throw e;
        }
    }

    /**
     * A file's memory.
     *
     * @param arena ends the mapping
     * @param guard keeps the name until then
     */
    private record Mapping(Arena arena, MemorySegment segment, NameGuard guard) {
        static Mapping of(
                FileChannel file, FileChannel.MapMode mode, long byteSize, NameGuard guard)
                throws IOException {
            Arena arena = Arena.ofShared();
            try {
                return new Mapping(arena, file.map(mode, 0, byteSize, arena), guard);
            } catch (Throwable e) {
                arena.close();
                throw e;
            }
        }

        static Mapping of(FileChannel file, FileChannel.MapMode mode, long byteSize, Path path)
                throws IOException {
            NameGuard guard = NameGuard.of(path);
            try {
                return of(file, mode, byteSize, guard);
            } catch (Throwable e) {
                guard.close();
                throw e;
            }
        }

        /** Unmaps it. */
        void end() {
            arena.close();
            guard.close();
        }
    }

    /** An object that has no name yet. */
    private record Building(Path path, NewFile file, Mapping mapping) {
        /** Gives it its name. */
        Mapping publish() throws IOException {
            try (file) {
                return Place.WINDOWS ? publishUnmapped() : publishMapped();
            }
        }

        private Mapping publishMapped() throws IOException {
            file.publish();
            return mapping;
        }

        /** Windows may refuse to move a file that is mapped, so it is mapped anew. */
        private Mapping publishUnmapped() throws IOException {
            mapping.end();
            file.publish();
            NameGuard guard = NameGuard.ifPresent(path);
            try {
                return Mapping.of(
                        file.channel(),
                        FileChannel.MapMode.READ_WRITE,
                        mapping.segment().byteSize(),
                        guard);
            } catch (Throwable e) {
                guard.close();
                file.withdraw();
                throw e;
            }
        }

        /** Leaves nothing of it, whether it is mapped still or not. */
        Void abandon() throws IOException {
            if (mapping.segment().scope().isAlive()) {
                mapping.end();
            }
            file.close();
            return null;
        }
    }

    private static Building begin(IpcName name, Path path, SharedMemoryOptions options)
            throws IOException {
        NewFile file = Reservation.begin(name, path, options.byteSize(), options.access());
        try {
            Mapping mapping =
                    Mapping.of(
                            file.channel(),
                            FileChannel.MapMode.READ_WRITE,
                            options.byteSize(),
                            NameGuard.NONE);
            return new Building(path, file, mapping);
        } catch (Throwable e) {
            file.close();
            throw e;
        }
    }

    static JvmSharedMemory open(Place place, IpcName name, Access access) throws IpcException {
        return open(place, name, access, READ_WRITE, FileChannel.MapMode.READ_WRITE);
    }

    static JvmSharedMemory openReadOnly(Place place, IpcName name, Access access)
            throws IpcException {
        return open(place, name, access, READ, FileChannel.MapMode.READ_ONLY);
    }

    private static JvmSharedMemory open(
            Place place,
            IpcName name,
            Access access,
            Set<OpenOption> options,
            FileChannel.MapMode mode)
            throws IpcException {
        Path path = place.memory(name);
        Mapping mapping =
                FileWork.call(
                        "open",
                        name,
                        () -> {
                            JvmFiles.requireAcceptable(name, path, access);
                            try (FileChannel file = FileChannel.open(path, options)) {
                                return Mapping.of(file, mode, size(name, file), path);
                            }
                        });
        return new JvmSharedMemory(name, place.memoryKey(path), mapping);
    }

    private static long size(IpcName name, FileChannel file) throws IOException {
        long start = System.nanoTime();
        while (true) {
            long byteSize = file.size();
            if (byteSize > 0) {
                return byteSize;
            }
            if (System.nanoTime() - start > PATIENCE) {
                throw new IncompatibleException(
                        name, "it has no size; its creator died before it gave it one: remove it");
            }
            LockSupport.parkNanos(PAUSE);
        }
    }
}
