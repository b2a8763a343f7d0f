// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.spi;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.file.FileLockHolder;
import org.ipc4j.file.FileLockMode;
import org.ipc4j.file.FileRange;
import org.ipc4j.file.HeldFileLock;
import org.ipc4j.file.SharedFileLock;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Makes a {@link SharedFileLock} from an attempt that does not wait. The calls of the provider are
 * made by one thread at a time, and none comes after {@link #closeFile}.
 *
 * <p>This waits by looking again. The system calls that wait for a file lock, {@code F_OFD_SETLKW}
 * and {@code LockFileEx}, have no time-out, and end early only by a signal or by another thread;
 * and they promise no order either.
 */
public abstract class WaitingFileLock implements SharedFileLock {
    private final LocalFile file;
    private final Wait turns;
    private final LockLine line = new LockLine();

    /** Has the provider called by one thread at a time. */
    private final Object turn = new Object();

    /** The last of the locks that are held through this, and the way to the others. */
    private Held last;

    private volatile boolean open = true;

    /**
     * Creates the part that waits.
     *
     * @param file the file
     */
    protected WaitingFileLock(LocalFile file) {
        this.file = file;
        this.turns = Wait.byPolling(file.name(), this::isOpen, this::wakeVirtual);
    }

    /** Gives one lock back. */
    @FunctionalInterface
    protected interface Release {
        /** Called once; cannot fail, since at the worst the descriptor is closed. */
        void release();
    }

    /**
     * Takes a lock if it is to be had now.
     *
     * @param mode what it excludes
     * @param range what is locked
     * @return gives it back; or null if somebody is in the way
     * @throws IpcException if the system refuses
     */
    protected abstract Release lockNow(FileLockMode mode, FileRange range) throws IpcException;

    /**
     * Tells who is in the way of a lock.
     *
     * @param mode what it would exclude
     * @param range what it would lock
     * @return one who is in the way, or empty
     * @throws IpcException if the system refuses
     */
    protected abstract Optional<FileLockHolder> holderNow(FileLockMode mode, FileRange range)
            throws IpcException;

    /** Gives the file back. Called once, when no lock is held any more. */
    protected abstract void closeFile();

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
    public final HeldFileLock lock(FileLockMode mode, FileRange range)
            throws IpcException, InterruptedException {
        return tryLock(mode, range, Wait.FOREVER).orElseThrow();
    }

    @Override
    public final Optional<HeldFileLock> tryLock(FileLockMode mode, FileRange range)
            throws IpcException {
        return Optional.ofNullable(take(mode, range));
    }

    @Override
    public final Optional<HeldFileLock> tryLock(
            FileLockMode mode, FileRange range, Duration timeout)
            throws IpcException, InterruptedException {
        Objects.requireNonNull(mode, "mode");
        Objects.requireNonNull(range, "range");
        Objects.requireNonNull(timeout, "timeout");
        Arguments.requireOpen(open, name());
        Wait.requireNotInterrupted();
        if (line.isEmpty()) {
            Optional<HeldFileLock> now = tryLock(mode, range);
            if (now.isPresent()) {
                return now;
            }
        }
        HeldFileLock[] taken = new HeldFileLock[1];
        LockLine.Waiter waiter = line.join(mode, range);
        try {
            turns.until(
                    timeout,
                    nanos -> {
                        if (line.isTurn(waiter)) {
                            taken[0] = take(mode, range);
                        }
                        return taken[0] != null;
                    });
        } finally {
            line.leave(waiter);
        }
        return Optional.ofNullable(taken[0]);
    }

    private HeldFileLock take(FileLockMode mode, FileRange range) throws IpcException {
        Objects.requireNonNull(mode, "mode");
        Objects.requireNonNull(range, "range");
        synchronized (turn) {
            Arguments.requireOpen(open, name());
            Release release = lockNow(mode, range);
            return release == null ? null : new Held(mode, range, release);
        }
    }

    /**
     * Virtual threads look when it is their turn, not when they were the first to park: who came
     * first need not have parked first.
     */
    private int wakeVirtual() {
        line.wake();
        return 0;
    }

    @Override
    public final Optional<FileLockHolder> holder(FileLockMode mode, FileRange range)
            throws IpcException {
        Objects.requireNonNull(mode, "mode");
        Objects.requireNonNull(range, "range");
        synchronized (turn) {
            Arguments.requireOpen(open, name());
            return holderNow(mode, range);
        }
    }

    @Override
    public final void close() {
        synchronized (turn) {
            if (!open) {
                return;
            }
            open = false;
            while (last != null) {
                last.giveBack();
            }
            closeFile();
        }
        line.wake();
    }

    /**
     * A lock that was taken through this. Those that are held are chained, which costs less than a
     * set: that would have to ask the JVM for a hash code of each.
     */
    private final class Held implements HeldFileLock {
        private final FileLockMode mode;
        private final FileRange range;
        private final Release release;
        private boolean isHeld = true;
        private Held before;
        private Held after;

        Held(FileLockMode mode, FileRange range, Release release) {
            this.mode = mode;
            this.range = range;
            this.release = release;
            before = last;
            if (before != null) {
                before.after = this;
            }
            last = this;
        }

        private void giveBack() {
            isHeld = false;
            if (before != null) {
                before.after = after;
            }
            if (after != null) {
                after.before = before;
            } else {
                last = before;
            }
            release.release();
        }

        @Override
        public FileLockMode mode() {
            return mode;
        }

        @Override
        public FileRange range() {
            return range;
        }

        @Override
        public boolean isHeld() {
            synchronized (turn) {
                return isHeld;
            }
        }

        @Override
        public void close() {
            synchronized (turn) {
                if (!isHeld) {
                    return;
                }
                giveBack();
            }
            line.wake();
        }

        @Override
        public String toString() {
            return mode + " lock of " + size() + " of " + file.path();
        }

        private String size() {
            return range.equals(FileRange.WHOLE)
                    ? "all"
                    : range.size() + " bytes from " + range.position();
        }
    }
}
