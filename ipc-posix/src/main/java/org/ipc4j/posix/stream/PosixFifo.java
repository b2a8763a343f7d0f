// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.stream;

import org.ipc4j.Access;
import org.ipc4j.IncompatibleException;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.posix.sys.Abi;
import org.ipc4j.posix.sys.FcntlCalls;
import org.ipc4j.posix.sys.OpenFile;
import org.ipc4j.posix.sys.PosixErrors;
import org.ipc4j.posix.sys.PosixNames;
import org.ipc4j.posix.sys.UnistdCalls;

import java.nio.file.Path;

/**
 * The path of a FIFO, and an end of it.
 *
 * @param end the end
 * @param file which file it is, whatever has become of its name meanwhile
 * @see <a href="https://man7.org/linux/man-pages/man7/fifo.7.html">fifo(7)</a>
 */
record PosixFifo(PipeEnd end, OpenFile file) {
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
            file.requireOwner(name, access);
            return new PosixFifo(new PipeEnd(name, path, UnistdCalls.handle(name, fd)), file);
        } catch (IpcException e) {
            UnistdCalls.close(fd);
            throw e;
        }
    }
}
