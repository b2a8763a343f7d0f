// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.stream;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.NameExistsException;
import org.ipc4j.NameNotFoundException;
import org.ipc4j.posix.sys.Abi;
import org.ipc4j.posix.sys.Errno;
import org.ipc4j.posix.sys.FileCalls;
import org.ipc4j.posix.sys.PosixErrors;
import org.ipc4j.posix.sys.PosixNames;
import org.ipc4j.posix.sys.StatCalls;
import org.ipc4j.posix.sys.UnistdCalls;
import org.ipc4j.spi.PipeReaderChannel;
import org.ipc4j.spi.Wait;
import org.ipc4j.stream.NamedPipeOptions;

import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * The reading end of a FIFO.
 *
 * <p>A FIFO may have many readers; ours has one, because a reader locks the FIFO. The kernel drops
 * the lock when the reader dies, and so the next one knows that it may take the name over.
 */
final class PosixNamedPipeReader extends PipeReaderChannel {
    private final PosixFifo fifo;
    private final boolean ownsName;
    private final Wait bytes;
    private final Wait writers;
    private boolean writerCame;

    private PosixNamedPipeReader(PosixFifo fifo, boolean ownsName) {
        super(fifo.name);
        this.fifo = fifo;
        this.ownsName = ownsName;
        this.bytes = Wait.inKernel(fifo.name, this::isOpen, this::ready);
        this.writers = Wait.byPolling(fifo.name, this::isOpen, () -> 1);
        fifo.buffer.limit(0); // nothing read yet
    }

    static PosixNamedPipeReader create(IpcName name, NamedPipeOptions options) throws IpcException {
        Path path = PosixFifo.path(name);
        int mode = PosixNames.mode(options.access());
        while (true) {
            int result = StatCalls.mkfifo(path.toString(), mode);
            boolean leftBehind = Errno.of(result) == Errno.EEXIST && !name.isNative();
            if (result < 0 && !leftBehind) {
                throw PosixErrors.exception(result, "mkfifo", name, path.toString());
            }
            // Until we have the lock, the FIFO's reader may close it and delete the name; then it
            // is not ours to keep.
            try {
                PosixFifo fifo = PosixFifo.open(name, Access.OWNER, Abi.O_RDONLY);
                lock(fifo);
                if (fifo.file.isAt(path)) {
                    setMode(fifo, mode);
                    return new PosixNamedPipeReader(fifo, true);
                }
                fifo.descriptor.close();
            } catch (NameNotFoundException deleted) {
                // make it anew
            }
        }
    }

    static PosixNamedPipeReader open(IpcName name, Access access) throws IpcException {
        PosixFifo fifo = PosixFifo.open(name, access, Abi.O_RDONLY);
        lock(fifo);
        return new PosixNamedPipeReader(fifo, false);
    }

    /** Makes this the FIFO's only reader, or throws and closes the end. */
    private static void lock(PosixFifo fifo) throws IpcException {
        int fd = (int) fifo.descriptor.enter();
        int result;
        try {
            result = FileCalls.flock(fd, Abi.LOCK_EX | Abi.LOCK_NB);
        } finally {
            fifo.descriptor.exit();
        }
        if (result == 0) {
            return;
        }
        fifo.descriptor.close();
        throw Errno.of(result) == Errno.EAGAIN
                ? new NameExistsException(
                        fifo.name, "another reader has " + PosixFifo.path(fifo.name) + " open")
                : fifo.exception(result, "flock");
    }

    private static void setMode(PosixFifo fifo, int mode) throws IpcException {
        int fd = (int) fifo.descriptor.enter();
        int result;
        try {
            result = StatCalls.fchmod(fd, mode);
        } finally {
            fifo.descriptor.exit();
        }
        if (result < 0) {
            fifo.descriptor.close();
            throw fifo.exception(result, "fchmod");
        }
    }

    /** What one thread has read and not used up is not in the pipe any more. */
    private int ready() {
        return fifo.buffer.hasRemaining() ? 1 : fifo.poll(Abi.POLLIN, 0);
    }

    @Override
    protected int readNow(ByteBuffer target) throws IpcException {
        if (!fifo.buffer.hasRemaining()) {
            int count = fill();
            if (count <= 0) {
                return count;
            }
        }
        int count = Math.min(target.remaining(), fifo.buffer.remaining());
        target.put(target.position(), fifo.buffer, fifo.buffer.position(), count);
        target.position(target.position() + count);
        fifo.buffer.position(fifo.buffer.position() + count);
        return count;
    }

    /**
     * Reads into the empty buffer.
     *
     * <p>read(2) gives 0 when no writer is there: any more, or yet. Only poll(2) tells these two
     * from each other. A writer may have come, written and gone between the two calls, but what it
     * has left is there for a second read once poll(2) has told that it is gone.
     *
     * @return as {@link #readNow}
     */
    private int fill() throws IpcException {
        int fd = (int) fifo.descriptor.enter();
        try {
            int count = read(fd);
            if (count == 0 && hasHungUp()) {
                writerCame = true;
                count = read(fd);
                return count == 0 ? -1 : filled(count);
            }
            return filled(count);
        } finally {
            fifo.descriptor.exit();
        }
    }

    private int read(int fd) {
        int count;
        do {
            count = (int) UnistdCalls.read(fd, fifo.segment, fifo.segment.byteSize());
        } while (Errno.of(count) == Errno.EINTR);
        return count;
    }

    private boolean hasHungUp() {
        return (fifo.poll(Abi.POLLIN, 0) & Abi.POLLHUP) != 0;
    }

    private int filled(int count) throws IpcException {
        if (count > 0) {
            fifo.buffer.position(0).limit(count);
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
            default -> throw fifo.exception(result, "read");
        };
    }

    @Override
    protected boolean writerCame() throws IpcException {
        if (!writerCame) {
            fill();
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
        if (!fifo.buffer.hasRemaining()) {
            fifo.poll(Abi.POLLIN, nanos);
        }
    }

    @Override
    public String nativeKey() {
        return PosixFifo.path(name()).toString();
    }

    @Override
    protected void implCloseChannel() throws IpcException {
        Path path = PosixFifo.path(name());
        try {
            if (ownsName && fifo.file.isAt(path)) {
                int result = UnistdCalls.unlink(path.toString());
                if (result < 0 && Errno.of(result) != Errno.ENOENT) {
                    throw fifo.exception(result, "unlink");
                }
            }
        } finally {
            fifo.descriptor.close();
        }
    }
}
