// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.NameExistsException;
import org.ipc4j.NameNotFoundException;
import org.ipc4j.ResourceLimitException;
import org.ipc4j.memory.SharedMemory;
import org.ipc4j.memory.SharedMemoryOptions;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.SharedMemoryProvider;
import org.ipc4j.tck.NamedObjectContract;
import org.ipc4j.tck.Task;
import org.junit.jupiter.api.Test;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;

/** What every {@link SharedMemory} does. */
public abstract class SharedMemoryContract
        extends NamedObjectContract<SharedMemoryProvider, SharedMemory> {
    /** The page of x86-64, on which alone a provider rounds. */
    private static final long PAGE = 4096;

    private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();

    /** For subclasses. */
    protected SharedMemoryContract() {}

    @Override
    protected SharedMemory create(IpcName name, Access access) throws IpcException {
        return closing(provider().create(name, SharedMemoryOptions.ofSize(64).withAccess(access)));
    }

    @Override
    protected SharedMemory open(IpcName name, Access access) throws IpcException {
        return closing(provider().open(name, access));
    }

    @Override
    protected void assertOneObject(SharedMemory one, SharedMemory other) {
        long value = System.nanoTime() | 1;
        LONG.setRelease(one.segment(), 0L, value);
        assertEquals(value, (long) LONG.getAcquire(other.segment(), 0L));
    }

    @Override
    protected void assertTwoObjects(SharedMemory one, SharedMemory other) {
        long value = System.nanoTime() | 1;
        LONG.setRelease(one.segment(), 0L, value);
        LONG.setRelease(other.segment(), 0L, ~value);
        assertEquals(value, (long) LONG.getAcquire(one.segment(), 0L));
    }

    private SharedMemory memory(long byteSize) throws IpcException {
        return closing(provider().create(fresh(), SharedMemoryOptions.ofSize(byteSize)));
    }

    private SharedMemory open(SharedMemory memory) throws IpcException {
        return open(memory.name(), Access.OWNER);
    }

    private SharedMemory openReadOnly(SharedMemory memory) throws IpcException {
        return closing(provider().openReadOnly(memory.name(), Access.OWNER));
    }

    /** Null is a {@link NullPointerException}, also in the forms that only shared memory has. */
    @Test
    protected void refusesNullOptionsAndNames() {
        assertThrows(NullPointerException.class, () -> provider().create(fresh(), null));
        assertThrows(NullPointerException.class, () -> provider().openReadOnly(null, Access.OWNER));
        assertThrows(NullPointerException.class, () -> provider().openReadOnly(fresh(), null));
    }

    /** Opening for reading refuses a name that is not there, and creates nothing. */
    @Test
    protected void openReadOnlyRefusesAnAbsentName() {
        IpcName name = fresh();
        for (int i = 0; i < 2; i++) {
            NameNotFoundException e =
                    assertThrows(
                            NameNotFoundException.class,
                            () -> provider().openReadOnly(name, Access.OWNER));
            assertEquals(Optional.of(name), e.name());
        }
    }

    /**
     * New memory is all zeros, to its last byte.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void startsWithZeros() throws Exception {
        for (long size : new long[] {1, 7, 4096, 1_000_003}) {
            SharedMemory memory = memory(size);
            MemorySegment zeros = MemorySegment.ofArray(new byte[(int) size]);
            assertEquals(-1, memory.segment().mismatch(zeros));
            assertEquals(-1, open(memory).segment().asSlice(0, size).mismatch(zeros));
        }
    }

    /**
     * The size is exactly what was asked for, also in an opened handle; without {@link
     * Capability#EXACT_SIZE}, that is in whole pages, and zero beyond.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void sizeIsExact() throws Exception {
        boolean exact = has(Capability.EXACT_SIZE);
        for (long size : new long[] {1, 100, 4095, 4096, 4097, 1 << 20}) {
            SharedMemory memory = memory(size);
            assertEquals(size, memory.byteSize());
            assertEquals(size, memory.segment().byteSize());
            for (SharedMemory other : List.of(open(memory), openReadOnly(memory))) {
                assertEquals(other.byteSize(), other.segment().byteSize());
                long rounded = Math.ceilDiv(size, PAGE) * PAGE;
                assertEquals(exact ? size : rounded, other.byteSize(), () -> size + " bytes");
                MemorySegment beyond = other.segment().asSlice(size);
                assertEquals(
                        -1,
                        beyond.mismatch(MemorySegment.ofArray(new byte[(int) beyond.byteSize()])));
            }
        }
    }

    /**
     * The last byte is there, and nothing behind it.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void boundsAreChecked() throws Exception {
        MemorySegment segment = memory(100).segment();
        segment.set(ValueLayout.JAVA_BYTE, 99, (byte) 1);
        assertThrows(
                IndexOutOfBoundsException.class, () -> segment.get(ValueLayout.JAVA_BYTE, 100));
        assertThrows(IndexOutOfBoundsException.class, () -> segment.get(ValueLayout.JAVA_BYTE, -1));
    }

    /**
     * The segment is native memory, aligned for atomic accesses of every size, and the same for
     * every call.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void segmentIsNativeAndAligned() throws Exception {
        SharedMemory memory = memory(128);
        MemorySegment segment = memory.segment();
        assertTrue(segment.isNative());
        assertFalse(segment.isReadOnly());
        assertTrue(
                segment.maxByteAlignment() >= 64, () -> "aligned to " + segment.maxByteAlignment());
        assertSame(segment, memory.segment());
    }

    /**
     * Each handle sees what was written through the others, everywhere in the memory.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void handlesSeeEachOthersWrites() throws Exception {
        SharedMemory one = memory(20_000);
        SharedMemory two = open(one);
        SharedMemory three = openReadOnly(one);
        for (int i = 0; i < 20_000; i++) {
            (i % 2 == 0 ? one : two).segment().set(ValueLayout.JAVA_BYTE, i, (byte) (i * 31));
        }
        assertEquals(-1, one.segment().mismatch(two.segment().asSlice(0, 20_000)));
        assertEquals(-1, one.segment().mismatch(three.segment().asSlice(0, 20_000)));
        assertEquals((byte) (19_999 * 31), three.segment().get(ValueLayout.JAVA_BYTE, 19_999));
    }

    /**
     * Any thread may access the segment, and atomic accesses through two handles are atomic.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void atomicAccessIsAtomicAcrossHandles() throws Exception {
        SharedMemory one = memory(64);
        SharedMemory two = open(one);
        List<Task<Void>> tasks = new ArrayList<>();
        for (SharedMemory memory : List.of(one, two)) {
            for (Task.Kind kind : Task.Kind.values()) {
                tasks.add(
                        Task.start(
                                kind,
                                () -> {
                                    for (int i = 0; i < 20_000; i++) {
                                        LONG.getAndAdd(memory.segment(), 56L, 1L);
                                    }
                                    return null;
                                }));
            }
        }
        for (Task<Void> task : tasks) {
            task.result();
        }
        assertEquals(80_000L, (long) LONG.getAcquire(one.segment(), 56L));
    }

    /**
     * A segment that was opened for reading refuses every write, and sees those of others.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void readOnlySegmentRefusesWrites() throws Exception {
        SharedMemory memory = memory(64);
        SharedMemory reader = openReadOnly(memory);
        MemorySegment segment = reader.segment();
        assertTrue(segment.isReadOnly());
        for (Exception e :
                List.of(
                        assertThrows(
                                RuntimeException.class,
                                () -> segment.set(ValueLayout.JAVA_BYTE, 0, (byte) 1)),
                        assertThrows(RuntimeException.class, () -> segment.fill((byte) 1)),
                        assertThrows(
                                RuntimeException.class, () -> LONG.setRelease(segment, 0L, 1L)))) {
            assertTrue(
                    e instanceof IllegalArgumentException
                            || e instanceof UnsupportedOperationException,
                    e::toString);
        }
        assertEquals(0, memory.segment().get(ValueLayout.JAVA_LONG, 0));
        memory.segment().set(ValueLayout.JAVA_LONG, 8, 42);
        assertEquals(42, segment.get(ValueLayout.JAVA_LONG, 8));
        reader.close();
        assertThrows(IllegalStateException.class, () -> segment.get(ValueLayout.JAVA_LONG, 8));
    }

    /**
     * With {@link Capability#OUTLIVES_CREATOR} the content stays when every handle is closed, and
     * goes when the name is removed; without, it goes with the last handle.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void contentStaysUntilRemoved() throws Exception {
        SharedMemory first = memory(64);
        first.segment().set(ValueLayout.JAVA_LONG, 0, 42);
        SharedMemory second;
        if (has(Capability.OUTLIVES_CREATOR)) {
            first.close();
            second = open(first);
        } else {
            second = open(first);
            first.close();
        }
        assertEquals(42, second.segment().get(ValueLayout.JAVA_LONG, 0));
        second.close();
        assertEquals(has(Capability.OUTLIVES_CREATOR), provider().remove(first.name()));
        SharedMemory third = create(first.name(), Access.OWNER);
        assertEquals(0, third.segment().get(ValueLayout.JAVA_LONG, 0));
    }

    /**
     * Who has memory open when its name is removed, or when that was tried, still shares it with
     * the others who have.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void removedMemoryStaysShared() throws Exception {
        SharedMemory one = memory(64);
        SharedMemory two = open(one);
        SharedMemory reader = openReadOnly(one);
        assertEquals(has(Capability.REMOVABLE_NAME), provider().remove(one.name()));
        assertOneObject(one, two);
        assertOneObject(two, reader);
    }

    /**
     * An access after close is an {@link IllegalStateException} in every thread, and never a crash.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void refusesAccessAfterClose() throws Exception {
        SharedMemory memory = memory(64);
        MemorySegment segment = memory.segment();
        MemorySegment slice = segment.asSlice(8, 8);
        memory.close();
        assertThrows(IllegalStateException.class, () -> segment.get(ValueLayout.JAVA_LONG, 0));
        assertThrows(IllegalStateException.class, () -> slice.set(ValueLayout.JAVA_LONG, 0, 1));
        assertFalse(segment.scope().isAlive());
        assertEquals(64, memory.byteSize());
        Task.start(() -> segment.get(ValueLayout.JAVA_LONG, 0))
                .failure(IllegalStateException.class);
    }

    /**
     * Memory that is closed under a thread that reads it gives that thread an {@link
     * IllegalStateException}.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void closeUnderUseIsSafe() throws Exception {
        for (int round = 0; round < 20; round++) {
            SharedMemory memory = memory(4096);
            MemorySegment segment = memory.segment();
            List<Task<Void>> readers = new ArrayList<>();
            for (Task.Kind kind : Task.Kind.values()) {
                readers.add(
                        Task.start(
                                kind,
                                () -> {
                                    while (true) {
                                        for (long i = 0; i < 4096; i++) {
                                            segment.get(ValueLayout.JAVA_BYTE, i);
                                        }
                                    }
                                }));
            }
            Thread.sleep(2);
            memory.close();
            for (Task<Void> reader : readers) {
                reader.failure(IllegalStateException.class);
            }
        }
    }

    /**
     * The initializer runs once, over zeros, in a segment of exactly the size; everybody sees what
     * it wrote.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void initializerWritesTheFirstContent() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        SharedMemory memory =
                closing(
                        provider()
                                .create(
                                        fresh(),
                                        SharedMemoryOptions.ofSize(100)
                                                .initializedBy(segment -> {
                                                    runs.incrementAndGet();
                                                    assertEquals(100, segment.byteSize());
                                                    assertEquals(
                                                            -1,
                                                            segment.mismatch(
                                                                    MemorySegment.ofArray(
                                                                            new byte[100])));
                                                    segment.fill((byte) 7);
                                                })));
        byte[] expected = new byte[100];
        Arrays.fill(expected, (byte) 7);
        for (SharedMemory handle : List.of(memory, open(memory), openReadOnly(memory))) {
            assertEquals(
                    -1, handle.segment().asSlice(0, 100).mismatch(MemorySegment.ofArray(expected)));
        }
        assertEquals(1, runs.get());
    }

    /**
     * What an initializer throws comes out of {@code create}, and nothing is left under the name.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void failedInitializerLeavesNothing() throws Exception {
        IpcName name = fresh();
        ArithmeticException thrown = new ArithmeticException("as ordered");
        long before = held();
        for (int i = 0; i < 20; i++) {
            assertEquals(
                    thrown,
                    assertThrows(
                            ArithmeticException.class,
                            () ->
                                    provider()
                                            .create(
                                                    name,
                                                    SharedMemoryOptions.ofSize(100)
                                                            .initializedBy(segment -> {
                                                                throw thrown;
                                                            }))));
        }
        assertTrue(held() - before < 10, "descriptors or mappings are left");
        assertEquals(Optional.empty(), provider().find(name));
        create(name, Access.OWNER);
    }

    /**
     * With {@link Capability#ATOMIC_APPEARANCE}, who opens while somebody creates finds no memory,
     * or finds all of it with its size and first content.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void appearsComplete() throws Exception {
        require(Capability.ATOMIC_APPEARANCE);
        int size = 100_000;
        byte[] expected = new byte[size];
        Arrays.fill(expected, (byte) 0x5a);
        for (int round = 0; round < 20; round++) {
            IpcName name = fresh();
            CyclicBarrier start = new CyclicBarrier(4);
            List<Task<Void>> openers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                boolean readOnly = i == 0;
                openers.add(
                        Task.start(() -> {
                            start.await();
                            while (true) {
                                try (SharedMemory memory =
                                        readOnly
                                                ? provider().openReadOnly(name, Access.OWNER)
                                                : provider().open(name, Access.OWNER)) {
                                    assertTrue(memory.byteSize() >= size);
                                    assertEquals(
                                            -1,
                                            memory.segment()
                                                    .asSlice(0, size)
                                                    .mismatch(MemorySegment.ofArray(expected)));
                                    return null;
                                } catch (NameNotFoundException e) {
                                    Thread.onSpinWait();
                                }
                            }
                        }));
            }
            start.await();
            closing(
                    provider()
                            .create(
                                    name,
                                    SharedMemoryOptions.ofSize(size)
                                            .initializedBy(segment -> segment.fill((byte) 0x5a))));
            for (Task<Void> opener : openers) {
                opener.result();
            }
            provider().remove(name);
        }
    }

    /**
     * Of initializers that race, the one of the winner made the content, all of it.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void theWinnerInitializes() throws Exception {
        for (int round = 0; round < 10; round++) {
            IpcName name = fresh();
            CyclicBarrier start = new CyclicBarrier(3);
            List<Task<Byte>> creators = new ArrayList<>();
            for (byte i = 1; i <= 3; i++) {
                byte id = i;
                creators.add(
                        Task.start(() -> {
                            start.await();
                            SharedMemoryOptions options =
                                    SharedMemoryOptions.ofSize(10_000)
                                            .initializedBy(segment -> segment.fill(id));
                            try {
                                closing(provider().create(name, options));
                                return id;
                            } catch (NameExistsException e) {
                                return (byte) 0;
                            }
                        }));
            }
            byte winner = 0;
            for (Task<Byte> creator : creators) {
                byte id = creator.result();
                assertTrue(id == 0 || winner == 0, "two have created");
                winner = id == 0 ? winner : id;
            }
            byte[] expected = new byte[10_000];
            Arrays.fill(expected, winner);
            assertEquals(
                    -1,
                    open(name, Access.OWNER)
                            .segment()
                            .asSlice(0, expected.length)
                            .mismatch(MemorySegment.ofArray(expected)));
        }
    }

    /**
     * More than the system has is a {@link ResourceLimitException} when it is created, and nothing
     * is left under the name.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void refusesMoreThanThereIs() throws Exception {
        for (long size : new long[] {Long.MAX_VALUE, Long.MAX_VALUE - 4095, 1L << 60, 1L << 50}) {
            IpcName name = fresh();
            SharedMemoryOptions options = SharedMemoryOptions.ofSize(size);
            ResourceLimitException e =
                    assertThrows(
                            ResourceLimitException.class,
                            () -> provider().create(name, options),
                            () -> size + " bytes");
            assertTrue(e.getMessage().contains(name.value()), e::getMessage);
            assertEquals(Optional.empty(), provider().find(name));
            assertThrows(NameNotFoundException.class, () -> provider().open(name, Access.OWNER));
        }
    }
}
