// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.sys;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import org.ipc4j.Access;
import org.ipc4j.IpcAccessDeniedException;
import org.ipc4j.IpcName;
import org.ipc4j.spi.Availability;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * The directory where processes meet.
 *
 * <p>On Linux it is {@code /dev/shm}, itself: {@code shm_open(3)} looks there, and containers that
 * share it meet there. On other systems it is a directory of the user's own in the temporary
 * directory.
 *
 * @param directory the directory
 * @param isCommon whether it is {@code /dev/shm}, which all users share
 */
public record Place(Path directory, boolean isCommon) {
    /** Whether this is Windows, where a file is not its inode and names do not outlive deletion. */
    public static final boolean WINDOWS = System.getProperty("os.name").startsWith("Windows");

    private static final Path SHM = Path.of("/dev/shm");
    private static final Place HERE =
            System.getProperty("os.name").equals("Linux") && Files.isDirectory(SHM)
                    ? new Place(SHM, true)
                    : ofUser();

    /** The longest file name, on every file system that matters. */
    private static final int MAX_FILE_NAME = 255;

    /** Returns the place of this process. Creates nothing. */
    public static Place here() {
        return HERE;
    }

    private static Place ofUser() {
        String user = Names.encoded("ipc4j-" + System.getProperty("user.name"));
        return new Place(
                Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath().resolve(user),
                false);
    }

    /** Tells whether anything can be created here. */
    public Availability availability() {
        Path writable = isCommon ? directory : directory.getParent();
        return Files.isWritable(writable)
                ? Availability.available()
                : Availability.unavailable(
                        "the directory " + writable + " cannot be written by this user");
    }

    /**
     * Refuses an access that this place cannot give.
     *
     * @throws UnsupportedOperationException if {@code access} is for others than the user, whose
     *     own directory this is
     */
    public void requireSupported(Access access) {
        if (!isCommon && access != Access.OWNER) {
            throw new UnsupportedOperationException(
                    "objects in "
                            + directory
                            + " are for their owner only; Access."
                            + access
                            + " needs /dev/shm");
        }
    }

    /** Makes sure that the directory is there. Is {@link FileWork}. */
    public void prepare(IpcName name) throws IOException {
        if (!isCommon) {
            preparePrivate(name, directory);
            Deletion.sweep(directory);
        }
    }

    /**
     * Creates a directory that only this user can enter, and refuses one of that name that others
     * could have put there. Is {@link FileWork}.
     */
    public static void preparePrivate(IpcName name, Path directory) throws IOException {
        try {
            Files.createDirectory(directory, Permissions.privateDirectory(directory));
        } catch (FileAlreadyExistsException e) {
            requireOurs(name, directory);
        }
    }

    private static void requireOurs(IpcName name, Path directory) throws IOException {
        if (!Permissions.areKnown(directory)) {
            // On Windows %TEMP% lies in the user's profile, whose access control list lets in only
            // the user, the system and the administrators, and what is created in it inherits that.
            return;
        }
        // Not every user has a name, but everybody owns what he creates.
        Path ours = Files.createTempFile(directory.getParent(), ".ipc4j-", null);
        try {
            if (!Files.isDirectory(directory, NOFOLLOW_LINKS)
                    || !Files.getOwner(directory, NOFOLLOW_LINKS).equals(Files.getOwner(ours))
                    || !Files.getPosixFilePermissions(directory, NOFOLLOW_LINKS)
                            .equals(Permissions.PRIVATE_DIRECTORY)) {
                throw new IpcAccessDeniedException(
                        name,
                        directory
                                + " is not a directory of mode 0700 that belongs to this user;"
                                + " remove it");
            }
        } finally {
            Files.delete(ours);
        }
    }

    /**
     * Returns the file of a shared memory object.
     *
     * @throws IllegalArgumentException if it is a native key that cannot be one here
     */
    public Path memory(IpcName name) {
        if (!isCommon) {
            return name.isNative()
                    ? path(name.value()).toAbsolutePath()
                    : file("shm.", name.value());
        }
        String fileName = name.isNative() ? name.value().replaceFirst("^/+", "") : name.value();
        if (fileName.isEmpty()
                || fileName.indexOf('/') >= 0
                || fileName.equals(".")
                || fileName.equals("..")) {
            throw new IllegalArgumentException(
                    "the native key of shared memory is \"/\" and a name without further slashes,"
                            + " not "
                            + name);
        }
        if (fileName.length() > MAX_FILE_NAME) {
            throw new IllegalArgumentException(
                    "the native key of shared memory has at most "
                            + MAX_FILE_NAME
                            + " bytes after its \"/\", this one has more: "
                            + name);
        }
        return directory.resolve(path(fileName));
    }

    /** Returns the native key of a shared memory object. */
    public String memoryKey(Path memory) {
        return isCommon ? "/" + memory.getFileName() : memory.toString();
    }

    /** Returns the file of another object, the kind in front of its name. */
    public Path file(String kind, String name) {
        return directory.resolve(
                path(isCommon ? kind + name : Names.shortened(kind, Names.encoded(name))));
    }

    private static Path path(String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(
                    WINDOWS
                            ? "no file can be called so: " + e.getMessage()
                            : "this JVM cannot write \""
                                    + name
                                    + "\" as a file name (sun.jnu.encoding is "
                                    + System.getProperty("sun.jnu.encoding")
                                    + "); start it with LC_ALL=C.UTF-8",
                    e);
        }
    }
}
