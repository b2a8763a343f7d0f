// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.Access;
import org.ipc4j.Ipc;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.NameNotFoundException;
import org.ipc4j.interop.peer.Content;
import org.ipc4j.memory.SharedMemory;
import org.ipc4j.memory.SharedMemoryOptions;
import org.ipc4j.queue.MessageQueue;
import org.ipc4j.queue.MessageQueueOptions;
import org.ipc4j.spi.MessageQueueProvider;
import org.ipc4j.spi.NamedSemaphoreProvider;
import org.ipc4j.spi.SharedMemoryProvider;
import org.ipc4j.sync.NamedSemaphore;
import org.ipc4j.sync.NamedSemaphoreOptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Processes are killed while they create and remove an object.
 *
 * <p>Promised: the object is there, complete, or it is not; the next process can create or open it,
 * at once.
 */
@Interop
class CreatorKillIT {
    /** The next opener is not stuck. */
    private static final Duration AT_ONCE = Duration.ofSeconds(2);

    private static final int BYTES = 1 << 20;

    /** What is created, and how to look at it. */
    interface Kind {
        String create(String name);

        /** Opens, checks that it is complete, and closes. */
        void inspect(IpcName name) throws Exception;

        void createAnew(IpcName name) throws Exception;

        boolean remove(IpcName name) throws IpcException;
    }

    static Stream<Arguments> victims() {
        return Meetings.PROVIDERS.stream()
                .flatMap(provider ->
                        Stream.of(
                                Arguments.of("memory", memory(provider), Launcher.jvm(provider)),
                                Arguments.of(
                                        "semaphore", semaphore(provider), Launcher.jvm(provider)),
                                Arguments.of(
                                        "message queue", queue(provider), Launcher.jvm(provider))));
    }

    @ParameterizedTest(name = "{0}, {2}")
    @MethodSource("victims")
    void itIsThereOrNot(String what, Kind kind, Launcher launcher) throws Exception {
        IpcName name = IpcName.of(Run.name("create-kill"));
        try (Campaign campaign = new Campaign("creator of a " + what, launcher, 10)) {
            while (campaign.goesOn()) {
                Victim victim = campaign.victim();
                victim.run(kind.create(name.value()));
                campaign.kill(List.of(victim));

                Boolean there =
                        switch (victim.last()) {
                            case 'C' -> true;
                            case ' ', 'D' -> false;
                            default -> null; // it died in create or remove
                        };
                long begun = System.nanoTime();
                boolean found = isComplete(kind, name);
                if (there != null) {
                    assertEquals(there, found, "after " + victim.last());
                }
                assertEquals(found, kind.remove(name));
                kind.createAnew(name);
                campaign.recovered(System.nanoTime() - begun);
                assertTrue(
                        System.nanoTime() - begun < AT_ONCE.toNanos(),
                        "the next process was stuck");
                assertTrue(kind.remove(name));
                campaign.uncertain(there == null ? 1 : 0);
                assertEquals(List.of(), files(name.value()), "left behind");
            }
            campaign.succeeded();
        }
    }

    private static boolean isComplete(Kind kind, IpcName name) throws Exception {
        try {
            kind.inspect(name);
            return true;
        } catch (NameNotFoundException e) {
            return false;
        }
    }

    private static List<String> files(String name) throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/dev/shm"))) {
            return all.map(Path::toString).filter(file -> file.contains(name)).toList();
        }
    }

    private static Kind memory(String provider) {
        return new Kind() {
            private final SharedMemoryProvider memories =
                    Ipc.provider(SharedMemoryProvider.class, provider);

            @Override
            public String create(String name) {
                return "shm runCreator " + name + " " + BYTES;
            }

            @Override
            public void inspect(IpcName name) throws Exception {
                try (SharedMemory memory = memories.open(name, Access.OWNER)) {
                    assertEquals(BYTES, memory.byteSize());
                    assertEquals(-1, Content.mismatch(memory.segment(), 0), "half its content");
                }
            }

            @Override
            public void createAnew(IpcName name) throws Exception {
                memories.create(name, SharedMemoryOptions.ofSize(BYTES)).close();
            }

            @Override
            public boolean remove(IpcName name) throws IpcException {
                return memories.remove(name);
            }
        };
    }

    private static Kind semaphore(String provider) {
        return new Kind() {
            private final NamedSemaphoreProvider semaphores =
                    Ipc.provider(NamedSemaphoreProvider.class, provider);

            @Override
            public String create(String name) {
                return "sem runCreator " + name + " 3";
            }

            @Override
            public void inspect(IpcName name) throws Exception {
                try (NamedSemaphore semaphore = semaphores.open(name, Access.OWNER)) {
                    assertEquals(3, semaphore.availablePermits());
                    assertTrue(semaphore.tryAcquire());
                }
            }

            @Override
            public void createAnew(IpcName name) throws Exception {
                semaphores.create(name, NamedSemaphoreOptions.ofPermits(3)).close();
            }

            @Override
            public boolean remove(IpcName name) throws IpcException {
                return semaphores.remove(name);
            }
        };
    }

    private static Kind queue(String provider) {
        return new Kind() {
            private final MessageQueueProvider queues =
                    Ipc.provider(MessageQueueProvider.class, provider);

            @Override
            public String create(String name) {
                return "mq runCreator " + name + " 3 100";
            }

            @Override
            public void inspect(IpcName name) throws Exception {
                try (MessageQueue queue = queues.open(name, Access.OWNER)) {
                    assertEquals(3, queue.capacity());
                    assertEquals(100, queue.maxMessageSize());
                    assertEquals(0, queue.messageCount());
                    queue.send(ByteBuffer.wrap(new byte[] {1}), 2);
                    assertEquals(
                            Optional.of(2), queue.tryReceive().map(message -> message.priority()));
                    assertFalse(queue.tryReceive().isPresent());
                }
            }

            @Override
            public void createAnew(IpcName name) throws Exception {
                queues.create(name, MessageQueueOptions.of(3, 100)).close();
            }

            @Override
            public boolean remove(IpcName name) throws IpcException {
                return queues.remove(name);
            }
        };
    }
}
