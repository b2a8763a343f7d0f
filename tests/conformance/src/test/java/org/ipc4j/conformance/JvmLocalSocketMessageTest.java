// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import org.ipc4j.Ipc;
import org.ipc4j.spi.LocalSocketProvider;
import org.ipc4j.tck.stream.LocalSocketMessageContract;

/** The provider {@code jvm} keeps the contract of messages in local sockets. */
class JvmLocalSocketMessageTest extends LocalSocketMessageContract {
    @Override
    protected LocalSocketProvider provider() {
        return Ipc.provider(LocalSocketProvider.class, "jvm");
    }
}
