// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.spi;

import org.ipc4j.Access;
import org.ipc4j.IpcClosedException;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.NameNotFoundException;
import org.ipc4j.file.FileExchange;
import org.ipc4j.file.FileLockMode;
import org.ipc4j.file.FileRange;
import org.ipc4j.file.FileVersion;
import org.ipc4j.file.HeldFileLock;
import org.ipc4j.file.Publication;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Makes a {@link FileExchange} from a file that is written, made durable and renamed, and from the
 * provider's own file locks.
 */
public abstract class WaitingFileExchange implements FileExchange {
    private static final Duration SLICE = Duration.ofNanos(Wait.SLICE);
    private static final int COPY_SIZE = 1 << 16;

    /** How long a {@link Watch} sleeps where nothing wakes it, in nanoseconds. */
    private static final long PAUSE = 5_000_000;

    private final LocalFile file;
    private final Access access;
    private final boolean isWoken;
    private volatile boolean open = true;

    /**
     * Creates the part that waits.
     *
     * @param file the file
     * @param access who the versions are for
     * @param isWoken whether {@link #watch} gives what the kernel ends; otherwise it is not called
     */
    protected WaitingFileExchange(LocalFile file, Access access, boolean isWoken) {
        this.file = file;
        this.access = Objects.requireNonNull(access, "access");
        this.isWoken = isWoken;
        Objects.requireNonNull(
                file.path().getFileName(), "a file, not the root directory"); // it gets siblings
    }

    /** Tells one thread of changes. */
    protected interface Watch extends AutoCloseable {
        /**
         * Waits until something changes in the file's directory, or changed since this was made or
         * came back last. May come back early.
         *
         * @param nanos how long at most
         * @throws IpcException if the system refuses
         */
        void await(long nanos) throws IpcException;

        @Override
        default void close() {}
    }

    /**
     * Begins to watch the file's directory.
     *
     * @return the watch, or empty if the system has none left
     * @throws IpcException if the system refuses
     */
    protected Optional<Watch> watch() throws IpcException {
        return Optional.empty();
    }

    /**
     * Opens the provider's locks of a file, or creates it.
     *
     * @param path the file
     * @param access who it is for
     * @return its locks
     * @throws IpcException if the system refuses
     */
    protected abstract WaitingFileLock lockOf(LocalFile path, Access access) throws IpcException;

    /**
     * Creates a file beside this exchange's file.
     *
     * @param path the new file, which does not exist
     * @param access who it is for
     * @return the file
     * @throws IpcException if the system refuses
     */
    protected abstract FileDraft create(Path path, Access access) throws IpcException;

    /**
     * Opens the version that the file has now.
     *
     * @param access whose version is accepted
     * @return the version
     * @throws NameNotFoundException if there is none
     * @throws IpcException if the system refuses
     */
    protected abstract FileVersion open(Access access) throws IpcException;

    /**
     * Deletes a file.
     *
     * @param path the file
     * @return {@code false} if there was none
     * @throws IpcException if the system refuses
     */
    protected abstract boolean delete(Path path) throws IpcException;

    /**
     * Several things that are done to files one after another, none of which waits for anybody.
     *
     * @param <T> what comes of it
     */
    @FunctionalInterface
    protected interface Steps<T> {
        /**
         * Does them.
         *
         * @return what comes of it
         * @throws IpcException if the system refuses
         */
        T run() throws IpcException;
    }

    /**
     * Does several things to files. A provider that has to begin each of them somehow may begin
     * once.
     *
     * @param <T> what comes of it
     * @param steps what is done
     * @return what comes of it
     * @throws IpcException if the system refuses
     */
    protected <T> T inOneGo(Steps<T> steps) throws IpcException {
        return steps.run();
    }

    /**
     * Makes an exception of what the JDK throws.
     *
     * @param failure what it throws
     * @param call what was tried
     * @return the exception
     */
    protected abstract IpcException exception(IOException failure, String call);

    /**
     * Returns the name that messages use.
     *
     * @return the file's path as a native name
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
    public final long publish(ByteBuffer content) throws IpcException, InterruptedException {
        Objects.requireNonNull(content, "content");
        try (Publication publication = begin()) {
            publication.write(content);
            return publication.commit();
        }
    }

    @Override
    public final long publish(Path content) throws IpcException, InterruptedException {
        Objects.requireNonNull(content, "content");
        try (Publication publication = begin();
                FileChannel source = FileChannel.open(content, StandardOpenOption.READ)) {
            ByteBuffer piece = ByteBuffer.allocate(COPY_SIZE);
            while (source.read(piece) >= 0) {
                publication.write(piece.flip());
                piece.clear();
            }
            return publication.commit();
        } catch (IpcException e) {
            throw e;
        } catch (IOException e) {
            Wait.requireNotInterrupted(); // it has closed the channel, which says so otherwise
            throw exception(e, "read");
        }
    }

    @Override
    public final Publication begin() throws IpcException, InterruptedException {
        Arguments.requireOpen(open, name());
        Wait.requireNotInterrupted();
        return DraftedVersion.begin(this, file, access);
    }

    @Override
    public final List<Path> clean() throws IpcException, InterruptedException {
        Arguments.requireOpen(open, name());
        Wait.requireNotInterrupted();
        return DraftedVersion.clean(this, file, access);
    }

    /** Waits as a lock does, and besides ends when this exchange is closed. */
    final HeldFileLock waitFor(WaitingFileLock publishers)
            throws IpcException, InterruptedException {
        while (open) {
            Optional<HeldFileLock> held =
                    publishers.tryLock(FileLockMode.EXCLUSIVE, FileRange.WHOLE, SLICE);
            if (held.isPresent()) {
                return held.get();
            }
        }
        throw new IpcClosedException(
                name(), "closed before this version was committed; publish it anew");
    }

    @Override
    public final OptionalLong generation() throws IpcException {
        Arguments.requireOpen(open, name());
        long generation = generationOrZero();
        return generation == 0 ? OptionalLong.empty() : OptionalLong.of(generation);
    }

    final long generationOrZero() throws IpcException {
        try {
            return FileGeneration.of(file.path());
        } catch (NoSuchFileException absent) {
            return 0;
        } catch (IOException e) {
            throw exception(e, "stat");
        }
    }

    @Override
    public final Optional<FileVersion> read() throws IpcException {
        Arguments.requireOpen(open, name());
        try {
            return Optional.of(open(access));
        } catch (NameNotFoundException absent) {
            return Optional.empty();
        }
    }

    @Override
    public final FileVersion await(long after) throws IpcException, InterruptedException {
        return await(after, Wait.FOREVER).orElseThrow();
    }

    @Override
    public final Optional<FileVersion> await(long after, Duration timeout)
            throws IpcException, InterruptedException {
        Objects.requireNonNull(timeout, "timeout");
        Arguments.requireOpen(open, name());
        try (Waiting waiting = new Waiting(after)) {
            return waiting.within(timeout);
        }
    }

    @Override
    public final boolean remove() throws IpcException {
        Arguments.requireOpen(open, name());
        return delete(file.path());
    }

    @Override
    public final void close() {
        open = false;
    }

    /**
     * One thread that waits for a version. Each has a watch of its own, since an event of a shared
     * one would wake only one of them.
     */
    private final class Waiting implements AutoCloseable {
        private final long after;
        private FileVersion found;

        /** Null until this thread has to sleep. */
        private Watch watch;

        Waiting(long after) {
            this.after = after;
        }

        Optional<FileVersion> within(Duration timeout) throws IpcException, InterruptedException {
            Wait versions =
                    isWoken
                            ? Wait.inKernel(name(), WaitingFileExchange.this::isOpen, this::ready)
                            : Wait.byPolling(name(), WaitingFileExchange.this::isOpen, this::ready);
            versions.until(timeout, this::foundWithin);
            return Optional.ofNullable(found);
        }

        private int ready() {
            try {
                return generationOrZero() > after ? 1 : 0;
            } catch (IpcException e) {
                return 1; // for the waiter to find out
            }
        }

        private boolean foundWithin(long nanos) throws IpcException {
            if (nanos > 0) {
                if (watch == null) {
                    watch =
                            watch().orElse(limit ->
                                    LockSupport.parkNanos(this, Math.min(limit, PAUSE)));
                } else {
                    watch.await(nanos);
                }
            }
            found = newer();
            return found != null;
        }

        private FileVersion newer() throws IpcException {
            if (generationOrZero() <= after) {
                return null;
            }
            Optional<FileVersion> version = read();
            if (version.isPresent() && version.get().generation() <= after) {
                version.get().close(); // replaced meanwhile by one whose time was set back
                return null;
            }
            return version.orElse(null);
        }

        @Override
        public void close() {
            if (watch != null) {
                watch.close();
            }
        }
    }
}
