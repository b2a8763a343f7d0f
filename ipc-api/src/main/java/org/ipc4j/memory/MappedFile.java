// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.memory;

import org.ipc4j.Access;
import org.ipc4j.Ipc;
import org.ipc4j.IpcException;
import org.ipc4j.NameExistsException;
import org.ipc4j.NameNotFoundException;
import org.ipc4j.spi.AdoptableHandle;
import org.ipc4j.spi.MappedFileProvider;
import org.ipc4j.stream.Passable;
import org.ipc4j.stream.ReceivedHandle;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/**
 * A file as memory, all of it or a part, of any size, which is unmapped when this is closed.
 *
 * <p>Processes that map one file share its content. Unlike {@link SharedMemory} it is on a disk: it
 * outlives a restart of the system as far as it was {@linkplain #force forced} there, and may be
 * larger than the memory. What order one process's writes have for another is decided by the
 * accesses themselves, see {@link org.ipc4j.memory}.
 *
 * <pre>{@code
 * try (MappedFile ledger = MappedFile.createOrOpen(Path.of("ledger"), 1 << 20)) {
 *     ledger.segment().set(ValueLayout.JAVA_LONG, 0, 42);
 *     ledger.force(0, 8);
 * }
 * }</pre>
 *
 * <h2>Size</h2>
 *
 * A file that is created, and what it grows by, has its space reserved: a full disk is a {@link
 * org.ipc4j.ResourceLimitException} then and no fault later. A file with holes that somebody else
 * made has no such promise.
 *
 * <p>{@link #grow} makes the file longer, never shorter, and maps it anew. {@link #segment()} then
 * gives a new, larger segment at another address. The segments that it gave before stay valid until
 * {@link #close} and show the same bytes, so that nobody who uses one meanwhile is disturbed. They
 * take up addresses, but no memory: grow in large steps. Others who map the file see its new end
 * when they {@link #refresh} or grow.
 *
 * <h2>Files that others truncate</h2>
 *
 * The operating system does not keep anybody from truncating a file that is mapped (except
 * Windows). The methods of this interface throw {@link FileTruncatedException} then. An access to
 * the segment beyond the file's new end is the JDK's {@link InternalError}, which may come a few
 * instructions after the access. Code of the JDK and of the system that is not Java cannot be told
 * so, and <b>ends the Java virtual machine</b>: never hand a segment of a file that others may
 * truncate to a channel, a native function, a checksum or a compressor, and do not {@link
 * MemorySegment#mismatch} it. Copy with {@link #read} first, or with {@link MemorySegment#copy}.
 * The same happens where a hole of a file is written while the disk is full.
 *
 * <table class="striped">
 * <caption>Platform dependencies</caption>
 * <thead><tr><th scope="col">provider</th><th scope="col">mapping</th><th scope="col">space</th>
 *     <th scope="col">lifetime</th><th scope="col">limits</th></tr></thead>
 * <tbody>
 * <tr><th scope="row">{@code posix}</th><td>{@code mmap(2)}, {@code msync(2)}</td><td>{@code
 *     posix_fallocate(3)}; a new file appears complete, except on file systems that have no {@code O_TMPFILE}</td>
 *     <td>until it is deleted; who has it mapped keeps it then</td><td>a descriptor for each; {@code
 *     vm.max_map_count}</td></tr>
 * <tr><th scope="row">{@code jvm}</th><td>{@link java.nio.channels.FileChannel#map(
 *     java.nio.channels.FileChannel.MapMode, long, long, java.lang.foreign.Arena)}, {@link
 *     MemorySegment#force}</td><td>zeros that are written at the end</td><td>the same; Windows refuses to delete or to
 *     truncate a file that is mapped, until it is closed</td><td>the same; a private mapping needs a file that may be
 *     written. Where locks are those of {@code F_SETLK}, opening and closing a mapped file drops those that this
 *     process has on it (see {@link org.ipc4j.file.SharedFileLock})</td></tr>
 * </tbody>
 * </table>
 *
 * <p>A crash of a process loses nothing that was written into the memory; a crash of the system
 * loses what was not forced.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/mmap.2.html">mmap(2)</a>
 * @see <a href="https://man7.org/linux/man-pages/man2/msync.2.html">msync(2)</a>
 */
public interface MappedFile extends Passable, AutoCloseable {
    /**
     * Creates a file of zeros for the current user, and maps all of it for reading and writing.
     *
     * @param file the file
     * @param byteSize its size in bytes, at least 1
     * @return the mapped file
     * @throws NameExistsException if there is something of that name
     * @throws org.ipc4j.ResourceLimitException if there is not that much space
     * @throws IpcException if the system refuses
     * @throws IllegalArgumentException if {@code byteSize} is less than 1
     */
    static MappedFile create(Path file, long byteSize) throws IpcException {
        return create(file, byteSize, Access.OWNER);
    }

    /**
     * Creates a file of zeros, and maps all of it for reading and writing.
     *
     * @param file the file
     * @param byteSize its size in bytes, at least 1
     * @param access who it is for
     * @return the mapped file
     * @throws NameExistsException if there is something of that name
     * @throws org.ipc4j.ResourceLimitException if there is not that much space
     * @throws IpcException if the system refuses
     * @throws IllegalArgumentException if {@code byteSize} is less than 1
     */
    static MappedFile create(Path file, long byteSize, Access access) throws IpcException {
        return Ipc.provider(MappedFileProvider.class).create(file, byteSize, access);
    }

    /**
     * Maps a file of the current user, all of it, for reading and writing.
     *
     * @param file the file; neither a symbolic link nor anything that is not a regular file
     * @return the mapped file
     * @throws NameNotFoundException if there is none
     * @throws org.ipc4j.IpcAccessDeniedException if it is another user's, or may not be written
     * @throws IpcException if the system refuses
     */
    static MappedFile open(Path file) throws IpcException {
        return open(file, MappedFileOptions.DEFAULT);
    }

    /**
     * Maps a file of the current user, all of it, for reading.
     *
     * @param file the file; neither a symbolic link nor anything that is not a regular file
     * @return the mapped file; its segment is read-only
     * @throws NameNotFoundException if there is none
     * @throws org.ipc4j.IpcAccessDeniedException if it is another user's, or may not be read
     * @throws IpcException if the system refuses
     */
    static MappedFile openReadOnly(Path file) throws IpcException {
        return open(file, MappedFileOptions.DEFAULT.withMode(MappedFileMode.READ_ONLY));
    }

    /**
     * Maps a file.
     *
     * @param file the file; neither a symbolic link nor anything that is not a regular file
     * @param options what for, which part, and whose file is accepted
     * @return the mapped file
     * @throws NameNotFoundException if there is none
     * @throws org.ipc4j.IpcAccessDeniedException if it is not accepted, or the mode is not allowed
     * @throws org.ipc4j.IncompatibleException if it is no regular file, or ends before the range
     * @throws org.ipc4j.ResourceLimitException if no addresses or descriptors are left
     * @throws IpcException if the system refuses
     */
    static MappedFile open(Path file, MappedFileOptions options) throws IpcException {
        return Ipc.provider(MappedFileProvider.class).open(file, options);
    }

    /**
     * Maps a file of the current user, all of it, for reading and writing, or creates it.
     *
     * @param file the file
     * @param byteSize its size in bytes, at least 1; one that is shorter grows to that
     * @return the mapped file, at least of the size asked for
     * @throws org.ipc4j.ResourceLimitException if there is not that much space
     * @throws IpcException if the system refuses
     * @throws IllegalArgumentException if {@code byteSize} is less than 1
     */
    static MappedFile createOrOpen(Path file, long byteSize) throws IpcException {
        return createOrOpen(file, byteSize, Access.OWNER);
    }

    /**
     * Maps a file, all of it, for reading and writing, or creates it.
     *
     * @param file the file
     * @param byteSize its size in bytes, at least 1; one that is shorter grows to that
     * @param access who the file is for if it is created, and whose file is accepted
     * @return the mapped file, at least of the size asked for
     * @throws org.ipc4j.ResourceLimitException if there is not that much space
     * @throws IpcException if the system refuses
     * @throws IllegalArgumentException if {@code byteSize} is less than 1
     */
    static MappedFile createOrOpen(Path file, long byteSize, Access access) throws IpcException {
        MappedFileProvider provider = Ipc.provider(MappedFileProvider.class);
        MappedFileOptions whole = MappedFileOptions.DEFAULT.withAccess(access);
        while (true) {
            try {
                return provider.create(file, byteSize, access);
            } catch (NameExistsException present) {
                try {
                    MappedFile opened = provider.open(file, whole);
                    try {
                        opened.grow(byteSize);
                        return opened;
                    } catch (Throwable e) {
                        opened.close();
                        throw e;
                    }
                } catch (NameNotFoundException absent) {
                    Thread.onSpinWait(); // somebody has deleted it meanwhile
                }
            }
        }
    }

    /**
     * Maps an open file that another process has passed. What its sender may do with the file, this
     * process may: the descriptor decides, not the permissions.
     *
     * @param received what was received; closed with the mapped file
     * @param options what for, which part, and whose file is accepted
     * @return the mapped file
     * @throws org.ipc4j.IncompatibleException if it is no regular file, or ends before the range;
     *     then it can still be adopted
     * @throws org.ipc4j.IpcAccessDeniedException if it is not accepted, or was not opened for that
     *     mode
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if it was adopted or closed already
     */
    static MappedFile adopt(ReceivedHandle received, MappedFileOptions options)
            throws IpcException {
        AdoptableHandle handle = AdoptableHandle.of(received);
        return Ipc.provider(MappedFileProvider.class, handle.provider()).adopt(handle, options);
    }

    /**
     * Returns the file.
     *
     * @return its path, absolute; of one that was {@linkplain #adopt adopted}, a link of the
     *     system's
     */
    Path path();

    /**
     * Tells whether the file is mapped.
     *
     * @return {@code false} from the moment that {@link #close} was called
     */
    boolean isOpen();

    /**
     * Tells what the file is mapped for.
     *
     * @return the mode
     */
    MappedFileMode mode();

    /**
     * Returns where the mapping begins.
     *
     * @return which byte of the file is the segment's first
     */
    long position();

    /**
     * Returns the memory. Any thread may access it until this object is closed; then an access is
     * an {@link IllegalStateException}.
     *
     * @return the same segment for every call until {@link #grow} or {@link #refresh} has mapped
     *     more; then a larger one that shows the same bytes and those behind them
     */
    MemorySegment segment();

    /**
     * Returns the size of the mapping.
     *
     * @return the size of {@link #segment()} in bytes
     */
    long byteSize();

    /**
     * Asks for the size of the file, which others may change.
     *
     * @return its size now, in bytes from its start
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if this is closed
     */
    long fileSize() throws IpcException;

    /**
     * Makes the mapping longer, and the file if it ends before. New bytes of the file are zeros
     * whose space is reserved. Where processes grow a file at the same time, it gets at least the
     * size that the most demanding one asked for, and nobody loses what he wrote.
     *
     * @param byteSize the size of the mapping; if that is what it has, or less, nothing happens
     * @throws FileTruncatedException if the file has become shorter than the mapping
     * @throws org.ipc4j.ResourceLimitException if there is not that much space, or no addresses are
     *     left; the mapping stays as it is
     * @throws IpcException if the system refuses
     * @throws UnsupportedOperationException unless it is mapped for reading and writing
     * @throws IllegalStateException if this is closed
     */
    void grow(long byteSize) throws IpcException;

    /**
     * Maps what the file has got since it was mapped. That is nothing where the range that was
     * asked for has an end of its own.
     *
     * @return {@code true} if the mapping is longer now
     * @throws FileTruncatedException if the file has become shorter than the mapping
     * @throws org.ipc4j.ResourceLimitException if no addresses are left
     * @throws IpcException if the system refuses
     * @throws UnsupportedOperationException if it is mapped privately: what was written would be
     *     lost
     * @throws IllegalStateException if this is closed
     */
    boolean refresh() throws IpcException;

    /**
     * Waits until everything that was written is on the disk. Does so for nothing but the mode
     * {@link MappedFileMode#READ_WRITE}.
     *
     * @throws FileTruncatedException if the file has become shorter than the mapping
     * @throws IpcException if the disk fails
     * @throws IllegalStateException if this is closed
     */
    default void force() throws IpcException {
        force(0, byteSize());
    }

    /**
     * Waits until what was written in a range is on the disk, perhaps with more of the file. Does
     * so for nothing but the mode {@link MappedFileMode#READ_WRITE}.
     *
     * @param offset where in the mapping the range begins
     * @param length how many bytes it has
     * @throws FileTruncatedException if the file ends before the range does
     * @throws IpcException if the disk fails
     * @throws IndexOutOfBoundsException if the range is not within the mapping
     * @throws IllegalStateException if this is closed
     */
    void force(long offset, long length) throws IpcException;

    /**
     * Copies from the mapping. This is a little slower than an access to the segment, and safe
     * where others may truncate the file.
     *
     * @param offset where in the mapping to begin
     * @param target where the bytes go; all of it is filled
     * @throws FileTruncatedException if the file ends before that; {@code target} may have been
     *     filled in part
     * @throws org.ipc4j.ResourceLimitException if the system could not give a page of the file
     * @throws IpcException if the system refuses
     * @throws IndexOutOfBoundsException if that is not within the mapping
     * @throws IllegalStateException if this is closed
     */
    void read(long offset, MemorySegment target) throws IpcException;

    /**
     * Copies to the mapping. This is a little slower than an access to the segment, and safe where
     * others may truncate the file.
     *
     * @param offset where in the mapping to begin
     * @param source the bytes, all of which are written
     * @throws FileTruncatedException if the file ends before that; a part may have been written
     * @throws org.ipc4j.ResourceLimitException if the file has holes and its disk is full
     * @throws IpcException if the system refuses
     * @throws IndexOutOfBoundsException if that is not within the mapping
     * @throws UnsupportedOperationException if it is mapped for reading only
     * @throws IllegalStateException if this is closed
     */
    void write(long offset, MemorySegment source) throws IpcException;

    /**
     * Unmaps the file, before this returns unless a system call is using the memory. The file
     * stays. Does nothing when called again.
     */
    @Override
    void close();
}
