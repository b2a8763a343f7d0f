// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.queue;

import org.ipc4j.Access;
import org.ipc4j.IncompatibleException;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.jvm.sys.Composed;
import org.ipc4j.jvm.sys.Composite;
import org.ipc4j.jvm.sys.Composites;
import org.ipc4j.jvm.sys.Incarnation;
import org.ipc4j.jvm.sys.ParticipantTable;
import org.ipc4j.jvm.sys.Sleepers;
import org.ipc4j.queue.MessageQueue;
import org.ipc4j.queue.MessageQueueOptions;
import org.ipc4j.spi.Availability;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.MessageQueueProvider;

import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.Set;

/** Offers message queues that are composed of shared memory and a lock file. */
public final class JvmMessageQueueProvider implements MessageQueueProvider {
    private static final Composites<QueueLayout> QUEUES =
            new Composites<>(new Composed("ipc4j-mq."), new Form());

    private static final class Form implements Composites.Form<QueueLayout> {
        @Override
        public QueueLayout require(IpcName name, MemorySegment memory)
                throws IncompatibleException {
            return QueueLayout.require(name, memory);
        }

        @Override
        public Incarnation incarnation(MemorySegment memory) {
            return QueueLayout.incarnation(memory);
        }

        @Override
        public ParticipantTable participants(MemorySegment memory) {
            return QueueLayout.participants(memory);
        }
    }

    /** Does nothing. */
    public JvmMessageQueueProvider() {}

    @Override
    public String name() {
        return "jvm";
    }

    @Override
    public Availability availability() {
        return QUEUES.availability();
    }

    @Override
    public Set<Capability> capabilities() {
        Set<Capability> capabilities = QUEUES.capabilities();
        if (Sleepers.areWoken()) {
            capabilities.add(Capability.KERNEL_WAIT);
        }
        return Set.copyOf(capabilities);
    }

    @Override
    public MessageQueue create(IpcName name, MessageQueueOptions options) throws IpcException {
        QueueLayout layout = new QueueLayout(options.capacity(), options.maxMessageSize());
        return handle(
                name,
                QUEUES.create(
                        name,
                        options.access(),
                        layout,
                        layout.byteSize(),
                        (memory, founder) -> layout.initialize(name, memory, founder)));
    }

    @Override
    public MessageQueue open(IpcName name, Access access) throws IpcException {
        return handle(name, QUEUES.open(name, access));
    }

    private static MessageQueue handle(IpcName name, Composite<QueueLayout> queue)
            throws IpcException {
        try {
            return new JvmMessageQueue(
                    name, queue.memory(), queue.layout(), queue.self(), queue.leave());
        } catch (Throwable e) {
            queue.close();
            throw e;
        }
    }

    @Override
    public String nativeKey(IpcName name) {
        return QUEUES.nativeKey(name);
    }

    @Override
    public Optional<String> find(IpcName name) {
        return QUEUES.find(name);
    }

    @Override
    public boolean remove(IpcName name) throws IpcException {
        return QUEUES.remove(name);
    }
}
