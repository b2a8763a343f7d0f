// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.windows.memory;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.memory.AnonymousMemory;
import org.ipc4j.memory.AnonymousMemoryOptions;
import org.ipc4j.memory.SharedMemory;
import org.ipc4j.memory.SharedMemoryOptions;
import org.ipc4j.spi.Availability;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.SharedMemoryProvider;
import org.ipc4j.windows.sys.Native;
import org.ipc4j.windows.sys.WindowsNames;
import org.ipc4j.windows.sys.WindowsProvider;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Shared memory by {@code CreateFileMappingW}. */
public final class WindowsSharedMemoryProvider implements SharedMemoryProvider, WindowsProvider {
    /** For {@link java.util.ServiceLoader}. */
    public WindowsSharedMemoryProvider() {}

    @Override
    public Availability availability() {
        return Native.availability("CreateFileMappingW", "SetKernelObjectSecurity");
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(
                Capability.CROSS_PROCESS,
                Capability.FOREIGN_PEERS,
                Capability.SHARED_ACCESS,
                Capability.ATOMIC_APPEARANCE);
    }

    @Override
    public SharedMemory create(IpcName name, SharedMemoryOptions options) throws IpcException {
        return WindowsSharedMemory.create(name, options);
    }

    @Override
    public SharedMemory open(IpcName name, Access access) throws IpcException {
        Objects.requireNonNull(access, "access");
        return WindowsSharedMemory.open(name, access, false);
    }

    @Override
    public SharedMemory openReadOnly(IpcName name, Access access) throws IpcException {
        Objects.requireNonNull(access, "access");
        return WindowsSharedMemory.open(name, access, true);
    }

    @Override
    public AnonymousMemory anonymous(AnonymousMemoryOptions options) {
        throw new UnsupportedOperationException(
                "the provider windows does not have Capability."
                        + Capability.ANONYMOUS_MEMORY
                        + ": a local socket of Windows is a named pipe, which carries bytes and no"
                        + " handles, so nobody could be given memory without a name; create memory"
                        + " under a random name, which goes with the last handle too, and send the"
                        + " name");
    }

    @Override
    public String nativeKey(IpcName name) {
        return WindowsNames.memory(name);
    }

    @Override
    public Optional<String> find(IpcName name) {
        return ifPresent(nativeKey(name), WindowsSharedMemory::isPresent);
    }
}
