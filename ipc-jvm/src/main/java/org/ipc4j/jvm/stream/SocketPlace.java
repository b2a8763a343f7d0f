// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.stream;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import org.ipc4j.Access;
import org.ipc4j.IncompatibleException;
import org.ipc4j.IpcName;
import org.ipc4j.NameExistsException;
import org.ipc4j.ResourceLimitException;
import org.ipc4j.jvm.sys.FileWork;
import org.ipc4j.jvm.sys.Names;
import org.ipc4j.jvm.sys.Place;
import org.ipc4j.spi.FileOwner;
import org.ipc4j.spi.RuntimeFolder;
import org.ipc4j.stream.LocalAddress;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * The files of who listens: the reader of a pipe, or a server.
 *
 * @param socket its socket
 * @param lock locked as long as it listens; lies beside the socket
 * @param workshop a directory that only the user can enter, where the socket is made
 * @param kind whose it is, and where
 */
record SocketPlace(Path socket, Path lock, Path workshop, Kind kind) {
    private static final String PIPE = "pipe.";
    private static final String SERVER = "sock.";

    /** The longest path of a socket in bytes, as the JDK counts: 102 on macOS, 106 elsewhere. */
    private static final int MAX_PATH = 102;

    private static final int FILE_TYPE = 0170000; // inode(7)
    private static final int SOCKET = 0140000;

    /** Whose the files are, and where. */
    enum Kind {
        /** Of the reader of a pipe. */
        PIPE("another reader has the pipe open"),
        /** Of a server, in the directory that all providers of Linux have in common. */
        IN_RUNTIME_FOLDER("a living socket has the address"),
        /** Of a server, in our own directory. */
        IN_OWN_FOLDER("a living socket has the address"),
        /** Of a server, where its user wants it. */
        AT_PATH("a living socket has the address");

        private final String taken;

        Kind(String taken) {
            this.taken = taken;
        }
    }

    static SocketPlace of(IpcName name) {
        return of(Place.here(), name);
    }

    static SocketPlace of(Place place, IpcName name) {
        Path socket =
                name.isNative()
                        ? Path.of(name.value()).toAbsolutePath()
                        : shortened(place.file(PIPE, name.value()));
        return new SocketPlace(
                socket,
                socket.resolveSibling("ipc4j-pipe." + hash(socket) + ".lock"),
                workshop(socket),
                Kind.PIPE);
    }

    static SocketPlace of(LocalAddress address) {
        Optional<Path> common = RuntimeFolder.path();
        Path socket =
                switch (address.kind()) {
                    case PATH -> Path.of(address.name().value());
                    case NAME ->
                            common.map(folder ->
                                            folder.resolve(RuntimeFolder.fileName(address.name())))
                                    .orElseGet(() ->
                                            shortened(
                                                    Place.here()
                                                            .file(SERVER, address.name().value())));
                    case ABSTRACT ->
                            throw new UnsupportedOperationException(
                                    "the JDK has no sockets with abstract names; take a portable"
                                            + " name, or the path of a file");
                };
        Kind kind =
                address.kind() == LocalAddress.Kind.PATH
                        ? Kind.AT_PATH
                        : common.isPresent() ? Kind.IN_RUNTIME_FOLDER : Kind.IN_OWN_FOLDER;
        return new SocketPlace(
                socket,
                socket.resolveSibling(socket.getFileName() + ".lock"),
                workshop(socket),
                kind);
    }

    private static Path shortened(Path socket) {
        Path directory = Objects.requireNonNull(socket.getParent(), "a socket is in a directory");
        int room = MAX_PATH - bytes(directory) - 1;
        return directory.resolve(Names.cut(Objects.toString(socket.getFileName()), room));
    }

    private static Path workshop(Path socket) {
        Objects.requireNonNull(socket.getParent(), "a socket is in a directory");
        return socket.resolveSibling(".ipc4j-" + hash(socket));
    }

    private static String hash(Path socket) {
        return Names.digits(Names.hash(socket.toString()));
    }

    /** Makes sure that the directory is there, where it is ours to make. Is {@link FileWork}. */
    void prepare(IpcName name) throws IOException {
        switch (kind) {
            case PIPE, IN_OWN_FOLDER -> Place.here().prepare(name);
            case IN_RUNTIME_FOLDER -> Place.preparePrivate(name, socket.getParent());
            case AT_PATH -> {}
        }
    }

    /** Refuses a socket of whom the caller does not accept. Is {@link FileWork}. */
    void requireOwner(IpcName name, Access access) throws IOException {
        if (kind == Kind.IN_RUNTIME_FOLDER) {
            FileOwner.require(name, socket.getParent(), Access.OWNER, NOFOLLOW_LINKS);
        }
        FileOwner.require(name, socket, access, NOFOLLOW_LINKS);
    }

    /**
     * Refuses a path that the JDK cannot use.
     *
     * @param path of a socket
     */
    static void requireShort(IpcName name, Path path) throws ResourceLimitException {
        if (bytes(path) > MAX_PATH) {
            throw new ResourceLimitException(
                    name,
                    "the JDK takes paths of sockets of at most "
                            + MAX_PATH
                            + " bytes, this one has more: "
                            + path
                            + "; choose a shorter one");
        }
    }

    NameExistsException taken(IpcName name) {
        return new NameExistsException(name, kind.taken + ": " + socket);
    }

    private static int bytes(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8).length;
    }

    /** Where the socket is made, before it is linked into its place. */
    Path unfinished() {
        return workshop.resolve("s");
    }

    /** Tells whether there is a socket, of whomever. */
    boolean isTaken() {
        return found() == Found.SOCKET;
    }

    /**
     * Tells whether there is a socket, and refuses what is none.
     *
     * @return {@code false} if there is nothing
     */
    boolean requireSocketOrNothing(IpcName name) throws IncompatibleException {
        Found found = found();
        if (found == Found.SOMETHING_ELSE) {
            throw new IncompatibleException(
                    name, socket + " is not a socket; another program uses the name");
        }
        return found == Found.SOCKET;
    }

    private enum Found {
        NOTHING,
        SOCKET,
        SOMETHING_ELSE
    }

    private Found found() {
        try {
            boolean isSocket =
                    socket.getFileSystem().supportedFileAttributeViews().contains("unix")
                            ? ((int) Files.getAttribute(socket, "unix:mode", NOFOLLOW_LINKS)
                                            & FILE_TYPE)
                                    == SOCKET
                            : (boolean) Files.getAttribute(socket, "isOther", NOFOLLOW_LINKS);
            return isSocket ? Found.SOCKET : Found.SOMETHING_ELSE;
        } catch (IOException e) {
            return Found.NOTHING;
        }
    }
}
