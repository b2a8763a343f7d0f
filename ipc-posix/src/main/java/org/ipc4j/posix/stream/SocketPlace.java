// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.stream;

import org.ipc4j.Access;
import org.ipc4j.IpcAccessDeniedException;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.ResourceLimitException;
import org.ipc4j.posix.sys.Abi;
import org.ipc4j.posix.sys.FcntlCalls;
import org.ipc4j.posix.sys.OpenFile;
import org.ipc4j.posix.sys.PosixErrors;
import org.ipc4j.posix.sys.StatCalls;
import org.ipc4j.posix.sys.UnistdCalls;
import org.ipc4j.spi.FileOwner;
import org.ipc4j.spi.RuntimeFolder;
import org.ipc4j.stream.LocalAddress;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Where a socket's file is: a directory that is held open, so that it stays the one that was looked
 * at, and a name in it.
 *
 * @param name what messages call the socket
 * @param path the file's path
 * @param folder the directory's descriptor
 */
record SocketPlace(IpcName name, Path path, int folder) implements AutoCloseable {
    private static final int PRIVATE = 0700;
    private static final int MAX_PATH = Abi.SIZEOF_SUN_PATH - 1;

    /** The path of a socket. */
    static Path path(LocalAddress address) {
        return address.kind() == LocalAddress.Kind.NAME
                ? RuntimeFolder.path(UnistdCalls.geteuid())
                        .resolve(RuntimeFolder.fileName(address.name()))
                : Path.of(address.name().value());
    }

    /**
     * Opens the directory of a socket that is there, if one has to look through it.
     *
     * @throws org.ipc4j.NameNotFoundException if there is no directory
     */
    static SocketPlace find(LocalAddress address) throws IpcException {
        Path path = path(address);
        return new SocketPlace(address.name(), path, open(address.name(), folder(path)));
    }

    /** Opens the directory of a socket that is to be made, and makes the user's own directory. */
    static SocketPlace prepare(LocalAddress address) throws IpcException {
        Path path = path(address);
        if (address.kind() != LocalAddress.Kind.NAME) {
            return find(address);
        }
        Path folder = folder(path);
        boolean created = StatCalls.mkdir(folder.toString(), PRIVATE) == 0;
        int fd = open(address.name(), folder);
        try {
            if (created) {
                makePrivate(fd); // whatever the umask has made of it
            }
            requirePrivate(fd, address.name(), folder);
            return new SocketPlace(address.name(), path, fd);
        } catch (IOException e) {
            UnistdCalls.close(fd);
            throw e instanceof IpcException refused
                    ? refused
                    : new IpcException(address.name(), folder + " cannot be made private: " + e);
        }
    }

    private static Path folder(Path path) {
        Path folder = path.getParent();
        if (folder == null) {
            throw new IllegalArgumentException(path + " is not the path of a socket");
        }
        return folder;
    }

    private static int open(IpcName name, Path folder) throws IpcException {
        int flags = Abi.O_PATH | Abi.O_DIRECTORY | Abi.O_CLOEXEC;
        boolean own = !name.isNative(); // where no link is expected
        return PosixErrors.check(
                FcntlCalls.open(folder.toString(), own ? flags | Abi.O_NOFOLLOW : flags, 0),
                "open",
                name,
                folder.toString());
    }

    private static void makePrivate(int fd) throws IOException {
        Files.setPosixFilePermissions(
                OpenFile.path(fd), PosixFilePermissions.fromString("rwx------"));
    }

    private static void requirePrivate(int fd, IpcName name, Path folder) throws IpcException {
        OpenFile found = OpenFile.of(fd, name);
        found.requireOwner(name, Access.OWNER);
        if (!found.isDirectory() || found.permissions() != PRIVATE) {
            throw new IpcAccessDeniedException(
                    name, folder + " is not a directory of mode 0700; remove it, or chmod 700 it");
        }
    }

    /** Refuses the user's own directory if it is somebody else's, before anything is sent there. */
    static void requirePrivate(LocalAddress address) throws IpcException {
        Path folder = folder(path(address));
        int fd = open(address.name(), folder);
        try {
            requirePrivate(fd, address.name(), folder);
        } finally {
            UnistdCalls.close(fd);
        }
    }

    /** Tells whether the system takes the path of a socket as it is. */
    static boolean isShort(Path path) {
        return bytes(path.toString()) <= MAX_PATH;
    }

    private static int bytes(String path) {
        return path.getBytes(StandardCharsets.UTF_8).length;
    }

    /**
     * Returns what {@code bind} and {@code connect} take: the path, or a way through the
     * directory's descriptor if the path is too long for them.
     *
     * @throws ResourceLimitException if that is too long too
     */
    String address() throws ResourceLimitException {
        String through = file().toString();
        if (isShort(path)) {
            return path.toString();
        }
        if (bytes(through) > MAX_PATH) {
            throw new ResourceLimitException(
                    name,
                    "the path of a socket has at most "
                            + MAX_PATH
                            + " bytes, or its last part has at most "
                            + RuntimeFolder.MAX_FILE_NAME
                            + "; give it a shorter name");
        }
        return through;
    }

    /** Returns the socket's file, as it is found through the directory's descriptor. */
    Path file() {
        return OpenFile.path(folder).resolve(path.getFileName());
    }

    /** Returns the file beside it that its owner has locked. */
    Path lock() {
        return OpenFile.path(folder).resolve(path.getFileName() + ".lock");
    }

    /** Refuses a file that is there and is not what the caller accepts. */
    static void requireOwner(LocalAddress address, Access access) throws IpcException {
        Path path = path(address);
        try {
            FileOwner.require(address.name(), path, access, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException absent) {
            // for the next call to say
        } catch (IpcException refused) {
            throw refused;
        } catch (IOException e) {
            throw new IpcException(address.name(), path + " cannot be looked at: " + e);
        }
    }

    @Override
    public void close() {
        UnistdCalls.close(folder);
    }
}
