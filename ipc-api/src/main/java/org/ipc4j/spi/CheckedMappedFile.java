// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.spi;

import org.ipc4j.IncompatibleException;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.ResourceLimitException;
import org.ipc4j.memory.FileTruncatedException;
import org.ipc4j.memory.MappedFile;
import org.ipc4j.memory.MappedFileMode;
import org.ipc4j.memory.MappedFileOptions;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A {@link MappedFile} that looks whether the file is as long as it has to be, before it uses the
 * mapping and after. A provider maps and reserves.
 *
 * <p>All mappings that it ever had stay until it is closed, since nobody knows who is using them.
 *
 * @param <M> what the provider makes
 */
public abstract class CheckedMappedFile<M extends Mapping> implements MappedFile {
    /** A copy is no longer than this without giving the garbage collector a chance. */
    private static final long CHUNK = 1 << 20;

    private final LocalFile file;
    private final MappedFileOptions options;

    /** From the first to the longest. Guarded by this object. */
    private final List<M> mappings = new ArrayList<>();

    private volatile M current;
    private volatile boolean open = true;

    /**
     * Takes over a mapping.
     *
     * @param file the file
     * @param options how it was mapped
     * @param first what was mapped
     */
    protected CheckedMappedFile(LocalFile file, MappedFileOptions options, M first) {
        this.file = file;
        this.options = options;
        this.current = first;
        mappings.add(first);
    }

    /**
     * Returns how many bytes are to be mapped.
     *
     * @param name the file's name, for the message
     * @param options how it shall be mapped
     * @param fileSize how long it is
     * @return how many bytes from the start of the range
     * @throws IncompatibleException if the file ends before the range
     */
    protected static long length(IpcName name, MappedFileOptions options, long fileSize)
            throws IncompatibleException {
        long start = options.range().position();
        long end = options.isToTheEnd() ? fileSize : options.range().end();
        if (start > fileSize || end > fileSize) {
            throw new IncompatibleException(
                    name,
                    "it has "
                            + fileSize
                            + " bytes and ends before the range "
                            + (options.isToTheEnd() ? "from " + start : start + " to " + end));
        }
        return end - start;
    }

    /**
     * Asks for the file's size.
     *
     * @return its size now
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if this was closed meanwhile
     */
    protected abstract long sizeNow() throws IpcException;

    /**
     * Maps the file from the start of the range, in the mode that was asked for.
     *
     * @param byteSize how many bytes, which the file has
     * @return the mapping
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if this was closed meanwhile
     */
    protected abstract M mapNow(long byteSize) throws IpcException;

    /**
     * Makes the file longer and reserves the space, without touching what others may have written
     * behind its end meanwhile.
     *
     * @param from how long it was when somebody looked
     * @param to how long it shall be at least
     * @throws IpcException if the system refuses
     * @throws IllegalStateException if this was closed meanwhile
     */
    protected abstract void reserveNow(long from, long to) throws IpcException;

    /**
     * Waits until a part of the newest mapping is on the disk.
     *
     * @param mapping the newest mapping
     * @param offset where in it the part begins
     * @param length how many bytes it has, 1 or more
     * @throws IpcException if the disk fails
     */
    protected abstract void forceNow(M mapping, long offset, long length) throws IpcException;

    /** Gives up the file. Called once, when nothing is mapped any more, or will not be soon. */
    protected abstract void closeFile();

    /**
     * Returns what messages call the file.
     *
     * @return its path as a native name
     */
    protected final IpcName name() {
        return file.name();
    }

    @Override
    public final Path path() {
        return file.path();
    }

    @Override
    public final boolean isOpen() {
        return open;
    }

    @Override
    public final MappedFileMode mode() {
        return options.mode();
    }

    @Override
    public final long position() {
        return options.range().position();
    }

    @Override
    public final MemorySegment segment() {
        return current.segment();
    }

    @Override
    public final long byteSize() {
        return current.segment().byteSize();
    }

    @Override
    public final long fileSize() throws IpcException {
        Arguments.requireOpen(open, name());
        return sizeNow();
    }

    @Override
    public final synchronized void grow(long byteSize) throws IpcException {
        Arguments.requireOpen(open, name());
        if (byteSize <= byteSize()) {
            return;
        }
        if (mode() != MappedFileMode.READ_WRITE) {
            throw new UnsupportedOperationException(
                    name() + " is mapped as " + mode() + ", only READ_WRITE can grow");
        }
        if (byteSize > Long.MAX_VALUE - position()) {
            throw new ResourceLimitException(name(), "no file can have 2^63 bytes or more");
        }
        long present = requireFile(byteSize());
        long wanted = position() + byteSize;
        if (present < wanted) {
            reserveNow(present, wanted);
        }
        append(byteSize);
    }

    @Override
    public final synchronized boolean refresh() throws IpcException {
        Arguments.requireOpen(open, name());
        if (mode() == MappedFileMode.PRIVATE) {
            throw new UnsupportedOperationException(
                    name() + " is mapped as PRIVATE; what was written there would be lost");
        }
        long present = requireFile(byteSize()) - position();
        if (!options.isToTheEnd() || present == byteSize()) {
            return false;
        }
        append(present);
        return true;
    }

    private void append(long byteSize) throws IpcException {
        M longer = mapNow(byteSize);
        mappings.add(longer);
        current = longer;
    }

    @Override
    public final void force(long offset, long length) throws IpcException {
        Arguments.requireOpen(open, name());
        M mapping = current;
        Objects.checkFromIndexSize(offset, length, mapping.segment().byteSize());
        if (mode() == MappedFileMode.READ_WRITE && length > 0) {
            requireFile(offset + length);
            forceNow(mapping, offset, length);
            requireFile(offset + length);
        }
    }

    @Override
    public final void read(long offset, MemorySegment target) throws IpcException {
        Arguments.requireOpen(open, name());
        MemorySegment source = segment();
        Objects.checkFromIndexSize(offset, target.byteSize(), source.byteSize());
        copy(source, offset, target, 0, target.byteSize(), offset);
    }

    @Override
    public final void write(long offset, MemorySegment source) throws IpcException {
        Arguments.requireOpen(open, name());
        MemorySegment target = segment();
        Objects.checkFromIndexSize(offset, source.byteSize(), target.byteSize());
        if (target.isReadOnly()) {
            throw new UnsupportedOperationException(name() + " is mapped for reading only");
        }
        copy(source, 0, target, offset, source.byteSize(), offset);
    }

    /**
     * Copies, with the file's size looked at before, so that there is no fault, and after, since
     * the end of the last page is zeros and no fault. The JDK reports a fault a little later, but
     * not later than the second look.
     */
    private void copy(
            MemorySegment source,
            long from,
            MemorySegment target,
            long to,
            long length,
            long offset)
            throws IpcException {
        requireFile(offset + length);
        try {
            for (long done = 0; done < length; done += CHUNK) {
                MemorySegment.copy(
                        source, from + done, target, to + done, Math.min(CHUNK, length - done));
            }
            requireFile(offset + length);
        } catch (InternalError fault) {
            IpcException told = told(fault, offset + length);
            told.initCause(fault);
            throw told;
        }
    }

    private IpcException told(InternalError fault, long end) {
        try {
            requireFile(end);
        } catch (IpcException truncated) {
            return truncated;
        }
        return new ResourceLimitException(
                name(),
                "the system could not give a page of it ("
                        + fault.getMessage()
                        + "): it has holes and its disk is full, or it was truncated and is longer"
                        + " again");
    }

    /** Returns the file's size, which must be enough for so many bytes of the mapping. */
    private long requireFile(long end) throws IpcException {
        long size = sizeNow();
        if (size < position() + end) {
            throw new FileTruncatedException(
                    name(),
                    "somebody has truncated it to "
                            + size
                            + " bytes, fewer than "
                            + (position() + end)
                            + "; open it again to go on with those");
        }
        return size;
    }

    /** {@inheritDoc} */
    @Override
    public final void close() {
        if (!open) {
            return;
        }
        open = false;
        synchronized (this) {
            if (mappings.isEmpty()) {
                return; // another thread was quicker
            }
            mappings.forEach(Mapping::close);
            mappings.clear();
            closeFile();
        }
    }
}
