// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import org.ipc4j.Ipc;
import org.ipc4j.spi.MessageQueueProvider;
import org.ipc4j.tck.queue.MessageQueueContract;

/** Whatever waits for queues of the provider {@code posix} keeps the waiting contract. */
class PosixMessageQueueWaitingTest extends MessageQueueContract.Waiting {
    @Override
    protected MessageQueueProvider provider() {
        return Ipc.provider(MessageQueueProvider.class, "posix");
    }
}
