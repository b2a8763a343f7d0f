// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.Access;
import org.ipc4j.IncompatibleException;
import org.ipc4j.IpcClosedException;
import org.ipc4j.IpcException;
import org.ipc4j.NameNotFoundException;
import org.ipc4j.file.FileExchange;
import org.ipc4j.file.FileVersion;
import org.ipc4j.file.HeldFileLock;
import org.ipc4j.file.Publication;
import org.ipc4j.file.SharedFileLock;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.FileExchangeProvider;
import org.ipc4j.tck.Blocking;
import org.ipc4j.tck.MechanismContract;
import org.ipc4j.tck.Task;
import org.ipc4j.tck.WaitingContract;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;

/** What every {@link FileExchange} does. */
public abstract class FileExchangeContract extends MechanismContract<FileExchangeProvider> {
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final String LEFT = ".file.ipc4j-new.0123456789abcdef";
    private static final List<String> PUBLISHED = List.of(".file.ipc4j-lock", "file");

    private Folder folder;
    private FileExchange exchange;

    /** For subclasses. */
    protected FileExchangeContract() {}

    /** {@link WaitingContract} of exchanges. */
    public abstract static class Waiting extends WaitingContract<FileExchangeProvider> {
        /** For subclasses. */
        protected Waiting() {}

        @Override
        protected List<Blocking.Named> operations() {
            return blocking(provider());
        }
    }

    /**
     * Returns the blocking operations of an exchange.
     *
     * @param provider the provider
     * @return the operations
     */
    public static List<Blocking.Named> blocking(FileExchangeProvider provider) {
        return List.of(new Blocking.Named("FileExchange.await", name -> new Await(provider)));
    }

    /** Waits for the second version. */
    private static final class Await extends Blocking {
        private final Folder folder = Folder.fresh();
        private final FileExchange mine;
        private final FileExchange peer;
        private final long first;

        Await(FileExchangeProvider provider) throws IOException, InterruptedException {
            mine = provider.at(folder.file(), Access.OWNER);
            peer = provider.at(folder.file(), Access.OWNER);
            first = peer.publish(bytes("first"));
        }

        @Override
        public boolean within(Duration timeout) throws IOException, InterruptedException {
            Optional<FileVersion> version = mine.await(first, timeout);
            if (version.isPresent()) {
                check(version.get());
            }
            return version.isPresent();
        }

        @Override
        public void forEver() throws IOException, InterruptedException {
            check(mine.await(first));
        }

        private void check(FileVersion version) throws IOException {
            try (version) {
                assertTrue(version.generation() > first);
                assertEquals("second", text(version));
            }
        }

        @Override
        public void unblock() throws IOException, InterruptedException {
            peer.publish(bytes("second"));
        }

        @Override
        public boolean consumes() {
            return false;
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
     * Makes a directory, and an exchange in it.
     *
     * @throws IOException if that fails
     */
    @BeforeEach
    protected void makeFolder() throws IOException {
        folder = closing(Folder.fresh());
        exchange = closing(provider().at(folder.file(), Access.OWNER));
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(FileVersion version) throws IOException {
        return new String(version.bytes(), StandardCharsets.UTF_8);
    }

    private String now() throws IOException {
        try (FileVersion version = exchange.read().orElseThrow()) {
            return text(version);
        }
    }

    /**
     * Before the first version there is none.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void startsEmpty() throws Exception {
        assertEquals(folder.file().toAbsolutePath(), exchange.path());
        assertEquals(OptionalLong.empty(), exchange.generation());
        assertEquals(Optional.empty(), exchange.read());
        assertEquals(Optional.empty(), exchange.await(0, Duration.ZERO));
        assertFalse(exchange.remove());
        assertEquals(List.of(), folder.names());
    }

    /**
     * The file has exactly the bytes that were published, and nothing but a lock is left beside it.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void publishes() throws Exception {
        ByteBuffer content = bytes("-content-").position(1).limit(8);
        long generation = exchange.publish(content);
        assertFalse(content.hasRemaining());
        assertTrue(generation > 0);
        assertEquals(OptionalLong.of(generation), exchange.generation());
        assertEquals("content", Files.readString(folder.file()));
        assertEquals(PUBLISHED, folder.names());
        try (FileVersion version = exchange.read().orElseThrow()) {
            assertEquals(generation, version.generation());
            assertEquals(7, version.size());
            assertEquals("content", text(version));
            assertEquals(7, version.channel().size());
            assertEquals("content", text(version), "bytes() leaves the channel where it is");
        }
    }

    /**
     * Nothing is something, too.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void publishesNothing() throws Exception {
        exchange.publish(bytes("something"));
        exchange.publish(bytes(""));
        assertEquals("", now());
    }

    /**
     * A file is copied, and stays.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void publishesAFile() throws Exception {
        Path source = folder.path().resolve("source");
        byte[] content = new byte[1_000_003];
        new Random(42).nextBytes(content);
        Files.write(source, content);
        exchange.publish(source);
        assertArrayEquals(content, Files.readAllBytes(folder.file()));
        assertArrayEquals(content, Files.readAllBytes(source));
        assertThrows(
                NameNotFoundException.class,
                () -> exchange.publish(folder.path().resolve("absent")));
        assertEquals(List.of(".file.ipc4j-lock", "file", "source"), folder.names());
    }

    /**
     * Generations grow, however fast versions follow each other, and also over a removal.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void generationsGrow() throws Exception {
        long last = 0;
        for (int i = 0; i < 100; i++) {
            long next = exchange.publish(bytes("version " + i));
            assertTrue(next > last, next + " after " + last);
            try (FileVersion version = exchange.read().orElseThrow()) {
                assertEquals(next, version.generation());
                assertEquals("version " + i, text(version));
            }
            last = next;
            if (i == 50) {
                assertTrue(exchange.remove());
                assertEquals(OptionalLong.empty(), exchange.generation());
            }
        }
    }

    /**
     * A version that was opened stays what it is.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void versionsStay() throws Exception {
        require(Capability.REMOVABLE_NAME);
        long generation = exchange.publish(bytes("old"));
        FileVersion version = closing(exchange.read().orElseThrow());
        exchange.publish(bytes("new"));
        assertEquals("old", text(version));
        exchange.remove();
        exchange.close();
        assertEquals("old", text(version));
        assertEquals(generation, version.generation());
        version.close();
        version.close();
        assertThrows(IOException.class, version::bytes);
    }

    /**
     * What is written piece by piece is seen when it is committed, and not before.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void publishesPieceByPiece() throws Exception {
        exchange.publish(bytes("old"));
        byte[] piece = new byte[100_000];
        Publication publication = closing(exchange.begin());
        for (int i = 0; i < 30; i++) {
            Arrays.fill(piece, (byte) i);
            assertEquals(piece.length, publication.write(ByteBuffer.wrap(piece)));
        }
        assertTrue(publication.isOpen());
        assertEquals("old", now());
        long generation = publication.commit();
        assertFalse(publication.isOpen());
        assertEquals(OptionalLong.of(generation), exchange.generation());
        byte[] content = Files.readAllBytes(folder.file());
        assertEquals(3_000_000, content.length);
        for (int i = 0; i < content.length; i++) {
            assertEquals((byte) (i / 100_000), content[i]);
        }
        assertThrows(IllegalStateException.class, publication::commit);
        assertThrows(IllegalStateException.class, () -> publication.write(bytes("more")));
        publication.close();
        assertEquals(PUBLISHED, folder.names());
    }

    /**
     * What is not committed is discarded.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void discards() throws Exception {
        exchange.publish(bytes("old"));
        try (Publication publication = exchange.begin()) {
            publication.write(bytes("never seen"));
            assertEquals(3, folder.names().size());
        }
        assertEquals("old", now());
        assertEquals(PUBLISHED, folder.names());
    }

    /**
     * What a publisher has left behind that died is deleted by the next; what one is writing is
     * not.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void sweeps() throws Exception {
        Files.writeString(folder.path().resolve(LEFT), "half of");
        FileExchange other = closing(provider().at(folder.file(), Access.OWNER));
        try (Publication alive = exchange.begin()) {
            assertFalse(folder.names().contains(LEFT));
            alive.write(bytes("first begun"));
            other.publish(bytes("last begun"));
            exchange.publish(bytes("last begun"));
            assertEquals("last begun", now());
            alive.commit();
        }
        assertEquals("first begun", now());
        assertEquals(PUBLISHED, folder.names());
    }

    /**
     * A program that knows nothing of us publishes by a rename.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void seesWhatOthersPublish() throws Exception {
        long generation = exchange.publish(bytes("ours"));
        Task<String> waiter =
                Task.start(
                                () -> {
                                    try (FileVersion version = exchange.await(generation)) {
                                        return text(version);
                                    }
                                })
                        .assertWaiting();
        Path theirs = Files.writeString(folder.path().resolve("theirs"), "theirs");
        Files.move(theirs, folder.file(), StandardCopyOption.ATOMIC_MOVE);
        assertEquals("theirs", waiter.result());
        assertTrue(exchange.publish(bytes("ours")) > generation);
    }

    /**
     * Whatever publishers do at the same time, each reader sees complete versions, the generations
     * of which grow.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void isNeverTorn() throws Exception {
        int[] sizes = {10, 70_000, 200_001};
        exchange.publish(uniform(10, 0));
        List<Task<Void>> publishers = new ArrayList<>();
        for (int p = 0; p < 3; p++) {
            int size = sizes[p];
            FileExchange own = closing(provider().at(folder.file(), Access.OWNER));
            publishers.add(
                    Task.start(
                            p == 0 ? Task.Kind.VIRTUAL : Task.Kind.PLATFORM,
                            () -> {
                                long last = 0;
                                for (int i = 0; i < 20; i++) {
                                    long next = own.publish(uniform(size, i));
                                    assertTrue(next > last);
                                    last = next;
                                }
                                return null;
                            }));
        }
        AtomicBoolean done = new AtomicBoolean();
        List<Task<Integer>> readers = new ArrayList<>();
        for (int r = 0; r < 2; r++) {
            readers.add(
                    Task.start(r == 0 ? Task.Kind.PLATFORM : Task.Kind.VIRTUAL, () -> read(done)));
        }
        for (Task<Void> publisher : publishers) {
            publisher.result();
        }
        done.set(true);
        for (Task<Integer> reader : readers) {
            assertTrue(reader.result() > 0);
        }
        assertEquals(PUBLISHED, folder.names());
    }

    private static ByteBuffer uniform(int size, int value) {
        byte[] content = new byte[size];
        Arrays.fill(content, (byte) value);
        return ByteBuffer.wrap(content);
    }

    private int read(AtomicBoolean done) throws Exception {
        int count = 0;
        long last = 0;
        while (!done.get()) {
            Optional<FileVersion> next = exchange.await(last, Duration.ofMillis(20));
            if (next.isPresent()) {
                try (FileVersion version = next.get()) {
                    byte[] content = version.bytes();
                    assertTrue(List.of(10, 70_000, 200_001).contains(content.length));
                    assertTrue(
                            ByteBuffer.wrap(content).equals(uniform(content.length, content[0])));
                    assertTrue(version.generation() > last);
                    last = version.generation();
                    count++;
                }
            }
        }
        return count;
    }

    /**
     * A publisher waits while another one replaces the file; an interrupt and a close end that, and
     * nothing is published then.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void publishersCanBeStopped() throws Exception {
        exchange.publish(bytes("old"));
        SharedFileLock others =
                closing(SharedFileLock.open(folder.path().resolve(".file.ipc4j-lock")));
        Publication publication = closing(exchange.begin());
        publication.write(bytes("new"));
        try (HeldFileLock held = others.lock()) {
            assertTrue(held.isHeld());
            Task.start(() -> exchange.publish(bytes("new")))
                    .assertWaiting()
                    .interrupt()
                    .failure(InterruptedException.class);
            Task<Long> commit = Task.start(publication::commit).assertWaiting();
            exchange.close();
            commit.failure(IpcClosedException.class);
        }
        assertEquals("old", Files.readString(folder.file()));
        assertEquals(PUBLISHED, folder.names());
    }

    /**
     * Nothing is published by a thread that was interrupted before.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void anInterruptedThreadPublishesNothing() throws Exception {
        for (Task.Kind kind : Task.Kind.values()) {
            Task.start(
                            kind,
                            () -> {
                                Thread.currentThread().interrupt();
                                return exchange.publish(bytes("never"));
                            })
                    .failure(InterruptedException.class);
        }
        assertEquals(List.of(), folder.names());
    }

    /**
     * A version has the permissions that were asked for.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void publishesWithAccess() throws Exception {
        require(Capability.SHARED_ACCESS);
        for (Access access : Access.values()) {
            try (FileExchange shared = provider().at(folder.file(), access)) {
                shared.publish(bytes("shared"));
            }
            if (folder.path().getFileSystem().supportedFileAttributeViews().contains("posix")) {
                String expected =
                        switch (access) {
                            case OWNER -> "rw-------";
                            case GROUP -> "rw-rw----";
                            case EVERYBODY -> "rw-rw-rw-";
                        };
                assertEquals(
                        expected,
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(folder.file())));
            }
        }
    }

    /**
     * What is not a regular file is not read. A symbolic link is replaced, not followed.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void refusesWhatIsNoFile() throws Exception {
        Path target = Files.writeString(folder.path().resolve("target"), "precious");
        Links.make(folder.file(), target);
        assertThrows(IncompatibleException.class, exchange::read);
        exchange.publish(bytes("ours"));
        assertEquals("precious", Files.readString(target));
        assertEquals("ours", now());
        exchange.remove();
        Files.createDirectory(folder.file());
        assertThrows(IpcException.class, exchange::read);
        assertThrows(IpcException.class, () -> exchange.publish(bytes("ours")));
        assertTrue(Files.isDirectory(folder.file()));
    }

    /**
     * A directory that is not there is told.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void needsADirectory() throws Exception {
        FileExchange astray =
                closing(provider().at(folder.path().resolve("absent/file"), Access.OWNER));
        assertEquals(Optional.empty(), astray.read());
        assertThrows(NameNotFoundException.class, astray::begin);
    }

    /**
     * Closing ends the use of the exchange, and null is refused.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void refusesMisuse() throws Exception {
        assertThrows(NullPointerException.class, () -> provider().at(null, Access.OWNER));
        assertThrows(NullPointerException.class, () -> provider().at(folder.file(), null));
        assertThrows(NullPointerException.class, () -> exchange.publish((ByteBuffer) null));
        assertThrows(NullPointerException.class, () -> exchange.publish((Path) null));
        assertThrows(NullPointerException.class, () -> exchange.await(0, null));
        exchange.close();
        exchange.close();
        assertFalse(exchange.isOpen());
        assertThrows(IllegalStateException.class, () -> exchange.publish(bytes("x")));
        assertThrows(IllegalStateException.class, exchange::begin);
        assertThrows(IllegalStateException.class, exchange::read);
        assertThrows(IllegalStateException.class, exchange::generation);
        assertThrows(IllegalStateException.class, exchange::remove);
        assertThrows(IllegalStateException.class, () -> exchange.await(0, Duration.ZERO));
        assertThrows(IllegalStateException.class, () -> exchange.await(0));
    }

    /**
     * Several threads wait through one exchange, and all see the version, also where one awaits
     * less than the other.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void wakesAll() throws Exception {
        long generation = exchange.publish(bytes("old"));
        List<Task<Long>> waiters = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            waiters.add(
                    Task.start(
                            i % 2 == 0 ? Task.Kind.PLATFORM : Task.Kind.VIRTUAL,
                            () -> {
                                try (FileVersion version =
                                        exchange.await(generation, LONG).orElseThrow()) {
                                    return version.generation();
                                }
                            }));
        }
        for (Task<Long> waiter : waiters) {
            waiter.assertWaiting();
        }
        long next = exchange.publish(bytes("new"));
        for (Task<Long> waiter : waiters) {
            assertEquals(next, waiter.result());
        }
    }

    /**
     * Nothing of the system stays in use.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void givesEverythingBack() throws Exception {
        exchange.publish(bytes("whatever is loaded once is loaded now"));
        now();
        long before = held();
        for (int i = 0; i < 20; i++) {
            try (FileExchange other = provider().at(folder.file(), Access.OWNER)) {
                long generation = other.publish(bytes("x"));
                other.begin().close();
                assertEquals(Optional.empty(), other.await(generation, Duration.ofMillis(2)));
                other.read().orElseThrow().close();
            }
        }
        assertEquals(before, held());
    }
}
