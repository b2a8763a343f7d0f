// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.sys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.IpcName;
import org.junit.jupiter.api.Test;

import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;

/** A descriptor is closed once, and never while it is in use. */
class DescriptorTest {
    private static final IpcName NAME = IpcName.of("test");

    private static int devNull() {
        int fd = FcntlCalls.open("/dev/null", Abi.O_WRONLY | Abi.O_CLOEXEC, 0);
        assertTrue(fd >= 0);
        return fd;
    }

    private static boolean isOpen(int fd) {
        return PollCalls.poll(fd, Abi.POLLOUT, 0) == Abi.POLLOUT;
    }

    @Test
    void closesAtOnceWhenNobodyUsesIt() {
        int fd = devNull();
        Descriptor descriptor = new Descriptor(NAME, fd);
        assertTrue(descriptor.isOpen());
        assertTrue(descriptor.close());
        assertFalse(descriptor.isOpen());
        assertFalse(isOpen(fd));
        assertFalse(descriptor.close(), "closed twice");
    }

    @Test
    void theLastUserCloses() {
        int fd = devNull();
        Descriptor descriptor = new Descriptor(NAME, fd);
        assertEquals(fd, descriptor.enter());
        descriptor.enter();
        descriptor.close();
        assertThrows(IllegalStateException.class, descriptor::enter);
        descriptor.exit();
        assertTrue(isOpen(fd), "closed while in use");
        descriptor.exit();
        assertFalse(isOpen(fd));
    }

    @Test
    void neverClosedInUseWhateverTheTiming() throws Exception {
        for (int round = 0; round < 200; round++) {
            Descriptor descriptor = new Descriptor(NAME, devNull());
            AtomicInteger failures = new AtomicInteger();
            CyclicBarrier start = new CyclicBarrier(4);
            Thread[] users = new Thread[3];
            for (int i = 0; i < users.length; i++) {
                users[i] = Thread.ofPlatform().start(() -> use(descriptor, start, failures));
            }
            start.await();
            descriptor.close();
            for (Thread user : users) {
                user.join();
            }
            assertEquals(0, failures.get());
        }
    }

    private static void use(Descriptor descriptor, CyclicBarrier start, AtomicInteger failures) {
        try {
            start.await();
            while (true) {
                int fd = descriptor.enter();
                if (!isOpen(fd)) {
                    failures.incrementAndGet();
                }
                descriptor.exit();
            }
        } catch (IllegalStateException closed) {
            // as it should be
        } catch (Exception e) {
            failures.incrementAndGet();
        }
    }
}
