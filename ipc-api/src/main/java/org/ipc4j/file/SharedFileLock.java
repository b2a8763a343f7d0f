// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.file;

import org.ipc4j.Access;
import org.ipc4j.Ipc;
import org.ipc4j.IpcException;
import org.ipc4j.spi.FileLockProvider;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The locks of a file, which exclude one another among processes and among the threads of this one.
 *
 * <p>A lock is shared or exclusive, of the whole file or of a range. Who holds one is a {@link
 * HeldFileLock}, never a process: two locks exclude each other wherever they were taken, through
 * one {@code SharedFileLock}, through two of one process, or in two processes. (A {@link
 * java.nio.channels.FileLock} belongs to the Java virtual machine, which throws {@link
 * java.nio.channels.OverlappingFileLockException} instead.) So nobody can turn a shared lock into
 * an exclusive one: give it up, take the other, and look at the file again.
 *
 * <pre>{@code
 * try (SharedFileLock file = SharedFileLock.createOrOpen(Path.of("ledger.lock"))) {
 *     try (HeldFileLock held = file.lock()) {
 *         // one at a time
 *     }
 * }
 * }</pre>
 *
 * <p>The locks are those of the operating system: it drops them when their process dies, at
 * whatever instruction. Whoever gets the lock then is not told, since no system knows of it any
 * more: write what a lock guards so that it can be read at any time, as a {@link FileExchange}
 * does. Locks are advisory, except on Windows: they exclude locks, not reads and writes.
 *
 * <p>Whoever waits through one {@code SharedFileLock} is served in the order of arrival, as far as
 * the wishes exclude each other. Among processes the system has no order. Waiters look again after
 * pauses that grow with the time waited, up to 5 ms; those of one {@code SharedFileLock} wake each
 * other without delay.
 *
 * <table class="striped">
 * <caption>Platform dependencies</caption>
 * <thead><tr><th scope="col">provider</th><th scope="col">lock</th><th scope="col">excludes
 *     also</th><th scope="col">limits</th><th scope="col">holder</th></tr></thead>
 * <tbody>
 * <tr><th scope="row">{@code posix}</th><td>open file description lock, {@code F_OFD_SETLK}</td>
 *     <td>{@code fcntl(2)} locks of both kinds, {@code lockf(3)}, {@link
 *     java.nio.channels.FileLock}; not {@code flock(2)}, which Linux keeps apart, nor {@code flock(1)}
 *     without its {@code --fcntl}</td><td>a descriptor for each lock that is held at a time</td><td>told; the pid
 *     for processes of this user in this pid namespace</td></tr>
 * <tr><th scope="row">{@code windows}</th><td>{@code LockFileEx}</td><td>all locks, and, mandatory as
 *     they are there, reads and writes of the range by others</td><td>a handle for each lock that is held at a
 *     time</td><td>not told</td></tr>
 * <tr><th scope="row">{@code jvm}</th><td>{@link java.nio.channels.FileLock}: {@code F_SETLK} or {@code
 *     LockFileEx}</td><td>what these exclude</td><td>where it is {@code F_SETLK}, a lock is lost when anything in
 *     this process closes another descriptor of that file, as {@code Files.readAllBytes} does. Of overlapping
 *     shared locks of one process, bytes stay locked until all that overlap are closed</td><td>not
 *     told</td></tr>
 * </tbody>
 * </table>
 *
 * @see <a
 *     href="https://man7.org/linux/man-pages/man2/F_OFD_SETLK.2const.html">F_OFD_SETLK(2const)</a>
 * @see <a
 *     href="https://learn.microsoft.com/windows/win32/api/fileapi/nf-fileapi-lockfileex">LockFileEx</a>
 */
public interface SharedFileLock extends AutoCloseable {
    /**
     * Opens a file of the current user to lock it.
     *
     * @param file the file; neither a symbolic link nor anything that is not a regular file
     * @return its locks
     * @throws org.ipc4j.NameNotFoundException if there is none
     * @throws org.ipc4j.IpcAccessDeniedException if it is another user's
     * @throws IpcException if the system refuses
     */
    static SharedFileLock open(Path file) throws IpcException {
        return open(file, Access.OWNER);
    }

    /**
     * Opens a file to lock it. A file that this user may only read can have shared locks.
     *
     * @param file the file; neither a symbolic link nor anything that is not a regular file
     * @param access whose file is accepted
     * @return its locks
     * @throws org.ipc4j.NameNotFoundException if there is none
     * @throws org.ipc4j.IpcAccessDeniedException if it is not accepted
     * @throws IpcException if the system refuses
     */
    static SharedFileLock open(Path file, Access access) throws IpcException {
        return Ipc.provider(FileLockProvider.class).open(file, access);
    }

    /**
     * Opens a file of the current user to lock it, or creates an empty one.
     *
     * @param file the file
     * @return its locks
     * @throws IpcException if the system refuses
     */
    static SharedFileLock createOrOpen(Path file) throws IpcException {
        return createOrOpen(file, Access.OWNER);
    }

    /**
     * Opens a file to lock it, or creates an empty one.
     *
     * @param file the file
     * @param access who the file is for if it is created, and whose file is accepted
     * @return its locks
     * @throws IpcException if the system refuses
     */
    static SharedFileLock createOrOpen(Path file, Access access) throws IpcException {
        return Ipc.provider(FileLockProvider.class).createOrOpen(file, access);
    }

    /**
     * Returns the file.
     *
     * @return its path, absolute
     */
    Path path();

    /**
     * Tells whether locks can be taken.
     *
     * @return {@code false} from the moment that {@code close} was called
     */
    boolean isOpen();

    /**
     * Takes the exclusive lock of the whole file, waiting for it.
     *
     * @return the lock
     * @throws InterruptedException if the thread is interrupted, before or while it waits
     * @throws org.ipc4j.IpcClosedException if another thread closes this meanwhile
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if this is closed
     */
    default HeldFileLock lock() throws IpcException, InterruptedException {
        return lock(FileLockMode.EXCLUSIVE, FileRange.WHOLE);
    }

    /**
     * Takes a lock, waiting for it.
     *
     * @param mode what it excludes
     * @param range what is locked
     * @return the lock
     * @throws InterruptedException if the thread is interrupted, before or while it waits; nothing
     *     is locked then
     * @throws org.ipc4j.IpcClosedException if another thread closes this meanwhile
     * @throws org.ipc4j.IpcAccessDeniedException if {@code mode} is exclusive, and the file can
     *     only be read
     * @throws org.ipc4j.ResourceLimitException if there are too many locks, or open files
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if this is closed
     */
    HeldFileLock lock(FileLockMode mode, FileRange range) throws IpcException, InterruptedException;

    /**
     * Takes the exclusive lock of the whole file if it is to be had now.
     *
     * @return the lock, or empty
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if this is closed
     */
    default Optional<HeldFileLock> tryLock() throws IpcException {
        return tryLock(FileLockMode.EXCLUSIVE, FileRange.WHOLE);
    }

    /**
     * Takes a lock if it is to be had now, also if others wait for it.
     *
     * @param mode what it excludes
     * @param range what is locked
     * @return the lock, or empty
     * @throws IpcException as {@link #lock(FileLockMode, FileRange)}
     * @throws IllegalStateException if this is closed
     */
    Optional<HeldFileLock> tryLock(FileLockMode mode, FileRange range) throws IpcException;

    /**
     * Takes the exclusive lock of the whole file, waiting for it up to a time.
     *
     * @param timeout how long to wait; zero or less looks once
     * @return the lock, or empty if it was not to be had in time
     * @throws InterruptedException if the thread is interrupted, before or while it waits
     * @throws IpcException as {@link #lock(FileLockMode, FileRange)}
     * @throws IllegalStateException if this is closed
     */
    default Optional<HeldFileLock> tryLock(Duration timeout)
            throws IpcException, InterruptedException {
        return tryLock(FileLockMode.EXCLUSIVE, FileRange.WHOLE, timeout);
    }

    /**
     * Takes a lock, waiting for it up to a time.
     *
     * @param mode what it excludes
     * @param range what is locked
     * @param timeout how long to wait; zero or less looks once
     * @return the lock, or empty if it was not to be had in time
     * @throws InterruptedException if the thread is interrupted, before or while it waits; nothing
     *     is locked then
     * @throws IpcException as {@link #lock(FileLockMode, FileRange)}
     * @throws IllegalStateException if this is closed
     */
    Optional<HeldFileLock> tryLock(FileLockMode mode, FileRange range, Duration timeout)
            throws IpcException, InterruptedException;

    /**
     * Tells who has a lock that stands in the way of another one. That may change at once.
     *
     * @param mode what the other one would exclude
     * @param range what it would lock
     * @return one of those who are in the way, or empty if nobody is
     * @throws UnsupportedOperationException without {@link org.ipc4j.spi.Capability#LOCK_HOLDER}
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if this is closed
     */
    Optional<FileLockHolder> holder(FileLockMode mode, FileRange range) throws IpcException;

    /**
     * Gives up all locks that were taken through this, and the file. Does not delete it. Does
     * nothing when called again.
     */
    @Override
    void close();
}
