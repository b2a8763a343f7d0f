// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import org.ipc4j.Ipc;
import org.ipc4j.spi.TopicProvider;
import org.ipc4j.tck.channel.TopicMessageContract;

/** The provider {@code jvm} keeps the contract of topics about messages. */
class JvmTopicMessageTest extends TopicMessageContract {
    @Override
    protected TopicProvider provider() {
        return Ipc.provider(TopicProvider.class, "jvm");
    }
}
