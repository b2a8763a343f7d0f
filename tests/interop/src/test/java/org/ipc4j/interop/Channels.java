// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.IpcName;
import org.ipc4j.channel.Channel;
import org.ipc4j.channel.Topic;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.function.Supplier;

/** What the tests of channels and topics have in common. */
final class Channels {
    private static final Path SHM = Path.of("/dev/shm");
    private static final int FAMILY = 24;
    private static final int ID = 32;
    private static final long PATIENCE = 30_000_000_000L;

    /** Several times as long as anybody waits without looking whether the others live. */
    static final int LONG_MILLIS = 400;

    private Channels() {}

    /** A JVM whose memory is of the provider of that name; channels and topics are plain Java's. */
    static Launcher jvm(String provider) {
        return Launcher.jvm(
                provider,
                Launcher.ModulePath.HERE,
                "-Dorg.ipc4j.provider.channel=jvm",
                "-Dorg.ipc4j.provider.topic=jvm");
    }

    /** Waits until peers see what has happened, which the kernel does in its own time. */
    static void await(String expected, Supplier<String> said) throws InterruptedException {
        long begun = System.nanoTime();
        String last = said.get();
        while (!last.equals(expected) && System.nanoTime() - begun < PATIENCE) {
            Thread.sleep(1);
            last = said.get();
        }
        assertEquals(expected, last);
    }

    /**
     * Removes a channel that nobody uses any more, and makes sure that nothing is left of it.
     *
     * @param nativeKey the key of its memory
     */
    static void remove(IpcName name, String nativeKey) throws IOException {
        remove(name, nativeKey, Channel::remove);
    }

    /** Removes a topic, likewise. */
    static void removeTopic(IpcName name, String nativeKey) throws IOException {
        remove(name, nativeKey, Topic::remove);
    }

    /** Deletes a name. */
    private interface Removal {
        boolean of(IpcName name) throws IOException;
    }

    private static void remove(IpcName name, String nativeKey, Removal removal) throws IOException {
        Path memory = SHM.resolve(nativeKey.substring(1));
        Path lock = lockFile(memory);
        assertTrue(Files.exists(lock), "the lock file is not where the specification has it");
        assertTrue(removal.of(name));
        assertFalse(Files.exists(memory), () -> memory + " is left");
        assertFalse(Files.exists(lock), () -> lock + " is left");
    }

    /** By the specification of the layout, not by our code. */
    private static Path lockFile(Path memory) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(ID + Long.BYTES).order(ByteOrder.nativeOrder());
        try (FileChannel file = FileChannel.open(memory)) {
            assertEquals(header.capacity(), file.read(header));
        }
        HexFormat hex = HexFormat.of();
        return SHM.resolve(
                "ipc4j-lock."
                        + hex.toHexDigits(header.getLong(FAMILY))
                        + "."
                        + hex.toHexDigits(header.getLong(ID)));
    }
}
