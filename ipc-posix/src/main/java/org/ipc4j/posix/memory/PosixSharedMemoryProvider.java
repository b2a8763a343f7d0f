// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.memory;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.memory.AnonymousMemory;
import org.ipc4j.memory.AnonymousMemoryOptions;
import org.ipc4j.memory.SharedMemory;
import org.ipc4j.memory.SharedMemoryOptions;
import org.ipc4j.posix.sys.Abi;
import org.ipc4j.posix.sys.MmanCalls;
import org.ipc4j.posix.sys.Native;
import org.ipc4j.posix.sys.PosixErrors;
import org.ipc4j.posix.sys.PosixNames;
import org.ipc4j.posix.sys.PosixProvider;
import org.ipc4j.spi.AdoptableHandle;
import org.ipc4j.spi.Availability;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.SharedMemoryProvider;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Shared memory by {@code shm_open(3)}, and by {@code memfd_create(2)}. */
public final class PosixSharedMemoryProvider implements SharedMemoryProvider, PosixProvider {
    /** For {@link java.util.ServiceLoader}. */
    public PosixSharedMemoryProvider() {}

    @Override
    public Availability availability() {
        return Native.availability("shm_open", "shm_unlink", "memfd_create");
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(
                Capability.CROSS_PROCESS,
                Capability.OUTLIVES_CREATOR,
                Capability.REMOVABLE_NAME,
                Capability.FOREIGN_PEERS,
                Capability.SHARED_ACCESS,
                Capability.ATOMIC_APPEARANCE,
                Capability.EXACT_SIZE,
                Capability.HANDLE_PASSING,
                Capability.ANONYMOUS_MEMORY);
    }

    @Override
    public SharedMemory create(IpcName name, SharedMemoryOptions options) throws IpcException {
        return PosixSharedMemory.create(name, options);
    }

    @Override
    public SharedMemory open(IpcName name, Access access) throws IpcException {
        Objects.requireNonNull(access, "access");
        return PosixSharedMemory.open(name, access, Abi.O_RDWR);
    }

    @Override
    public SharedMemory openReadOnly(IpcName name, Access access) throws IpcException {
        Objects.requireNonNull(access, "access");
        return PosixSharedMemory.open(name, access, Abi.O_RDONLY);
    }

    @Override
    public AnonymousMemory anonymous(AnonymousMemoryOptions options) throws IpcException {
        return PosixAnonymousMemory.create(options);
    }

    @Override
    public AnonymousMemory adopt(AdoptableHandle handle) throws IpcException {
        return PosixAnonymousMemory.adopt(handle, true);
    }

    @Override
    public AnonymousMemory adoptUnsealed(AdoptableHandle handle) throws IpcException {
        return PosixAnonymousMemory.adopt(handle, false);
    }

    @Override
    public String nativeKey(IpcName name) {
        return PosixNames.key(name);
    }

    @Override
    public Optional<String> find(IpcName name) {
        return PosixNames.find(name, n -> PosixNames.file("", n), PosixNames::key);
    }

    @Override
    public boolean remove(IpcName name) throws IpcException {
        String key = PosixNames.key(name);
        return PosixErrors.removed(MmanCalls.shm_unlink(key), "shm_unlink", name, key);
    }
}
