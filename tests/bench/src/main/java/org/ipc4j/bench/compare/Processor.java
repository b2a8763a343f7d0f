// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.bench.compare;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.TimeUnit;

/** What has to be asked of the kernel about processors. */
final class Processor {
    private static final long MASK_BYTES = 128;
    private static final int CLOCK_PROCESS_CPUTIME_ID = 2;

    private Processor() {}

    private static MethodHandle function(String name, FunctionDescriptor descriptor) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor);
    }

    /**
     * Keeps this thread on a processor, but not the other threads of the virtual machine: so the
     * way between two threads is the one that was probed.
     *
     * @throws IllegalStateException if the system refuses
     */
    static void pin(int processor) {
        MethodHandle schedSetaffinity =
                function(
                        "sched_setaffinity",
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
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /**
     * Tells how long this process has had a processor; the virtual machine tells it in ticks only.
     *
     * @return the nanoseconds
     */
    static long nanos() {
        MethodHandle clockGettime =
                function(
                        "clock_gettime",
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment time = arena.allocate(ValueLayout.JAVA_LONG, 2);
            if ((int) clockGettime.invokeExact(CLOCK_PROCESS_CPUTIME_ID, time) != 0) {
                throw new IllegalStateException("the time of a process is not known");
            }
            return TimeUnit.SECONDS.toNanos(time.getAtIndex(ValueLayout.JAVA_LONG, 0))
                    + time.getAtIndex(ValueLayout.JAVA_LONG, 1);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    private static RuntimeException failed(Throwable cause) {
        return cause instanceof RuntimeException known
                ? known
                : new IllegalStateException("a call of the system", cause);
    }
}
