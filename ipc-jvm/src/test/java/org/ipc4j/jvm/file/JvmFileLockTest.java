// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.Access;
import org.ipc4j.file.FileLockMode;
import org.ipc4j.file.FileRange;
import org.ipc4j.file.HeldFileLock;
import org.ipc4j.file.SharedFileLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;

class JvmFileLockTest {
    private static final FileRange FIRST = new FileRange(0, 1);
    private static final FileRange SECOND = new FileRange(1, 1);

    /**
     * Threads lock through one channel. An interrupt in an operation that blocks would close it,
     * and all would lose their locks.
     */
    @Test
    @Timeout(60)
    void whoIsInterruptedCostsNobodyALock(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("lock");
        JvmFileLockProvider provider = new JvmFileLockProvider();
        try (SharedFileLock kept = provider.createOrOpen(file, Access.OWNER);
                SharedFileLock other = provider.open(file, Access.OWNER)) {
            HeldFileLock held = kept.lock(FileLockMode.EXCLUSIVE, FIRST);
            AtomicReference<Throwable> failure = new AtomicReference<>();
            Thread thread =
                    Thread.ofPlatform()
                            .uncaughtExceptionHandler((_, thrown) -> failure.set(thrown))
                            .start(() -> lockAndUnlock(other));
            int interrupts = 0;
            while (thread.isAlive()) {
                thread.interrupt();
                interrupts++;
            }
            assertNull(failure.get());
            assertTrue(interrupts > 0);
            assertTrue(held.isHeld());
            assertTrue(other.tryLock(FileLockMode.SHARED, FIRST).isEmpty());
            held.close();
            assertEquals(FIRST, other.tryLock(FileLockMode.SHARED, FIRST).orElseThrow().range());
        }
    }

    private static void lockAndUnlock(SharedFileLock file) {
        try {
            for (int i = 0; i < 20_000; i++) {
                file.tryLock(FileLockMode.EXCLUSIVE, SECOND).orElseThrow().close();
            }
        } catch (IOException e) {
            throw new AssertionError("the channel was closed", e);
        }
    }
}
