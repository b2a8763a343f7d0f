// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import org.ipc4j.Ipc;
import org.ipc4j.spi.MessageQueueProvider;
import org.ipc4j.tck.queue.MessageQueueOrderContract;

/** The provider {@code jvm} keeps the contract of the order of messages. */
class JvmMessageQueueOrderTest extends MessageQueueOrderContract {
    @Override
    protected MessageQueueProvider provider() {
        return Ipc.provider(MessageQueueProvider.class, "jvm");
    }
}
