// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import org.ipc4j.Access;
import org.ipc4j.IncompatibleException;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.ResourceLimitException;
import org.ipc4j.file.FileRange;
import org.ipc4j.memory.FileTruncatedException;
import org.ipc4j.memory.MappedFile;
import org.ipc4j.memory.MappedFileMode;
import org.ipc4j.memory.MappedFileOptions;
import org.ipc4j.spi.AdoptableHandle;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.MappedFileProvider;
import org.ipc4j.spi.NativeHandle;
import org.ipc4j.spi.PassableHandle;
import org.ipc4j.stream.HandleKind;
import org.ipc4j.tck.ProviderFixture;
import org.ipc4j.tck.Task;
import org.ipc4j.tck.file.Folder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;

/** What becomes of a {@link MappedFile}: it grows, is truncated, and is passed on. */
public abstract class MappedFileGrowthContract extends ProviderFixture<MappedFileProvider> {
    private static final MappedFileOptions WHOLE = MappedFileOptions.DEFAULT;

    private Path file;

    /** For subclasses. */
    protected MappedFileGrowthContract() {}

    /**
     * Makes a directory for the test.
     *
     * @throws IOException if that fails
     */
    @BeforeEach
    protected void makeFolder() throws IOException {
        file = closing(Folder.fresh()).file();
    }

    private MappedFile created(long byteSize) throws IpcException {
        return closing(provider().create(file, byteSize, Access.OWNER));
    }

    private MappedFile opened(MappedFileOptions options) throws IpcException {
        return closing(provider().open(file, options));
    }

    private static byte at(MemorySegment segment, long offset) {
        return segment.get(ValueLayout.JAVA_BYTE, offset);
    }

    private void setLength(long size) throws IOException {
        try (RandomAccessFile outside = new RandomAccessFile(file.toFile(), "rw")) {
            outside.setLength(size);
        }
    }

    private void truncate(long size) throws IOException {
        try {
            setLength(size);
        } catch (IOException e) {
            abort("this system does not let a mapped file be truncated: " + e);
        }
        if (Files.size(file) != size) {
            abort("this system does not truncate a mapped file, though it says that it does");
        }
    }

    /**
     * What has grown has a new segment; the old one stays valid and shows the same bytes, and both
     * are the file.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void growthLeavesOldSegmentsValid() throws Exception {
        MappedFile mapped = created(5_000);
        MemorySegment old = mapped.segment();
        old.fill((byte) 5);
        mapped.grow(200_001);
        assertEquals(200_001, mapped.byteSize());
        assertEquals(200_001, mapped.fileSize());
        MemorySegment grown = mapped.segment();
        assertEquals(200_001, grown.byteSize());
        assertEquals(-1, grown.asSlice(0, 5_000).mismatch(old));
        assertEquals(-1, grown.asSlice(5_000).mismatch(MemorySegment.ofArray(new byte[195_001])));
        old.set(ValueLayout.JAVA_BYTE, 4_999, (byte) 11);
        assertEquals(11, at(grown, 4_999));
        grown.set(ValueLayout.JAVA_BYTE, 0, (byte) 22);
        assertEquals(22, at(old, 0));
        grown.set(ValueLayout.JAVA_BYTE, 200_000, (byte) 33);
        mapped.force();
        mapped.close();
        for (MemorySegment segment : List.of(old, grown)) {
            assertThrows(IllegalStateException.class, () -> at(segment, 0));
        }
        byte[] content = Files.readAllBytes(file);
        assertEquals(200_001, content.length);
        assertEquals(33, content[200_000]);
        assertEquals(11, content[4_999]);
    }

    /**
     * What is large enough does not grow, and keeps its segment.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void whatIsLargeEnoughDoesNotGrow() throws Exception {
        MappedFile mapped = created(100);
        MemorySegment segment = mapped.segment();
        for (long size : new long[] {100, 99, 0, -5, Long.MIN_VALUE}) {
            mapped.grow(size);
        }
        assertFalse(mapped.refresh());
        assertSame(segment, mapped.segment());
        assertEquals(100, mapped.fileSize());
    }

    /**
     * Others see a file's growth when they look, those who read it too.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void othersSeeGrowth() throws Exception {
        MappedFile mapped = created(100);
        MappedFile reader = opened(WHOLE.withMode(MappedFileMode.READ_ONLY));
        MappedFile tail = opened(WHOLE.from(100));
        MappedFile bounded = opened(WHOLE.withRange(new FileRange(0, 50)));
        assertFalse(reader.refresh());
        assertFalse(tail.refresh());
        mapped.grow(70_000);
        mapped.segment().set(ValueLayout.JAVA_BYTE, 69_999, (byte) 7);
        assertEquals(100, reader.byteSize());
        assertEquals(70_000, reader.fileSize());
        assertTrue(reader.refresh());
        assertTrue(tail.refresh());
        assertEquals(70_000, reader.byteSize());
        assertTrue(reader.segment().isReadOnly());
        assertEquals(7, at(reader.segment(), 69_999));
        assertEquals(69_900, tail.byteSize());
        assertEquals(7, at(tail.segment(), 69_899));
        assertFalse(bounded.refresh(), "it has an end of its own");
        assertEquals(50, bounded.byteSize());
        assertFalse(reader.refresh());
    }

    /**
     * A part grows within the file, then beyond its end.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void aPartGrows() throws Exception {
        MappedFile mapped = created(100_000);
        mapped.segment().set(ValueLayout.JAVA_BYTE, 99_999, (byte) 9);
        MappedFile part = opened(WHOLE.withRange(new FileRange(70_001, 10)));
        part.grow(29_999);
        assertEquals(9, at(part.segment(), 29_998));
        assertEquals(100_000, part.fileSize());
        part.grow(30_000);
        assertEquals(100_001, part.fileSize());
        part.segment().set(ValueLayout.JAVA_BYTE, 29_999, (byte) 8);
        assertTrue(mapped.refresh());
        assertEquals(8, at(mapped.segment(), 100_000));
    }

    /**
     * An empty file grows, too.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void anEmptyFileGrows() throws Exception {
        Files.createFile(file);
        MappedFile mapped = opened(WHOLE);
        mapped.grow(10);
        mapped.segment().fill((byte) 3);
        mapped.close();
        assertEquals(10, Files.size(file));
        assertEquals(3, Files.readAllBytes(file)[9]);
    }

    /**
     * Only what is mapped for reading and writing grows; what is private is not even mapped anew.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void othersModesDoNotGrow() throws Exception {
        created(100);
        MappedFile reader = opened(WHOLE.withMode(MappedFileMode.READ_ONLY));
        assertThrows(UnsupportedOperationException.class, () -> reader.grow(101));
        MappedFile own = opened(WHOLE.withMode(MappedFileMode.PRIVATE));
        assertThrows(UnsupportedOperationException.class, () -> own.grow(101));
        assertThrows(UnsupportedOperationException.class, own::refresh);
        assertEquals(100, Files.size(file));
    }

    /**
     * Growth beyond what there is is refused; the mapping and the file stay as they are.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void refusesToGrowBeyondWhatThereIs() throws Exception {
        MappedFile mapped = created(100);
        MemorySegment segment = mapped.segment();
        segment.fill((byte) 4);
        MappedFile part = opened(WHOLE.from(50));
        for (long size : new long[] {Long.MAX_VALUE, Long.MAX_VALUE - 4095, 1L << 60, 1L << 50}) {
            assertThrows(ResourceLimitException.class, () -> mapped.grow(size));
            assertThrows(ResourceLimitException.class, () -> part.grow(size));
        }
        assertSame(segment, mapped.segment());
        assertEquals(4, at(segment, 99));
        assertEquals(100, mapped.fileSize());
        mapped.grow(101);
        assertEquals(101, mapped.fileSize());
    }

    /**
     * Several that grow a file at the same time, and write what they have got, lose nothing.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void growthAtTheSameTimeLosesNothing() throws Exception {
        int growers = 4;
        int blocks = 40;
        int size = 3_001;
        created(1);
        CyclicBarrier start = new CyclicBarrier(growers);
        List<Task<Void>> tasks = new ArrayList<>();
        for (int i = 0; i < growers; i++) {
            int id = i;
            MappedFile mapped = opened(WHOLE);
            tasks.add(
                    Task.start(() -> {
                        start.await();
                        for (int block = id; block < growers * blocks; block += growers) {
                            long at = (long) block * size;
                            mapped.grow(at + size);
                            mapped.segment().asSlice(at, size).fill((byte) (block % 100 + 1));
                        }
                        return null;
                    }));
        }
        for (Task<Void> task : tasks) {
            task.result();
        }
        byte[] content = Files.readAllBytes(file);
        assertTrue(content.length >= growers * blocks * size);
        for (int i = 0; i < growers * blocks * size; i++) {
            int at = i;
            assertEquals(i / size % 100 + 1, content[i], () -> "at " + at);
        }
        for (int i = growers * blocks * size; i < content.length; i++) {
            assertEquals(0, content[i]);
        }
    }

    /**
     * A file that is truncated by somebody else is a {@link FileTruncatedException} of every method
     * that needs what is gone; what is left can be used.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void aTruncatedFileIsAnError() throws Exception {
        MappedFile mapped = created(300_000);
        MappedFile part = opened(WHOLE.from(200_000));
        mapped.segment().fill((byte) 6);
        truncate(100_001);
        assertEquals(100_001, mapped.fileSize());
        assertEquals(300_000, mapped.byteSize());
        MemorySegment ten = MemorySegment.ofArray(new byte[10]);
        for (long offset : new long[] {99_992, 100_001, 102_000, 299_990}) {
            FileTruncatedException e =
                    assertThrows(FileTruncatedException.class, () -> mapped.read(offset, ten));
            assertTrue(e.getMessage().contains("100001"), e::getMessage);
            assertTrue(e.getMessage().contains(file.toString()), e::getMessage);
            assertThrows(FileTruncatedException.class, () -> mapped.write(offset, ten));
            assertThrows(FileTruncatedException.class, () -> mapped.force(offset, 10));
        }
        assertThrows(FileTruncatedException.class, mapped::force);
        assertThrows(FileTruncatedException.class, mapped::refresh);
        assertThrows(FileTruncatedException.class, () -> mapped.grow(400_000));
        assertThrows(FileTruncatedException.class, () -> part.read(0, ten));
        assertThrows(FileTruncatedException.class, part::refresh);
        assertThrows(FileTruncatedException.class, () -> part.grow(200_000));
        assertEquals(100_001, Files.size(file));

        mapped.read(99_991, ten);
        assertEquals(6, at(ten, 9));
        mapped.write(0, ten);
        mapped.force(0, 100_001);

        setLength(300_000);
        mapped.read(299_990, ten);
        assertEquals(0, at(ten, 9), "what was truncated is gone");
        mapped.grow(400_000);
    }

    /**
     * With {@link Capability#HANDLE_PASSING} an open file that was received is mapped, for what it
     * was opened for; it is closed with the mapped file, once.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void adoptsAnOpenFile() throws Exception {
        require(Capability.HANDLE_PASSING);
        MappedFile mapped = created(100);
        AtomicInteger closed = new AtomicInteger();
        AdoptableHandle received = received(mapped, HandleKind.FILE, closed);
        MappedFile adopted = closing(provider().adopt(received, WHOLE.from(10)));
        assertFalse(received.isOpen());
        adopted.segment().set(ValueLayout.JAVA_BYTE, 5, (byte) 15);
        assertEquals(15, at(mapped.segment(), 15));
        adopted.grow(200);
        assertEquals(210, mapped.fileSize());
        adopted.close();
        adopted.close();
        assertEquals(1, closed.get());
        assertThrows(IllegalStateException.class, () -> provider().adopt(received, WHOLE));

        MappedFile reader = opened(WHOLE.withMode(MappedFileMode.READ_ONLY));
        AdoptableHandle readOnly = received(reader, HandleKind.FILE, closed);
        assertThrows(
                org.ipc4j.IpcAccessDeniedException.class, () -> provider().adopt(readOnly, WHOLE));
        assertEquals(2, closed.get());
        assertFalse(readOnly.isOpen());
    }

    /**
     * What cannot be adopted stays with who received it.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void whatIsNoFileIsNotAdopted() throws Exception {
        require(Capability.HANDLE_PASSING);
        MappedFile mapped = created(100);
        AtomicInteger closed = new AtomicInteger();
        AdoptableHandle pipe = received(mapped, HandleKind.PIPE, closed);
        assertThrows(IncompatibleException.class, () -> provider().adopt(pipe, WHOLE));
        assertTrue(pipe.isOpen());
        AdoptableHandle shorter = received(mapped, HandleKind.FILE, closed);
        assertThrows(IncompatibleException.class, () -> provider().adopt(shorter, WHOLE.from(101)));
        assertTrue(shorter.isOpen());
        assertEquals(0, closed.get());
        pipe.close();
        assertThrows(IncompatibleException.class, () -> provider().adopt(pipe, WHOLE));
        shorter.close();
        assertEquals(2, closed.get());
        assertThrows(IllegalStateException.class, () -> provider().adopt(shorter, WHOLE));
    }

    /** As if it had come over a socket; but the descriptor is its owner's still. */
    private AdoptableHandle received(MappedFile mapped, HandleKind kind, AtomicInteger closed) {
        NativeHandle handle = ((PassableHandle) mapped).handle();
        long value = handle.enter();
        handle.exit();
        IpcName name = IpcName.ofNative("from a test");
        return new AdoptableHandle(
                provider().name(),
                name,
                kind,
                new NativeHandle(name, value, same -> closed.incrementAndGet()));
    }
}
