// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import org.ipc4j.Ipc;
import org.ipc4j.spi.MessageQueueProvider;
import org.ipc4j.spi.NamedPipeProvider;
import org.ipc4j.spi.NamedSemaphoreProvider;
import org.ipc4j.spi.SharedMemoryProvider;
import org.ipc4j.tck.memory.SharedMemoryContract;
import org.ipc4j.tck.queue.MessageQueueContract;
import org.ipc4j.tck.stream.NamedPipeContract;
import org.ipc4j.tck.sync.NamedSemaphoreContract;
import org.junit.jupiter.api.Nested;

/** The provider {@code posix} keeps every contract. */
class PosixTest {
    private static final String NAME = "posix";

    @Nested
    class SharedMemoryTest extends SharedMemoryContract {
        @Override
        protected SharedMemoryProvider provider() {
            return Ipc.provider(SharedMemoryProvider.class, NAME);
        }
    }

    @Nested
    class NamedSemaphoreTest extends NamedSemaphoreContract {
        @Override
        protected NamedSemaphoreProvider provider() {
            return Ipc.provider(NamedSemaphoreProvider.class, NAME);
        }
    }

    @Nested
    class NamedSemaphoreWaitingTest extends NamedSemaphoreContract.Waiting {
        @Override
        protected NamedSemaphoreProvider provider() {
            return Ipc.provider(NamedSemaphoreProvider.class, NAME);
        }
    }

    @Nested
    class MessageQueueTest extends MessageQueueContract {
        @Override
        protected MessageQueueProvider provider() {
            return Ipc.provider(MessageQueueProvider.class, NAME);
        }
    }

    @Nested
    class MessageQueueWaitingTest extends MessageQueueContract.Waiting {
        @Override
        protected MessageQueueProvider provider() {
            return Ipc.provider(MessageQueueProvider.class, NAME);
        }
    }

    @Nested
    class NamedPipeTest extends NamedPipeContract {
        @Override
        protected NamedPipeProvider provider() {
            return Ipc.provider(NamedPipeProvider.class, NAME);
        }
    }

    @Nested
    class NamedPipeWaitingTest extends NamedPipeContract.Waiting {
        @Override
        protected NamedPipeProvider provider() {
            return Ipc.provider(NamedPipeProvider.class, NAME);
        }
    }
}
