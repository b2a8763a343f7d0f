// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.jvm.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipc4j.Access;
import org.ipc4j.IncompatibleException;
import org.ipc4j.IpcClosedException;
import org.ipc4j.IpcName;
import org.ipc4j.NameExistsException;
import org.ipc4j.PeerClosedException;
import org.ipc4j.stream.NamedPipeOptions;
import org.ipc4j.stream.NamedPipeReader;
import org.ipc4j.stream.NamedPipeWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;

class JvmNamedPipeTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final JvmNamedPipeProvider provider = new JvmNamedPipeProvider();
    private final IpcName name = IpcName.of("test-" + UUID.randomUUID());
    private final SocketPlace place = SocketPlace.of(name);

    @AfterEach
    void remove() throws IOException {
        provider.remove(name);
        for (Path file : List.of(place.socket(), place.lock(), place.workshop())) {
            assertFalse(Files.exists(file), file.toString());
        }
    }

    private NamedPipeReader reader() throws IOException {
        return provider.createReader(name, NamedPipeOptions.DEFAULT);
    }

    private NamedPipeWriter writer() throws Exception {
        return provider.openWriter(name, Access.OWNER, LONG).orElseThrow();
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes());
    }

    private static String read(NamedPipeReader reader) throws Exception {
        ByteBuffer target = ByteBuffer.allocate(100);
        int count = reader.read(target, LONG);
        return count < 0 ? "end" : new String(target.array(), 0, count);
    }

    @Test
    void bytesArriveInOrderUntilTheLastWriterIsGone() throws Exception {
        try (NamedPipeReader reader = reader()) {
            assertEquals(0, reader.read(ByteBuffer.allocate(1), Duration.ZERO));
            assertFalse(reader.awaitWriter(Duration.ZERO));
            NamedPipeWriter one = writer();
            NamedPipeWriter two = writer();
            assertTrue(reader.awaitWriter(LONG));
            assertEquals(3, one.write(bytes("abc")));
            assertEquals("abc", read(reader));
            one.close();
            assertEquals(0, reader.read(ByteBuffer.allocate(1), Duration.ZERO));
            two.write(bytes("d"));
            two.close();
            assertEquals("d", read(reader));
            assertEquals("end", read(reader));
            try (NamedPipeWriter again = writer()) {
                again.write(bytes("e"));
                assertEquals("e", read(reader));
                assertEquals(0, reader.read(ByteBuffer.allocate(1), Duration.ZERO));
            }
            assertEquals("end", read(reader));
        }
    }

    @Test
    void writerThatCameAndWentIsNotLost() throws Exception {
        try (NamedPipeReader reader = reader()) {
            try (NamedPipeWriter writer = writer()) {
                writer.write(bytes("gone"));
            }
            assertEquals("gone", read(reader));
            assertEquals("end", read(reader));
        }
    }

    @Test
    void movesMoreThanASocketHolds() throws Exception {
        byte[] sent = new byte[5_000_000];
        new Random(1).nextBytes(sent);
        try (NamedPipeReader reader = reader();
                Arena arena = Arena.ofShared()) {
            MemorySegment native5 = arena.allocateFrom(ValueLayout.JAVA_BYTE, sent);
            FutureTask<Long> writing =
                    new FutureTask<>(() -> {
                        try (NamedPipeWriter writer = writer()) {
                            return writer.write(native5) + writer.write(ByteBuffer.wrap(sent));
                        }
                    });
            Thread.startVirtualThread(writing);
            ByteBuffer received = ByteBuffer.allocate(2 * sent.length);
            while (received.hasRemaining() && reader.read(received) >= 0) {
                Thread.onSpinWait();
            }
            assertEquals(2L * sent.length, writing.get());
            assertArrayEquals(sent, Arrays.copyOf(received.array(), sent.length));
            assertEquals(ByteBuffer.wrap(sent), received.flip().position(sent.length));
            assertEquals(-1, reader.read(ByteBuffer.allocate(1)));
        }
    }

    @Test
    void exactlyOneReader() throws Exception {
        try (NamedPipeReader reader = reader()) {
            assertThrows(NameExistsException.class, this::reader);
            assertTrue(reader.isOpen());
            writer().close();
        }
        reader().close();
    }

    @Test
    void writerIsToldThatTheReaderIsGone() throws Exception {
        NamedPipeReader reader = reader();
        try (NamedPipeWriter accepted = writer()) {
            assertTrue(reader.awaitWriter(LONG));
            try (NamedPipeWriter pending = writer()) {
                reader.close();
                assertThrows(PeerClosedException.class, () -> accepted.write(bytes("x")));
                assertThrows(PeerClosedException.class, () -> pending.write(bytes("x"), LONG));
            }
        }
        assertTrue(provider.openWriter(name, Access.OWNER, Duration.ofMillis(10)).isEmpty());
    }

    @Test
    void writerWaitsForTheReader() throws Exception {
        FutureTask<NamedPipeWriter> opening = new FutureTask<>(this::writer);
        Thread.startVirtualThread(opening);
        Thread.sleep(30);
        try (NamedPipeReader reader = reader();
                NamedPipeWriter writer = opening.get()) {
            writer.write(bytes("x"));
            assertEquals("x", read(reader));
        }
    }

    @Test
    void staleSocketIsTakenOverOrRemoved() throws Exception {
        NamedPipeReader dead = reader();
        Path moved = place.socket().resolveSibling(place.socket().getFileName() + ".kept");
        Files.createLink(moved, place.socket());
        dead.close();
        Files.move(moved, place.socket()); // what a killed reader leaves behind
        Files.createFile(place.lock());
        assertTrue(provider.find(name).isPresent());
        assertTrue(provider.openWriter(name, Access.OWNER, Duration.ofMillis(10)).isEmpty());
        try (NamedPipeReader reader = reader()) {
            writer().close();
            assertTrue(reader.awaitWriter(LONG));
            Files.createLink(moved, place.socket());
        }
        Files.move(moved, place.socket());
        assertTrue(provider.remove(name));
        assertFalse(provider.remove(name));
    }

    @Test
    void removedNameCanBeTakenWhileTheOldReaderReads() throws Exception {
        try (NamedPipeReader old = reader();
                NamedPipeWriter toOld = writer()) {
            assertTrue(provider.remove(name));
            try (NamedPipeReader other =
                    provider.createReader(
                            IpcName.ofNative(place.socket().toString()),
                            NamedPipeOptions.DEFAULT)) {
                toOld.write(bytes("old"));
                assertEquals("old", read(old));
                old.close();
                writer().close();
                assertTrue(other.awaitWriter(LONG));
            }
        }
    }

    @Test
    void somethingElseUnderTheNameIsRefused() throws Exception {
        Files.createFile(place.socket());
        try {
            assertThrows(IncompatibleException.class, this::reader);
            assertTrue(provider.find(name).isEmpty());
        } finally {
            Files.delete(place.socket());
        }
    }

    @Test
    void interruptDuringTimedMethodsLeavesTheEndsOpen() throws Exception {
        try (NamedPipeReader reader = reader();
                NamedPipeWriter writer = writer()) {
            Thread.currentThread().interrupt();
            assertThrows(
                    InterruptedException.class, () -> reader.read(ByteBuffer.allocate(1), LONG));
            Thread self = Thread.currentThread();
            for (int i = 0; i < 20; i++) {
                Thread interrupter = Thread.startVirtualThread(self::interrupt);
                assertThrows(
                        InterruptedException.class,
                        () -> reader.read(ByteBuffer.allocate(1), LONG));
                interrupter.join();
            }
            while (writer.write(ByteBuffer.allocate(100_000), Duration.ZERO) > 0) {
                Thread.onSpinWait(); // fill it
            }
            Thread.startVirtualThread(self::interrupt);
            assertThrows(
                    InterruptedException.class,
                    () -> writer.write(ByteBuffer.allocate(1 << 20), LONG));
            assertTrue(reader.isOpen() && writer.isOpen());
            assertTrue(reader.read(ByteBuffer.allocate(10), LONG) > 0);
        }
    }

    @Test
    void interruptStatusDoesNotDisturbCreating() throws Exception {
        Thread.currentThread().interrupt();
        try (NamedPipeReader reader = reader()) {
            assertTrue(Thread.interrupted());
            writer().close();
            assertTrue(reader.awaitWriter(LONG));
        }
    }

    @Test
    void interruptOfANioReadClosesTheChannel() throws Exception {
        NamedPipeReader reader = reader();
        Thread self = Thread.currentThread();
        Thread.startVirtualThread(() -> {
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            self.interrupt();
        });
        assertThrows(ClosedByInterruptException.class, () -> reader.read(ByteBuffer.allocate(1)));
        assertTrue(Thread.interrupted());
        assertFalse(reader.isOpen());
    }

    @Test
    void closeEndsWaiting() throws Exception {
        NamedPipeReader reader = reader();
        Thread.startVirtualThread(() -> {
            try {
                Thread.sleep(20);
                reader.close();
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        assertThrows(IpcClosedException.class, () -> reader.read(ByteBuffer.allocate(1), LONG));
        assertThrows(ClosedChannelException.class, () -> reader.read(ByteBuffer.allocate(1)));
    }

    @ParameterizedTest
    @EnumSource(Access.class)
    void hasThePermissionsOfItsAccess(Access access) throws IOException {
        try (NamedPipeReader reader = provider.createReader(name, new NamedPipeOptions(access))) {
            String expected =
                    switch (access) {
                        case OWNER -> "rw-------";
                        case GROUP -> "rw-rw----";
                        case EVERYBODY -> "rw-rw-rw-";
                    };
            assertEquals(
                    expected,
                    PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(Path.of(reader.nativeKey()))));
        }
    }

    @Test
    void longNamesAreCutAndToldApart() throws Exception {
        IpcName one = IpcName.of("n".repeat(199) + "1");
        IpcName two = IpcName.of("n".repeat(199) + "2");
        try (NamedPipeReader first = provider.createReader(one, NamedPipeOptions.DEFAULT);
                NamedPipeReader second = provider.createReader(two, NamedPipeOptions.DEFAULT)) {
            assertTrue(first.nativeKey().length() <= 107);
            try (NamedPipeWriter writer =
                    provider.openWriter(two, Access.OWNER, LONG).orElseThrow()) {
                writer.write(bytes("2"));
                assertEquals("2", read(second));
            }
            assertFalse(first.awaitWriter(Duration.ZERO));
        }
    }

    @Test
    void existingPipesAreForAnotherProvider() {
        assertThrows(
                UnsupportedOperationException.class, () -> provider.openReader(name, Access.OWNER));
    }

    @Test
    void manyWritersAreAllRead() throws Exception {
        try (NamedPipeReader reader = reader()) {
            List<Thread> writers =
                    Stream.generate(() ->
                                    Thread.startVirtualThread(() -> {
                                        try (NamedPipeWriter writer = writer()) {
                                            writer.write(ByteBuffer.allocate(10_000));
                                        } catch (Exception e) {
                                            throw new AssertionError(e);
                                        }
                                    }))
                            .limit(50)
                            .toList();
            ByteBuffer target = ByteBuffer.allocate(1000);
            int total = 0;
            while (total < 500_000) {
                total += Math.max(reader.read(target.clear(), LONG), 0);
            }
            for (Thread writer : writers) {
                writer.join();
            }
            assertEquals("end", read(reader));
        }
    }
}
