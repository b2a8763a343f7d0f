// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.stream;

import org.ipc4j.IpcException;
import org.ipc4j.posix.sys.Abi;
import org.ipc4j.posix.sys.Errno;
import org.ipc4j.posix.sys.UnistdCalls;
import org.ipc4j.spi.PipeReaderChannel;
import org.ipc4j.spi.Wait;

import java.nio.ByteBuffer;

/** Reads from a pipe, with or without a name. */
abstract class PosixPipeReader extends PipeReaderChannel {
    final PipeEnd end;
    private final boolean ahead;
    private final Wait bytes;
    private final Wait writers;
    private boolean writerCame;

    /**
     * Takes over an end.
     *
     * @param end is read
     * @param ahead whether more is taken out of the pipe than is asked for, to be had without a
     *     system call the next time
     */
    PosixPipeReader(PipeEnd end, boolean ahead) {
        super(end.name);
        this.end = end;
        this.ahead = ahead;
        this.bytes = Wait.inKernel(end.name, this::isOpen, this::ready);
        this.writers = Wait.byPolling(end.name, this::isOpen, () -> 1);
        end.buffer.limit(0); // nothing read yet
    }

    /** What one thread has read and not used up is not in the pipe any more. */
    private int ready() {
        return end.buffer.hasRemaining() ? 1 : end.poll(Abi.POLLIN, 0);
    }

    @Override
    protected int readNow(ByteBuffer target) throws IpcException {
        if (!end.buffer.hasRemaining()) {
            int count = fill(target.remaining());
            if (count <= 0) {
                return count;
            }
        }
        int count = Math.min(target.remaining(), end.buffer.remaining());
        target.put(target.position(), end.buffer, end.buffer.position(), count);
        target.position(target.position() + count);
        end.buffer.position(end.buffer.position() + count);
        return count;
    }

    /**
     * Reads into the empty buffer.
     *
     * <p>read(2) gives 0 when no writer is there: any more, or yet. Only poll(2) tells these two
     * from each other. A writer may have come, written and gone between the two calls, but what it
     * has left is there for a second read once poll(2) has told that it is gone.
     *
     * @param wanted how many bytes were asked for
     * @return as {@link #readNow}
     */
    private int fill(int wanted) throws IpcException {
        long room = end.segment.byteSize();
        long most = ahead ? room : Math.min(room, wanted);
        int fd = (int) end.descriptor.enter();
        try {
            int count = read(fd, most);
            if (count == 0 && hasHungUp()) {
                writerCame = true;
                count = read(fd, most);
                return count == 0 ? -1 : filled(count);
            }
            return filled(count);
        } finally {
            end.descriptor.exit();
        }
    }

    private int read(int fd, long most) {
        int count;
        do {
            count = (int) UnistdCalls.read(fd, end.segment, most);
        } while (Errno.of(count) == Errno.EINTR);
        return count;
    }

    private boolean hasHungUp() {
        return (end.poll(Abi.POLLIN, 0) & Abi.POLLHUP) != 0;
    }

    private int filled(int count) throws IpcException {
        if (count > 0) {
            end.buffer.position(0).limit(count);
            writerCame = true;
        }
        return count < 0 ? notNow(count) : count;
    }

    /** A writer is there, but there is nothing to read. */
    private int notNow(long result) throws IpcException {
        return switch (Errno.of(result)) {
            case EAGAIN -> {
                writerCame = true;
                yield 0;
            }
            default -> throw end.exception(result, "read");
        };
    }

    @Override
    protected boolean writerCame() throws IpcException {
        if (!writerCame) {
            fill(Integer.MAX_VALUE);
        }
        return writerCame;
    }

    @Override
    protected Wait bytes() {
        return bytes;
    }

    @Override
    protected Wait writers() {
        return writers;
    }

    @Override
    protected void awaitBytes(long nanos) {
        if (!end.buffer.hasRemaining()) {
            end.poll(Abi.POLLIN, nanos);
        }
    }
}
