// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import org.ipc4j.Ipc;
import org.ipc4j.spi.TopicProvider;
import org.ipc4j.tck.channel.TopicContract;

/** Whatever waits for topics of the provider {@code jvm} keeps the waiting contract. */
class JvmTopicWaitingTest extends TopicContract.Waiting {
    @Override
    protected TopicProvider provider() {
        return Ipc.provider(TopicProvider.class, "jvm");
    }
}
