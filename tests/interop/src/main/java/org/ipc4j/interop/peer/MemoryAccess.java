// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop.peer;

import org.ipc4j.IpcException;
import org.ipc4j.memory.MappedFile;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;

/**
 * The ways in which Java code reads and writes memory, again and again, until the compiler has made
 * of it what it makes of hot code.
 */
enum MemoryAccess {
    /** Longs. */
    READ_LONGS {
        @Override
        void once(MappedFile file) {
            sink += readLongs(file.segment());
        }
    },
    /** Bytes in a loop that the compiler makes wide. */
    READ_BYTES {
        @Override
        void once(MappedFile file) {
            sink += readBytes(file.segment());
        }
    },
    /** Longs in order. */
    READ_ACQUIRE {
        @Override
        void once(MappedFile file) {
            sink += readAcquire(file.segment());
        }
    },
    /** Longs at any address, written. */
    WRITE_LONGS {
        @Override
        void once(MappedFile file) {
            writeLongs(file.segment());
        }
    },
    /** Bytes through a buffer. */
    READ_BUFFER {
        @Override
        void once(MappedFile file) {
            sink += readBuffer(file.segment().asByteBuffer());
        }
    },
    /** All at once, out of it. */
    COPY_OUT {
        @Override
        void once(MappedFile file) {
            copyOut(file.segment());
        }
    },
    /** All at once, into it. */
    COPY_IN {
        @Override
        void once(MappedFile file) {
            copyIn(file.segment());
        }
    },
    /** All at once, the same byte. */
    FILL {
        @Override
        void once(MappedFile file) {
            fill(file.segment());
        }
    },
    /** Our own method. */
    READ {
        @Override
        void once(MappedFile file) throws IpcException {
            file.read(0, MemorySegment.ofArray(HEAP).asSlice(0, file.byteSize()));
        }
    },
    /** Our own method. */
    WRITE {
        @Override
        void once(MappedFile file) throws IpcException {
            file.write(0, MemorySegment.ofArray(HEAP).asSlice(0, file.byteSize()));
        }
    };

    private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();
    private static final byte[] HEAP = new byte[1 << 20];
    private static long sink;

    abstract void once(MappedFile file) throws IpcException;

    /** Often enough for every compiler; with {@code -Xbatch} it has finished then. */
    void heat(MappedFile file, int count) throws IpcException {
        for (int i = 0; i < count; i++) {
            once(file);
        }
    }

    /** Until something is thrown. */
    void goOn(MappedFile file) throws IpcException {
        while (true) {
            once(file);
        }
    }

    private static long readLongs(MemorySegment segment) {
        long sum = 0;
        for (long i = 0; i < segment.byteSize(); i += Long.BYTES) {
            sum += segment.get(ValueLayout.JAVA_LONG, i);
        }
        return sum;
    }

    private static int readBytes(MemorySegment segment) {
        int sum = 0;
        for (int i = 0; i < (int) segment.byteSize(); i++) {
            sum += segment.get(ValueLayout.JAVA_BYTE, i);
        }
        return sum;
    }

    private static long readAcquire(MemorySegment segment) {
        long sum = 0;
        for (long i = 0; i < segment.byteSize(); i += Long.BYTES) {
            sum += (long) LONG.getAcquire(segment, i);
        }
        return sum;
    }

    private static void writeLongs(MemorySegment segment) {
        for (long i = 0; i < segment.byteSize(); i += Long.BYTES) {
            segment.set(ValueLayout.JAVA_LONG_UNALIGNED, i, i);
        }
    }

    private static int readBuffer(ByteBuffer buffer) {
        int sum = 0;
        for (int i = 0; i < buffer.limit(); i++) {
            sum += buffer.get(i);
        }
        return sum;
    }

    private static void copyOut(MemorySegment segment) {
        MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, 0, HEAP, 0, (int) segment.byteSize());
    }

    private static void copyIn(MemorySegment segment) {
        MemorySegment.copy(HEAP, 0, segment, ValueLayout.JAVA_BYTE, 0, (int) segment.byteSize());
    }

    private static void fill(MemorySegment segment) {
        segment.fill((byte) 7);
    }
}
