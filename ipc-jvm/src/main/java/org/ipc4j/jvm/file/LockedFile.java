// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.file;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import org.ipc4j.Access;
import org.ipc4j.IncompatibleException;
import org.ipc4j.file.FileLockMode;
import org.ipc4j.file.FileRange;
import org.ipc4j.jvm.sys.Permissions;
import org.ipc4j.spi.FileOwner;
import org.ipc4j.spi.LocalFile;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A file of which this JVM has locks: one channel for all who lock it here. The JDK's locks belong
 * to the JVM, so this keeps apart what is locked within it, and asks the system for what nobody
 * here has locked yet. To open and to close is {@link org.ipc4j.jvm.sys.FileWork}; to lock and to
 * release is not, since neither blocks: {@link FileChannel#tryLock(long, long, boolean)} and {@link
 * FileLock#release} are not among the operations in which an interrupt closes the channel.
 *
 * <p>Where the JDK's locks are the classic ones of {@code fcntl(2)}, all of them are lost when this
 * process closes any channel to the file; hence the one.
 */
final class LockedFile {
    /** By what tells files apart. Guarded by itself. */
    private static final Map<Object, LockedFile> OPEN = new HashMap<>();

    private final Object key;
    private final FileChannel channel;
    private final boolean isReadOnly;
    private final List<Taken> taken = new ArrayList<>();

    /** What the system knows of. They do not overlap; each is there for those of taken that do. */
    private final List<FileLock> pieces = new ArrayList<>();

    /** How many have it open. Guarded by {@link #OPEN}. */
    private int users;

    private LockedFile(Object key, FileChannel channel, boolean isReadOnly) {
        this.key = key;
        this.channel = channel;
        this.isReadOnly = isReadOnly;
    }

    /** A lock as its holder sees it. Two are never equal, so this is no record. */
    static final class Taken {
        private final FileLockMode mode;
        private final FileRange range;

        private Taken(FileLockMode mode, FileRange range) {
            this.mode = mode;
            this.range = range;
        }
    }

    /** Opens a file that is there, or takes part in the one that this JVM has open. */
    static LockedFile open(LocalFile file, Access access) throws IOException {
        Path path = file.path();
        synchronized (OPEN) {
            BasicFileAttributes attributes =
                    Files.readAttributes(path, BasicFileAttributes.class, NOFOLLOW_LINKS);
            if (!attributes.isRegularFile()) {
                throw new IncompatibleException(
                        file.name(), "it is not a regular file; choose another path");
            }
            FileOwner.require(file.name(), path, access, NOFOLLOW_LINKS);
            Object key = Objects.requireNonNullElse(attributes.fileKey(), path.toRealPath());
            LockedFile opened = OPEN.get(key);
            if (opened == null) {
                opened = open(path, key);
                OPEN.put(key, opened);
            }
            opened.users++;
            return opened;
        }
    }

    private static LockedFile open(Path path, Object key) throws IOException {
        try {
            return new LockedFile(key, channel(path, StandardOpenOption.WRITE), false);
        } catch (AccessDeniedException e) {
            return new LockedFile(key, channel(path, StandardOpenOption.READ), true);
        }
    }

    private static FileChannel channel(Path path, StandardOpenOption option) throws IOException {
        return FileChannel.open(path, StandardOpenOption.READ, option, NOFOLLOW_LINKS);
    }

    /**
     * Creates an empty file.
     *
     * @throws java.nio.file.FileAlreadyExistsException if there is something of that name
     */
    static void create(LocalFile file, Access access) throws IOException {
        Path path = file.path();
        Files.createFile(path, Permissions.ownerOnly(path));
        try {
            Permissions.set(path, access);
        } catch (NoSuchFileException removed) {
            return; // for who opens it to find out
        }
    }

    boolean isReadOnly() {
        return isReadOnly;
    }

    /**
     * Takes a lock if it is to be had now.
     *
     * @return the lock, or null
     */
    synchronized Taken tryLock(FileLockMode mode, FileRange range) throws IOException {
        Taken wanted = new Taken(mode, range);
        if (isExcluded(wanted) || !lockGaps(wanted)) {
            return null;
        }
        taken.add(wanted);
        return wanted;
    }

    private boolean isExcluded(Taken wanted) {
        for (Taken other : taken) {
            if (other.mode.excludes(wanted.mode) && other.range.overlaps(wanted.range)) {
                return true;
            }
        }
        return false;
    }

    /** Has the system lock what no piece covers yet. */
    private boolean lockGaps(Taken wanted) throws IOException {
        boolean isShared = wanted.mode == FileLockMode.SHARED;
        if (pieces.isEmpty()) {
            FileLock piece = tryLock(wanted.range, isShared);
            return piece != null && pieces.add(piece);
        }
        List<FileRange> gaps = gaps(wanted.range);
        if (!isShared && !gaps.equals(List.of(wanted.range))) {
            return false; // a part is locked for the sake of a shared lock beside it
        }
        List<FileLock> locked = new ArrayList<>();
        for (FileRange gap : gaps) {
            FileLock piece = tryLock(gap, isShared);
            if (piece == null) {
                for (FileLock done : locked) {
                    done.release();
                }
                return false;
            }
            locked.add(piece);
        }
        pieces.addAll(locked);
        return true;
    }

    private FileLock tryLock(FileRange range, boolean isShared) throws IOException {
        try {
            return channel.tryLock(range.position(), range.size(), isShared);
        } catch (OverlappingFileLockException e) {
            return null; // locked by a part of this program that does not ask us
        }
    }

    private List<FileRange> gaps(FileRange range) {
        List<FileRange> gaps = List.of(range);
        for (FileLock piece : pieces) {
            List<FileRange> left = new ArrayList<>();
            for (FileRange gap : gaps) {
                long start = piece.position();
                long end = start + piece.size();
                if (gap.position() < Math.min(start, gap.end())) {
                    left.add(between(gap.position(), Math.min(start, gap.end())));
                }
                if (Math.max(end, gap.position()) < gap.end()) {
                    left.add(between(Math.max(end, gap.position()), gap.end()));
                }
            }
            gaps = left;
        }
        return gaps;
    }

    private static FileRange between(long start, long end) {
        return new FileRange(start, end - start);
    }

    /** Gives a lock back, and to the system what nobody here needs any more. */
    synchronized void release(Taken lock) throws IOException {
        taken.remove(lock);
        for (Iterator<FileLock> all = pieces.iterator(); all.hasNext(); ) {
            FileLock piece = all.next();
            if (!isUsed(piece)) {
                all.remove();
                piece.release();
            }
        }
    }

    private boolean isUsed(FileLock piece) {
        for (Taken lock : taken) {
            if (piece.overlaps(lock.range.position(), lock.range.size())) {
                return true;
            }
        }
        return false;
    }

    /** To be called once by each who has opened it, who has no locks any more. */
    void close() throws IOException {
        synchronized (OPEN) {
            users--;
            if (users == 0) {
                OPEN.remove(key);
                channel.close();
            }
        }
    }
}
