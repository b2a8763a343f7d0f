// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.queue;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.posix.sys.MqueueCalls;
import org.ipc4j.posix.sys.Native;
import org.ipc4j.posix.sys.PosixErrors;
import org.ipc4j.posix.sys.PosixNames;
import org.ipc4j.posix.sys.PosixProvider;
import org.ipc4j.queue.MessageQueue;
import org.ipc4j.queue.MessageQueueOptions;
import org.ipc4j.spi.Availability;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.MessageQueueProvider;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Message queues by {@code mq_open(3)}. */
public final class PosixMessageQueueProvider implements MessageQueueProvider, PosixProvider {
    private static final Path KERNEL_SETTINGS = Path.of("/proc/sys/fs/mqueue");

    /** For {@link java.util.ServiceLoader}. */
    public PosixMessageQueueProvider() {}

    @Override
    public Availability availability() {
        Availability library = Native.availability("mq_open", "mq_unlink");
        return library.isAvailable() && !Files.isDirectory(KERNEL_SETTINGS)
                ? Availability.unavailable(
                        "this kernel has no message queues (CONFIG_POSIX_MQUEUE)")
                : library;
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(
                Capability.CROSS_PROCESS,
                Capability.OUTLIVES_CREATOR,
                Capability.REMOVABLE_NAME,
                Capability.FOREIGN_PEERS,
                Capability.KERNEL_WAIT,
                Capability.SHARED_ACCESS,
                Capability.ATOMIC_APPEARANCE);
    }

    @Override
    public MessageQueue create(IpcName name, MessageQueueOptions options) throws IpcException {
        return PosixMessageQueue.create(name, options);
    }

    @Override
    public MessageQueue open(IpcName name, Access access) throws IpcException {
        Objects.requireNonNull(access, "access");
        return PosixMessageQueue.open(name, access);
    }

    @Override
    public String nativeKey(IpcName name) {
        return PosixNames.key(name);
    }

    @Override
    public Optional<String> find(IpcName name) {
        boolean present =
                Native.availability().isAvailable()
                        ? PosixMessageQueue.exists(name)
                        : QueueMark.isSet(name);
        return present ? Optional.of(PosixNames.key(name)) : Optional.empty();
    }

    @Override
    public boolean remove(IpcName name) throws IpcException {
        String key = PosixNames.key(name);
        boolean removed = PosixErrors.removed(MqueueCalls.mq_unlink(key), "mq_unlink", name, key);
        QueueMark.clear(name); // also if another program has deleted the queue
        return removed;
    }
}
