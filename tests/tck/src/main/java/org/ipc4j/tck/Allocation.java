// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;

import java.lang.management.ManagementFactory;

/** Measures what an operation allocates. */
public final class Allocation {
    private static final int OPERATIONS = 5_000;

    /** How long the compiler may take to make the operation warm. */
    private static final long PATIENCE_NANOS = 30_000_000_000L;

    private Allocation() {}

    /** An operation that is measured. */
    @FunctionalInterface
    public interface Operation {
        /**
         * Does it once.
         *
         * @throws Exception if it fails
         */
        void run() throws Exception;
    }

    /**
     * Asserts that an operation, once it is warm, allocates nothing.
     *
     * @param what the operation, for the message
     * @param operation does it once
     * @throws Exception what {@code operation} throws
     */
    public static void assertNone(String what, Operation operation) throws Exception {
        assertAtMost(0, what, operation);
    }

    /**
     * Asserts that an operation, once it is warm, allocates only so much. It is warm when a round
     * of many operations does so, to within a byte for each; the compiler's threads may take a
     * while until then.
     *
     * @param bytes how many bytes each may allocate
     * @param what the operation, for the message
     * @param operation does it once
     * @throws Exception what {@code operation} throws
     */
    public static void assertAtMost(int bytes, String what, Operation operation) throws Exception {
        assumeTrue(
                ManagementFactory.getThreadMXBean() instanceof ThreadMXBean bean
                        && bean.isThreadAllocatedMemorySupported()
                        && bean.isThreadAllocatedMemoryEnabled(),
                "this JVM does not tell what a thread allocates");
        ThreadMXBean bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        long begun = System.nanoTime();
        do {
            long before = bean.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < OPERATIONS; i++) {
                operation.run();
            }
            least = Math.min(least, bean.getCurrentThreadAllocatedBytes() - before);
            if (least < (bytes + 1L) * OPERATIONS) {
                return;
            }
        } while (System.nanoTime() - begun < PATIENCE_NANOS);
        fail(what + " allocates " + (double) least / OPERATIONS + " bytes each time");
    }
}
