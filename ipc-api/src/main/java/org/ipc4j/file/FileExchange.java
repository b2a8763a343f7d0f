// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.file;

import org.ipc4j.Access;
import org.ipc4j.Ipc;
import org.ipc4j.IpcException;
import org.ipc4j.spi.FileExchangeProvider;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A file whose content is replaced all at once: whoever reads gets one complete version, the old
 * one or the new one, whenever publishers come, go or die.
 *
 * <pre>{@code
 * try (FileExchange prices = FileExchange.at(Path.of("prices.csv"))) {
 *     prices.publish(ByteBuffer.wrap(table));
 * }
 *
 * try (FileExchange prices = FileExchange.at(Path.of("prices.csv"))) {
 *     long seen = 0;
 *     while (true) {
 *         try (FileVersion version = prices.await(seen)) {
 *             seen = version.generation();
 *             use(version.bytes());
 *         }
 *     }
 * }
 * }</pre>
 *
 * <p>A version is written beside the file, made durable, and renamed to it; then the directory is
 * made durable where the system can do that. The file has exactly the bytes that were published, so
 * any program can read it, and one that replaces it by a rename of its own publishes too.
 *
 * <p><b>Generation.</b> Each version has a number that only grows. It is the file's time of
 * modification in nanoseconds since 1970, which belongs to the version as its content does: a file
 * that is open has one of each. A publisher sets it to the present time, or if the version before
 * is not older to the next instant that the file system can tell apart. So it also grows over a
 * removal of the file, unless the clock was set back, and it is known of versions that other
 * programs publish. Theirs counts from when it was last written, not from when it was renamed: a
 * program that renames what it wrote before the present version, or writes two within one tick of
 * the kernel's clock (some milliseconds), does not wake who waits. (A counter would need a place:
 * not in the file, which would change its bytes; not beside it, since two files are not replaced at
 * once; and an extended attribute is not known to all file systems, nor to other programs.)
 *
 * <p><b>Beside the file</b>, in its directory, there are while a version is written {@code
 * .name.ipc4j-new.} and a random number, locked by who writes; the next publisher deletes those
 * that nobody has locked any more. For good there is an empty {@code .name.ipc4j-lock}, which
 * publishers lock for the moment of a rename, so that generations grow; readers do not need it. Do
 * not delete it while there are publishers.
 *
 * <table class="striped">
 * <caption>Platform dependencies</caption>
 * <thead><tr><th scope="col">provider</th><th scope="col">replaces by</th><th scope="col">directory is made
 *     durable</th><th scope="col">waits by</th></tr></thead>
 * <tbody>
 * <tr><th scope="row">{@code posix}</th><td>{@code rename(2)} after {@code fsync(2)}</td><td>yes</td>
 *     <td>{@code inotify(7)}, in pauses of at most 5 ms where there are no more instances of it</td></tr>
 * <tr><th scope="row">{@code windows}</th><td>{@code MoveFileExW} after {@code FlushFileBuffers}; by {@code
 *     ReplaceFileW} where somebody has the old version open, which a crash of the system can leave half-done</td><td>no</td><td>pauses of at most 5 ms</td></tr>
 * <tr><th scope="row">{@code jvm}</th><td>{@link java.nio.file.StandardCopyOption#ATOMIC_MOVE} after {@link
 *     java.nio.channels.FileChannel#force}; on Windows not while somebody has the old version open</td><td>where Java can open one</td><td>pauses of at most 5
 *     ms</td></tr>
 * </tbody>
 * </table>
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/rename.2.html">rename(2)</a>
 * @see <a
 *     href="https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-replacefilew">ReplaceFileW</a>
 */
public interface FileExchange extends AutoCloseable {
    /**
     * Returns the exchange of a file of the current user, which need not exist yet.
     *
     * @param file the file; its directory exists
     * @return the exchange
     * @throws IpcException if the system refuses
     */
    static FileExchange at(Path file) throws IpcException {
        return at(file, Access.OWNER);
    }

    /**
     * Returns the exchange of a file, which need not exist yet.
     *
     * @param file the file; its directory exists
     * @param access who the versions are for that are published, and whose versions are accepted
     * @return the exchange
     * @throws IpcException if the system refuses
     */
    static FileExchange at(Path file, Access access) throws IpcException {
        return Ipc.provider(FileExchangeProvider.class).at(file, access);
    }

    /**
     * Returns the file.
     *
     * @return its path, absolute
     */
    Path path();

    /**
     * Tells whether this can be used.
     *
     * @return {@code false} from the moment that {@code close} was called
     */
    boolean isOpen();

    /**
     * Publishes bytes. Without {@link org.ipc4j.spi.Capability#REMOVABLE_NAME}, this and its likes
     * are refused with {@link org.ipc4j.IpcAccessDeniedException} while somebody has the version
     * before open for more than a moment.
     *
     * @param content the bytes from position to limit; the position is moved to the limit
     * @return the generation of this version
     * @throws InterruptedException as {@link Publication#commit}
     * @throws IpcException as {@link Publication#commit}
     * @throws IllegalStateException if this is closed
     */
    long publish(ByteBuffer content) throws IpcException, InterruptedException;

    /**
     * Publishes a copy of a file.
     *
     * @param content the file whose bytes are published
     * @return the generation of this version
     * @throws InterruptedException as {@link Publication#commit}
     * @throws org.ipc4j.NameNotFoundException if there is no such file
     * @throws IpcException as {@link Publication#commit}
     * @throws IllegalStateException if this is closed
     */
    long publish(Path content) throws IpcException, InterruptedException;

    /**
     * Begins a version that is written piece by piece. Several may be in the making at a time; the
     * one that is committed last stays.
     *
     * @return the publication, to be committed or closed
     * @throws InterruptedException if the thread is interrupted, before or while it waits for
     *     another publisher's commit to end
     * @throws org.ipc4j.NameNotFoundException if the file's directory does not exist
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if this is closed
     */
    Publication begin() throws IpcException, InterruptedException;

    /**
     * Tells which version the file has now.
     *
     * @return the generation, or empty if there is no file
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if this is closed
     */
    OptionalLong generation() throws IpcException;

    /**
     * Opens the version that the file has now.
     *
     * @return the version, to be closed, or empty if there is no file
     * @throws org.ipc4j.IpcAccessDeniedException if the file is not accepted
     * @throws org.ipc4j.IncompatibleException if it is a symbolic link, or not a regular file
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if this is closed
     */
    Optional<FileVersion> read() throws IpcException;

    /**
     * Waits for a version that is newer than another one. Versions that come and go in between are
     * not seen.
     *
     * @param after the generation of the version that is known, 0 if none is
     * @return the newest version, to be closed
     * @throws InterruptedException if the thread is interrupted, before or while it waits
     * @throws org.ipc4j.IpcClosedException if another thread closes this meanwhile
     * @throws IpcException as {@link #read}
     * @throws IllegalStateException if this is closed
     */
    FileVersion await(long after) throws IpcException, InterruptedException;

    /**
     * Waits for a version that is newer than another one, up to a time.
     *
     * @param after the generation of the version that is known, 0 if none is
     * @param timeout how long to wait; zero or less looks once
     * @return the newest version, to be closed, or empty if none came in time
     * @throws InterruptedException if the thread is interrupted, before or while it waits
     * @throws org.ipc4j.IpcClosedException if another thread closes this meanwhile
     * @throws IpcException as {@link #read}
     * @throws IllegalStateException if this is closed
     */
    Optional<FileVersion> await(long after, Duration timeout)
            throws IpcException, InterruptedException;

    /**
     * Deletes the file. Who has a version open keeps it.
     *
     * @return {@code false} if there was none
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if this is closed
     */
    boolean remove() throws IpcException;

    /**
     * Deletes what publishers have left beside the file that have died. Each publisher does this
     * too, before it writes.
     *
     * @return what was deleted
     * @throws InterruptedException if the thread is interrupted, before or while it waits for
     *     another publisher's commit to end
     * @throws org.ipc4j.NameNotFoundException if the file's directory does not exist
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if this is closed
     */
    List<Path> clean() throws IpcException, InterruptedException;

    /**
     * Ends all waits of this exchange. The file stays, and so do versions and publications that are
     * open, but nothing can be committed any more. Does nothing when called again.
     */
    @Override
    void close();
}
