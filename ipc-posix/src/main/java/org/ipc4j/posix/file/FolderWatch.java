// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.file;

import org.ipc4j.IpcException;
import org.ipc4j.posix.sys.Abi;
import org.ipc4j.posix.sys.Errno;
import org.ipc4j.posix.sys.InotifyCalls;
import org.ipc4j.posix.sys.PollCalls;
import org.ipc4j.posix.sys.RegularFile;
import org.ipc4j.posix.sys.UnistdCalls;
import org.ipc4j.spi.LocalFile;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** Wakes one thread when a file gets a name in a directory, or is closed by who has written it. */
final class FolderWatch implements AutoCloseable {
    private static final long EVENTS_SIZE = 4096;

    private final int fd;
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment events = arena.allocate(EVENTS_SIZE, Long.BYTES);

    private FolderWatch(int fd) {
        this.fd = fd;
    }

    /**
     * Begins to watch.
     *
     * @return the watch, or empty at the limit of descriptors, or of watches of this user
     * @throws IpcException if the system refuses
     */
    static Optional<FolderWatch> of(LocalFile folder) throws IpcException {
        int fd = InotifyCalls.inotify_init1(Abi.IN_NONBLOCK | Abi.IN_CLOEXEC);
        if (fd < 0) {
            return noneLeft(fd, "inotify_init1", folder);
        }
        int mask = Abi.IN_MOVED_TO | Abi.IN_CLOSE_WRITE;
        int watch = InotifyCalls.inotify_add_watch(fd, folder.path().toString(), mask);
        if (watch < 0) {
            UnistdCalls.close(fd);
            return noneLeft(watch, "inotify_add_watch", folder);
        }
        return Optional.of(new FolderWatch(fd));
    }

    private static Optional<FolderWatch> noneLeft(int result, String call, LocalFile folder)
            throws IpcException {
        return switch (Errno.of(result)) {
            case EMFILE, ENFILE, ENOSPC, ENOMEM -> Optional.empty();
            default -> throw RegularFile.exception(result, call, folder);
        };
    }

    /** Waits for an event, and takes all that are there. What they tell, a look tells better. */
    void await(long nanos) {
        if (PollCalls.poll(fd, Abi.POLLIN, nanos) > 0) {
            UnistdCalls.read(fd, events, EVENTS_SIZE);
        }
    }

    @Override
    public void close() {
        UnistdCalls.close(fd);
        arena.close();
    }
}
