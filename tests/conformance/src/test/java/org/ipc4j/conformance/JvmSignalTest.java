// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import org.ipc4j.Ipc;
import org.ipc4j.spi.SignalProvider;
import org.ipc4j.tck.signal.SignalContract;

/** The provider {@code jvm} keeps the contract of signals. */
class JvmSignalTest extends SignalContract {
    @Override
    protected SignalProvider provider() {
        return Ipc.provider(SignalProvider.class, "jvm");
    }
}
