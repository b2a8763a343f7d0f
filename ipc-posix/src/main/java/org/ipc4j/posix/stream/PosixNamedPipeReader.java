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
import org.ipc4j.stream.NamedPipeOptions;
import org.ipc4j.stream.NamedPipeReader;

import java.nio.file.Path;

/**
 * The reading end of a FIFO.
 *
 * <p>A FIFO may have many readers; ours has one, because a reader locks the FIFO. The kernel drops
 * the lock when the reader dies, and so the next one knows that it may take the name over.
 */
final class PosixNamedPipeReader extends PosixPipeReader implements NamedPipeReader {
    private final PosixFifo fifo;
    private final boolean ownsName;

    private PosixNamedPipeReader(PosixFifo fifo, boolean ownsName) {
        super(fifo.end(), true);
        this.fifo = fifo;
        this.ownsName = ownsName;
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
                if (fifo.file().isAt(path)) {
                    setMode(fifo, mode);
                    return new PosixNamedPipeReader(fifo, true);
                }
                fifo.end().descriptor.close();
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
        int fd = (int) fifo.end().descriptor.enter();
        int result;
        try {
            result = FileCalls.flock(fd, Abi.LOCK_EX | Abi.LOCK_NB);
        } finally {
            fifo.end().descriptor.exit();
        }
        if (result == 0) {
            return;
        }
        fifo.end().descriptor.close();
        throw Errno.of(result) == Errno.EAGAIN
                ? new NameExistsException(
                        fifo.end().name, "another reader has " + fifo.end().key + " open")
                : fifo.end().exception(result, "flock");
    }

    private static void setMode(PosixFifo fifo, int mode) throws IpcException {
        int fd = (int) fifo.end().descriptor.enter();
        int result;
        try {
            result = StatCalls.fchmod(fd, mode);
        } finally {
            fifo.end().descriptor.exit();
        }
        if (result < 0) {
            fifo.end().descriptor.close();
            throw fifo.end().exception(result, "fchmod");
        }
    }

    @Override
    public String nativeKey() {
        return end.key;
    }

    @Override
    protected void implCloseChannel() throws IpcException {
        Path path = PosixFifo.path(name());
        try {
            if (ownsName && fifo.file().isAt(path)) {
                int result = UnistdCalls.unlink(path.toString());
                if (result < 0 && Errno.of(result) != Errno.ENOENT) {
                    throw fifo.end().exception(result, "unlink");
                }
            }
        } finally {
            fifo.end().descriptor.close();
        }
    }
}
