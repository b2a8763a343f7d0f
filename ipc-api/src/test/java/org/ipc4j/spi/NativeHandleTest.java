// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.IpcName;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;

/** A handle is closed once, and never while it is in use. */
class NativeHandleTest {
    private static final IpcName NAME = IpcName.of("test");

    @Test
    void closesAtOnceWhenNobodyUsesIt() {
        List<Long> closed = new ArrayList<>();
        NativeHandle handle = new NativeHandle(NAME, 42, closed::add);
        assertTrue(handle.isOpen());
        assertTrue(handle.close());
        assertFalse(handle.isOpen());
        assertEquals(List.of(42L), closed);
        assertFalse(handle.close());
        assertEquals(List.of(42L), closed);
    }

    @Test
    void theLastUserCloses() {
        List<Long> closed = new ArrayList<>();
        NativeHandle handle = new NativeHandle(NAME, 42, closed::add);
        assertEquals(42, handle.enter());
        handle.enter();
        assertTrue(handle.close());
        String message = assertThrows(IllegalStateException.class, handle::enter).getMessage();
        assertTrue(message.contains("test"), message);
        handle.exit();
        assertEquals(List.of(), closed, "closed while in use");
        handle.exit();
        assertEquals(List.of(42L), closed);
        assertFalse(handle.close());
        assertEquals(List.of(42L), closed);
    }

    @Test
    void neverClosedInUseWhateverTheTiming() throws Exception {
        for (int round = 0; round < 200; round++) {
            AtomicInteger closed = new AtomicInteger();
            NativeHandle handle = new NativeHandle(NAME, round, value -> closed.incrementAndGet());
            AtomicInteger failures = new AtomicInteger();
            CyclicBarrier start = new CyclicBarrier(4);
            Thread[] users = new Thread[3];
            for (int i = 0; i < users.length; i++) {
                users[i] = Thread.ofPlatform().start(() -> use(handle, closed, start, failures));
            }
            start.await();
            handle.close();
            for (Thread user : users) {
                user.join();
            }
            assertEquals(0, failures.get());
            assertEquals(1, closed.get());
        }
    }

    private static void use(
            NativeHandle handle,
            AtomicInteger closed,
            CyclicBarrier start,
            AtomicInteger failures) {
        try {
            start.await();
            while (true) {
                handle.enter();
                if (closed.get() != 0) {
                    failures.incrementAndGet();
                }
                handle.exit();
            }
        } catch (IllegalStateException ended) {
            // as it should be
        } catch (Exception e) {
            failures.incrementAndGet();
        }
    }
}
