// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.queue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.Access;
import org.ipc4j.IncompatibleException;
import org.ipc4j.IpcClosedException;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.NameExistsException;
import org.ipc4j.NameNotFoundException;
import org.ipc4j.ResourceLimitException;
import org.ipc4j.jvm.sys.Names;
import org.ipc4j.jvm.sys.Place;
import org.ipc4j.memory.SharedMemory;
import org.ipc4j.queue.Message;
import org.ipc4j.queue.MessageQueue;
import org.ipc4j.queue.MessageQueueOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;

class JvmMessageQueueTest {
    private final JvmMessageQueueProvider provider = new JvmMessageQueueProvider();
    private final IpcName name = IpcName.of("test-" + UUID.randomUUID());

    @AfterEach
    void remove() throws IOException {
        provider.remove(name);
        assertEquals(List.of(), lockFiles());
    }

    private List<Path> lockFiles() throws IOException {
        try (Stream<Path> files = Files.list(Place.here().directory())) {
            String family = HexFormat.of().toHexDigits(Names.hash("ipc4j-mq." + name.value()));
            return files.filter(f -> f.getFileName().toString().startsWith("ipc4j-lock." + family))
                    .toList();
        }
    }

    private MessageQueue create(int capacity, int maxMessageSize) throws IOException {
        return provider.create(name, MessageQueueOptions.of(capacity, maxMessageSize));
    }

    private static ByteBuffer message(int... bytes) {
        ByteBuffer message = ByteBuffer.allocate(bytes.length);
        for (int b : bytes) {
            message.put((byte) b);
        }
        return message.flip();
    }

    private SharedMemory memory(MessageQueue queue) throws IOException {
        return SharedMemory.open(IpcName.ofNative(queue.nativeKey()));
    }

    @Test
    void keepsBoundariesPrioritiesAndOrder() throws Exception {
        try (MessageQueue created = create(4, 10);
                MessageQueue opened = provider.open(name, Access.OWNER)) {
            assertTrue(created.trySend(message(1), 0));
            assertTrue(created.trySend(message(2, 2), 31));
            assertTrue(created.trySend(message(), 5));
            assertTrue(created.trySend(message(3, 3, 3), 31));
            assertFalse(created.trySend(message(9), 31));
            assertFalse(created.trySend(message(9), 31, Duration.ofMillis(5)));
            assertEquals(4, opened.messageCount());
            assertEquals(new Message(message(2, 2), 31), opened.receive());
            assertEquals(new Message(message(3, 3, 3), 31), opened.receive());
            assertEquals(new Message(message(), 5), opened.receive());
            assertEquals(new Message(message(1), 0), opened.receive());
            assertTrue(opened.tryReceive().isEmpty());
        }
    }

    @Test
    void takesEveryKindOfBuffer() throws Exception {
        try (MessageQueue queue = create(4, 8)) {
            ByteBuffer direct =
                    ByteBuffer.allocateDirect(20).put(7, (byte) 42).position(7).limit(9);
            queue.send(direct);
            assertEquals(9, direct.position());
            queue.send(message(1, 2, 3).asReadOnlyBuffer(), 0);
            queue.send(MemorySegment.ofArray(new byte[] {5, 6}), 0);
            ByteBuffer target = ByteBuffer.allocateDirect(30).position(3);
            assertEquals(0, queue.receive(target));
            assertEquals(42, target.get(3));
            assertEquals(5, target.position());
            ByteBuffer heap = ByteBuffer.allocate(8);
            queue.receive(heap);
            assertEquals(message(1, 2, 3), heap.flip());
            byte[] bytes = new byte[8];
            long receipt = queue.receive(MemorySegment.ofArray(bytes));
            assertEquals(2, MessageQueue.length(receipt));
            assertArrayEquals(new byte[] {5, 6, 0, 0, 0, 0, 0, 0}, bytes);
        }
    }

    @Test
    void persistsAndOpensByItsNativeKey() throws Exception {
        String key;
        try (MessageQueue queue = create(2, 8)) {
            key = queue.nativeKey();
            queue.send(message(1));
        }
        try (MessageQueue queue = provider.open(IpcName.ofNative(key), Access.OWNER)) {
            assertEquals(1, queue.receive().payload().get());
            assertEquals(key, provider.find(name).orElseThrow());
        }
    }

    @Test
    void takenAndAbsentNamesAreRefused() throws Exception {
        create(1, 1).close();
        assertEquals(
                name,
                assertThrows(NameExistsException.class, () -> create(1, 1)).name().orElseThrow());
        assertTrue(provider.remove(name));
        assertFalse(provider.remove(name));
        assertThrows(NameNotFoundException.class, () -> provider.open(name, Access.OWNER));
    }

    @Test
    void removedQueueServesWhoHasItOpen() throws Exception {
        try (MessageQueue old = create(2, 8);
                MessageQueue same = provider.open(name, Access.OWNER)) {
            assertTrue(provider.remove(name));
            try (MessageQueue other = create(2, 8)) {
                old.send(message(1));
                assertEquals(0, other.messageCount());
                assertEquals(1, same.receive().payload().get());
            }
        }
    }

    @Test
    void hugeQueueIsALimit() {
        assertThrows(
                ResourceLimitException.class, () -> create(Integer.MAX_VALUE, Integer.MAX_VALUE));
    }

    @Test
    void interruptDisturbsNothing() throws Exception {
        Thread.currentThread().interrupt();
        try (MessageQueue queue = create(2, 8);
                MessageQueue opened = provider.open(name, Access.OWNER)) {
            assertTrue(queue.trySend(message(1), 0));
            assertTrue(opened.tryReceive().isPresent());
            assertThrows(InterruptedException.class, opened::receive);
            assertTrue(queue.trySend(message(1), 0));
        }
    }

    @Test
    void closeEndsWaiting() throws Exception {
        MessageQueue queue = create(1, 1);
        Thread closer =
                Thread.startVirtualThread(() -> {
                    try {
                        Thread.sleep(30);
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                    queue.close();
                });
        assertThrows(IpcClosedException.class, queue::receive);
        closer.join();
        queue.close();
        assertThrows(IllegalStateException.class, queue::receive);
        assertThrows(IllegalStateException.class, queue::messageCount);
    }

    @Test
    void closingUnderManyThreadsNeverLeavesTheLockTaken() throws Exception {
        try (MessageQueue stays = create(64, 8)) {
            for (int round = 0; round < 50; round++) {
                MessageQueue goes = provider.open(name, Access.OWNER);
                List<Thread> threads =
                        Stream.generate(() ->
                                        Thread.ofPlatform()
                                                .start(() -> {
                                                    try {
                                                        while (true) {
                                                            goes.trySend(message(1), 0);
                                                            goes.tryReceive();
                                                        }
                                                    } catch (IllegalStateException e) {
                                                        return; // closed
                                                    } catch (IpcException e) {
                                                        throw new AssertionError(e);
                                                    }
                                                }))
                                .limit(3)
                                .toList();
                Thread.sleep(2);
                goes.close();
                for (Thread thread : threads) {
                    thread.join();
                }
                assertTrue(stays.trySend(message(1), 0) || stays.messageCount() == 64);
                stays.tryReceive();
            }
        }
    }

    @Test
    void lockOfADeadOwnerIsTakenOver() throws Exception {
        try (MessageQueue queue = create(4, 8);
                SharedMemory memory = memory(queue)) {
            queue.send(message(1), 3);
            queue.send(message(2), 3);
            for (long dead :
                    new long[] {
                        5L << 16 | 1, // an earlier epoch of our own entry
                        1L << 16 | 9, // an entry that nobody has taken
                        -1, // left half done
                        1L << 16 | 1, // our own word, left by a thread of ours
                        Long.MIN_VALUE, // nobody's
                        77
                    }) {
                memory.segment().set(ValueLayout.JAVA_INT, QueueLayout.COUNT, 99);
                memory.segment().set(ValueLayout.JAVA_INT, QueueLayout.FIRST + 12, 3);
                memory.segment().set(ValueLayout.JAVA_LONG, QueueLayout.LOCK, dead);
                assertEquals(1, queue.receive().payload().get());
                assertEquals(1, queue.messageCount());
                queue.send(message(2), 3);
                assertEquals(2, queue.receive().payload().get());
                queue.send(message(1), 4);
            }
        }
    }

    @Test
    void entryThatADeadProcessHadLockedIsProvenDead() throws Exception {
        try (MessageQueue queue = create(4, 8);
                SharedMemory memory = memory(queue)) {
            memory.segment()
                    .set(
                            ValueLayout.JAVA_LONG,
                            QueueLayout.EPOCHS + 8 * 8,
                            6); // entry 8, epoch 6, byte unlocked
            memory.segment().set(ValueLayout.JAVA_LONG, QueueLayout.LOCK, 6L << 16 | 9);
            assertTrue(queue.trySend(message(1), 0));
        }
    }

    @Test
    void waitingVirtualThreadRecoversAfterADeath() throws Exception {
        try (MessageQueue queue = create(4, 8);
                SharedMemory memory = memory(queue)) {
            Thread receiver =
                    Thread.startVirtualThread(() -> {
                        try {
                            queue.receive();
                        } catch (IpcException | InterruptedException e) {
                            throw new AssertionError(e);
                        }
                    });
            Thread.sleep(50);
            queue.send(
                    message(1)); // ends in most runs the wait; but if it is caught in between, the
            // next lines do
            memory.segment().set(ValueLayout.JAVA_LONG, QueueLayout.LOCK, 9L << 16 | 9);
            receiver.join();
            assertTrue(queue.trySend(message(1), 0));
        }
    }

    @Test
    void missingLockFileIsTold() throws Exception {
        create(1, 1).close();
        Path lockFile = lockFiles().getFirst();
        Files.delete(lockFile);
        assertThrows(IncompatibleException.class, () -> provider.open(name, Access.OWNER));
        assertThrows(NameExistsException.class, () -> create(1, 1));
    }

    @Test
    void lockFilesOfDeadCreatorsAreSwept() throws Exception {
        create(1, 1).close();
        Path lockFile = lockFiles().getFirst();
        String path = lockFile.toString();
        Path left = Path.of(path.substring(0, path.length() - 16) + "0123456789abcdef");
        Files.createFile(left);
        assertThrows(NameExistsException.class, () -> create(1, 1));
        assertFalse(Files.exists(left));
        assertTrue(Files.exists(lockFile), "a live queue's, which nobody has open");
        provider.open(name, Access.OWNER).close();
    }

    @Test
    void damagedMemoryGivesTypedErrorsOnly() throws Exception {
        Random random = new Random(3);
        for (int round = 0; round < 300; round++) {
            try (MessageQueue queue = create(5, 16);
                    SharedMemory memory = memory(queue)) {
                for (int i = 0; i < 3; i++) {
                    queue.send(message(i), i);
                }
                for (int i = 0; i < 8; i++) {
                    long at = random.nextLong(memory.byteSize() - 4) & -4;
                    if (at != 80 && (at < 64 || at > 72)) { // a live lock owner is not damage
                        memory.segment().set(ValueLayout.JAVA_INT, at, random.nextInt());
                    }
                }
                typedErrorsOnly(queue);
                try (MessageQueue second = provider.open(name, Access.OWNER)) {
                    typedErrorsOnly(second);
                } catch (IpcException e) {
                    assertFalse(e.getMessage().isEmpty());
                }
            }
            provider.remove(name);
        }
    }

    private static void typedErrorsOnly(MessageQueue queue) {
        for (int i = 0; i < 4; i++) {
            try {
                queue.trySend(message(1, 2, 3), 7);
                queue.messageCount();
                queue.tryReceive();
            } catch (IpcException e) {
                assertFalse(e.getMessage().isEmpty());
            }
        }
    }

    @Test
    void fileCutShortIsATypedError() throws Exception {
        try (MessageQueue queue = create(5, 16)) {
            try (FileChannel file =
                    FileChannel.open(
                            Path.of("/dev/shm" + queue.nativeKey()), StandardOpenOption.WRITE)) {
                file.truncate(0);
            }
            assertThrows(IncompatibleException.class, () -> queue.trySend(message(1), 0));
        }
    }
}
