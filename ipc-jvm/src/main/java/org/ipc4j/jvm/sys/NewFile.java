// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.sys;

import org.ipc4j.Access;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * A file that appears complete: built under a random name beside its place, then linked into it.
 * Every method is {@link FileWork}.
 *
 * <p>While it is built it is locked, so that one whose builder has died can be told from one in the
 * making. The next who builds for the same place deletes it, and who removes what is there.
 */
public final class NewFile implements AutoCloseable {
    private static final String PREFIX = ".ipc4j-new.";

    private final Path target;
    private final LockFile temporary;

    private NewFile(Path target, LockFile temporary) {
        this.target = target;
        this.temporary = temporary;
    }

    /** Begins an empty file. */
    public static NewFile begin(Path target, Access access) throws IOException {
        sweep(target);
        String prefix = prefix(target);
        return new NewFile(
                target,
                LockFile.createLocked(
                        () -> target.resolveSibling(prefix + Names.random()),
                        access,
                        0,
                        Long.MAX_VALUE));
    }

    /** Deletes what builders for a place have left behind when they died. */
    public static void sweep(Path target) throws IOException {
        String prefix = prefix(target);
        LockFile.sweep(
                Objects.requireNonNull(target.getParent()),
                name -> name.startsWith(prefix) && Names.isRandom(name.substring(prefix.length())),
                path -> true);
    }

    /**
     * Deletes what builders for any place in a directory have left behind when they died.
     *
     * @return what was deleted
     */
    public static List<Path> sweepAll(Path directory) throws IOException {
        return LockFile.sweep(
                directory,
                name ->
                        name.startsWith(PREFIX)
                                && Names.isRandom(name.substring(name.lastIndexOf('.') + 1)),
                path -> true);
    }

    private static String prefix(Path target) {
        return PREFIX + Names.shortened("", Objects.toString(target.getFileName())) + ".";
    }

    /** The file's content. */
    public FileChannel channel() {
        return temporary.channel();
    }

    /**
     * Gives the file its name.
     *
     * @throws java.nio.file.FileAlreadyExistsException if the name is taken
     */
    public void publish() throws IOException {
        if (Place.WINDOWS) {
            // Not every file system there has links. To move a file is atomic there, and refused if
            // the name is taken; elsewhere a move would replace what has the name.
            Files.move(temporary.path(), target);
        } else {
            Files.createLink(target, temporary.path());
        }
    }

    /** Takes the name away again. */
    public void withdraw() throws IOException {
        Deletion.delete(target);
    }

    /** Deletes the temporary name. May be called again. */
    @Override
    public void close() throws IOException {
        try (temporary) {
            temporary.delete();
        }
    }
}
