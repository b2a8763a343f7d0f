// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import org.ipc4j.Ipc;
import org.ipc4j.spi.SignalProvider;
import org.ipc4j.tck.signal.SignalContract;

/** Whatever waits for signals of the provider {@code jvm} keeps the waiting contract. */
class JvmSignalWaitingTest extends SignalContract.Waiting {
    @Override
    protected SignalProvider provider() {
        return Ipc.provider(SignalProvider.class, "jvm");
    }
}
