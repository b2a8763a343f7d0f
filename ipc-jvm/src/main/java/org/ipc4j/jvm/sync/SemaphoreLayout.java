// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.sync;

import org.ipc4j.IncompatibleException;
import org.ipc4j.IpcName;
import org.ipc4j.jvm.sys.Header;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * The memory of a semaphore.
 *
 * <pre>
 *  0  header    24 bytes, see {@link Header}
 * 24  int       permits, 0 or more; every change is one compare-and-set
 * 28  int       asleep, a {@link org.ipc4j.spi.WakeWord} at which those sleep who want a permit
 * 32  int       mute, 1 once anybody had it open who cannot wake those
 * 36  (unused)  up to 64
 * </pre>
 */
final class SemaphoreLayout {
    static final long BYTES = 64;
    static final long PERMITS = 24;
    static final long ASLEEP = 28;
    static final long MUTE = 32;
    static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();

    private static final Header HEADER = new Header("ipc4jSEM", 1);

    private SemaphoreLayout() {}

    static void initialize(MemorySegment memory, int permits) {
        INT.set(memory, PERMITS, permits);
        HEADER.publish(memory, BYTES);
    }

    static void require(IpcName name, MemorySegment memory) throws IncompatibleException {
        if (HEADER.require(name, memory) != BYTES) {
            throw new IncompatibleException(
                    name, "its size is not that of a semaphore; it is damaged");
        }
    }
}
