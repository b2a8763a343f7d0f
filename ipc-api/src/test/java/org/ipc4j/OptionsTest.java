// SPDX-License-Identifier: Apache-2.0

package org.ipc4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.memory.SharedMemoryOptions;
import org.ipc4j.queue.MessageQueue;
import org.ipc4j.queue.MessageQueueOptions;
import org.ipc4j.stream.NamedPipeOptions;
import org.ipc4j.sync.NamedSemaphoreOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;

class OptionsTest {
    @Test
    void defaultsAreForTheOwner() {
        assertEquals(Access.OWNER, SharedMemoryOptions.ofSize(1).access());
        assertEquals(Access.OWNER, NamedSemaphoreOptions.ofPermits(0).access());
        assertEquals(Access.OWNER, MessageQueueOptions.of(1, 1).access());
        assertEquals(Access.OWNER, NamedPipeOptions.DEFAULT.access());
    }

    @Test
    void withAccessKeepsTheRest() {
        Consumer<MemorySegment> initializer = segment -> {};
        SharedMemoryOptions memory =
                SharedMemoryOptions.ofSize(7).initializedBy(initializer).withAccess(Access.GROUP);
        assertEquals(7, memory.byteSize());
        assertSame(initializer, memory.initializer());
        assertEquals(Access.GROUP, memory.access());
        assertEquals(Access.GROUP, memory.initializedBy(segment -> {}).access());
        assertEquals(
                new NamedSemaphoreOptions(3, Access.EVERYBODY),
                NamedSemaphoreOptions.ofPermits(3).withAccess(Access.EVERYBODY));
        assertEquals(
                new MessageQueueOptions(3, 4, Access.GROUP),
                MessageQueueOptions.of(3, 4).withAccess(Access.GROUP));
        assertEquals(
                new NamedPipeOptions(Access.GROUP),
                NamedPipeOptions.DEFAULT.withAccess(Access.GROUP));
    }

    @Test
    void refusalsTellTheNumber() {
        refused("0", () -> SharedMemoryOptions.ofSize(0));
        refused("-5", () -> SharedMemoryOptions.ofSize(-5));
        refused("-1", () -> NamedSemaphoreOptions.ofPermits(-1));
        refused("0", () -> MessageQueueOptions.of(0, 1));
        refused("-2147483648", () -> MessageQueueOptions.of(1, Integer.MIN_VALUE));
        refused("0", () -> MessageQueueOptions.of(1, 0));
    }

    private static void refused(String number, Executable call) {
        String message = assertThrows(IllegalArgumentException.class, call).getMessage();
        assertTrue(message.contains(number), message);
    }

    @Test
    void nullIsRefused() {
        for (Executable call :
                new Executable[] {
                    () -> SharedMemoryOptions.ofSize(1).withAccess(null),
                    () -> SharedMemoryOptions.ofSize(1).initializedBy(null),
                    () -> NamedSemaphoreOptions.ofPermits(1).withAccess(null),
                    () -> MessageQueueOptions.of(1, 1).withAccess(null),
                    () -> NamedPipeOptions.DEFAULT.withAccess(null)
                }) {
            assertThrows(NullPointerException.class, call);
        }
    }

    @Test
    void receiptsHoldLengthAndPriority() {
        for (int length : new int[] {0, 1, 8192, Integer.MAX_VALUE}) {
            for (int priority : new int[] {0, 1, 31, 32767, Integer.MAX_VALUE}) {
                long receipt = MessageQueue.receipt(length, priority);
                assertTrue(receipt >= 0);
                assertEquals(length, MessageQueue.length(receipt));
                assertEquals(priority, MessageQueue.priority(receipt));
            }
        }
    }
}
