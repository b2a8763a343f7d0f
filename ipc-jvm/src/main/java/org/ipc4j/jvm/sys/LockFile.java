// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.sys;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import org.ipc4j.Access;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A file that is open for the sake of its locks, which the kernel releases when this process dies.
 *
 * <p>Java's locks are the classic ones of {@code fcntl(2)}: all of a process's locks on a file
 * vanish when the process closes <em>any</em> channel to it. So this JVM never has such a file open
 * twice; who would open it a second time is told that it is open here. Every method is {@link
 * FileWork}.
 *
 * <p>Files like this are deleted, so a lock can be won on a file that has just lost its name. Who
 * locks asks {@link #isInPlace()} afterwards. Who deletes holds a lock meanwhile.
 */
public final class LockFile implements AutoCloseable {
    /** The files that this JVM has open. Guarded by itself, while one is opened too. */
    private static final Set<Inode> OPEN = new HashSet<>();

    private static final Set<OpenOption> EXISTING =
            Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, NOFOLLOW_LINKS);
    private static final Set<OpenOption> NEW =
            Set.of(
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.CREATE_NEW);
    private static final int ATTEMPTS = 100;

    private final Path path;
    private final FileChannel channel;
    private final Identity identity;

    private LockFile(Path path, FileChannel channel, Identity identity) {
        this.path = path;
        this.channel = channel;
        this.identity = identity;
    }

    /**
     * What tells files apart that exist at the same time.
     *
     * @param path belongs to it, since not every system has inode numbers
     * @param key the inode number, or where there is none the file's birth
     */
    private record Inode(Path path, Object key) {
        static Inode of(Path path, BasicFileAttributes attributes) {
            return new Inode(
                    path,
                    Objects.requireNonNullElse(attributes.fileKey(), attributes.creationTime()));
        }
    }

    /** What tells a file from an earlier one of its path, whose inode number may be used again. */
    private record Identity(Inode inode, FileTime birth) {
        static Identity of(Path path) throws IOException {
            BasicFileAttributes attributes =
                    Files.readAttributes(path, BasicFileAttributes.class, NOFOLLOW_LINKS);
            if (!attributes.isRegularFile()) {
                throw new FileAlreadyExistsException(
                        path.toString(), null, "it is not a regular file");
            }
            return new Identity(Inode.of(path, attributes), attributes.creationTime());
        }
    }

    /**
     * Creates a file and locks a range of it, both before anybody can take the file for one that is
     * left over.
     *
     * @param fresh gives a new random path at each call
     */
    public static LockFile createLocked(
            Supplier<Path> fresh, Access access, long position, long size) throws IOException {
        NoSuchFileException swept = null;
        for (int i = 0; i < ATTEMPTS; i++) {
            LockFile file;
            try {
                file = create(fresh.get(), access);
            } catch (NoSuchFileException e) {
                swept = e; // deleted before its mode was set
                continue;
            }
            try {
                if (file.tryLock(position, size) && file.isInPlace()) {
                    return file;
                }
            } catch (Throwable e) {
                file.delete();
                file.close();
                throw e;
            }
            file.close(); // whoever sweeps here was quicker, and deletes it
        }
        throw new IOException(
                "others delete every file that is created like " + fresh.get(), swept);
    }

    /**
     * Creates a file.
     *
     * @throws FileAlreadyExistsException if there is something of that name
     */
    public static LockFile create(Path path, Access access) throws IOException {
        synchronized (OPEN) {
            FileChannel channel = FileChannel.open(path, NEW, Permissions.ownerOnly(path));
            try {
                Permissions.set(path, access);
                setBirth(path);
                Identity identity = Identity.of(path);
                OPEN.add(identity.inode());
                return new LockFile(path, channel, identity);
            } catch (Throwable e) {
                channel.close();
                throw e;
            }
        }
    }

    /**
     * Gives a file a birth of its own. Windows gives one that is created within 15 seconds after
     * another of its name was deleted the birth of that one ("file system tunneling").
     */
    private static void setBirth(Path path) throws IOException {
        if (Place.WINDOWS) {
            Files.setAttribute(path, "creationTime", FileTime.from(Instant.now()));
        }
    }

    /**
     * Opens a file that is there.
     *
     * @return the file, or empty if this JVM has it open already
     * @throws NoSuchFileException if there is none
     */
    public static Optional<LockFile> open(Path path) throws IOException {
        synchronized (OPEN) {
            Identity identity = Identity.of(path); // before it is opened: see isInPlace
            if (OPEN.contains(identity.inode())) {
                return Optional.empty();
            }
            FileChannel channel = FileChannel.open(path, EXISTING);
            OPEN.add(identity.inode());
            return Optional.of(new LockFile(path, channel, identity));
        }
    }

    /** Takes a lock that stays until this file is closed or this process ends. */
    public boolean tryLock(long position, long size) throws IOException {
        return lock(position, size, false) != null;
    }

    /**
     * Tells whether nobody has a byte locked by {@link #tryLock}, by locking it for a moment: with
     * a shared lock, since others may look at the same moment, and one of them after the other in
     * this JVM, whose locks must not overlap.
     */
    public synchronized boolean isUnlocked(long position) throws IOException {
        FileLock lock = lock(position, 1, true);
        if (lock == null) {
            return false;
        }
        lock.release();
        return true;
    }

    private FileLock lock(long position, long size, boolean shared) throws IOException {
        try {
            return channel.tryLock(position, size, shared);
        } catch (OverlappingFileLockException e) {
            return null; // locked by ourselves
        }
    }

    /**
     * Tells whether the path still leads to this file. Only for a file that nobody writes into:
     * some have no birth.
     */
    public boolean isInPlace() throws IOException {
        try {
            return identity.equals(Identity.of(path));
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** The open file, for whoever also keeps something in it. */
    FileChannel channel() {
        return channel;
    }

    Path path() {
        return path;
    }

    /** Deletes the path. */
    public void delete() throws IOException {
        Deletion.delete(path);
    }

    @Override
    public void close() throws IOException {
        synchronized (OPEN) {
            try {
                channel.close();
            } finally {
                OPEN.remove(identity.inode());
            }
        }
    }

    /**
     * Deletes the files that dead processes have left behind: those that nobody has a lock on.
     *
     * @param names which file names come into question
     * @param left asked about a file while all of it is locked: whether it is really of no use to
     *     anybody
     * @return what was deleted
     */
    public static List<Path> sweep(Path directory, Predicate<String> names, Predicate<Path> left)
            throws IOException {
        List<Path> deleted = new ArrayList<>();
        DirectoryStream.Filter<Path> filter =
                file ->
                        names.test(Objects.toString(file.getFileName()))
                                && Files.isRegularFile(file, NOFOLLOW_LINKS);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, filter)) {
            for (Path path : files) {
                if (sweep(path, left)) {
                    deleted.add(path);
                }
            }
            return deleted;
        } catch (NoSuchFileException e) {
            return List.of(); // no directory, no files
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    /** Deletes a file if nobody has a lock on it, and tells whether it did. */
    static boolean sweep(Path path, Predicate<Path> left) {
        try {
            Optional<LockFile> opened = open(path);
            if (opened.isPresent()) {
                try (LockFile file = opened.get()) {
                    if (file.tryLock(0, Long.MAX_VALUE) && left.test(path)) {
                        file.delete();
                        return true;
                    }
                }
            }
            return false;
        } catch (IOException e) {
            return false; // it is another user's, or already gone
        }
    }
}
