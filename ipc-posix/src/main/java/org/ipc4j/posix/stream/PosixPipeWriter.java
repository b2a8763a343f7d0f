// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.stream;

import org.ipc4j.IpcException;
import org.ipc4j.posix.sys.Abi;
import org.ipc4j.posix.sys.Errno;
import org.ipc4j.posix.sys.UnistdCalls;
import org.ipc4j.spi.PipeWriterChannel;
import org.ipc4j.spi.Wait;

import java.nio.ByteBuffer;

/**
 * Writes to a pipe, with or without a name. The JVM ignores SIGPIPE, so a reader that is gone is an
 * error code.
 */
abstract class PosixPipeWriter extends PipeWriterChannel {
    final PipeEnd end;
    private final Wait room;

    /**
     * Takes over an end.
     *
     * @param end is written
     */
    PosixPipeWriter(PipeEnd end) {
        super(end.name);
        this.end = end;
        this.room = Wait.inKernel(end.name, this::isOpen, () -> end.poll(Abi.POLLOUT, 0));
    }

    @Override
    protected void writeNow(ByteBuffer source) throws IpcException {
        int count = Math.min(source.remaining(), end.buffer.capacity());
        end.buffer.put(0, source, source.position(), count);
        int fd = (int) end.descriptor.enter();
        try {
            long written = UnistdCalls.write(fd, end.segment, count);
            if (written > 0) {
                source.position(source.position() + (int) written);
            } else if (written < 0) {
                requireNotNow(written);
            }
        } finally {
            end.descriptor.exit();
        }
    }

    private void requireNotNow(long result) throws IpcException {
        switch (Errno.of(result)) {
            case EAGAIN, EINTR -> {}
            default -> throw end.exception(result, "write");
        }
    }

    @Override
    protected Wait room() {
        return room;
    }

    @Override
    protected void awaitRoom(long nanos) {
        end.poll(Abi.POLLOUT, nanos);
    }

    @Override
    public int atomicWriteSize() {
        return Abi.PIPE_BUF;
    }

    @Override
    protected void implCloseChannel() {
        end.descriptor.close();
    }
}
