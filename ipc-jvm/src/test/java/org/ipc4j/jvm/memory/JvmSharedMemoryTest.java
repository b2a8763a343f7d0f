// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.Access;
import org.ipc4j.IncompatibleException;
import org.ipc4j.IpcName;
import org.ipc4j.NameExistsException;
import org.ipc4j.NameNotFoundException;
import org.ipc4j.ResourceLimitException;
import org.ipc4j.jvm.sys.Place;
import org.ipc4j.memory.SharedMemory;
import org.ipc4j.memory.SharedMemoryOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

class JvmSharedMemoryTest {
    private final JvmSharedMemoryProvider provider = new JvmSharedMemoryProvider();
    private final IpcName name = IpcName.of("test-" + UUID.randomUUID());
    private final Path file = Place.here().memory(name);

    @TempDir Path elsewhere;

    @AfterEach
    void remove() throws IOException {
        provider.remove(name);
        assertEquals(List.of(), leftovers());
    }

    private List<Path> leftovers() throws IOException {
        try (Stream<Path> files = Files.list(Place.here().directory())) {
            return files.filter(f -> f.getFileName().toString().contains(name.value())).toList();
        }
    }

    @Test
    void whatOneWritesTheOtherReads() throws IOException {
        try (SharedMemory created = provider.create(name, SharedMemoryOptions.ofSize(100_000));
                SharedMemory opened = provider.open(name, Access.OWNER);
                SharedMemory readOnly = provider.openReadOnly(name, Access.OWNER)) {
            assertEquals(100_000, opened.byteSize());
            assertEquals(created.nativeKey(), provider.find(name).orElseThrow());
            created.segment().set(ValueLayout.JAVA_BYTE, 99_999, (byte) 7);
            assertEquals(7, opened.segment().get(ValueLayout.JAVA_BYTE, 99_999));
            assertEquals(7, readOnly.segment().get(ValueLayout.JAVA_BYTE, 99_999));
            assertTrue(readOnly.segment().isReadOnly());
            assertEquals(List.of(file), leftovers());
        }
    }

    @Test
    void appearsInitialized() throws IOException {
        SharedMemoryOptions options =
                SharedMemoryOptions.ofSize(8)
                        .initializedBy(segment -> {
                            assertFalse(Files.exists(file));
                            segment.set(ValueLayout.JAVA_LONG, 0, 42);
                        });
        try (SharedMemory created = provider.create(name, options)) {
            assertEquals(42, created.segment().get(ValueLayout.JAVA_LONG, 0));
        }
    }

    @Test
    void initializerThatThrowsLeavesNothing() {
        SharedMemoryOptions options =
                SharedMemoryOptions.ofSize(8)
                        .initializedBy(segment -> {
                            throw new ArithmeticException();
                        });
        assertThrows(ArithmeticException.class, () -> provider.create(name, options));
        assertEquals(false, Files.exists(file));
    }

    @ParameterizedTest
    @EnumSource(Access.class)
    void hasThePermissionsOfItsAccess(Access access) throws IOException {
        provider.create(name, SharedMemoryOptions.ofSize(8).withAccess(access)).close();
        String expected =
                switch (access) {
                    case OWNER -> "rw-------";
                    case GROUP -> "rw-rw----";
                    case EVERYBODY -> "rw-rw-rw-";
                };
        assertEquals(expected, PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void interruptDisturbsNothing() throws IOException {
        Thread.currentThread().interrupt();
        try (SharedMemory created = provider.create(name, SharedMemoryOptions.ofSize(1 << 20));
                SharedMemory opened = provider.open(name, Access.OWNER)) {
            assertEquals(created.byteSize(), opened.byteSize());
            assertTrue(provider.remove(name));
        }
        assertTrue(Thread.interrupted());
    }

    @Test
    void takenNameIsRefused() throws IOException {
        provider.create(name, SharedMemoryOptions.ofSize(8)).close();
        assertThrows(
                NameExistsException.class,
                () -> provider.create(name, SharedMemoryOptions.ofSize(8)));
    }

    @Test
    void nameTakenWhileInitializingIsRefused() {
        SharedMemoryOptions options =
                SharedMemoryOptions.ofSize(8)
                        .initializedBy(segment -> {
                            try {
                                provider.create(name, SharedMemoryOptions.ofSize(16)).close();
                            } catch (IOException e) {
                                throw new AssertionError(e);
                            }
                        });
        assertThrows(NameExistsException.class, () -> provider.create(name, options));
    }

    @Test
    void absentNameIsRefused() {
        assertThrows(NameNotFoundException.class, () -> provider.open(name, Access.OWNER));
        assertEquals(false, provider.find(name).isPresent());
    }

    @Test
    void linkIsRefused() throws IOException {
        Path target = Files.write(elsewhere.resolve("target"), new byte[8]);
        Files.createSymbolicLink(file, target);
        assertThrows(IncompatibleException.class, () -> provider.open(name, Access.EVERYBODY));
        assertThrows(
                NameExistsException.class,
                () -> provider.create(name, SharedMemoryOptions.ofSize(8)));
        assertEquals(8, Files.size(target));
    }

    @Test
    void moreThanThereIsLeavesNothing() {
        assertThrows(
                ResourceLimitException.class,
                () -> provider.create(name, SharedMemoryOptions.ofSize(Long.MAX_VALUE)));
    }

    @Test
    void leftoverOfADeadCreatorIsSweptByTheNext() throws IOException {
        Path left = file.resolveSibling(".ipc4j-new." + name.value() + ".0123456789abcdef");
        Path other = file.resolveSibling(".ipc4j-new." + name.value() + ".x.0123456789abcdef");
        Files.write(left, new byte[8]);
        Files.write(other, new byte[8]);
        provider.create(name, SharedMemoryOptions.ofSize(8)).close();
        assertFalse(Files.exists(left));
        assertTrue(Files.deleteIfExists(other), "another name's");
    }

    @Test
    void closedSegmentIsNotAccessible() throws IOException {
        SharedMemory memory = provider.create(name, SharedMemoryOptions.ofSize(8));
        MemorySegment segment = memory.segment();
        memory.close();
        memory.close();
        assertFalse(memory.isOpen());
        assertThrows(IllegalStateException.class, () -> segment.get(ValueLayout.JAVA_BYTE, 0));
    }

    @Test
    void isWhatAnotherProgramMakesInDevShm() throws IOException {
        IpcName key = IpcName.ofNative("/" + name.value());
        try (FileChannel foreign =
                FileChannel.open(
                        file,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")))) {
            Thread.startVirtualThread(() -> {
                try {
                    Thread.sleep(50);
                    Files.write(file, new byte[123]);
                } catch (IOException | InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
            assertEquals(0, foreign.size());
            try (SharedMemory opened = provider.open(key, Access.OWNER)) { // waits for the size
                assertEquals(123, opened.byteSize());
                assertEquals("/" + name.value(), opened.nativeKey());
            }
        }
    }

    @Test
    void worksInADirectoryOfTheUser() throws IOException {
        Place place = new Place(elsewhere.resolve("ipc4j-me"), false);
        IpcName odd = IpcName.of("CON: a?b*.");
        try (SharedMemory created =
                JvmSharedMemory.create(place, odd, SharedMemoryOptions.ofSize(8))) {
            assertEquals(
                    elsewhere.resolve("ipc4j-me/shm.%43%4F%4E%3A%20a%3Fb%2A%2E").toString(),
                    created.nativeKey());
            try (SharedMemory opened =
                    JvmSharedMemory.open(
                            place, IpcName.ofNative(created.nativeKey()), Access.OWNER)) {
                assertEquals(8, opened.byteSize());
            }
        }
        Files.setPosixFilePermissions(
                place.directory(), PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThrows(
                org.ipc4j.IpcAccessDeniedException.class,
                () -> JvmSharedMemory.create(place, name, SharedMemoryOptions.ofSize(8)));
    }

    @Test
    void badNativeKeyIsMisuse() {
        for (String key : List.of("/", "/a/b", "/..", "/" + "x".repeat(256))) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> provider.open(IpcName.ofNative(key), Access.OWNER),
                    key);
        }
    }
}
