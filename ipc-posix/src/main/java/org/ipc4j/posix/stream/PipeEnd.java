// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.stream;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.posix.sys.PollCalls;
import org.ipc4j.posix.sys.PosixErrors;
import org.ipc4j.spi.NativeHandle;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * One end of a pipe, with or without a name: a descriptor that never blocks, and native memory that
 * the bytes pass through.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/pipe.7.html">pipe(7)</a>
 */
final class PipeEnd {
    private static final int BUFFER_SIZE = 64 * 1024;

    final IpcName name;
    final String key;
    final NativeHandle descriptor;

    /** The same memory twice, for the system and for Java. */
    final MemorySegment segment = Arena.ofAuto().allocate(BUFFER_SIZE);

    final ByteBuffer buffer = segment.asByteBuffer();

    /**
     * Takes over a descriptor.
     *
     * @param name what messages call the pipe
     * @param key what the system calls it
     * @param descriptor the descriptor
     */
    PipeEnd(IpcName name, String key, NativeHandle descriptor) {
        this.name = name;
        this.key = key;
        this.descriptor = descriptor;
    }

    /** Waits until events come, or tells which are there now. */
    int poll(short events, long nanos) {
        int fd = (int) descriptor.enter();
        try {
            return PollCalls.poll(fd, events, nanos);
        } finally {
            descriptor.exit();
        }
    }

    IpcException exception(long result, String call) {
        return PosixErrors.exception(result, call, name, key);
    }
}
