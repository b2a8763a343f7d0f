// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import org.ipc4j.Ipc;
import org.ipc4j.spi.ChannelProvider;
import org.ipc4j.tck.channel.ChannelMessageContract;

/** The provider {@code jvm} keeps the contract of messages in channels. */
class JvmChannelMessageTest extends ChannelMessageContract {
    @Override
    protected ChannelProvider provider() {
        return Ipc.provider(ChannelProvider.class, "jvm");
    }
}
