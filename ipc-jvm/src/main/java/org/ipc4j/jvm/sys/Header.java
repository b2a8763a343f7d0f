// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.sys;

import org.ipc4j.IncompatibleException;
import org.ipc4j.IpcName;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The first words of every shared memory object that this module lays out.
 *
 * <pre>
 *  0  long  magic       eight letters that tell the kind
 *  8  int   version     of the layout; written last, so that whoever sees it sees everything
 * 12  int   (unused)
 * 16  long  byte size   of the layout
 * </pre>
 *
 * @param kind eight ASCII letters
 * @param version the version of the layout, not 0
 */
public record Header(String kind, int version) {
    /** How many bytes the header has. */
    public static final long BYTES = 24;

    private static final long MAGIC = 0;
    private static final long VERSION = 8;
    private static final long SIZE = 16;

    private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();
    private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();

    /** Where memory does not appear complete, its creator is given that long. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(2);

    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(1);

    /** Declares that the rest of the memory is complete. */
    public void publish(MemorySegment memory, long byteSize) {
        LONG.set(memory, MAGIC, magic());
        LONG.set(memory, SIZE, byteSize);
        INT.setRelease(memory, VERSION, version);
    }

    /**
     * Makes sure that the memory is what it should be.
     *
     * @return the byte size of the layout, which the memory has
     */
    public long require(IpcName name, MemorySegment memory) throws IncompatibleException {
        if (memory.byteSize() < BYTES) {
            throw new IncompatibleException(
                    name, "it has only " + memory.byteSize() + " bytes, no " + kind + " of ours");
        }
        int found = publishedVersion(memory);
        long magic = (long) LONG.get(memory, MAGIC);
        if (found == 0 || magic != magic()) {
            throw new IncompatibleException(
                    name,
                    "the memory holds no " + kind + " of ours; another program uses the name");
        }
        if (found != version) {
            throw new IncompatibleException(
                    name,
                    "its layout has version "
                            + found
                            + ", this program knows version "
                            + version
                            + "; use one version of ipc4j everywhere");
        }
        long byteSize = (long) LONG.get(memory, SIZE);
        if (byteSize < BYTES || byteSize > memory.byteSize()) {
            throw new IncompatibleException(
                    name,
                    "it should have "
                            + byteSize
                            + " bytes and has "
                            + memory.byteSize()
                            + "; it is damaged");
        }
        return byteSize;
    }

    private static int publishedVersion(MemorySegment memory) {
        long start = System.nanoTime();
        while (true) {
            int version = (int) INT.getAcquire(memory, VERSION);
            if (version != 0 || System.nanoTime() - start > PATIENCE) {
                return version;
            }
            LockSupport.parkNanos(PAUSE);
        }
    }

    private long magic() {
        byte[] letters = kind.getBytes(StandardCharsets.US_ASCII);
        return MemorySegment.ofArray(letters).get(ValueLayout.JAVA_LONG_UNALIGNED, 0);
    }
}
