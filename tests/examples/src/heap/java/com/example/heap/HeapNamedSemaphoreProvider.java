// SPDX-License-Identifier: Apache-2.0

package com.example.heap;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.NameExistsException;
import org.ipc4j.NameNotFoundException;
import org.ipc4j.spi.Availability;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.NamedSemaphoreProvider;
import org.ipc4j.sync.NamedSemaphore;
import org.ipc4j.sync.NamedSemaphoreOptions;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** Semaphores that only this process sees, for tests of programs that use ipc4j. */
public final class HeapNamedSemaphoreProvider implements NamedSemaphoreProvider {
    private static final Map<IpcName, Semaphore> SEMAPHORES = new ConcurrentHashMap<>();

    /** Creates the provider. */
    public HeapNamedSemaphoreProvider() {}

    @Override
    public String name() {
        return "heap";
    }

    @Override
    public Availability availability() {
        return Availability.available();
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(
                Capability.PERMIT_COUNT, Capability.REMOVABLE_NAME, Capability.OUTLIVES_CREATOR);
    }

    /** Goes before the system's own. */
    @Override
    public int rank() {
        return NATIVE_RANK + 1;
    }

    @Override
    public NamedSemaphore create(IpcName name, NamedSemaphoreOptions options) throws IpcException {
        Semaphore created = new Semaphore(options.permits());
        if (SEMAPHORES.putIfAbsent(name, created) != null) {
            throw new NameExistsException(name, "this process has a semaphore of that name");
        }
        return new HeapNamedSemaphore(name, created);
    }

    @Override
    public NamedSemaphore open(IpcName name, Access access) throws IpcException {
        Semaphore present = SEMAPHORES.get(name);
        if (present == null) {
            throw new NameNotFoundException(name, "this process has no semaphore of that name");
        }
        return new HeapNamedSemaphore(name, present);
    }

    @Override
    public boolean remove(IpcName name) {
        return SEMAPHORES.remove(name) != null;
    }

    @Override
    public String nativeKey(IpcName name) {
        return "heap:" + name.value();
    }

    @Override
    public Optional<String> find(IpcName name) {
        return SEMAPHORES.containsKey(name) ? Optional.of(nativeKey(name)) : Optional.empty();
    }
}
