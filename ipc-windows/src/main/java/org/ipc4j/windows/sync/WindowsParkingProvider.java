// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.windows.sync;

import org.ipc4j.IpcName;
import org.ipc4j.memory.SharedMemory;
import org.ipc4j.spi.Availability;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.Parking;
import org.ipc4j.spi.ParkingProvider;
import org.ipc4j.windows.sys.Native;

import java.util.Objects;
import java.util.Set;

/** Sleeping at words of shared memory, by {@code CreateEventW}. */
public final class WindowsParkingProvider implements ParkingProvider {
    /** For {@link java.util.ServiceLoader}. */
    public WindowsParkingProvider() {}

    @Override
    public String name() {
        return "windows";
    }

    @Override
    public int rank() {
        return NATIVE_RANK;
    }

    @Override
    public Availability availability() {
        return Native.availability("CreateEventW");
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(Capability.CROSS_PROCESS, Capability.KERNEL_WAIT);
    }

    @Override
    public Parking open(IpcName name, SharedMemory memory) {
        Objects.requireNonNull(name, "name");
        return new WindowsParking(name, memory);
    }
}
