// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import org.ipc4j.Ipc;
import org.ipc4j.spi.LocalSocketProvider;
import org.ipc4j.tck.stream.LocalSocketContract;

/** Whatever waits for local sockets of the provider {@code jvm} keeps the waiting contract. */
class JvmLocalSocketWaitingTest extends LocalSocketContract.Waiting {
    @Override
    protected LocalSocketProvider provider() {
        return Ipc.provider(LocalSocketProvider.class, "jvm");
    }
}
