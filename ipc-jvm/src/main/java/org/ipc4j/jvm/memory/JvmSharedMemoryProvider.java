// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.memory;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.jvm.sys.FileWork;
import org.ipc4j.jvm.sys.NameGuard;
import org.ipc4j.jvm.sys.NewFile;
import org.ipc4j.jvm.sys.Place;
import org.ipc4j.memory.SharedMemory;
import org.ipc4j.memory.SharedMemoryOptions;
import org.ipc4j.spi.Availability;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.SharedMemoryProvider;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Offers shared memory as mapped files. */
public final class JvmSharedMemoryProvider implements SharedMemoryProvider {
    /** Does nothing. */
    public JvmSharedMemoryProvider() {}

    @Override
    public String name() {
        return "jvm";
    }

    @Override
    public Availability availability() {
        return Place.here().availability();
    }

    @Override
    public Set<Capability> capabilities() {
        Set<Capability> capabilities =
                EnumSet.of(
                        Capability.CROSS_PROCESS,
                        Capability.OUTLIVES_CREATOR,
                        Capability.ATOMIC_APPEARANCE,
                        Capability.EXACT_SIZE);
        if (Place.here().isCommon()) {
            capabilities.add(Capability.SHARED_ACCESS);
            capabilities.add(Capability.FOREIGN_PEERS);
        }
        if (!Place.WINDOWS) { // where a name is guarded while somebody has the file open
            capabilities.add(Capability.REMOVABLE_NAME);
        }
        return Set.copyOf(capabilities);
    }

    @Override
    public SharedMemory create(IpcName name, SharedMemoryOptions options) throws IpcException {
        Place.here().requireSupported(options.access());
        return JvmSharedMemory.create(Place.here(), name, options);
    }

    @Override
    public SharedMemory open(IpcName name, Access access) throws IpcException {
        Objects.requireNonNull(access, "access");
        return JvmSharedMemory.open(Place.here(), name, access);
    }

    @Override
    public SharedMemory openReadOnly(IpcName name, Access access) throws IpcException {
        Objects.requireNonNull(access, "access");
        return JvmSharedMemory.openReadOnly(Place.here(), name, access);
    }

    @Override
    public String nativeKey(IpcName name) {
        return Place.here().memoryKey(Place.here().memory(name));
    }

    @Override
    public Optional<String> find(IpcName name) {
        try {
            Path file = Place.here().memory(name);
            return Files.isRegularFile(file, NOFOLLOW_LINKS)
                    ? Optional.of(Place.here().memoryKey(file))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // no file can have that name
        }
    }

    @Override
    public List<Path> clean() throws IpcException {
        Path directory = Place.here().directory();
        return FileWork.call(
                "clean", IpcName.ofNative(directory.toString()), () -> NewFile.sweepAll(directory));
    }

    @Override
    public boolean remove(IpcName name) throws IpcException {
        Path file = Place.here().memory(name);
        return FileWork.call(
                "remove",
                name,
                () -> {
                    boolean removed = NameGuard.deleteUnlessGuarded(file);
                    NewFile.sweep(file);
                    return removed;
                });
    }
}
