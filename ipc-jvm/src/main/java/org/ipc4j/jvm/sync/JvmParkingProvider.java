// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.sync;

import org.ipc4j.IpcName;
import org.ipc4j.memory.SharedMemory;
import org.ipc4j.spi.Availability;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.Parking;
import org.ipc4j.spi.ParkingProvider;

import java.util.Objects;
import java.util.Set;

/** Looking again and again at words of shared memory. */
public final class JvmParkingProvider implements ParkingProvider {
    /** Does nothing. */
    public JvmParkingProvider() {}

    @Override
    public String name() {
        return "jvm";
    }

    @Override
    public Availability availability() {
        return Availability.available();
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(Capability.CROSS_PROCESS);
    }

    @Override
    public Parking open(IpcName name, SharedMemory memory) {
        Objects.requireNonNull(name, "name");
        return new JvmParking(name, memory);
    }
}
