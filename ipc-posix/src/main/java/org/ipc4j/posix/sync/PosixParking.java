// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.sync;

import static org.ipc4j.posix.sys.FutexCalls.futexWait;
import static org.ipc4j.posix.sys.FutexCalls.futexWake;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.memory.SharedMemory;
import org.ipc4j.posix.sys.Errno;
import org.ipc4j.posix.sys.PosixErrors;
import org.ipc4j.spi.Arguments;
import org.ipc4j.spi.Parking;

import java.lang.foreign.MemorySegment;

/** {@code futex(2)}. The kernel knows a word by its file and its place there, so processes meet. */
final class PosixParking implements Parking {
    private final IpcName name;
    private final SharedMemory memory;
    private final MemorySegment segment;
    private volatile boolean open = true;

    PosixParking(IpcName name, SharedMemory memory) {
        this.name = name;
        this.memory = memory;
        this.segment = memory.segment();
        if (!segment.isNative()) {
            throw new IllegalArgumentException("the memory of " + name + " is not native");
        }
    }

    @Override
    public Waking wakes() {
        return Waking.ALL;
    }

    @Override
    public boolean park(long offset, int expected, long nanos) throws IpcException {
        int result = futexWait(word(offset), expected, nanos);
        return switch (Errno.of(result)) {
            case NONE, EAGAIN, EINTR -> true;
            case ETIMEDOUT -> false;
            default -> throw PosixErrors.exception(result, "futex", name, memory.nativeKey());
        };
    }

    @Override
    public void unpark(long offset) {
        futexWake(word(offset));
    }

    /** The segment, not its address, so that nobody unmaps it under a thread that sleeps. */
    private MemorySegment word(long offset) {
        Arguments.requireOpen(open, name);
        return segment.asSlice(offset, Integer.BYTES, Integer.BYTES);
    }

    @Override
    public boolean needsFence() {
        return !ProcessFence.isRegistered();
    }

    @Override
    public boolean heavyFence() {
        return ProcessFence.fence();
    }

    @Override
    public void close() {
        open = false;
    }
}
