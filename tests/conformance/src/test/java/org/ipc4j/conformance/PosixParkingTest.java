// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import org.ipc4j.Ipc;
import org.ipc4j.spi.ParkingProvider;
import org.ipc4j.tck.sync.ParkingContract;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The parking of the provider {@code posix} keeps the contract. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the provider posix is for Linux")
class PosixParkingTest extends ParkingContract {
    @Override
    protected ParkingProvider parkingProvider() {
        return Ipc.provider(ParkingProvider.class, "posix");
    }
}
