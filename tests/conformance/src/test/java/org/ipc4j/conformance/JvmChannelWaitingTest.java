// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import org.ipc4j.Ipc;
import org.ipc4j.spi.ChannelProvider;
import org.ipc4j.tck.channel.ChannelContract;

/** Whatever waits for channels of the provider {@code jvm} keeps the waiting contract. */
class JvmChannelWaitingTest extends ChannelContract.Waiting {
    @Override
    protected ChannelProvider provider() {
        return Ipc.provider(ChannelProvider.class, "jvm");
    }
}
