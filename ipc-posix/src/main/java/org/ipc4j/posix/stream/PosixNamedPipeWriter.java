// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.stream;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.NameNotFoundException;
import org.ipc4j.posix.sys.Abi;
import org.ipc4j.posix.sys.Errno;
import org.ipc4j.posix.sys.UnistdCalls;
import org.ipc4j.spi.PipeWriterChannel;
import org.ipc4j.spi.Wait;
import org.ipc4j.stream.NamedPipeWriter;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/** A writing end of a FIFO. The JVM ignores SIGPIPE, so a reader that is gone is an error code. */
final class PosixNamedPipeWriter extends PipeWriterChannel {
    private final PosixFifo fifo;
    private final Wait room;

    private PosixNamedPipeWriter(PosixFifo fifo) {
        super(fifo.name);
        this.fifo = fifo;
        this.room = Wait.inKernel(fifo.name, this::isOpen, () -> fifo.poll(Abi.POLLOUT, 0));
    }

    /** Nothing tells when a reader comes, so this looks again and again. */
    static Optional<NamedPipeWriter> open(IpcName name, Access access, Duration timeout)
            throws IpcException, InterruptedException {
        NamedPipeWriter[] writer = new NamedPipeWriter[1];
        Wait.byPolling(name, () -> true, () -> 1)
                .until(
                        timeout,
                        nanos -> {
                            try {
                                writer[0] =
                                        new PosixNamedPipeWriter(
                                                PosixFifo.open(name, access, Abi.O_WRONLY));
                                return true;
                            } catch (NameNotFoundException noReader) {
                                return false;
                            }
                        });
        return Optional.ofNullable(writer[0]);
    }

    @Override
    protected void writeNow(ByteBuffer source) throws IpcException {
        int count = Math.min(source.remaining(), fifo.buffer.capacity());
        fifo.buffer.put(0, source, source.position(), count);
        int fd = (int) fifo.descriptor.enter();
        try {
            long written = UnistdCalls.write(fd, fifo.segment, count);
            if (written > 0) {
                source.position(source.position() + (int) written);
            } else if (written < 0) {
                requireNotNow(written);
            }
        } finally {
            fifo.descriptor.exit();
        }
    }

    private void requireNotNow(long result) throws IpcException {
        switch (Errno.of(result)) {
            case EAGAIN, EINTR -> {}
            default -> throw fifo.exception(result, "write");
        }
    }

    @Override
    protected Wait room() {
        return room;
    }

    @Override
    protected void awaitRoom(long nanos) {
        fifo.poll(Abi.POLLOUT, nanos);
    }

    @Override
    public int atomicWriteSize() {
        return Abi.PIPE_BUF;
    }

    @Override
    public String nativeKey() {
        return PosixFifo.path(name()).toString();
    }

    @Override
    protected void implCloseChannel() {
        fifo.descriptor.close();
    }
}
