// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import org.ipc4j.Ipc;
import org.ipc4j.spi.SignalProvider;
import org.ipc4j.tck.signal.SignalContract;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The provider {@code posix} keeps the contract of signals. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the provider posix is for Linux")
class PosixSignalTest extends SignalContract {
    @Override
    protected SignalProvider provider() {
        return Ipc.provider(SignalProvider.class, "posix");
    }
}
