// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.windows.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.Access;
import org.ipc4j.IncompatibleException;
import org.ipc4j.IpcAccessDeniedException;
import org.ipc4j.IpcName;
import org.ipc4j.NameExistsException;
import org.ipc4j.NameNotFoundException;
import org.ipc4j.memory.SharedMemory;
import org.ipc4j.memory.SharedMemoryOptions;
import org.ipc4j.windows.sync.WindowsNamedSemaphoreProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.lang.foreign.ValueLayout;
import java.util.Optional;
import java.util.concurrent.FutureTask;

/** What others see of memory that is not complete, and of another kind of object. */
@EnabledOnOs(OS.WINDOWS)
class WindowsSharedMemoryTest {
    private final WindowsSharedMemoryProvider provider = new WindowsSharedMemoryProvider();
    private final IpcName name =
            IpcName.of("memory-" + ProcessHandle.current().pid() + "-" + System.nanoTime());

    @Test
    void whoOpensWhileTheInitializerRunsWaitsForIt() throws Exception {
        FutureTask<Long> opener =
                new FutureTask<>(() -> {
                    try (SharedMemory opened = provider.open(name, Access.OWNER)) {
                        return opened.segment().get(ValueLayout.JAVA_LONG, 0);
                    }
                });
        SharedMemoryOptions options =
                SharedMemoryOptions.ofSize(64)
                        .initializedBy(segment -> {
                            assertEquals(
                                    Optional.of(provider.nativeKey(name)), provider.find(name));
                            assertThrows(
                                    NameExistsException.class,
                                    () -> provider.create(name, SharedMemoryOptions.ofSize(1)));
                            Thread.ofPlatform().start(opener);
                            pause(200);
                            segment.set(ValueLayout.JAVA_LONG, 0, 42);
                        });
        try (SharedMemory created = provider.create(name, options)) {
            assertEquals(42, opener.get());
            assertEquals(64, created.byteSize());
        }
    }

    @Test
    void nobodyWaitsForEver() throws Exception {
        SharedMemoryOptions options =
                SharedMemoryOptions.ofSize(64)
                        .initializedBy(segment -> {
                            String message =
                                    assertThrows(
                                                    IpcAccessDeniedException.class,
                                                    () -> provider.open(name, Access.OWNER))
                                            .getMessage();
                            assertTrue(message.contains("within 2 s"), message);
                        });
        provider.create(name, options).close();
        assertThrows(NameNotFoundException.class, () -> provider.open(name, Access.OWNER));
    }

    @Test
    void anotherKindOfObjectIsTold() throws Exception {
        IpcName key = IpcName.ofNative("Local\\" + name.value());
        try (SharedMemory memory = provider.create(key, SharedMemoryOptions.ofSize(1))) {
            String message =
                    assertThrows(
                                    IncompatibleException.class,
                                    () ->
                                            new WindowsNamedSemaphoreProvider()
                                                    .open(key, Access.OWNER))
                            .getMessage();
            assertTrue(message.contains("ERROR_INVALID_HANDLE (6)"), message);
            assertTrue(memory.isOpen());
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
