// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.queue;

import org.ipc4j.Access;
import org.ipc4j.IncompatibleException;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.NameNotFoundException;
import org.ipc4j.jvm.sys.Composed;
import org.ipc4j.jvm.sys.FileWork;
import org.ipc4j.jvm.sys.Incarnation;
import org.ipc4j.jvm.sys.Participant;
import org.ipc4j.jvm.sys.Place;
import org.ipc4j.memory.SharedMemory;
import org.ipc4j.memory.SharedMemoryOptions;
import org.ipc4j.queue.MessageQueue;
import org.ipc4j.queue.MessageQueueOptions;
import org.ipc4j.spi.Availability;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.MessageQueueProvider;

import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Offers message queues that are composed of shared memory and a lock file.
 *
 * <p>The lock file is there before the memory and goes after it. So whoever has opened the memory
 * and does not find the lock file knows that the queue has been removed meanwhile, and who dies in
 * between leaves nothing but a lock file, which the next creator of that name deletes.
 */
public final class JvmMessageQueueProvider implements MessageQueueProvider {
    private static final Composed MEMORY = new Composed("ipc4j-mq.");

    /** Does nothing. */
    public JvmMessageQueueProvider() {}

    @Override
    public String name() {
        return "jvm";
    }

    @Override
    public Availability availability() {
        Availability memory = MEMORY.availability();
        return memory.isAvailable() ? Place.here().availability() : memory;
    }

    @Override
    public Set<Capability> capabilities() {
        Set<Capability> capabilities = MEMORY.capabilities();
        if (!Place.here().isCommon()) { // the lock file is there
            capabilities.remove(Capability.SHARED_ACCESS);
        }
        return Set.copyOf(capabilities);
    }

    @Override
    public MessageQueue create(IpcName name, MessageQueueOptions options) throws IpcException {
        Place.here().requireSupported(options.access());
        return FileWork.call("create", name, () -> createUndisturbed(name, options));
    }

    private static MessageQueue createUndisturbed(IpcName name, MessageQueueOptions options)
            throws IpcException {
        QueueLayout layout = new QueueLayout(options.capacity(), options.maxMessageSize());
        Participant founder =
                Participant.found(
                        name,
                        MEMORY.memoryName(name),
                        options.access(),
                        incarnation -> isCurrent(name, incarnation));
        try {
            SharedMemoryOptions memory =
                    SharedMemoryOptions.ofSize(layout.byteSize())
                            .withAccess(options.access())
                            .initializedBy(segment -> initialize(name, layout, segment, founder));
            return handle(name, MEMORY.create(name, memory), layout, founder);
        } catch (Throwable e) {
            founder.leaveAndForget();
            throw e;
        }
    }

    private static void initialize(
            IpcName name, QueueLayout layout, MemorySegment segment, Participant founder) {
        try {
            layout.initialize(name, segment, founder);
        } catch (IpcException e) {
            throw new UncheckedIOException(e); // zeroed memory is not damaged
        }
    }

    @Override
    public MessageQueue open(IpcName name, Access access) throws IpcException {
        Objects.requireNonNull(access, "access");
        return FileWork.call("open", name, () -> openUndisturbed(name, access));
    }

    private static MessageQueue openUndisturbed(IpcName name, Access access) throws IpcException {
        SharedMemory memory = MEMORY.open(name, access);
        try {
            QueueLayout layout = QueueLayout.require(name, memory.segment());
            Incarnation incarnation = QueueLayout.incarnation(memory.segment());
            Participant self =
                    Participant.join(
                                    name,
                                    incarnation,
                                    QueueLayout.participants(memory.segment()),
                                    access)
                            .orElseThrow(() -> lockFileMissing(name, incarnation));
            return handle(name, memory, layout, self);
        } catch (Throwable e) {
            memory.close();
            throw e;
        }
    }

    private static IpcException lockFileMissing(IpcName name, Incarnation incarnation) {
        return outlivesCreator() && isCurrent(name, incarnation)
                ? new IncompatibleException(
                        name,
                        "somebody has deleted its lock file; remove the queue and create it anew")
                : new NameNotFoundException(name, "it has just been removed");
    }

    private static MessageQueue handle(
            IpcName name, SharedMemory memory, QueueLayout layout, Participant self) {
        // Memory that goes with its last user has nobody who removes it, and its lock file.
        Runnable leave = outlivesCreator() ? self::leave : self::leaveAndForget;
        return new JvmMessageQueue(name, memory, layout, self, leave);
    }

    private static boolean outlivesCreator() {
        return MEMORY.capabilities().contains(Capability.OUTLIVES_CREATOR);
    }

    @Override
    public String nativeKey(IpcName name) {
        return MEMORY.nativeKey(name);
    }

    @Override
    public Optional<String> find(IpcName name) {
        return MEMORY.find(name);
    }

    @Override
    public boolean remove(IpcName name) throws IpcException {
        return FileWork.call("remove", name, () -> removeUndisturbed(name));
    }

    private static boolean removeUndisturbed(IpcName name) throws IpcException {
        Optional<Incarnation> incarnation;
        try {
            incarnation = Optional.of(current(name));
        } catch (IpcException e) {
            incarnation = Optional.empty(); // none; or damaged, which can be removed all the same
        }
        boolean removed = MEMORY.remove(name);
        if (removed && incarnation.isPresent()) {
            Participant.forget(name, incarnation.get());
        }
        Participant.sweep(name, MEMORY.memoryName(name), other -> isCurrent(name, other));
        return removed;
    }

    private static boolean isCurrent(IpcName name, Incarnation incarnation) {
        try {
            return current(name).equals(incarnation);
        } catch (NameNotFoundException | IncompatibleException e) {
            return false;
        } catch (IpcException e) {
            return true; // it cannot be looked at, so nothing of it is deleted
        }
    }

    /** Looks which incarnation has the name now. */
    private static Incarnation current(IpcName name) throws IpcException {
        try (SharedMemory memory = MEMORY.open(name, Access.EVERYBODY)) {
            QueueLayout.require(name, memory.segment());
            return QueueLayout.incarnation(memory.segment());
        }
    }
}
