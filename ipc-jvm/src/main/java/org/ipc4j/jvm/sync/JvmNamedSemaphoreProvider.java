// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.sync;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.jvm.sys.Composed;
import org.ipc4j.jvm.sys.Sleepers;
import org.ipc4j.memory.SharedMemory;
import org.ipc4j.memory.SharedMemoryOptions;
import org.ipc4j.spi.Availability;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.NamedSemaphoreProvider;
import org.ipc4j.sync.NamedSemaphore;
import org.ipc4j.sync.NamedSemaphoreOptions;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Offers semaphores that are composed of shared memory. */
public final class JvmNamedSemaphoreProvider implements NamedSemaphoreProvider {
    private static final Composed MEMORY = new Composed("ipc4j-sem.");

    /** Does nothing. */
    public JvmNamedSemaphoreProvider() {}

    @Override
    public String name() {
        return "jvm";
    }

    @Override
    public Availability availability() {
        return MEMORY.availability();
    }

    @Override
    public Set<Capability> capabilities() {
        Set<Capability> capabilities = MEMORY.capabilities();
        capabilities.add(Capability.PERMIT_COUNT);
        if (Sleepers.areWoken()) {
            capabilities.add(Capability.KERNEL_WAIT);
        }
        return Set.copyOf(capabilities);
    }

    @Override
    public NamedSemaphore create(IpcName name, NamedSemaphoreOptions options) throws IpcException {
        SharedMemoryOptions memory =
                SharedMemoryOptions.ofSize(SemaphoreLayout.BYTES)
                        .withAccess(options.access())
                        .initializedBy(
                                segment -> SemaphoreLayout.initialize(segment, options.permits()));
        return opened(name, MEMORY.create(name, memory));
    }

    @Override
    public NamedSemaphore open(IpcName name, Access access) throws IpcException {
        Objects.requireNonNull(access, "access");
        SharedMemory memory = MEMORY.open(name, access);
        try {
            SemaphoreLayout.require(name, memory.segment());
        } catch (Throwable e) {
            memory.close();
            throw e;
        }
        return opened(name, memory);
    }

    private static NamedSemaphore opened(IpcName name, SharedMemory memory) throws IpcException {
        try {
            return new JvmNamedSemaphore(name, memory);
        } catch (Throwable e) {
            memory.close();
            throw e;
        }
    }

    @Override
    public String nativeKey(IpcName name) {
        return MEMORY.nativeKey(name);
    }

    @Override
    public Optional<String> find(IpcName name) {
        return MEMORY.find(name);
    }

    @Override
    public boolean remove(IpcName name) throws IpcException {
        return MEMORY.remove(name);
    }
}
