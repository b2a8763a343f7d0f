// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.ipc4j.Access;
import org.ipc4j.IncompatibleException;
import org.ipc4j.Ipc;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.Mechanism;
import org.ipc4j.NameExistsException;
import org.ipc4j.NameNotFoundException;
import org.ipc4j.ResourceLimitException;
import org.ipc4j.channel.Channel;
import org.ipc4j.channel.ChannelOptions;
import org.ipc4j.channel.Receiver;
import org.ipc4j.channel.Sender;
import org.ipc4j.memory.AnonymousMemory;
import org.ipc4j.memory.MappedFile;
import org.ipc4j.memory.SharedMemory;
import org.ipc4j.memory.SharedMemoryOptions;
import org.ipc4j.queue.MessageQueue;
import org.ipc4j.spi.AdoptableHandle;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.NamedSemaphoreProvider;
import org.ipc4j.spi.NativeHandle;
import org.ipc4j.spi.PassableHandle;
import org.ipc4j.spi.SharedMemoryProvider;
import org.ipc4j.stream.HandleKind;
import org.ipc4j.stream.NamedPipe;
import org.ipc4j.stream.NamedPipeReader;
import org.ipc4j.stream.NamedPipeWriter;
import org.ipc4j.stream.ReceivedHandle;
import org.ipc4j.sync.NamedSemaphore;
import org.ipc4j.tck.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The static methods of the API, with whatever provider is selected here. */
class ApiTest {
    private final IpcName name = IpcName.of(Names.fresh());

    @AfterEach
    void remove() throws IpcException {
        SharedMemory.remove(name);
        NamedSemaphore.remove(name);
        MessageQueue.remove(name);
        Channel.remove(name);
        if (isAvailable(Mechanism.NAMED_PIPE)) {
            NamedPipe.remove(name);
        }
    }

    private static boolean isAvailable(Mechanism mechanism) {
        return !Here.providers(mechanism).isEmpty();
    }

    /** {@link RequiredTest} says what must be there. */
    private static void require(Mechanism mechanism) {
        assumeTrue(isAvailable(mechanism), () -> "no provider of " + mechanism.key());
    }

    /** What does not outlive its last handle has no name any more that could be removed. */
    private static void assertRemovedOnce(Mechanism mechanism, Remover remover)
            throws IpcException {
        boolean stays =
                Ipc.provider(mechanism.providerType())
                        .capabilities()
                        .contains(Capability.OUTLIVES_CREATOR);
        assertEquals(stays, remover.remove());
        assertFalse(remover.remove());
    }

    private interface Remover {
        boolean remove() throws IpcException;
    }

    @Test
    void providersAreOneEach() {
        for (Mechanism mechanism : Mechanism.values()) {
            if (!isAvailable(mechanism)) {
                continue;
            }
            String selected = Ipc.provider(mechanism.providerType()).name();
            assertSame(
                    Ipc.provider(mechanism.providerType()),
                    Ipc.provider(mechanism.providerType(), selected));
        }
        String message =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Ipc.provider(NamedSemaphoreProvider.class, "solaris"))
                        .getMessage();
        assertTrue(message.contains("solaris") && message.contains("jvm"), message);
    }

    @Test
    void mappedFile(@TempDir Path folder) throws Exception {
        require(Mechanism.MAPPED_FILE);
        Path file = folder.resolve("file");
        assertThrows(NameNotFoundException.class, () -> MappedFile.open(file));
        assertThrows(NameNotFoundException.class, () -> MappedFile.openReadOnly(file));
        try (MappedFile created = MappedFile.createOrOpen(file, 100);
                MappedFile opened = MappedFile.createOrOpen(file, 50);
                MappedFile larger = MappedFile.createOrOpen(file, 5000);
                MappedFile reader = MappedFile.openReadOnly(file)) {
            assertEquals(100, opened.byteSize());
            assertEquals(5000, larger.byteSize());
            assertEquals(5000, reader.byteSize());
            created.segment().set(ValueLayout.JAVA_LONG, 0, 42);
            assertEquals(42, reader.segment().get(ValueLayout.JAVA_LONG, 0));
            assertThrows(NameExistsException.class, () -> MappedFile.create(file, 10));
        }
        Files.delete(file);
        MappedFile.create(file, 10).close();
        try (MappedFile opened = MappedFile.open(file)) {
            assertEquals(10, opened.byteSize());
        }
    }

    @Test
    void anonymousMemory() throws Exception {
        SharedMemoryProvider selected = Ipc.provider(SharedMemoryProvider.class);
        assumeTrue(selected.capabilities().contains(Capability.ANONYMOUS_MEMORY));
        try (AnonymousMemory memory = SharedMemory.anonymous(100)) {
            NativeHandle handle = ((PassableHandle) memory).handle();
            long fd = handle.enter();
            handle.exit();
            for (boolean sealed : new boolean[] {true, false}) {
                ReceivedHandle received =
                        new AdoptableHandle(
                                selected.name(),
                                memory.name(),
                                HandleKind.MEMORY,
                                new NativeHandle(memory.name(), fd, same -> {}));
                try (AnonymousMemory adopted =
                        sealed
                                ? SharedMemory.adopt(received)
                                : SharedMemory.adoptUnsealed(received)) {
                    memory.segment().set(ValueLayout.JAVA_LONG, 0, 42);
                    assertEquals(42, adopted.segment().get(ValueLayout.JAVA_LONG, 0));
                }
            }
        }
    }

    @Test
    void sharedMemory() throws Exception {
        assertThrows(NameNotFoundException.class, () -> SharedMemory.open(name));
        assertThrows(NameNotFoundException.class, () -> SharedMemory.openReadOnly(name));
        try (SharedMemory created = SharedMemory.createOrOpen(name, 100);
                SharedMemory opened = SharedMemory.createOrOpen(name, 50);
                SharedMemory reader = SharedMemory.openReadOnly(name)) {
            assertTrue(opened.byteSize() >= 100);
            created.segment().set(ValueLayout.JAVA_LONG, 0, 42);
            assertEquals(42, opened.segment().get(ValueLayout.JAVA_LONG, 0));
            assertEquals(42, reader.segment().get(ValueLayout.JAVA_LONG, 0));
            String message =
                    assertThrows(
                                    IncompatibleException.class,
                                    () -> SharedMemory.createOrOpen(name, 100_000))
                            .getMessage();
            assertTrue(message.contains("100000"), message);
            assertThrows(NameExistsException.class, () -> SharedMemory.create(name, 100));
            SharedMemoryOptions initialized =
                    SharedMemoryOptions.ofSize(10)
                            .initializedBy(segment -> {
                                throw new AssertionError("it was there");
                            });
            SharedMemory.createOrOpen(name, initialized).close();
        }
        assertRemovedOnce(Mechanism.SHARED_MEMORY, () -> SharedMemory.remove(name));
        assertThrows(IllegalArgumentException.class, () -> SharedMemory.create(name, 0));
    }

    @Test
    void namedSemaphore() throws Exception {
        assertThrows(NameNotFoundException.class, () -> NamedSemaphore.open(name));
        try (NamedSemaphore created = NamedSemaphore.createOrOpen(name, 1);
                NamedSemaphore opened = NamedSemaphore.createOrOpen(name, 100);
                NamedSemaphore third = NamedSemaphore.open(name, Access.EVERYBODY)) {
            created.acquire();
            assertFalse(opened.tryAcquire(), "the permits are those it was created with");
            opened.release();
            assertTrue(third.tryAcquire());
            assertThrows(NameExistsException.class, () -> NamedSemaphore.create(name, 1));
        }
        assertRemovedOnce(Mechanism.NAMED_SEMAPHORE, () -> NamedSemaphore.remove(name));
        assertThrows(IllegalArgumentException.class, () -> NamedSemaphore.create(name, -1));
    }

    @Test
    void messageQueue() throws Exception {
        assertThrows(NameNotFoundException.class, () -> MessageQueue.open(name));
        try (MessageQueue created = MessageQueue.createOrOpen(name, 3, 30);
                MessageQueue opened = MessageQueue.createOrOpen(name, 5, 50)) {
            assertEquals(3, opened.capacity());
            assertEquals(30, opened.maxMessageSize());
            created.send(ByteBuffer.wrap(new byte[] {1, 2, 3}));
            assertEquals(3, opened.receive().payload().remaining());
            assertThrows(NameExistsException.class, () -> MessageQueue.create(name, 1, 1));
        }
        assertRemovedOnce(Mechanism.MESSAGE_QUEUE, () -> MessageQueue.remove(name));
        assertThrows(IllegalArgumentException.class, () -> MessageQueue.create(name, 0, 1));
    }

    @Test
    void channel() throws Exception {
        assertThrows(NameNotFoundException.class, () -> Sender.open(name));
        assertThrows(NameNotFoundException.class, () -> Receiver.open(name));
        ChannelOptions options = ChannelOptions.DEFAULT.withSenders(2).withMaxMessageSize(30);
        try (Sender created = Sender.createOrOpen(name, options);
                Sender opened = Sender.createOrOpen(name, ChannelOptions.DEFAULT);
                Receiver receiver = Receiver.createOrOpen(name, ChannelOptions.DEFAULT)) {
            assertEquals(30, opened.maxMessageSize());
            assertEquals(2, receiver.senders());
            created.send(ByteBuffer.wrap(new byte[] {1, 2, 3}));
            assertEquals(3, receiver.receive(ByteBuffer.allocate(30)));
            assertThrows(NameExistsException.class, () -> Sender.create(name, options));
            assertThrows(NameExistsException.class, () -> Receiver.create(name, options));
            assertThrows(ResourceLimitException.class, () -> Sender.open(name));
            assertThrows(ResourceLimitException.class, () -> Receiver.open(name, Access.EVERYBODY));
        }
        assertRemovedOnce(Mechanism.CHANNEL, () -> Channel.remove(name));
        try (Receiver created = Receiver.createOrOpen(name, options);
                Sender sender = Sender.open(name, Access.EVERYBODY)) {
            sender.send(ByteBuffer.wrap(new byte[5]));
            assertEquals(5, created.receive(ByteBuffer.allocate(30)));
        }
        assertRemovedOnce(Mechanism.CHANNEL, () -> Channel.remove(name));
    }

    @Test
    void namedPipe() throws Exception {
        require(Mechanism.NAMED_PIPE);
        NameNotFoundException e =
                assertThrows(NameNotFoundException.class, () -> NamedPipe.openWriter(name));
        assertTrue(e.getMessage().contains("reader"), e::getMessage);
        assertEquals(Optional.empty(), NamedPipe.openWriter(name, Duration.ofMillis(1)));
        try (NamedPipeReader reader = NamedPipe.createReader(name)) {
            assertThrows(NameExistsException.class, () -> NamedPipe.createReader(name));
            try (NamedPipeWriter writer = NamedPipe.openWriter(name)) {
                writer.write(ByteBuffer.wrap(new byte[3]));
            }
            assertEquals(3, reader.read(ByteBuffer.allocate(10)));
        }
        assertFalse(NamedPipe.remove(name));
    }

    @Test
    void nullIsRefused() {
        assertThrows(NullPointerException.class, () -> SharedMemory.open(null));
        assertThrows(NullPointerException.class, () -> SharedMemory.create(null, 1));
        assertThrows(NullPointerException.class, () -> SharedMemory.createOrOpen(null, 1));
        assertThrows(NullPointerException.class, () -> SharedMemory.remove(null));
        assertThrows(NullPointerException.class, () -> NamedSemaphore.create(name, null));
        assertThrows(NullPointerException.class, () -> NamedSemaphore.createOrOpen(name, null));
        assertThrows(NullPointerException.class, () -> MessageQueue.open(null));
        assertThrows(NullPointerException.class, () -> Sender.open(null));
        assertThrows(NullPointerException.class, () -> Receiver.open(name, null));
        assertThrows(NullPointerException.class, () -> Receiver.create(name, null));
        require(Mechanism.NAMED_PIPE);
        assertThrows(NullPointerException.class, () -> NamedPipe.createReader(null));
        assertThrows(NullPointerException.class, () -> NamedPipe.openWriter(name, null));
    }

    private interface Use {
        void once() throws Exception;
    }

    /** However many threads create and remove, who calls {@code createOrOpen} gets an object. */
    private static void whileOthersRemove(Use createOrOpen, Use remove) throws Exception {
        AtomicInteger left = new AtomicInteger(2_000); // or as often as it goes in that time
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        Task<Void> remover =
                Task.start(() -> {
                    while (left.get() > 0) {
                        remove.once();
                    }
                    return null;
                });
        List<Task<Void>> tasks = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            tasks.add(
                    Task.start(() -> {
                        try {
                            while (left.getAndDecrement() > 0 && System.nanoTime() < end) {
                                createOrOpen.once();
                            }
                            return null;
                        } finally {
                            left.set(0);
                        }
                    }));
        }
        for (Task<Void> task : tasks) {
            task.result();
        }
        remover.result();
    }

    @Test
    void createOrOpenSharedMemoryWhileOthersRemove() throws Exception {
        whileOthersRemove(
                () -> SharedMemory.createOrOpen(name, 64).close(), () -> SharedMemory.remove(name));
    }

    @Test
    void createOrOpenSemaphoresWhileOthersRemove() throws Exception {
        whileOthersRemove(
                () -> NamedSemaphore.createOrOpen(name, 1).close(),
                () -> NamedSemaphore.remove(name));
    }

    @Test
    void createOrOpenQueuesWhileOthersRemove() throws Exception {
        whileOthersRemove(
                () -> MessageQueue.createOrOpen(name, 2, 64).close(),
                () -> MessageQueue.remove(name));
    }

    @Test
    void createOrOpenChannelsWhileOthersRemove() throws Exception {
        ChannelOptions options = ChannelOptions.DEFAULT.withCapacity(4096).withSenders(3);
        whileOthersRemove(
                () -> Sender.createOrOpen(name, options).close(), () -> Channel.remove(name));
    }
}
