// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.stream;

import org.ipc4j.IncompatibleException;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.posix.sys.Abi;
import org.ipc4j.posix.sys.FcntlCalls;
import org.ipc4j.posix.sys.OpenFile;
import org.ipc4j.posix.sys.PosixErrors;
import org.ipc4j.posix.sys.UnistdCalls;
import org.ipc4j.spi.AdoptableHandle;
import org.ipc4j.spi.NativeHandle;
import org.ipc4j.stream.HandleKind;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Where the ends of pipes without a name come from, and how other processes open them.
 *
 * <p>Whether a descriptor blocks is a property of the open file, which all share who got it by
 * inheritance or over a socket. Who opens the pipe once more through {@code /proc} has an open file
 * of his own, so a program whose standard input our end becomes can block as it likes, and we
 * cannot.
 */
final class AnonymousEnd {
    private AnonymousEnd() {}

    static PipeEnd of(int fd) {
        IpcName name = name(fd);
        return new PipeEnd(name, name.value(), UnistdCalls.handle(name, fd));
    }

    private static IpcName name(int fd) {
        try {
            return IpcName.ofNative(OpenFile.target(fd));
        } catch (IOException e) {
            return IpcName.ofNative("pipe"); // without /proc, pipes look all the same
        }
    }

    /**
     * Takes over an end that another process has passed.
     *
     * @param handle what was received; it keeps what cannot be used
     * @param access what the end shall be used for: {@code O_RDONLY} or {@code O_WRONLY}
     */
    static PipeEnd adopt(AdoptableHandle handle, int access) throws IpcException {
        NativeHandle received =
                handle.take(HandleKind.PIPE, fd -> requireAccess(handle.name(), (int) fd, access));
        int fd = (int) received.enter();
        try {
            int own = openAgain(fd, access);
            if (own >= 0) {
                received.close();
                return of(own);
            }
            int flags = check(FcntlCalls.fcntl_getfl(fd), "fcntl", handle.name());
            check(FcntlCalls.fcntl_setfl(fd, flags | Abi.O_NONBLOCK), "fcntl", handle.name());
            IpcName name = name(fd);
            return new PipeEnd(name, name.value(), received);
        } catch (IpcException e) {
            received.close();
            throw e;
        } finally {
            received.exit();
        }
    }

    private static void requireAccess(IpcName name, int fd, int access) throws IpcException {
        int flags = check(FcntlCalls.fcntl_getfl(fd), "fcntl", name);
        int allowed = flags & Abi.O_ACCMODE;
        if (allowed != access && allowed != Abi.O_RDWR) {
            throw new IncompatibleException(
                    name,
                    access == Abi.O_RDONLY
                            ? "this end of a pipe is for writing; adopt it as a writer"
                            : "this end of a pipe is for reading; adopt it as a reader");
        }
    }

    /** Refused, for example, if the pipe is another user's. */
    private static int openAgain(int fd, int access) {
        return FcntlCalls.open(
                OpenFile.path(fd).toString(), access | Abi.O_NONBLOCK | Abi.O_CLOEXEC, 0);
    }

    private static int check(int result, String call, IpcName name) throws IpcException {
        return PosixErrors.check(result, call, name, name.value());
    }

    /** What {@link ProcessBuilder} opens, in this process. */
    static File file(PipeEnd end) {
        return OpenFile.path(number(end)).toFile();
    }

    /** What another process of this user opens. */
    static Path path(PipeEnd end) {
        return Path.of("/proc/" + ProcessHandle.current().pid() + "/fd/" + number(end));
    }

    private static int number(PipeEnd end) {
        int fd = (int) end.descriptor.enter();
        end.descriptor.exit();
        return fd;
    }
}
