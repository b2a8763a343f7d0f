// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.sync;

import org.ipc4j.IpcName;
import org.ipc4j.memory.SharedMemory;
import org.ipc4j.posix.sys.Native;
import org.ipc4j.posix.sys.PosixProvider;
import org.ipc4j.spi.Availability;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.Parking;
import org.ipc4j.spi.ParkingProvider;

import java.util.Objects;
import java.util.Set;

/** Sleeping at words of shared memory, by {@code futex(2)}. */
public final class PosixParkingProvider implements ParkingProvider, PosixProvider {
    /** For {@link java.util.ServiceLoader}. */
    public PosixParkingProvider() {}

    @Override
    public Availability availability() {
        return Native.availability("syscall");
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(Capability.CROSS_PROCESS, Capability.FOREIGN_PEERS, Capability.KERNEL_WAIT);
    }

    @Override
    public Parking open(IpcName name, SharedMemory memory) {
        Objects.requireNonNull(name, "name");
        return new PosixParking(name, memory);
    }
}
