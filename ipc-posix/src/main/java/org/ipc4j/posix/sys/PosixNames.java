// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.sys;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.spi.FileOwner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.function.Function;

/**
 * From names to the system's keys and to the files behind them.
 *
 * <p>Linux keeps shared memory and semaphores as files in {@code /dev/shm}. We put FIFOs there too,
 * since containers that share memory share that directory. So everything but a message queue can be
 * looked at as a file, also without native access.
 */
public final class PosixNames {
    /** Where the C library keeps shared memory and semaphores. */
    public static final Path FOLDER = Path.of("/dev/shm");

    private PosixNames() {}

    /**
     * Returns the name that {@code shm_open}, {@code sem_open} and {@code mq_open} take.
     *
     * @param name a name
     * @return the native key as it is; a portable name with a slash before it
     * @throws IllegalArgumentException if a native key has a slash that is not its first character
     */
    public static String key(IpcName name) {
        if (!name.isNative()) {
            return "/" + name.value();
        }
        if (name.value().indexOf('/', 1) >= 0) {
            throw new IllegalArgumentException(
                    "a key like \"/gate\" has one slash, at its start: " + name);
        }
        return name.value();
    }

    /**
     * Returns the file behind a key.
     *
     * @param prefix what the C library puts before the name
     * @param name a name
     * @return a file in {@link #FOLDER}
     */
    public static Path file(String prefix, IpcName name) {
        String key = key(name);
        return FOLDER.resolve(prefix + (key.startsWith("/") ? key.substring(1) : key));
    }

    /**
     * Returns the permissions that an access stands for.
     *
     * @param access who an object is for
     * @return a C {@code mode_t}
     */
    public static int mode(Access access) {
        return switch (access) {
            case OWNER -> 0600;
            case GROUP -> 0660;
            case EVERYBODY -> 0666;
        };
    }

    /**
     * Sets a file's permissions, whatever the umask has made of them.
     *
     * @param file a file that this process has just created
     * @param name the object's name, for messages
     * @param access who it is for
     * @throws IpcException if the system refuses
     */
    public static void setAccess(Path file, IpcName name, Access access) throws IpcException {
        String permissions =
                switch (access) {
                    case OWNER -> "rw-------";
                    case GROUP -> "rw-rw----";
                    case EVERYBODY -> "rw-rw-rw-";
                };
        try {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        } catch (NoSuchFileException removed) {
            // Whoever has it open keeps it, and nobody else can open it any more.
        } catch (IOException e) {
            throw unreadable(name, file, e);
        }
    }

    /**
     * Refuses a name that leads to a file of a user whose objects the caller does not accept. A
     * name that is not there is not refused; the call that comes next says so.
     *
     * @param file the file behind the name
     * @param name the name, for messages
     * @param access whose objects the caller accepts
     * @throws IpcException if the owner is not accepted
     */
    public static void requireOwner(Path file, IpcName name, Access access) throws IpcException {
        try {
            FileOwner.require(name, file, access, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException absent) {
            // for the next call to say
        } catch (IpcException refused) {
            throw refused;
        } catch (IOException e) {
            throw unreadable(name, file, e);
        }
    }

    /**
     * Returns the key of a name if its file is there.
     *
     * @param name the name
     * @param file tells the file behind a name
     * @param key tells the key of a name
     * @return the key, or empty; also on a system where no file can be called so
     */
    public static Optional<String> find(
            IpcName name, Function<IpcName, Path> file, Function<IpcName, String> key) {
        try {
            return Files.exists(file.apply(name), LinkOption.NOFOLLOW_LINKS)
                    ? Optional.of(key.apply(name))
                    : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static IpcException unreadable(IpcName name, Path file, IOException e) {
        IpcException exception =
                new IpcException(
                        name, "the file behind it, " + file + ", cannot be looked at: " + e);
        exception.initCause(e);
        return exception;
    }
}
