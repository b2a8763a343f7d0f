// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import org.ipc4j.Ipc;
import org.ipc4j.spi.MessageQueueProvider;
import org.ipc4j.tck.queue.MessageQueueContract;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The provider {@code posix} keeps the contract of queues. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the provider posix is for Linux")
class PosixMessageQueueTest extends MessageQueueContract {
    @Override
    protected MessageQueueProvider provider() {
        return Ipc.provider(MessageQueueProvider.class, "posix");
    }
}
