// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import org.ipc4j.Ipc;
import org.ipc4j.spi.ParkingProvider;
import org.ipc4j.tck.sync.ParkingContract;

/** The parking of the provider {@code jvm} keeps the contract. */
class JvmParkingTest extends ParkingContract {
    @Override
    protected ParkingProvider parkingProvider() {
        return Ipc.provider(ParkingProvider.class, "jvm");
    }
}
