// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.IncompatibleException;
import org.ipc4j.IpcException;
import org.ipc4j.file.FileRange;
import org.ipc4j.memory.MappedFile;
import org.ipc4j.memory.MappedFileMode;
import org.ipc4j.memory.MappedFileOptions;
import org.ipc4j.spi.MappedFileProvider;
import org.ipc4j.tck.ProviderFixture;
import org.ipc4j.tck.file.Folder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/**
 * What is in the memory of a {@link MappedFile}, whichever part of the file it is, and how it is
 * mapped.
 */
public abstract class MappedFileContentContract extends ProviderFixture<MappedFileProvider> {
    private Path file;

    /** For subclasses. */
    protected MappedFileContentContract() {}

    /**
     * Makes a directory for the test.
     *
     * @throws IOException if that fails
     */
    @BeforeEach
    protected void makeFolder() throws IOException {
        file = closing(Folder.fresh()).file();
    }

    private MappedFile opened(MappedFileOptions options) throws IpcException {
        return closing(provider().open(file, options));
    }

    private MappedFile opened(MappedFileMode mode) throws IpcException {
        return opened(MappedFileOptions.DEFAULT.withMode(mode));
    }

    private MappedFile part(long position, long size) throws IpcException {
        return opened(MappedFileOptions.DEFAULT.withRange(new FileRange(position, size)));
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

    /**
     * What is written into the memory is in the file, and in every other mapping of it.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void writesAreShared() throws Exception {
        byte[] content = random(100_003);
        MappedFile one = opened(MappedFileOptions.DEFAULT);
        MappedFile two = opened(MappedFileOptions.DEFAULT);
        MappedFile reader = opened(MappedFileMode.READ_ONLY);
        for (MappedFile each : List.of(one, two, reader)) {
            assertArrayEquals(content, bytes(each));
        }
        one.segment().set(ValueLayout.JAVA_BYTE, 100_002, (byte) 42);
        two.segment().set(ValueLayout.JAVA_LONG_UNALIGNED, 4093, 0x0102030405060708L);
        assertEquals(42, two.segment().get(ValueLayout.JAVA_BYTE, 100_002));
        assertEquals(
                0x0102030405060708L, reader.segment().get(ValueLayout.JAVA_LONG_UNALIGNED, 4093));
        assertArrayEquals(bytes(one), bytes(reader));
        one.close();
        two.close();
        assertArrayEquals(bytes(reader), Files.readAllBytes(file));
    }

    /**
     * A mapping for reading refuses every write, and sees those of others.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void readOnlyRefusesWrites() throws Exception {
        byte[] content = random(100);
        MappedFile reader = opened(MappedFileMode.READ_ONLY);
        MemorySegment segment = reader.segment();
        assertTrue(segment.isReadOnly());
        assertThrows(RuntimeException.class, () -> segment.set(ValueLayout.JAVA_BYTE, 0, (byte) 1));
        assertThrows(RuntimeException.class, () -> segment.fill((byte) 1));
        assertThrows(
                UnsupportedOperationException.class,
                () -> reader.write(0, MemorySegment.ofArray(new byte[10])));
        reader.force();
        assertArrayEquals(content, Files.readAllBytes(file));
        opened(MappedFileOptions.DEFAULT).segment().set(ValueLayout.JAVA_BYTE, 7, (byte) 77);
        assertEquals(77, segment.get(ValueLayout.JAVA_BYTE, 7));
    }

    /**
     * What is written privately stays private, and is not in the file, not even when it is forced.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void privateWritesStayPrivate() throws Exception {
        byte[] content = random(10_000);
        MappedFile mine = opened(MappedFileMode.PRIVATE);
        MappedFile theirs = opened(MappedFileMode.PRIVATE);
        MappedFile common = opened(MappedFileMode.READ_ONLY);
        assertArrayEquals(content, bytes(mine));
        mine.segment().fill((byte) 1);
        mine.write(3, MemorySegment.ofArray(new byte[] {3}));
        assertEquals(3, mine.segment().get(ValueLayout.JAVA_BYTE, 3));
        mine.force();
        assertArrayEquals(content, bytes(theirs));
        assertArrayEquals(content, bytes(common));
        mine.close();
        assertArrayEquals(content, Files.readAllBytes(file));
    }

    /**
     * A part may begin and end at any byte.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void aPartMayBeginAnywhere() throws Exception {
        byte[] content = random(300_007);
        for (int position : new int[] {0, 1, 4095, 4096, 4097, 65_535, 65_536, 65_537, 200_001}) {
            for (int size : new int[] {1, 4096, 99_999}) {
                try (MappedFile mapped = part(position, size)) {
                    assertEquals(position, mapped.position());
                    assertEquals(size, mapped.byteSize());
                    assertEquals(content.length, mapped.fileSize());
                    assertEquals(
                            -1,
                            mapped.segment()
                                    .mismatch(
                                            MemorySegment.ofArray(content)
                                                    .asSlice(position, size)));
                    mapped.segment().set(ValueLayout.JAVA_BYTE, size - 1, (byte) size);
                    mapped.force();
                    mapped.force(size - 1, 1);
                    mapped.force(size / 2, size - size / 2);
                    content[position + size - 1] = (byte) size;
                }
            }
            try (MappedFile rest = opened(MappedFileOptions.DEFAULT.from(position))) {
                assertEquals(content.length - position, rest.byteSize());
                assertEquals(
                        content[content.length - 1],
                        rest.segment().get(ValueLayout.JAVA_BYTE, rest.byteSize() - 1));
            }
        }
        assertArrayEquals(content, Files.readAllBytes(file));
    }

    /**
     * A range beyond the end is refused, and the file does not get longer by it.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void refusesARangeBeyondTheEnd() throws Exception {
        random(10_000);
        for (MappedFileMode mode : MappedFileMode.values()) {
            for (MappedFileOptions options :
                    List.of(
                            MappedFileOptions.DEFAULT.withRange(new FileRange(9_999, 2)),
                            MappedFileOptions.DEFAULT.withRange(new FileRange(20_000, 1)),
                            MappedFileOptions.DEFAULT.from(10_001))) {
                IncompatibleException e =
                        assertThrows(
                                IncompatibleException.class,
                                () -> provider().open(file, options.withMode(mode)));
                assertTrue(e.getMessage().contains("10000 bytes"), e::getMessage);
            }
        }
        assertEquals(10_000, Files.size(file));
        assertEquals(0, opened(MappedFileOptions.DEFAULT.from(10_000)).byteSize());
    }

    /**
     * An empty file is an empty segment.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void anEmptyFileIsMapped() throws Exception {
        Files.createFile(file);
        for (MappedFileMode mode : MappedFileMode.values()) {
            MappedFile mapped = opened(mode);
            assertEquals(0, mapped.byteSize());
            mapped.force();
            mapped.close();
            assertFalse(mapped.segment().scope().isAlive());
        }
    }

    /**
     * Files larger than 2 and 4 GB are mapped in one piece. This one has a hole nearly as large.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void mapsBeyondTwoGigabytes() throws Exception {
        long size = 5L << 30;
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(size);
            sparse.seek(size - 3);
            sparse.write(new byte[] {1, 2, 3});
        }
        MappedFile mapped = opened(MappedFileOptions.DEFAULT);
        assertEquals(size, mapped.byteSize());
        assertEquals(2, mapped.segment().get(ValueLayout.JAVA_BYTE, size - 2));
        long middle = (3L << 30) + 12_345;
        mapped.segment().set(ValueLayout.JAVA_INT_UNALIGNED, middle, 0x12345678);
        mapped.force(middle, 4);
        try (MappedFile part = part(middle - 1, 10)) {
            assertEquals(0x12345678, part.segment().get(ValueLayout.JAVA_INT_UNALIGNED, 1));
        }
        byte[] read = new byte[4];
        mapped.read(middle, MemorySegment.ofArray(read));
        assertArrayEquals(new byte[] {0x78, 0x56, 0x34, 0x12}, read);
        mapped.close();
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "r")) {
            sparse.seek(middle);
            assertEquals(0x78563412, sparse.readInt());
        }
    }

    /**
     * Copies go to and from memory of any kind, of any size, at any offset, within the bounds.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void copies() throws Exception {
        byte[] content = random(3_000_001);
        MappedFile mapped = opened(MappedFileOptions.DEFAULT.from(1));
        try (Arena arena = Arena.ofConfined()) {
            for (int size : new int[] {0, 1, 100, 2_999_990}) {
                MemorySegment target = arena.allocate(size + 1);
                mapped.read(7, target.asSlice(0, size));
                assertEquals(
                        -1,
                        target.asSlice(0, size)
                                .mismatch(MemorySegment.ofArray(content).asSlice(8, size)));
                assertEquals(0, target.get(ValueLayout.JAVA_BYTE, size));
                target.fill((byte) size);
                mapped.write(8, target.asSlice(0, size));
                assertEquals(
                        -1, mapped.segment().asSlice(8, size).mismatch(target.asSlice(0, size)));
                assertEquals(content[8], mapped.segment().get(ValueLayout.JAVA_BYTE, 7));
                assertEquals(
                        content[9 + size], mapped.segment().get(ValueLayout.JAVA_BYTE, 8 + size));
                mapped.write(0, MemorySegment.ofArray(content).asSlice(1));
            }
        }
        MemorySegment two = MemorySegment.ofArray(new byte[2]);
        for (long offset : new long[] {-1, 2_999_999, Long.MAX_VALUE}) {
            assertThrows(IndexOutOfBoundsException.class, () -> mapped.read(offset, two));
            assertThrows(IndexOutOfBoundsException.class, () -> mapped.write(offset, two));
            assertThrows(IndexOutOfBoundsException.class, () -> mapped.force(offset, 2));
        }
        mapped.force(2_999_998, 2);
        assertArrayEquals(content, Files.readAllBytes(file));
    }
}
