// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import org.ipc4j.IncompatibleException;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.ResourceLimitException;
import org.ipc4j.memory.AnonymousMemory;
import org.ipc4j.memory.AnonymousMemoryOptions;
import org.ipc4j.memory.MemoryWriters;
import org.ipc4j.spi.AdoptableHandle;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.NativeHandle;
import org.ipc4j.spi.PassableHandle;
import org.ipc4j.spi.SharedMemoryProvider;
import org.ipc4j.stream.HandleKind;
import org.ipc4j.tck.ProviderFixture;
import org.ipc4j.tck.Task;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.atomic.AtomicInteger;

/** What every {@link AnonymousMemory} does; where there is none, that it says so. */
public abstract class AnonymousMemoryContract extends ProviderFixture<SharedMemoryProvider> {
    /** For subclasses. */
    protected AnonymousMemoryContract() {}

    private AnonymousMemory created(AnonymousMemoryOptions options) throws IpcException {
        require(Capability.ANONYMOUS_MEMORY);
        return closing(provider().anonymous(options));
    }

    private AnonymousMemory created(long byteSize) throws IpcException {
        return created(AnonymousMemoryOptions.ofSize(byteSize));
    }

    private AnonymousMemory adopted(AnonymousMemory memory) throws IpcException {
        return closing(provider().adopt(received(memory, new AtomicInteger())));
    }

    /** As if it had come over a socket; but the descriptor is its owner's still. */
    private AdoptableHandle received(AnonymousMemory memory, AtomicInteger closed) {
        return received(memory, HandleKind.MEMORY, closed);
    }

    private AdoptableHandle received(
            AnonymousMemory memory, HandleKind kind, AtomicInteger closed) {
        NativeHandle handle = ((PassableHandle) memory).handle();
        long value = handle.enter();
        handle.exit();
        return new AdoptableHandle(
                provider().name(),
                IpcName.ofNative("from a test"),
                kind,
                new NativeHandle(memory.name(), value, same -> closed.incrementAndGet()));
    }

    private static byte at(AnonymousMemory memory, long offset) {
        return memory.segment().get(ValueLayout.JAVA_BYTE, offset);
    }

    private static void put(AnonymousMemory memory, long offset, int value) {
        memory.segment().set(ValueLayout.JAVA_BYTE, offset, (byte) value);
    }

    /** A provider without the capability says so, and names it. */
    @Test
    protected void isAbsentByCapability() {
        assumeFalse(has(Capability.ANONYMOUS_MEMORY), "it is there");
        UnsupportedOperationException e =
                assertThrows(
                        UnsupportedOperationException.class,
                        () -> provider().anonymous(AnonymousMemoryOptions.ofSize(10)));
        assertTrue(e.getMessage().contains("ANONYMOUS_MEMORY"), e::getMessage);
        assertTrue(e.getMessage().contains(provider().name()), e::getMessage);
        assertThrows(UnsupportedOperationException.class, () -> provider().adopt(null));
        assertThrows(UnsupportedOperationException.class, () -> provider().adoptUnsealed(null));
    }

    /**
     * New memory is zeros, of exactly the size, and has a key but no name that others could open.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void createsZeros() throws Exception {
        for (int size : new int[] {1, 4095, 4096, 1_000_003}) {
            AnonymousMemory memory = created(size);
            assertEquals(size, memory.byteSize());
            assertEquals(size, memory.segment().byteSize());
            assertEquals(-1, memory.segment().mismatch(MemorySegment.ofArray(new byte[size])));
            assertFalse(memory.segment().isReadOnly());
            assertTrue(memory.segment().maxByteAlignment() >= 64);
            assertTrue(memory.name().isNative());
            assertFalse(memory.nativeKey().isEmpty());
            assertSame(memory.segment(), memory.segment());
        }
    }

    /**
     * Two are never the same, and have different keys.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void twoAreTwo() throws Exception {
        AnonymousMemory one = created(100);
        AnonymousMemory two = created(100);
        put(one, 0, 1);
        assertEquals(0, at(two, 0));
        assertNotEquals(one.nativeKey(), two.nativeKey());
    }

    /**
     * Who adopts it shares it, exactly of its size, also after the creator has closed it; the
     * handle that was received is closed with the memory, once.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void isSharedByAdoption() throws Exception {
        AnonymousMemory mine = created(100_001);
        AtomicInteger closed = new AtomicInteger();
        AdoptableHandle received = received(mine, closed);
        AnonymousMemory theirs = closing(provider().adopt(received));
        assertFalse(received.isOpen());
        assertEquals(100_001, theirs.byteSize());
        put(mine, 100_000, 5);
        assertEquals(5, at(theirs, 100_000));
        put(theirs, 0, 6);
        assertEquals(6, at(mine, 0));
        AnonymousMemory third = adopted(theirs);
        mine.close();
        put(third, 1, 7);
        assertEquals(7, at(theirs, 1));
        theirs.close();
        theirs.close();
        assertEquals(1, closed.get());
        assertEquals(7, at(third, 1));
        assertThrows(IllegalStateException.class, () -> at(theirs, 1));
        assertThrows(IllegalStateException.class, () -> provider().adopt(received));
    }

    /**
     * If only the creator can write it, others see what it writes, and cannot.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void onlyTheCreatorWrites() throws Exception {
        AnonymousMemory mine =
                created(
                        AnonymousMemoryOptions.ofSize(100)
                                .writableBy(MemoryWriters.CREATOR)
                                .initializedBy(segment -> segment.fill((byte) 1)));
        AnonymousMemory theirs = adopted(mine);
        assertEquals(1, at(theirs, 99));
        put(mine, 99, 2);
        assertEquals(2, at(theirs, 99));
        assertTrue(theirs.segment().isReadOnly());
        assertThrows(RuntimeException.class, () -> put(theirs, 0, 3));
        refusesFromOutside(mine, true);
    }

    /**
     * If nobody can write it, the creator cannot either.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void nobodyWrites() throws Exception {
        MemorySegment[] leaked = new MemorySegment[1];
        AnonymousMemory mine =
                created(
                        AnonymousMemoryOptions.ofSize(100)
                                .writableBy(MemoryWriters.NOBODY)
                                .initializedBy(segment -> {
                                    segment.fill((byte) 1);
                                    leaked[0] = segment;
                                }));
        AnonymousMemory theirs = adopted(mine);
        assertEquals(1, at(mine, 99));
        assertEquals(1, at(theirs, 99));
        assertTrue(mine.segment().isReadOnly());
        assertTrue(theirs.segment().isReadOnly());
        assertThrows(
                IllegalStateException.class,
                () -> leaked[0].set(ValueLayout.JAVA_BYTE, 0, (byte) 3));
        refusesFromOutside(mine, true);
    }

    /**
     * Nobody can change its size.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void itsSizeIsSealed() throws Exception {
        AnonymousMemory memory = created(10_000);
        refusesFromOutside(memory, false);
        put(memory, 9_999, 1);
        assertEquals(10_000, adopted(memory).byteSize());
    }

    /** What another program with the same descriptor tries, by the key, which is a path. */
    private void refusesFromOutside(AnonymousMemory memory, boolean writesToo) throws IOException {
        assertTrue(has(Capability.FOREIGN_PEERS), "others could open it");
        byte before = at(memory, 0);
        try (RandomAccessFile outside = new RandomAccessFile(memory.nativeKey(), "rw")) {
            assertEquals(memory.byteSize(), outside.length());
            assertThrows(IOException.class, () -> outside.setLength(0));
            assertThrows(IOException.class, () -> outside.setLength(1 << 20));
            if (writesToo) {
                assertThrows(IOException.class, () -> outside.write(99));
            } else {
                outside.write(99);
                assertEquals(99, at(memory, 0));
                outside.seek(0);
                outside.write(before);
            }
            outside.seek(0);
            assertEquals(before, outside.readByte());
            assertEquals(memory.byteSize(), outside.length());
        }
    }

    /**
     * What is no memory is refused, and stays with who received it.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void whatIsNoMemoryIsNotAdopted() throws Exception {
        AnonymousMemory memory = created(100);
        AtomicInteger closed = new AtomicInteger();
        for (HandleKind kind : HandleKind.values()) {
            if (kind != HandleKind.MEMORY) {
                AdoptableHandle received = received(memory, kind, closed);
                assertThrows(IncompatibleException.class, () -> provider().adopt(received));
                assertThrows(IncompatibleException.class, () -> provider().adoptUnsealed(received));
                assertTrue(received.isOpen());
            }
        }
        assertEquals(0, closed.get());
    }

    /**
     * A sealed one can be adopted as an unsealed one can.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void trustDoesNoHarm() throws Exception {
        AnonymousMemory memory = created(100);
        AnonymousMemory other =
                closing(provider().adoptUnsealed(received(memory, new AtomicInteger())));
        put(other, 3, 4);
        assertEquals(4, at(memory, 3));
    }

    /**
     * What an initializer throws comes out, and nothing is left; nor of what was closed.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void holdsNothing() throws Exception {
        created(100).close();
        ArithmeticException thrown = new ArithmeticException("as ordered");
        long before = held();
        for (MemoryWriters writers : MemoryWriters.values()) {
            AnonymousMemoryOptions options =
                    AnonymousMemoryOptions.ofSize(5_000).writableBy(writers);
            for (int i = 0; i < 20; i++) {
                assertSame(
                        thrown,
                        assertThrows(
                                ArithmeticException.class,
                                () ->
                                        provider()
                                                .anonymous(
                                                        options.initializedBy(segment -> {
                                                            throw thrown;
                                                        }))));
                AnonymousMemory memory = provider().anonymous(options);
                adopted(memory).close();
                memory.close();
            }
        }
        assertTrue(held() - before < 10, "descriptors or mappings are left");
    }

    /**
     * More than there is is a {@link ResourceLimitException}.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void refusesMoreThanThereIs() throws Exception {
        require(Capability.ANONYMOUS_MEMORY);
        for (long size : new long[] {Long.MAX_VALUE, 1L << 60, 1L << 50}) {
            assertThrows(
                    ResourceLimitException.class,
                    () -> provider().anonymous(AnonymousMemoryOptions.ofSize(size)));
        }
    }

    /**
     * Memory that is closed under a thread that uses it gives that thread an {@link
     * IllegalStateException}.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void closeUnderUseIsSafe() throws Exception {
        for (int round = 0; round < 20; round++) {
            AnonymousMemory memory = created(4096);
            Task<Void> user =
                    Task.start(() -> {
                        for (long i = 0; ; i++) {
                            put(memory, i % 4096, 1);
                        }
                    });
            Thread.sleep(2);
            memory.close();
            user.failure(IllegalStateException.class);
        }
    }

    /** Options without a size, or with null in them, are refused. */
    @Test
    protected void refusesNonsense() {
        assertThrows(IllegalArgumentException.class, () -> AnonymousMemoryOptions.ofSize(0));
        AnonymousMemoryOptions options = AnonymousMemoryOptions.ofSize(1);
        assertThrows(NullPointerException.class, () -> options.writableBy(null));
        assertThrows(NullPointerException.class, () -> options.initializedBy(null));
    }
}
