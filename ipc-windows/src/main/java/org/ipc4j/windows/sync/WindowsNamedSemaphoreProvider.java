// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.windows.sync;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.spi.Availability;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.NamedSemaphoreProvider;
import org.ipc4j.sync.NamedSemaphore;
import org.ipc4j.sync.NamedSemaphoreOptions;
import org.ipc4j.windows.sys.Native;
import org.ipc4j.windows.sys.WindowsNames;
import org.ipc4j.windows.sys.WindowsProvider;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Named semaphores by {@code CreateSemaphoreW}. */
public final class WindowsNamedSemaphoreProvider
        implements NamedSemaphoreProvider, WindowsProvider {
    /** For {@link java.util.ServiceLoader}. */
    public WindowsNamedSemaphoreProvider() {}

    @Override
    public Availability availability() {
        return Native.availability("CreateSemaphoreW", "NtQuerySemaphore");
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(
                Capability.CROSS_PROCESS,
                Capability.FOREIGN_PEERS,
                Capability.KERNEL_WAIT,
                Capability.SHARED_ACCESS,
                Capability.ATOMIC_APPEARANCE,
                Capability.PERMIT_COUNT);
    }

    @Override
    public NamedSemaphore create(IpcName name, NamedSemaphoreOptions options) throws IpcException {
        return WindowsNamedSemaphore.create(name, options);
    }

    @Override
    public NamedSemaphore open(IpcName name, Access access) throws IpcException {
        Objects.requireNonNull(access, "access");
        return WindowsNamedSemaphore.open(name, access);
    }

    @Override
    public String nativeKey(IpcName name) {
        return WindowsNames.semaphore(name);
    }

    @Override
    public Optional<String> find(IpcName name) {
        return ifPresent(nativeKey(name), WindowsNamedSemaphore::isPresent);
    }
}
