// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import org.ipc4j.Ipc;
import org.ipc4j.spi.ChannelProvider;
import org.ipc4j.tck.channel.ChannelLookContract;

/** The provider {@code jvm} keeps the contract of who looks at channels. */
class JvmChannelLookTest extends ChannelLookContract {
    @Override
    protected ChannelProvider provider() {
        return Ipc.provider(ChannelProvider.class, "jvm");
    }
}
