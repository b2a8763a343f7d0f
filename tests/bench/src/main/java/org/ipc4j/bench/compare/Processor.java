// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.bench.compare;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Keeps a thread on one processor, so that the way between two threads is the one that was probed.
 */
final class Processor {
    private static final long MASK_BYTES = 128;

    private Processor() {}

    /**
     * Keeps this thread on a processor, but not the other threads of the virtual machine.
     *
     * @throws IllegalStateException if the system refuses
     */
    static void pin(int processor) throws Throwable {
        Linker linker = Linker.nativeLinker();
        MethodHandle schedSetaffinity =
                linker.downcallHandle(
                        linker.defaultLookup().findOrThrow("sched_setaffinity"),
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_LONG,
                                ValueLayout.ADDRESS));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mask = arena.allocate(MASK_BYTES, Long.BYTES);
            mask.setAtIndex(ValueLayout.JAVA_LONG, processor / Long.SIZE, 1L << processor);
            if ((int) schedSetaffinity.invokeExact(0, MASK_BYTES, mask) != 0) {
                throw new IllegalStateException("no thread can be kept on processor " + processor);
            }
        }
    }
}
