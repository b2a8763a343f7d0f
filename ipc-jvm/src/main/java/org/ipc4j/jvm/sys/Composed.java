// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.sys;

import org.ipc4j.Access;
import org.ipc4j.Ipc;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.Mechanism;
import org.ipc4j.memory.SharedMemory;
import org.ipc4j.memory.SharedMemoryOptions;
import org.ipc4j.spi.Availability;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.SharedMemoryProvider;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Objects that are composed of one shared memory object, from whichever provider of shared memory
 * is selected.
 *
 * @param prefix put before an object's name to get its memory's name
 */
public record Composed(String prefix) {
    private static final Set<Capability> INHERITED =
            EnumSet.of(
                    Capability.CROSS_PROCESS,
                    Capability.OUTLIVES_CREATOR,
                    Capability.REMOVABLE_NAME,
                    Capability.SHARED_ACCESS,
                    Capability.ATOMIC_APPEARANCE);

    /** Tells whether there is shared memory. */
    public Availability availability() {
        try {
            return Ipc.provider(SharedMemoryProvider.class).availability();
        } catch (UnsupportedOperationException | IllegalStateException e) {
            return Availability.unavailable("it needs shared memory: " + e.getMessage());
        }
    }

    /** Tells what the memory gives to what is composed of it; the set may be changed. */
    public Set<Capability> capabilities() {
        Set<Capability> capabilities = EnumSet.copyOf(INHERITED);
        capabilities.retainAll(
                availability().isAvailable()
                        ? Ipc.provider(SharedMemoryProvider.class).capabilities()
                        : Set.of());
        return capabilities;
    }

    /** Returns the name of an object's memory. A native name is that itself. */
    public IpcName memoryName(IpcName name) {
        return Names.composed(prefix, name);
    }

    /** Creates an object's memory. */
    public SharedMemory create(IpcName name, SharedMemoryOptions options) throws IpcException {
        try {
            return SharedMemory.create(memoryName(name), options);
        } catch (IpcException e) {
            throw FileErrors.of(name, e);
        }
    }

    /** Opens an object's memory. */
    public SharedMemory open(IpcName name, Access access) throws IpcException {
        try {
            return SharedMemory.open(memoryName(name), access);
        } catch (IpcException e) {
            throw FileErrors.of(name, e);
        }
    }

    /** Returns the native key of an object's memory, whether it is there or not. */
    public String nativeKey(IpcName name) {
        return Ipc.provider(SharedMemoryProvider.class).nativeKey(memoryName(name));
    }

    /**
     * Looks for an object's memory, with all providers: another process may have selected another
     * one.
     */
    public Optional<String> find(IpcName name) {
        IpcName memory = memoryName(name);
        return Memories.ALL.stream()
                .flatMap(provider -> provider.find(memory).stream())
                .findFirst();
    }

    /** The available providers of memory, the one of highest rank first. Looked up when needed. */
    private static final class Memories {
        static final List<SharedMemoryProvider> ALL =
                Ipc.report().rows().stream()
                        .filter(row -> row.mechanism() == Mechanism.SHARED_MEMORY)
                        .filter(row -> row.availability().isAvailable())
                        .map(row -> Ipc.provider(SharedMemoryProvider.class, row.provider()))
                        .toList();
    }

    /** Deletes the name of an object's memory, and what its builders have left when they died. */
    public boolean remove(IpcName name) throws IpcException {
        IpcName memory = memoryName(name);
        try {
            boolean removed = SharedMemory.remove(memory);
            sweep(memory);
            return removed;
        } catch (IpcException e) {
            throw FileErrors.of(name, e);
        }
    }

    /**
     * A builder may have taken plain Java's memory; if that is not what is selected here, whatever
     * is does not know what that builds with.
     */
    private static void sweep(IpcName memory) throws IpcException {
        Path file;
        try {
            file = Place.here().memory(memory);
        } catch (IllegalArgumentException e) {
            return; // no file can have that name
        }
        FileWork.call(
                "sweep",
                memory,
                () -> {
                    NewFile.sweep(file);
                    return null;
                });
    }
}
