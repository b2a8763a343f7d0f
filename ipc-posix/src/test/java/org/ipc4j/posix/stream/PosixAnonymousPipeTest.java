// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.posix.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.ipc4j.IncompatibleException;
import org.ipc4j.IpcName;
import org.ipc4j.PeerClosedException;
import org.ipc4j.posix.sys.Abi;
import org.ipc4j.posix.sys.FcntlCalls;
import org.ipc4j.posix.sys.OpenFile;
import org.ipc4j.posix.sys.UnistdCalls;
import org.ipc4j.spi.AdoptableHandle;
import org.ipc4j.spi.PassableHandle;
import org.ipc4j.stream.AnonymousPipe;
import org.ipc4j.stream.AnonymousPipeReader;
import org.ipc4j.stream.AnonymousPipeWriter;
import org.ipc4j.stream.HandleKind;
import org.ipc4j.stream.Passable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What the descriptors of pipes are like, and which the provider adopts. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class PosixAnonymousPipeTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    private final PosixAnonymousPipeProvider provider = new PosixAnonymousPipeProvider();

    private static int fd(Passable end) {
        var handle = ((PassableHandle) end).handle();
        int fd = (int) handle.enter();
        handle.exit();
        return fd;
    }

    /** As if it had come over a socket, from a program that blocks. */
    private static AdoptableHandle received(Passable end, int access) {
        int fd = FcntlCalls.open(OpenFile.path(fd(end)).toString(), access | Abi.O_CLOEXEC, 0);
        assertTrue(fd >= 0);
        return received(fd);
    }

    private static AdoptableHandle received(int fd) {
        IpcName name = IpcName.ofNative("received " + fd);
        return new AdoptableHandle("posix", name, HandleKind.PIPE, UnistdCalls.handle(name, fd));
    }

    private static void assertSafe(Passable end) throws IOException {
        int flags = FcntlCalls.fcntl_getfl(fd(end));
        assertTrue((flags & Abi.O_NONBLOCK) != 0, "blocks");
        int all = flags(Path.of("/proc/self/fdinfo/" + fd(end)));
        assertTrue((all & Abi.O_CLOEXEC) != 0, "inherited by whoever is started");
    }

    private static String next(AnonymousPipeReader reader, int length) throws Exception {
        ByteBuffer target = ByteBuffer.allocate(length);
        while (target.hasRemaining()) {
            assertTrue(reader.read(target, LONG) > 0);
        }
        return UTF_8.decode(target.flip()).toString();
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }

    @Test
    void descriptorsNeitherBlockNorAreInherited() throws Exception {
        try (AnonymousPipe pipe = provider.open()) {
            assertSafe(pipe.reader());
            assertSafe(pipe.writer());
        }
    }

    @Test
    void adoptsBothEnds() throws Exception {
        try (AnonymousPipe pipe = provider.open()) {
            AdoptableHandle in = received(pipe.reader(), Abi.O_RDONLY);
            AdoptableHandle out = received(pipe.writer(), Abi.O_WRONLY);
            try (AnonymousPipeReader reader = provider.adoptReader(in);
                    AnonymousPipeWriter writer = provider.adoptWriter(out)) {
                assertFalse(in.isOpen());
                assertFalse(out.isOpen());
                assertSafe(reader);
                assertSafe(writer);
                pipe.close();
                writer.write(bytes("adopted"));
                assertEquals("adopted", next(reader, 7));
                writer.close();
                assertEquals(-1, reader.read(ByteBuffer.allocate(1), LONG));
            }
        }
    }

    /** A program is not ready for {@code EAGAIN}. */
    @Test
    void inputOfAProgramBlocks() throws Exception {
        try (AnonymousPipe pipe = provider.open()) {
            Process sort =
                    new ProcessBuilder("sort").redirectInput(pipe.reader().redirect()).start();
            int flags = flags(Path.of("/proc/" + sort.pid() + "/fdinfo/0"));
            assertEquals(0, flags & Abi.O_NONBLOCK);
            pipe.close();
            assertEquals(0, sort.waitFor());
        }
    }

    private static int flags(Path info) throws IOException {
        return Integer.parseInt(
                Files.readString(info).replaceAll("(?s).*flags:\\s*(\\d+).*", "$1"), 8);
    }

    @Test
    void refusesTheWrongEndAndLeavesIt() throws Exception {
        try (AnonymousPipe pipe = provider.open();
                AdoptableHandle in = received(pipe.reader(), Abi.O_RDONLY);
                AdoptableHandle out = received(pipe.writer(), Abi.O_WRONLY)) {
            assertThrows(IncompatibleException.class, () -> provider.adoptWriter(in));
            assertThrows(IncompatibleException.class, () -> provider.adoptReader(out));
            provider.adoptReader(in).close();
            provider.adoptWriter(out).close();
            assertThrows(IllegalStateException.class, () -> provider.adoptReader(in));
        }
    }

    /** The end of a FIFO that nobody reads cannot be opened once more, and is adopted as it is. */
    @Test
    void adoptsAnEndThatCannotBeOpenedAgain(@TempDir Path folder) throws Exception {
        String fifo = folder.resolve("fifo").toString();
        assertEquals(0, new ProcessBuilder("mkfifo", fifo).inheritIO().start().waitFor());
        int reader = FcntlCalls.open(fifo, Abi.O_RDONLY | Abi.O_NONBLOCK, 0);
        int writer = FcntlCalls.open(fifo, Abi.O_WRONLY, 0);
        UnistdCalls.close(reader);
        try (AnonymousPipeWriter adopted = provider.adoptWriter(received(writer))) {
            assertEquals(writer, fd(adopted));
            assertTrue((FcntlCalls.fcntl_getfl(writer) & Abi.O_NONBLOCK) != 0);
            assertThrows(PeerClosedException.class, () -> adopted.write(bytes("x")));
        }
    }

    /** Each writes through a descriptor of its own, as processes do. */
    @Test
    void atomicWritesOfSeveralWritersAreNotMixed() throws Exception {
        int writers = 4;
        int each = 300;
        try (AnonymousPipe pipe = provider.open()) {
            int size = pipe.writer().atomicWriteSize();
            assertEquals(4096, size);
            List<Thread> threads = new ArrayList<>();
            for (int w = 0; w < writers; w++) {
                AnonymousPipeWriter writer =
                        provider.adoptWriter(received(pipe.writer(), Abi.O_WRONLY));
                byte[] record = new byte[size];
                Arrays.fill(record, (byte) w);
                threads.add(
                        Thread.ofPlatform()
                                .start(() -> {
                                    try (writer) {
                                        for (int i = 0; i < each; i++) {
                                            writer.write(ByteBuffer.wrap(record));
                                        }
                                    } catch (IOException e) {
                                        throw new UncheckedIOException(e);
                                    }
                                }));
            }
            pipe.writer().close();
            ByteBuffer record = ByteBuffer.allocate(size);
            int count = 0;
            while (pipe.reader().read(record, LONG) > 0 || record.position() > 0) {
                if (!record.hasRemaining()) {
                    for (int i = 1; i < size; i++) {
                        assertEquals(record.get(0), record.get(i), "mixed");
                    }
                    record.clear();
                    count++;
                }
            }
            assertEquals(writers * each, count);
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }

    /** What this process has not asked for is there for who reads next. */
    @Test
    void readsNothingAhead() throws Exception {
        try (AnonymousPipe pipe = provider.open();
                AnonymousPipeReader other =
                        provider.adoptReader(received(pipe.reader(), Abi.O_RDONLY))) {
            pipe.writer().write(bytes("mine, others"));
            assertEquals("mine, ", next(pipe.reader(), 6));
            assertEquals("others", next(other, 6));
        }
    }
}
