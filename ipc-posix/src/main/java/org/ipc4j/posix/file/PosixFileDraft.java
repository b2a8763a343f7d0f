// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.file;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.file.FileRange;
import org.ipc4j.posix.sys.Abi;
import org.ipc4j.posix.sys.Errno;
import org.ipc4j.posix.sys.FcntlCalls;
import org.ipc4j.posix.sys.RegularFile;
import org.ipc4j.posix.sys.StdioCalls;
import org.ipc4j.posix.sys.TransferBuffer;
import org.ipc4j.posix.sys.UnistdCalls;
import org.ipc4j.spi.FileDraft;
import org.ipc4j.spi.LocalFile;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/** A file that is written, made durable by {@code fsync(2)}, and renamed. */
final class PosixFileDraft implements FileDraft {
    private final LocalFile file;
    private final LocalFile target;
    private final int fd;

    PosixFileDraft(LocalFile file, LocalFile target, Access access) throws IpcException {
        this.file = file;
        this.target = target;
        this.fd = RegularFile.create(file, access);
    }

    @Override
    public void lock(FileRange mark) throws IpcException {
        RegularFile.check(
                FcntlCalls.fcntl_setlk(fd, Abi.F_WRLCK, mark.position(), mark.size()),
                "fcntl",
                file);
    }

    @Override
    public void write(ByteBuffer source) throws IpcException {
        try (TransferBuffer buffer = TransferBuffer.borrow(1)) {
            while (source.hasRemaining()) {
                int count = Math.min(source.remaining(), buffer.size());
                buffer.put(source, count);
                writeAll(buffer.segment(), count);
                source.position(source.position() + count);
            }
        }
    }

    private void writeAll(MemorySegment bytes, int count) throws IpcException {
        int done = 0;
        while (done < count) {
            long written = UnistdCalls.write(fd, bytes.asSlice(done), count - done);
            if (written >= 0) {
                done += (int) written;
            } else if (Errno.of(written) != Errno.EINTR) {
                throw RegularFile.exception(written, "write", file);
            }
        }
    }

    @Override
    public void sync() throws IpcException {
        RegularFile.check(UnistdCalls.fsync(fd), "fsync", file);
    }

    @Override
    public void replaceTarget() throws IpcException {
        RegularFile.check(
                StdioCalls.rename(file.path().toString(), target.path().toString()),
                "rename",
                target);
        LocalFile folder = new LocalFile(target.path().getParent());
        int opened =
                RegularFile.check(
                        FcntlCalls.open(folder.path().toString(), Abi.O_RDONLY | Abi.O_CLOEXEC, 0),
                        "open",
                        folder);
        int result = UnistdCalls.fsync(opened);
        UnistdCalls.close(opened);
        if (Errno.of(result) != Errno.EINVAL) { // a file system that keeps nothing has this error
            RegularFile.check(result, "fsync", folder);
        }
    }

    @Override
    public void close() {
        UnistdCalls.close(fd);
    }
}
