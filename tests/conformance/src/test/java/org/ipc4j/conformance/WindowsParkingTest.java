// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import org.ipc4j.Ipc;
import org.ipc4j.spi.ParkingProvider;
import org.ipc4j.tck.sync.ParkingContract;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The parking of the provider {@code windows} keeps the contract. */
@EnabledOnOs(value = OS.WINDOWS, disabledReason = "the provider windows is for Windows")
class WindowsParkingTest extends ParkingContract {
    @Override
    protected ParkingProvider parkingProvider() {
        return Ipc.provider(ParkingProvider.class, "windows");
    }
}
