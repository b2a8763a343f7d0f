// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.stream;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import org.ipc4j.IncompatibleException;
import org.ipc4j.IpcName;
import org.ipc4j.jvm.sys.Names;
import org.ipc4j.jvm.sys.Place;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The files of a pipe.
 *
 * @param socket the reader's socket
 * @param lock locked as long as the reader has the pipe open; lies beside the socket
 * @param workshop a directory that only the user can enter, where the socket is made
 */
record PipePlace(Path socket, Path lock, Path workshop) {
    private static final String KIND = "pipe.";

    /** The longest path of a socket in bytes, as the JDK counts: 102 on macOS, 106 elsewhere. */
    private static final int MAX_PATH = 102;

    private static final int FILE_TYPE = 0170000; // inode(7)
    private static final int SOCKET = 0140000;

    static PipePlace of(IpcName name) {
        return of(Place.here(), name);
    }

    static PipePlace of(Place place, IpcName name) {
        Path socket =
                name.isNative()
                        ? Path.of(name.value()).toAbsolutePath()
                        : place.file(KIND, name.value());
        Path directory = Objects.requireNonNull(socket.getParent(), "a socket is in a directory");
        if (!name.isNative()) {
            int room = MAX_PATH - bytes(directory) - 1;
            socket = directory.resolve(Names.cut(Objects.toString(socket.getFileName()), room));
        }
        String hash = Names.digits(Names.hash(socket.toString()));
        return new PipePlace(
                socket,
                directory.resolve("ipc4j-pipe." + hash + ".lock"),
                directory.resolve(".ipc4j-" + hash));
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
