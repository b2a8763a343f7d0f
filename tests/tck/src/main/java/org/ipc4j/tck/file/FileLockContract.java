// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.file;

import static org.ipc4j.file.FileLockMode.EXCLUSIVE;
import static org.ipc4j.file.FileLockMode.SHARED;
import static org.ipc4j.file.FileRange.WHOLE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.Access;
import org.ipc4j.IncompatibleException;
import org.ipc4j.IpcException;
import org.ipc4j.NameNotFoundException;
import org.ipc4j.file.FileLockHolder;
import org.ipc4j.file.FileLockMode;
import org.ipc4j.file.FileRange;
import org.ipc4j.file.HeldFileLock;
import org.ipc4j.file.SharedFileLock;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.FileLockProvider;
import org.ipc4j.tck.Blocking;
import org.ipc4j.tck.MechanismContract;
import org.ipc4j.tck.Task;
import org.ipc4j.tck.WaitingContract;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What every {@link SharedFileLock} does. */
public abstract class FileLockContract extends MechanismContract<FileLockProvider> {
    private static final Duration LONG = Duration.ofMinutes(2);

    private Folder folder;
    private Path file;

    /** For subclasses. */
    protected FileLockContract() {}

    /** {@link WaitingContract} of file locks. */
    public abstract static class Waiting extends WaitingContract<FileLockProvider> {
        /** For subclasses. */
        protected Waiting() {}

        @Override
        protected List<Blocking.Named> operations() {
            return blocking(provider());
        }
    }

    /**
     * Returns the blocking operations of a file lock.
     *
     * @param provider the provider
     * @return the operations
     */
    public static List<Blocking.Named> blocking(FileLockProvider provider) {
        FileRange part = new FileRange(1000, 10);
        return List.of(
                new Blocking.Named(
                        "SharedFileLock.lock, exclusive",
                        name -> new Lock(provider, EXCLUSIVE, WHOLE)),
                new Blocking.Named(
                        "SharedFileLock.lock, a range",
                        name -> new Lock(provider, EXCLUSIVE, part)),
                new Blocking.Named(
                        "SharedFileLock.lock, shared", name -> new Lock(provider, SHARED, WHOLE)));
    }

    /** Somebody has the file locked; then each who gets the lock is in the way of the next. */
    private static final class Lock extends Blocking {
        private final FileLockMode mode;
        private final FileRange range;
        private final Folder folder = Folder.fresh();
        private final SharedFileLock mine;
        private final SharedFileLock peer;
        private final BlockingQueue<HeldFileLock> inTheWay = new LinkedBlockingQueue<>();

        Lock(FileLockProvider provider, FileLockMode mode, FileRange range) throws IOException {
            this.mode = mode;
            this.range = range;
            mine = provider.createOrOpen(folder.file(), Access.OWNER);
            peer = provider.open(folder.file(), Access.OWNER);
            inTheWay.add(peer.tryLock().orElseThrow());
        }

        @Override
        public boolean within(Duration timeout) throws IpcException, InterruptedException {
            Optional<HeldFileLock> held = mine.tryLock(mode, range, timeout);
            held.ifPresent(inTheWay::add);
            return held.isPresent();
        }

        @Override
        public void forEver() throws IpcException, InterruptedException {
            inTheWay.add(mine.lock(mode, range));
        }

        @Override
        public void unblock() throws InterruptedException {
            HeldFileLock next = inTheWay.poll(30, TimeUnit.SECONDS);
            assertNotNull(next, "who was let go on has the lock");
            next.close();
        }

        @Override
        public boolean consumes() {
            return mode == EXCLUSIVE;
        }

        @Override
        public void closeObject() {
            mine.close();
        }

        @Override
        public void close() throws IOException {
            mine.close();
            peer.close();
            folder.close();
        }
    }

    /**
     * Makes a directory for the test.
     *
     * @throws IOException if that fails
     */
    @BeforeEach
    protected void makeFolder() throws IOException {
        folder = closing(Folder.fresh());
        file = folder.file();
    }

    private SharedFileLock opened() throws IpcException {
        return closing(provider().createOrOpen(file, Access.OWNER));
    }

    private static HeldFileLock taken(SharedFileLock lock, FileLockMode mode, FileRange range)
            throws IpcException {
        return lock.tryLock(mode, range).orElseThrow();
    }

    private static boolean isFree(SharedFileLock lock, FileLockMode mode, FileRange range)
            throws IpcException {
        Optional<HeldFileLock> held = lock.tryLock(mode, range);
        held.ifPresent(HeldFileLock::close);
        return held.isPresent();
    }

    /**
     * Shared locks exclude exclusive ones, and exclusive ones all; through one object as through
     * two.
     *
     * @throws IpcException if the test fails
     */
    @Test
    protected void excludes() throws IpcException {
        SharedFileLock one = opened();
        SharedFileLock two = opened();
        for (SharedFileLock other : List.of(one, two)) {
            try (HeldFileLock held = taken(one, EXCLUSIVE, WHOLE)) {
                assertTrue(held.isHeld());
                assertFalse(isFree(other, EXCLUSIVE, WHOLE));
                assertFalse(isFree(other, SHARED, WHOLE));
            }
            try (HeldFileLock held = taken(one, SHARED, WHOLE)) {
                assertTrue(held.isHeld());
                assertFalse(isFree(other, EXCLUSIVE, WHOLE));
                assertTrue(isFree(other, SHARED, WHOLE));
            }
            assertTrue(isFree(other, EXCLUSIVE, WHOLE));
        }
    }

    /**
     * Ranges exclude each other where they overlap, also beyond the end of the file.
     *
     * @throws IpcException if the test fails
     */
    @Test
    protected void excludesWhereRangesOverlap() throws IpcException {
        SharedFileLock one = opened();
        SharedFileLock two = opened();
        HeldFileLock held = taken(one, EXCLUSIVE, new FileRange(100, 100));
        for (SharedFileLock other : List.of(one, two)) {
            assertTrue(isFree(other, EXCLUSIVE, new FileRange(0, 100)));
            assertTrue(isFree(other, EXCLUSIVE, new FileRange(200, 1)));
            assertTrue(isFree(other, EXCLUSIVE, new FileRange(200, Long.MAX_VALUE - 200)));
            assertFalse(isFree(other, SHARED, new FileRange(199, 1)));
            assertFalse(isFree(other, SHARED, new FileRange(100, 1)));
            assertFalse(isFree(other, EXCLUSIVE, new FileRange(0, 101)));
            assertFalse(isFree(other, SHARED, WHOLE));
        }
        held.close();
        assertTrue(isFree(two, EXCLUSIVE, WHOLE));
    }

    /**
     * Shared locks that overlap are held one by one: what one has is locked until it is closed,
     * whatever becomes of the others.
     *
     * @throws IpcException if the test fails
     */
    @Test
    protected void keepsOverlappingSharedLocks() throws IpcException {
        SharedFileLock one = opened();
        SharedFileLock two = opened();
        HeldFileLock whole = taken(one, SHARED, WHOLE);
        HeldFileLock front = taken(one, SHARED, new FileRange(0, 100));
        HeldFileLock middle = taken(one, SHARED, new FileRange(50, 100));
        whole.close();
        front.close();
        assertFalse(isFree(two, EXCLUSIVE, new FileRange(60, 1)));
        assertFalse(isFree(two, EXCLUSIVE, new FileRange(140, 1)));
        middle.close();
        assertTrue(isFree(two, EXCLUSIVE, WHOLE));
    }

    /**
     * A lock tells what it is, and is held until it or its file is closed.
     *
     * @throws IpcException if the test fails
     */
    @Test
    protected void tellsWhatIsHeld() throws IpcException {
        SharedFileLock one = opened();
        SharedFileLock two = opened();
        FileRange range = new FileRange(7, 3);
        HeldFileLock held = taken(one, SHARED, range);
        assertEquals(SHARED, held.mode());
        assertEquals(range, held.range());
        held.close();
        assertFalse(held.isHeld());
        HeldFileLock other = taken(two, EXCLUSIVE, WHOLE);
        held.close();
        assertTrue(other.isHeld(), "closing twice gives up nobody else's lock");
        assertFalse(isFree(one, SHARED, range));
        two.close();
        assertFalse(other.isHeld());
        assertTrue(isFree(one, EXCLUSIVE, WHOLE));
        other.close();
    }

    /**
     * Closing the file ends its use, and leaves file and content.
     *
     * @throws IOException if the test fails
     */
    @Test
    protected void closes() throws IOException {
        Files.writeString(file, "content");
        SharedFileLock lock = closing(provider().open(file, Access.OWNER));
        assertEquals(file.toAbsolutePath(), lock.path());
        assertTrue(lock.isOpen());
        lock.close();
        lock.close();
        assertFalse(lock.isOpen());
        assertThrows(IllegalStateException.class, lock::tryLock);
        assertThrows(IllegalStateException.class, lock::lock);
        assertThrows(IllegalStateException.class, () -> lock.tryLock(Duration.ZERO));
        assertThrows(IllegalStateException.class, () -> lock.holder(SHARED, WHOLE));
        assertEquals("content", Files.readString(file));
        assertEquals(List.of("file"), folder.names());
    }

    /**
     * There must be a file to open; it is created, empty, only if that was asked for.
     *
     * @throws IOException if the test fails
     */
    @Test
    protected void opensAndCreates() throws IOException {
        assertThrows(NameNotFoundException.class, () -> provider().open(file, Access.OWNER));
        assertThrows(
                NameNotFoundException.class,
                () -> provider().createOrOpen(file.resolve("deeper"), Access.OWNER));
        opened();
        assertEquals(0, Files.size(file));
        assertTrue(isFree(closing(provider().open(file, Access.OWNER)), EXCLUSIVE, WHOLE));
    }

    /**
     * What is not a regular file is refused.
     *
     * @throws IOException if the test fails
     */
    @Test
    protected void refusesWhatIsNoFile() throws IOException {
        Files.createDirectory(file);
        assertThrows(IpcException.class, () -> provider().open(file, Access.OWNER));
        assertThrows(IpcException.class, () -> provider().createOrOpen(file, Access.OWNER));
    }

    /**
     * A symbolic link is refused: whoever may put one there must not choose what is locked.
     *
     * @throws IOException if the test fails
     */
    @Test
    protected void refusesASymbolicLink() throws IOException {
        Path target = Files.createFile(folder.path().resolve("target"));
        Links.make(file, target);
        assertThrows(IncompatibleException.class, () -> provider().open(file, Access.OWNER));
        assertThrows(
                IncompatibleException.class, () -> provider().createOrOpen(file, Access.OWNER));
    }

    /**
     * A file that is created has the permissions that were asked for.
     *
     * @throws IOException if the test fails
     */
    @Test
    protected void createsWithAccess() throws IOException {
        require(Capability.SHARED_ACCESS);
        Files.deleteIfExists(file);
        for (Access access : Access.values()) {
            provider().createOrOpen(file, access).close();
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                String expected =
                        switch (access) {
                            case OWNER -> "rw-------";
                            case GROUP -> "rw-rw----";
                            case EVERYBODY -> "rw-rw-rw-";
                        };
                assertEquals(
                        expected,
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            }
            Files.delete(file);
        }
    }

    /**
     * Null, and ranges that there are not, are refused.
     *
     * @throws IpcException if the test fails
     */
    @Test
    protected void refusesMisuse() throws IpcException {
        SharedFileLock lock = opened();
        assertThrows(NullPointerException.class, () -> lock.tryLock(null, WHOLE));
        assertThrows(NullPointerException.class, () -> lock.tryLock(SHARED, null));
        assertThrows(NullPointerException.class, () -> lock.lock(null, WHOLE));
        assertThrows(NullPointerException.class, () -> lock.tryLock(null));
        assertThrows(NullPointerException.class, () -> provider().open(null, Access.OWNER));
        assertThrows(NullPointerException.class, () -> provider().open(file, null));
        assertThrows(NullPointerException.class, () -> provider().createOrOpen(file, null));
        assertThrows(IllegalArgumentException.class, () -> new FileRange(-1, 1));
        assertThrows(IllegalArgumentException.class, () -> new FileRange(0, 0));
        assertThrows(IllegalArgumentException.class, () -> new FileRange(2, Long.MAX_VALUE - 1));
        assertTrue(isFree(lock, EXCLUSIVE, WHOLE));
    }

    /**
     * Whoever comes later lets those go first whom it would exclude: readers that take turns do not
     * keep a writer waiting for ever.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void servesInOrderOfArrival() throws Exception {
        SharedFileLock lock = opened();
        HeldFileLock reader = taken(lock, SHARED, WHOLE);
        Task<HeldFileLock> writer = Task.start(lock::lock).assertWaiting();
        Task<HeldFileLock> later = Task.start(() -> lock.lock(SHARED, WHOLE)).assertWaiting();
        reader.close();
        HeldFileLock written = writer.result();
        later.assertWaiting();
        written.close();
        later.result().close();
    }

    /**
     * One at a time, of the threads of one process, through one object and through several.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void excludesThreads() throws Exception {
        int[] count = new int[1];
        AtomicInteger inside = new AtomicInteger();
        List<Task<Void>> tasks = new ArrayList<>();
        SharedFileLock common = opened();
        for (int i = 0; i < 8; i++) {
            SharedFileLock lock = i < 4 ? common : opened();
            tasks.add(
                    Task.start(
                            i % 2 == 0 ? Task.Kind.PLATFORM : Task.Kind.VIRTUAL,
                            () -> {
                                for (int n = 0; n < 50; n++) {
                                    try (HeldFileLock held = lock.lock()) {
                                        assertTrue(held.isHeld());
                                        assertEquals(1, inside.incrementAndGet());
                                        count[0]++;
                                        inside.decrementAndGet();
                                    }
                                }
                                return null;
                            }));
        }
        for (Task<Void> task : tasks) {
            task.result();
        }
        try (HeldFileLock held = common.tryLock().orElseThrow()) {
            assertTrue(held.isHeld());
            assertEquals(400, count[0]);
        }
    }

    /**
     * A thousand virtual threads that wait all get the lock.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void servesACrowd() throws Exception {
        SharedFileLock lock = opened();
        HeldFileLock first = taken(lock, EXCLUSIVE, WHOLE);
        List<Task<Void>> crowd = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            crowd.add(
                    Task.start(
                            Task.Kind.VIRTUAL,
                            () -> {
                                lock.tryLock(LONG).orElseThrow().close();
                                return null;
                            }));
        }
        crowd.getLast().assertWaiting();
        first.close();
        for (Task<Void> task : crowd) {
            task.result();
        }
    }

    /**
     * It is told who is in the way, or that this cannot be told.
     *
     * @throws IpcException if the test fails
     */
    @Test
    protected void tellsTheHolder() throws IpcException {
        SharedFileLock one = opened();
        SharedFileLock two = opened();
        if (!has(Capability.LOCK_HOLDER)) {
            assertThrows(UnsupportedOperationException.class, () -> one.holder(EXCLUSIVE, WHOLE));
            return;
        }
        assertEquals(Optional.empty(), one.holder(EXCLUSIVE, WHOLE));
        OptionalLong self = OptionalLong.of(ProcessHandle.current().pid());
        FileRange range = new FileRange(5, 10);
        try (HeldFileLock held = taken(one, SHARED, range)) {
            assertTrue(held.isHeld());
            Optional<FileLockHolder> expected =
                    Optional.of(new FileLockHolder(self, SHARED, range));
            assertEquals(expected, two.holder(EXCLUSIVE, WHOLE));
            assertEquals(expected, one.holder(EXCLUSIVE, new FileRange(14, 100)));
            assertEquals(Optional.empty(), two.holder(SHARED, WHOLE));
            assertEquals(Optional.empty(), two.holder(EXCLUSIVE, new FileRange(15, 1)));
        }
        try (HeldFileLock held = taken(one, EXCLUSIVE, WHOLE)) {
            assertTrue(held.isHeld());
            assertEquals(
                    Optional.of(new FileLockHolder(self, EXCLUSIVE, WHOLE)),
                    two.holder(SHARED, range));
        }
        assertEquals(Optional.empty(), one.holder(EXCLUSIVE, WHOLE));
    }

    /**
     * Nothing of the system stays in use by locks that were given up.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void givesEverythingBack() throws Exception {
        opened().tryLock().orElseThrow(); // whatever is loaded once is loaded now
        closeAll();
        folder = closing(Folder.fresh());
        file = folder.file();
        long before = held();
        for (int i = 0; i < 50; i++) {
            try (SharedFileLock lock = provider().createOrOpen(file, Access.OWNER)) {
                taken(lock, SHARED, new FileRange(1, 1));
                taken(lock, SHARED, WHOLE);
                taken(lock, SHARED, new FileRange(2, 5)).close();
                assertFalse(isFree(lock, EXCLUSIVE, WHOLE));
            }
        }
        assertEquals(before, held());
    }
}
