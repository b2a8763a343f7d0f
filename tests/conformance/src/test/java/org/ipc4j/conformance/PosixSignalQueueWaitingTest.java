// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import org.ipc4j.Ipc;
import org.ipc4j.spi.SignalProvider;
import org.ipc4j.tck.signal.SignalQueueContract;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * Whatever waits for signals that queue keeps the waiting contract. {@link BlockedSignalsTest} runs
 * it.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the provider posix is for Linux")
class PosixSignalQueueWaitingTest extends SignalQueueContract.Waiting {
    @Override
    protected SignalProvider provider() {
        return Ipc.provider(SignalProvider.class, "posix");
    }
}
