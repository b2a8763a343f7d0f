// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.IncompatibleException;
import org.ipc4j.Ipc;
import org.ipc4j.IpcName;
import org.ipc4j.memory.AnonymousMemory;
import org.ipc4j.memory.AnonymousMemoryOptions;
import org.ipc4j.spi.AdoptableHandle;
import org.ipc4j.spi.NativeHandle;
import org.ipc4j.spi.SharedMemoryProvider;
import org.ipc4j.stream.HandleKind;
import org.ipc4j.tck.memory.AnonymousMemoryContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The provider {@code posix} keeps the contract of memory without a name. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the provider posix is for Linux")
class PosixAnonymousMemoryTest extends AnonymousMemoryContract {
    @Override
    protected SharedMemoryProvider provider() {
        return Ipc.provider(SharedMemoryProvider.class, "posix");
    }

    /**
     * A file in memory can be made smaller by whoever has it, so it is adopted only from who is
     * trusted.
     */
    @Test
    void whatIsNotSealedNeedsTrust() throws Exception {
        Path file = Files.createTempFile(Path.of("/dev/shm"), "ipc4j-unsealed", null);
        try (RandomAccessFile unsealed = new RandomAccessFile(file.toFile(), "rw")) {
            unsealed.setLength(100);
            AdoptableHandle received = received(descriptor(file));
            IncompatibleException e =
                    assertThrows(IncompatibleException.class, () -> provider().adopt(received));
            assertTrue(e.getMessage().contains("F_SEAL_SHRINK"), e::getMessage);
            assertTrue(received.isOpen());
            try (AnonymousMemory memory = provider().adoptUnsealed(received)) {
                assertEquals(100, memory.byteSize());
                memory.segment().set(ValueLayout.JAVA_BYTE, 5, (byte) 55);
                unsealed.seek(5);
                assertEquals(55, unsealed.read());
            }
            unsealed.setLength(0);
            AdoptableHandle empty = received(descriptor(file));
            assertThrows(IncompatibleException.class, () -> provider().adoptUnsealed(empty));
        } finally {
            Files.delete(file);
        }
    }

    /** What was opened for reading is adopted for reading. */
    @Test
    void whatWasOpenedForReadingIsReadOnly() throws Exception {
        try (AnonymousMemory memory = provider().anonymous(AnonymousMemoryOptions.ofSize(10));
                RandomAccessFile reading = new RandomAccessFile(memory.nativeKey(), "r")) {
            assertEquals(10, reading.length());
            long last =
                    descriptors(Files.readSymbolicLink(Path.of(memory.nativeKey())))
                            .max()
                            .orElseThrow();
            try (AnonymousMemory reader = provider().adopt(received(last))) {
                assertTrue(reader.segment().isReadOnly());
                memory.segment().set(ValueLayout.JAVA_BYTE, 5, (byte) 55);
                assertEquals(55, reader.segment().get(ValueLayout.JAVA_BYTE, 5));
            }
        }
    }

    private AdoptableHandle received(long descriptor) {
        IpcName name = IpcName.ofNative("from a test");
        return new AdoptableHandle(
                "posix",
                name,
                HandleKind.MEMORY,
                new NativeHandle(name, descriptor, ownedByTheTest -> {}));
    }

    private static long descriptor(Path file) throws IOException {
        return descriptors(file).findFirst().orElseThrow();
    }

    private static LongStream descriptors(Path file) throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return all.filter(fd -> leadsTo(fd, file)).toList().stream()
                    .mapToLong(fd -> Long.parseLong(fd.getFileName().toString()));
        }
    }

    private static boolean leadsTo(Path fd, Path file) {
        try {
            return Files.readSymbolicLink(fd).equals(file);
        } catch (IOException closed) {
            return false;
        }
    }
}
