// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.sync;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.posix.sys.Native;
import org.ipc4j.posix.sys.PosixErrors;
import org.ipc4j.posix.sys.PosixNames;
import org.ipc4j.posix.sys.PosixProvider;
import org.ipc4j.posix.sys.SemaphoreCalls;
import org.ipc4j.spi.Availability;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.NamedSemaphoreProvider;
import org.ipc4j.sync.NamedSemaphore;
import org.ipc4j.sync.NamedSemaphoreOptions;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Named semaphores by {@code sem_open(3)}. */
public final class PosixNamedSemaphoreProvider implements NamedSemaphoreProvider, PosixProvider {
    /** For {@link java.util.ServiceLoader}. */
    public PosixNamedSemaphoreProvider() {}

    @Override
    public Availability availability() {
        return Native.availability("sem_open", "sem_timedwait");
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(
                Capability.CROSS_PROCESS,
                Capability.OUTLIVES_CREATOR,
                Capability.REMOVABLE_NAME,
                Capability.FOREIGN_PEERS,
                Capability.KERNEL_WAIT,
                Capability.SHARED_ACCESS,
                Capability.ATOMIC_APPEARANCE,
                Capability.PERMIT_COUNT);
    }

    @Override
    public NamedSemaphore create(IpcName name, NamedSemaphoreOptions options) throws IpcException {
        return PosixNamedSemaphore.create(name, options);
    }

    @Override
    public NamedSemaphore open(IpcName name, Access access) throws IpcException {
        Objects.requireNonNull(access, "access");
        return PosixNamedSemaphore.open(name, access);
    }

    @Override
    public String nativeKey(IpcName name) {
        return PosixNames.key(name);
    }

    @Override
    public Optional<String> find(IpcName name) {
        return PosixNames.find(name, PosixNamedSemaphore::file, PosixNames::key);
    }

    @Override
    public boolean remove(IpcName name) throws IpcException {
        String key = PosixNames.key(name);
        return PosixErrors.removed(SemaphoreCalls.sem_unlink(key), "sem_unlink", name, key);
    }
}
