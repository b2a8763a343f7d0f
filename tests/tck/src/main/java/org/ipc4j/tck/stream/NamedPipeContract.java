// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.stream;

import static org.ipc4j.tck.stream.Pipes.LONG;
import static org.ipc4j.tck.stream.Pipes.bytes;
import static org.ipc4j.tck.stream.Pipes.next;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.ipc4j.Access;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.NameExistsException;
import org.ipc4j.NameNotFoundException;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.NamedPipeProvider;
import org.ipc4j.stream.NamedPipe;
import org.ipc4j.stream.NamedPipeOptions;
import org.ipc4j.stream.NamedPipeReader;
import org.ipc4j.stream.NamedPipeWriter;
import org.ipc4j.tck.Blocking;
import org.ipc4j.tck.ProviderContract;
import org.ipc4j.tck.Task;
import org.ipc4j.tck.WaitingContract;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;

/**
 * What every {@link NamedPipe} does with its name: who may have it, who finds it, and when it is
 * gone.
 *
 * @see NamedPipePeerContract
 * @see NamedPipeChannelContract
 * @see NamedPipeDataContract
 */
public abstract class NamedPipeContract extends ProviderContract<NamedPipeProvider> {
    /** For subclasses. */
    protected NamedPipeContract() {}

    /** {@link WaitingContract} of a pipe. */
    public abstract static class Waiting extends WaitingContract<NamedPipeProvider> {
        /** For subclasses. */
        protected Waiting() {}

        @Override
        protected List<Blocking.Named> operations() {
            return blocking(provider());
        }
    }

    /**
     * Returns the blocking operations of a pipe that an interrupt leaves usable.
     *
     * @param provider the provider
     * @return the operations
     */
    public static List<Blocking.Named> blocking(NamedPipeProvider provider) {
        return NamedPipeOperations.of(provider);
    }

    private Pipes pipes() {
        return new Pipes(provider(), this::fresh, this::closing);
    }

    /** Null is a {@link NullPointerException}. */
    @Test
    protected void refusesNull() {
        assertThrows(
                NullPointerException.class,
                () -> provider().createReader(null, NamedPipeOptions.DEFAULT));
        assertThrows(NullPointerException.class, () -> provider().createReader(fresh(), null));
        assertThrows(
                NullPointerException.class,
                () -> provider().openWriter(null, Access.OWNER, Duration.ZERO));
        assertThrows(
                NullPointerException.class,
                () -> provider().openWriter(fresh(), null, Duration.ZERO));
        assertThrows(
                NullPointerException.class,
                () -> provider().openWriter(fresh(), Access.OWNER, null));
    }

    /**
     * Both ends tell the same name and native key, {@code find} tells it too, and by it a writer
     * finds the reader.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void nativeKeyLeadsToTheSamePipe() throws Exception {
        NamedPipeReader reader = pipes().reader();
        NamedPipeWriter writer = pipes().writer(reader);
        assertEquals(reader.name(), writer.name());
        assertEquals(reader.nativeKey(), writer.nativeKey());
        assertEquals(Optional.of(reader.nativeKey()), provider().find(reader.name()));
        NamedPipeWriter foreign = pipes().writer(IpcName.ofNative(reader.nativeKey()));
        foreign.write(bytes("by key"));
        assertEquals("by key", next(reader, 6));
    }

    /**
     * The longest portable name works, and so do names of other scripts, with blanks, dots and
     * dashes.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void portableNamesWork() throws Exception {
        IpcName plain = fresh();
        int left = IpcName.MAX_BYTES - plain.value().length();
        for (String suffix :
                List.of(
                        "x".repeat(left),
                        "y".repeat(left),
                        "\u00e4\u6f22\ud83d\ude00",
                        " a b ",
                        ".x.",
                        "-")) {
            NamedPipeReader reader = pipes().reader(removing(IpcName.of(plain.value() + suffix)));
            pipes().writer(reader).write(bytes(suffix));
            assertEquals(suffix, next(reader, suffix.getBytes(UTF_8).length));
        }
    }

    /**
     * A pipe is its owner's alone, unless somebody asks for more; then it is exactly that, whatever
     * the umask.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void permissionsAreTheOnesAskedFor() throws Exception {
        assertMode(pipes().reader(), Access.OWNER);
        require(Capability.SHARED_ACCESS);
        for (Access access : Access.values()) {
            IpcName name = fresh();
            NamedPipeReader reader =
                    closing(provider().createReader(name, new NamedPipeOptions(access)));
            assertMode(reader, access);
            closing(provider().openWriter(name, access, LONG).orElseThrow()).write(bytes("x"));
            assertEquals("x", next(reader, 1));
        }
    }

    /**
     * A name has one reader; a second is refused, and the first does not notice.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void refusesASecondReader() throws Exception {
        NamedPipeReader reader = pipes().reader();
        NamedPipeWriter writer = pipes().writer(reader);
        for (int i = 0; i < 3; i++) {
            NameExistsException e =
                    assertThrows(NameExistsException.class, () -> pipes().reader(reader.name()));
            assertEquals(Optional.of(reader.name()), e.name());
        }
        writer.write(bytes("mine"));
        assertEquals("mine", next(reader, 4));
        pipes().writer(reader).write(bytes("still mine"));
        assertEquals("still mine", next(reader, 10));
    }

    /**
     * Of threads that create at the same time, one becomes the reader.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void oneOfManyBecomesTheReader() throws Exception {
        for (int round = 0; round < 10; round++) {
            IpcName name = fresh();
            CyclicBarrier start = new CyclicBarrier(4);
            List<Task<NamedPipeReader>> tasks = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                tasks.add(
                        Task.start(() -> {
                            start.await();
                            return pipes().reader(name);
                        }));
            }
            List<NamedPipeReader> readers = new ArrayList<>();
            for (Task<NamedPipeReader> task : tasks) {
                try {
                    readers.add(task.result());
                } catch (NameExistsException e) {
                    assertEquals(Optional.of(name), e.name());
                }
            }
            assertEquals(1, readers.size());
            pipes().writer(name).write(bytes("winner"));
            assertEquals("winner", next(readers.getFirst(), 6));
        }
    }

    /**
     * When the reader is closed its name is gone, and free for another reader.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void nameGoesWithTheReader() throws Exception {
        IpcName name = fresh();
        for (int i = 0; i < 3; i++) {
            NamedPipeReader reader = pipes().reader(name);
            pipes().writer(name).write(bytes("x"));
            assertEquals("x", next(reader, 1));
            reader.close();
            assertEquals(Optional.empty(), provider().find(name));
            assertEquals(Optional.empty(), pipes().poll(name));
            assertFalse(provider().remove(name));
        }
    }

    /**
     * Removing deletes the name of a pipe and leaves its open ends alone; a new reader then makes
     * another pipe, whose name stays when the first is closed.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void removeLeavesOpenEndsAlone() throws Exception {
        require(Capability.REMOVABLE_NAME);
        NamedPipeReader first = pipes().reader();
        NamedPipeWriter toFirst = pipes().writer(first);
        assertTrue(provider().remove(first.name()));
        assertFalse(provider().remove(first.name()));
        toFirst.write(bytes("first"));
        assertEquals("first", next(first, 5));
        NamedPipeReader second = pipes().reader(first.name());
        NamedPipeWriter toSecond = pipes().writer(second);
        first.close();
        assertEquals(Optional.of(second.nativeKey()), provider().find(second.name()));
        toSecond.write(bytes("second"));
        assertEquals("second", next(second, 6));
        pipes().writer(second).write(bytes("third"));
        assertEquals("third", next(second, 5));
    }

    /**
     * Without a reader there is nothing to write into: an empty result, and no name made by
     * looking.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void writerNeedsAReader() throws Exception {
        IpcName name = fresh();
        assertEquals(Optional.empty(), pipes().poll(name));
        assertEquals(
                Optional.empty(), provider().openWriter(name, Access.OWNER, Duration.ofMillis(20)));
        assertEquals(Optional.empty(), provider().find(name));
        pipes().reader(name);
    }

    /**
     * With {@link Capability#EXISTING_PIPE} a pipe that {@code mkfifo(1)} has made is read and
     * written by its path; closing leaves its name, and it can have one reader. Without, that is an
     * {@link UnsupportedOperationException}.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void opensAnExistingPipe() throws Exception {
        if (!has(Capability.EXISTING_PIPE)) {
            assertThrows(
                    UnsupportedOperationException.class,
                    () -> provider().openReader(fresh(), Access.OWNER));
            return;
        }
        Path directory = Files.createTempDirectory("ipc-tck");
        Path path = directory.resolve("fifo");
        closing(() -> {
            Files.deleteIfExists(path);
            Files.delete(directory);
        });
        IpcName name = IpcName.ofNative(path.toString());
        assertThrows(NameNotFoundException.class, () -> provider().openReader(name, Access.OWNER));
        assertEquals(Optional.empty(), pipes().poll(name));
        assumeTrue(mkfifo(path), "there is no mkfifo here");
        assertEquals(Optional.empty(), pipes().poll(name), "there is no reader yet");
        for (int i = 0; i < 2; i++) {
            NamedPipeReader reader = closing(provider().openReader(name, Access.OWNER));
            assertEquals(0, reader.read(ByteBuffer.allocate(1), Duration.ofMillis(5)));
            assertThrows(
                    NameExistsException.class,
                    () -> closing(provider().openReader(name, Access.OWNER)));
            NamedPipeWriter writer = pipes().writer(name);
            writer.write(bytes("through"));
            assertEquals("through", next(reader, 7));
            writer.close();
            assertEquals(-1, reader.read(ByteBuffer.allocate(1), LONG));
            reader.close();
            assertTrue(Files.exists(path), "closing leaves the name of an existing pipe");
        }
    }

    private static boolean mkfifo(Path path) throws InterruptedException {
        try {
            return new ProcessBuilder("mkfifo", "-m", "600", path.toString())
                            .inheritIO()
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Something else than a pipe under the path is refused by a reader, and no pipe for a writer;
     * it is not touched.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void refusesWhatIsNoPipe() throws Exception {
        NamedPipeReader scout = pipes().reader();
        Optional<Path> file = file(scout);
        assumeTrue(file.isPresent(), scout.nativeKey() + " is not a file");
        scout.close();
        Files.writeString(file.get(), "precious");
        closing(() -> Files.deleteIfExists(file.get()));
        assertThrows(IpcException.class, () -> pipes().reader(scout.name()));
        try {
            assertEquals(Optional.empty(), pipes().poll(scout.name()));
        } catch (IpcException e) {
            assertEquals(Optional.of(scout.name()), e.name());
        }
        assertEquals("precious", Files.readString(file.get()));
    }

    /**
     * Closing gives back every descriptor.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void closeGivesEverythingBack() throws Exception {
        openAndClose();
        long before = held();
        for (int i = 0; i < 100; i++) {
            openAndClose();
        }
        long more = held() - before;
        assertTrue(more < 50, () -> "100 pipes were closed and left " + more + " descriptors");
    }

    private void openAndClose() throws Exception {
        NamedPipeReader reader = pipes().reader();
        NamedPipeWriter writer = pipes().writer(reader);
        writer.write(bytes("x"));
        assertEquals("x", next(reader, 1));
        assertThrows(NameExistsException.class, () -> pipes().reader(reader.name()));
        writer.close();
        reader.close();
        assertEquals(Optional.empty(), pipes().poll(reader.name()));
    }
}
