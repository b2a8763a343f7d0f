// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.stream;

import org.ipc4j.Access;
import org.ipc4j.IncompatibleException;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.posix.sys.Abi;
import org.ipc4j.posix.sys.FcntlCalls;
import org.ipc4j.posix.sys.OpenFile;
import org.ipc4j.posix.sys.PollCalls;
import org.ipc4j.posix.sys.PosixErrors;
import org.ipc4j.posix.sys.PosixNames;
import org.ipc4j.posix.sys.UnistdCalls;
import org.ipc4j.spi.NativeHandle;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * One end of a FIFO: a descriptor that never blocks, and native memory that the bytes pass through.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/fifo.7.html">fifo(7)</a>
 */
final class PosixFifo {
    private static final int BUFFER_SIZE = 64 * 1024;

    final IpcName name;
    final NativeHandle descriptor;
    final OpenFile file;

    /** The same memory twice, for the system and for Java. */
    final MemorySegment segment = Arena.ofAuto().allocate(BUFFER_SIZE);

    final ByteBuffer buffer = segment.asByteBuffer();

    private PosixFifo(IpcName name, int fd, OpenFile file) {
        this.name = name;
        this.descriptor = UnistdCalls.handle(name, fd);
        this.file = file;
    }

    /**
     * A native key is a path. A portable name is a FIFO where containers that share memory meet.
     */
    static Path path(IpcName name) {
        return name.isNative() ? Path.of(name.value()) : PosixNames.file("fifo.", name);
    }

    /**
     * Opens one end.
     *
     * @throws IncompatibleException if there is something else under that name
     * @throws IpcException if the system refuses; with ENXIO if it is to be written and has no
     *     reader
     */
    static PosixFifo open(IpcName name, Access access, int flags) throws IpcException {
        String path = path(name).toString();
        int fd =
                PosixErrors.check(
                        FcntlCalls.open(
                                path, flags | Abi.O_NONBLOCK | Abi.O_NOFOLLOW | Abi.O_CLOEXEC, 0),
                        "open",
                        name,
                        path);
        try {
            OpenFile file = OpenFile.of(fd, name);
            if (!file.isFifo()) {
                throw new IncompatibleException(name, path + " is not a FIFO; choose another name");
            }
            OpenFile.requireOwner(fd, name, access);
            return new PosixFifo(name, fd, file);
        } catch (IpcException e) {
            UnistdCalls.close(fd);
            throw e;
        }
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
        return PosixErrors.exception(result, call, name, path(name).toString());
    }
}
