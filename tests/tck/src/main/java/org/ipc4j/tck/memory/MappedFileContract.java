// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.Access;
import org.ipc4j.IncompatibleException;
import org.ipc4j.IpcException;
import org.ipc4j.NameExistsException;
import org.ipc4j.NameNotFoundException;
import org.ipc4j.ResourceLimitException;
import org.ipc4j.memory.MappedFile;
import org.ipc4j.memory.MappedFileMode;
import org.ipc4j.memory.MappedFileOptions;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.MappedFileProvider;
import org.ipc4j.tck.MechanismContract;
import org.ipc4j.tck.Task;
import org.ipc4j.tck.file.Folder;
import org.ipc4j.tck.file.Links;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What every {@link MappedFile} does: how it is created, opened, closed and deleted. See {@link
 * MappedFileContentContract} and {@link MappedFileGrowthContract} for the rest.
 */
public abstract class MappedFileContract extends MechanismContract<MappedFileProvider> {
    private Folder folder;
    private Path file;

    /** For subclasses. */
    protected MappedFileContract() {}

    /**
     * Makes a directory for the test.
     *
     * @throws IOException if that fails
     */
    @BeforeEach
    protected void makeFolder() throws IOException {
        folder = closing(Folder.fresh());
        file = folder.file();
    }

    private MappedFile created(long byteSize) throws IpcException {
        return closing(provider().create(file, byteSize, Access.OWNER));
    }

    private MappedFile opened(MappedFileOptions options) throws IpcException {
        return closing(provider().open(file, options));
    }

    private MappedFile opened(MappedFileMode mode) throws IpcException {
        return opened(MappedFileOptions.DEFAULT.withMode(mode));
    }

    private byte[] random(int size) throws IOException {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        Files.write(file, content);
        return content;
    }

    private static byte[] bytes(MappedFile mapped) {
        return mapped.segment().toArray(ValueLayout.JAVA_BYTE);
    }

    /** Null is a {@link NullPointerException}, and no size an {@link IllegalArgumentException}. */
    @Test
    protected void refusesNonsense() {
        assertThrows(NullPointerException.class, () -> provider().create(null, 1, Access.OWNER));
        assertThrows(NullPointerException.class, () -> provider().create(file, 1, null));
        assertThrows(
                NullPointerException.class, () -> provider().open(null, MappedFileOptions.DEFAULT));
        assertThrows(NullPointerException.class, () -> provider().open(file, null));
        for (long size : new long[] {0, -1, Long.MIN_VALUE}) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> provider().create(file, size, Access.OWNER));
        }
        assertFalse(Files.exists(file));
    }

    /**
     * A new file is all zeros and exactly of the size that was asked for; so is the mapping.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void createsZeros() throws Exception {
        for (int size : new int[] {1, 7, 4096, 4097, 1_000_003}) {
            try (MappedFile mapped = provider().create(file, size, Access.OWNER)) {
                assertEquals(file.toAbsolutePath(), mapped.path());
                assertEquals(size, mapped.byteSize());
                assertEquals(size, mapped.segment().byteSize());
                assertEquals(size, mapped.fileSize());
                assertEquals(0, mapped.position());
                assertEquals(MappedFileMode.READ_WRITE, mapped.mode());
                assertTrue(mapped.isOpen());
                assertTrue(mapped.segment().isNative());
                assertSame(mapped.segment(), mapped.segment());
                assertArrayEquals(new byte[size], bytes(mapped));
            }
            assertArrayEquals(new byte[size], Files.readAllBytes(file));
            Files.delete(file);
        }
        assertEquals(List.of(), folder.names());
    }

    /**
     * A name that is taken is refused, whatever has it, and stays as it is.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void createRefusesANameThatIsTaken() throws Exception {
        byte[] content = random(100);
        NameExistsException e =
                assertThrows(
                        NameExistsException.class,
                        () -> provider().create(file, 5000, Access.OWNER));
        assertTrue(e.getMessage().contains(file.toString()), e::getMessage);
        assertArrayEquals(content, Files.readAllBytes(file));
        Files.delete(file);
        Files.createDirectory(file);
        assertThrows(NameExistsException.class, () -> provider().create(file, 5000, Access.OWNER));
        assertEquals(List.of("file"), folder.names());
    }

    /**
     * A file in a directory that is not there cannot be created, nor opened; nor can one that is
     * not there.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void refusesWhatIsNotThere() throws Exception {
        Path absent = file.resolve("nothing");
        NameNotFoundException e =
                assertThrows(
                        NameNotFoundException.class,
                        () -> provider().open(file, MappedFileOptions.DEFAULT));
        assertTrue(e.getMessage().contains(file.toString()), e::getMessage);
        assertThrows(
                NameNotFoundException.class,
                () -> provider().open(absent, MappedFileOptions.DEFAULT));
        assertThrows(IpcException.class, () -> provider().create(absent, 100, Access.OWNER));
        assertEquals(List.of(), folder.names());
    }

    /**
     * A directory and a symbolic link are refused.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void refusesWhatIsNoRegularFile() throws Exception {
        for (MappedFileMode mode : MappedFileMode.values()) {
            MappedFileOptions options = MappedFileOptions.DEFAULT.withMode(mode);
            assertThrows(
                    IncompatibleException.class, () -> provider().open(folder.path(), options));
        }
        random(100);
        Path link = folder.path().resolve("link");
        Links.make(link, file);
        for (MappedFileMode mode : MappedFileMode.values()) {
            MappedFileOptions options = MappedFileOptions.DEFAULT.withMode(mode);
            assertThrows(IncompatibleException.class, () -> provider().open(link, options));
        }
        assertThrows(NameExistsException.class, () -> provider().create(link, 10, Access.OWNER));
        assertEquals(100, Files.size(file));
    }

    /**
     * With {@link Capability#SHARED_ACCESS} permissions are as asked for, whatever the umask.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void permissionsAreAsAskedFor() throws Exception {
        require(Capability.SHARED_ACCESS);
        for (Access access : Access.values()) {
            provider().create(file, 10, access).close();
            String expected =
                    switch (access) {
                        case OWNER -> "rw-------";
                        case GROUP -> "rw-rw----";
                        case EVERYBODY -> "rw-rw-rw-";
                    };
            assertEquals(
                    expected, PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            closing(provider().open(file, MappedFileOptions.DEFAULT.withAccess(access))).close();
            Files.delete(file);
        }
    }

    /**
     * After close every use is an {@link IllegalStateException}, in every thread.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void refusesUseAfterClose() throws Exception {
        MappedFile mapped = created(100);
        MemorySegment segment = mapped.segment();
        MemorySegment slice = segment.asSlice(8, 8);
        mapped.close();
        mapped.close();
        assertFalse(mapped.isOpen());
        assertThrows(IllegalStateException.class, () -> segment.get(ValueLayout.JAVA_BYTE, 0));
        Task.start(() -> slice.get(ValueLayout.JAVA_BYTE, 0)).failure(IllegalStateException.class);
        MemorySegment bytes = MemorySegment.ofArray(new byte[1]);
        assertThrows(IllegalStateException.class, mapped::fileSize);
        assertThrows(IllegalStateException.class, mapped::force);
        assertThrows(IllegalStateException.class, mapped::refresh);
        assertThrows(IllegalStateException.class, () -> mapped.grow(200));
        assertThrows(IllegalStateException.class, () -> mapped.read(0, bytes));
        assertThrows(IllegalStateException.class, () -> mapped.write(0, bytes));
        assertEquals(100, mapped.byteSize());
        assertEquals(100, Files.size(file));
    }

    /**
     * A file that is closed under threads that use it, its segment or its methods, gives those an
     * {@link IllegalStateException}.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void closeUnderUseIsSafe() throws Exception {
        for (int round = 0; round < 10; round++) {
            MappedFile mapped = provider().create(file, 8192, Access.OWNER);
            MemorySegment slice = mapped.segment().asSlice(4000);
            List<Task<Void>> users = new ArrayList<>();
            for (Task.Kind kind : Task.Kind.values()) {
                users.add(
                        Task.start(
                                kind,
                                () -> {
                                    for (long i = 0; ; i++) {
                                        slice.get(ValueLayout.JAVA_BYTE, i % 4192);
                                    }
                                }));
            }
            users.add(
                    Task.start(() -> {
                        while (true) {
                            mapped.read(0, MemorySegment.ofArray(new byte[8192]));
                        }
                    }));
            users.add(
                    Task.start(() -> {
                        while (true) {
                            mapped.write(0, MemorySegment.ofArray(new byte[8192]));
                            mapped.force(100, 5000);
                        }
                    }));
            Thread.sleep(2);
            mapped.close();
            for (Task<Void> user : users) {
                user.failure(IllegalStateException.class);
            }
            Files.delete(file);
        }
    }

    /**
     * As soon as a file is closed it can be deleted, and its name taken, on Windows too.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void canBeDeletedAtOnceAfterClose() throws Exception {
        for (int round = 0; round < 20; round++) {
            MappedFile mapped = provider().create(file, 100_000, Access.OWNER);
            MappedFile other = provider().open(file, MappedFileOptions.DEFAULT);
            mapped.segment().fill((byte) round);
            mapped.grow(200_000);
            other.segment().get(ValueLayout.JAVA_BYTE, 5);
            mapped.close();
            other.close();
            Files.delete(file);
            assertEquals(List.of(), folder.names());
        }
    }

    /**
     * With {@link Capability#REMOVABLE_NAME} a file can be deleted while it is mapped; who has it
     * keeps it.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void aDeletedFileStaysMapped() throws Exception {
        require(Capability.REMOVABLE_NAME);
        MappedFile one = created(100);
        MappedFile two = opened(MappedFileOptions.DEFAULT);
        Files.delete(file);
        one.segment().set(ValueLayout.JAVA_BYTE, 5, (byte) 55);
        assertEquals(55, two.segment().get(ValueLayout.JAVA_BYTE, 5));
        one.force();
        assertEquals(100, one.fileSize());
        MappedFile anew = created(50);
        assertEquals(0, anew.segment().get(ValueLayout.JAVA_BYTE, 5));
        assertEquals(50, anew.fileSize());
    }

    /**
     * More than the disk has is a {@link ResourceLimitException}, and nothing is left.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void refusesMoreThanThereIs() throws Exception {
        for (long size : new long[] {Long.MAX_VALUE, Long.MAX_VALUE - 4095, 1L << 60, 1L << 50}) {
            ResourceLimitException e =
                    assertThrows(
                            ResourceLimitException.class,
                            () -> provider().create(file, size, Access.OWNER),
                            () -> size + " bytes");
            assertTrue(e.getMessage().contains(file.toString()), e::getMessage);
            assertEquals(List.of(), folder.names());
        }
    }

    /**
     * Nothing is left of what was closed, and of what was refused.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void holdsNothing() throws Exception {
        provider().create(file, 5000, Access.OWNER).close();
        provider().open(file, MappedFileOptions.DEFAULT).close();
        long before = held();
        for (int i = 0; i < 50; i++) {
            provider().open(file, MappedFileOptions.DEFAULT).close();
            assertThrows(
                    NameExistsException.class, () -> provider().create(file, 10, Access.OWNER));
            assertThrows(
                    IncompatibleException.class,
                    () -> provider().open(file, MappedFileOptions.DEFAULT.from(5001)));
        }
        assertTrue(held() - before < 10, "descriptors or mappings are left");
    }

    /**
     * An interrupt, earlier or later, does nothing to a mapped file, and stays for who waits.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void anInterruptDoesNoHarm() throws Exception {
        Task.start(
                        () -> {
                            Thread.currentThread().interrupt();
                            MappedFile mapped = created(100);
                            mapped.grow(10_000);
                            mapped.write(9_999, MemorySegment.ofArray(new byte[] {9}));
                            mapped.force();
                            assertEquals(10_000, mapped.fileSize());
                            assertEquals(10_000, opened(MappedFileMode.READ_ONLY).byteSize());
                            assertTrue(Thread.interrupted());
                            mapped.write(9_998, MemorySegment.ofArray(new byte[] {8}));
                            return null;
                        })
                .result();
        assertEquals(10_000, Files.size(file));
    }
}
