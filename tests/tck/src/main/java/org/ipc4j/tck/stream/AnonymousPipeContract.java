// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.stream;

import static org.ipc4j.tck.stream.Pipes.LONG;
import static org.ipc4j.tck.stream.Pipes.bytes;
import static org.ipc4j.tck.stream.Pipes.fill;
import static org.ipc4j.tck.stream.Pipes.next;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.ipc4j.IncompatibleException;
import org.ipc4j.IpcName;
import org.ipc4j.PeerClosedException;
import org.ipc4j.spi.AdoptableHandle;
import org.ipc4j.spi.AnonymousPipeProvider;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.NativeHandle;
import org.ipc4j.stream.AnonymousPipe;
import org.ipc4j.stream.AnonymousPipeReader;
import org.ipc4j.stream.AnonymousPipeWriter;
import org.ipc4j.stream.HandleKind;
import org.ipc4j.tck.Blocking;
import org.ipc4j.tck.MechanismContract;
import org.ipc4j.tck.Task;
import org.ipc4j.tck.WaitingContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * What the ends of every {@link AnonymousPipe} learn of each other, and how they are handed to
 * other processes.
 *
 * @see AnonymousPipeChannelContract
 * @see AnonymousPipeDataContract
 */
public abstract class AnonymousPipeContract extends MechanismContract<AnonymousPipeProvider> {
    /** For subclasses. */
    protected AnonymousPipeContract() {}

    /** {@link WaitingContract} of a pipe without a name. */
    public abstract static class Waiting extends WaitingContract<AnonymousPipeProvider> {
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
    public static List<Blocking.Named> blocking(AnonymousPipeProvider provider) {
        return PipeOperations.of(
                "AnonymousPipe",
                name -> {
                    AnonymousPipe pipe = provider.open();
                    return new PipeOperations.Ends(pipe.reader(), pipe.writer());
                });
    }

    private AnonymousPipe open() throws IOException {
        return closing(provider().open());
    }

    /**
     * Two pipes have nothing to do with each other.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void pipesAreApart() throws Exception {
        AnonymousPipe one = open();
        AnonymousPipe other = open();
        assertSame(one.reader(), one.reader());
        assertSame(one.writer(), one.writer());
        one.writer().write(bytes("one"));
        other.writer().write(bytes("other"));
        assertEquals("other", next(other.reader(), 5));
        assertEquals("one", next(one.reader(), 3));
        assertEquals(0, other.reader().read(ByteBuffer.allocate(1), Duration.ZERO));
    }

    /**
     * A writer that is idle, from the beginning or later, is not the end of the stream.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void idleWriterIsNotTheEnd() throws Exception {
        AnonymousPipe pipe = open();
        ByteBuffer target = ByteBuffer.allocate(10);
        assertEquals(0, pipe.reader().read(target, Duration.ZERO));
        assertEquals(0, pipe.reader().read(target, Duration.ofMillis(20)));
        pipe.writer().write(bytes("a"));
        assertEquals("a", next(pipe.reader(), 1));
        assertEquals(0, pipe.reader().read(target, Duration.ofMillis(20)));
    }

    /**
     * When the writer is closed the reader gets what is left, and then {@code -1}, again and again,
     * in every form.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void streamEndsWithTheWriter() throws Exception {
        for (String text : List.of("rest", "")) {
            AnonymousPipe pipe = open();
            AnonymousPipeReader reader = pipe.reader();
            pipe.writer().write(bytes(text));
            pipe.writer().close();
            assertEquals(text, next(reader, text.length()));
            ByteBuffer target = ByteBuffer.allocate(10);
            for (int i = 0; i < 2; i++) {
                assertEquals(-1, reader.read(target));
                assertEquals(-1, reader.read(target, Duration.ZERO));
                assertEquals(-1, reader.read(target, LONG));
                assertEquals(-1, reader.read(new ByteBuffer[] {target}));
                assertEquals(-1, reader.read(MemorySegment.ofBuffer(target)));
                assertEquals(-1, reader.read(MemorySegment.ofBuffer(target), LONG));
            }
            assertEquals(0, target.position());
            assertTrue(reader.isOpen());
        }
    }

    /**
     * A blocked read ends with the writer, in both forms and on both kinds of threads.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void closingWriterEndsABlockedRead() throws Exception {
        for (Task.Kind kind : Task.Kind.values()) {
            for (boolean timed : new boolean[] {false, true}) {
                AnonymousPipe pipe = open();
                ByteBuffer target = ByteBuffer.allocate(1);
                Callable<Integer> read =
                        () -> timed ? pipe.reader().read(target, LONG) : pipe.reader().read(target);
                Task<Integer> task = Task.start(kind, read).assertWaiting();
                pipe.writer().close();
                assertEquals(-1, task.result());
            }
        }
    }

    /**
     * A writer whose reader is gone gets {@link PeerClosedException}, in every form; it stays open
     * until it is closed.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void writerLearnsThatTheReaderIsGone() throws Exception {
        AnonymousPipe pipe = open();
        AnonymousPipeWriter writer = pipe.writer();
        writer.write(bytes("before"));
        pipe.reader().close();
        for (Executable write :
                List.<Executable>of(
                        () -> writer.write(bytes("x")),
                        () -> writer.write(bytes("x"), Duration.ZERO),
                        () -> writer.write(bytes("x"), LONG),
                        () -> writer.write(new ByteBuffer[] {bytes("x"), bytes("y")}),
                        () -> writer.write(MemorySegment.ofArray(new byte[1])),
                        () -> writer.write(MemorySegment.ofArray(new byte[1]), LONG))) {
            assertThrows(PeerClosedException.class, write);
        }
        assertTrue(writer.isOpen());
    }

    /**
     * A blocked write ends with {@link PeerClosedException} when the reader goes, in both forms and
     * on both kinds of threads.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void closingReaderEndsABlockedWrite() throws Exception {
        for (Task.Kind kind : Task.Kind.values()) {
            for (boolean timed : new boolean[] {false, true}) {
                AnonymousPipe pipe = open();
                fill(pipe.writer());
                Task<Integer> task =
                        Task.start(
                                        kind,
                                        () ->
                                                timed
                                                        ? pipe.writer().write(much(), LONG)
                                                        : pipe.writer().write(much()))
                                .assertWaiting();
                pipe.reader().close();
                task.failure(PeerClosedException.class);
            }
        }
    }

    /** More than a system makes room for by itself. */
    private static ByteBuffer much() {
        return ByteBuffer.allocate(1 << 22);
    }

    /**
     * Closing the pipe closes both its ends; closing again does nothing.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void closeClosesBothEnds() throws Exception {
        AnonymousPipe pipe = open();
        pipe.close();
        pipe.close();
        assertFalse(pipe.reader().isOpen());
        assertFalse(pipe.writer().isOpen());
        AnonymousPipe half = open();
        half.reader().close();
        assertTrue(half.writer().isOpen());
        half.close();
        assertFalse(half.writer().isOpen());
    }

    /**
     * Closing gives back every descriptor, also if somebody has waited.
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
        try (AnonymousPipe pipe = provider().open()) {
            pipe.writer().write(bytes("x"));
            assertEquals("x", next(pipe.reader(), 1));
            assertEquals(0, pipe.reader().read(ByteBuffer.allocate(1), Duration.ofMillis(1)));
        }
    }

    /**
     * With {@link Capability#CROSS_PROCESS} a program writes its standard output to the writing
     * end. When it has ended and this process's end is closed, the stream ends.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void programWritesToThePipe() throws Exception {
        require(Capability.CROSS_PROCESS);
        AnonymousPipe pipe = open();
        Process program =
                new ProcessBuilder(java(), "--version")
                        .redirectOutput(pipe.writer().redirect())
                        .start();
        pipe.writer().close();
        String output = untilEnd(pipe.reader());
        assertEquals(0, program.waitFor());
        assertTrue(output.contains(System.getProperty("java.version")), output);
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static String untilEnd(AnonymousPipeReader reader) throws Exception {
        ByteBuffer target = ByteBuffer.allocate(1 << 16);
        while (reader.read(target, LONG) > 0) {}
        return Pipes.text(target.flip());
    }

    /**
     * With {@link Capability#CROSS_PROCESS} a program reads its standard input from the reading
     * end, until this process's writing end is closed. It is more than there is room for.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void programReadsFromThePipe() throws Exception {
        require(Capability.CROSS_PROCESS);
        AnonymousPipe pipe = open();
        Process program = copying().redirectInput(pipe.reader().redirect()).start();
        pipe.reader().close();
        String text = "0123456789".repeat(50_000);
        Task<Integer> writing =
                Task.start(
                        Task.Kind.PLATFORM,
                        () -> {
                            try (AnonymousPipeWriter writer = pipe.writer()) {
                                return writer.write(bytes(text));
                            }
                        });
        assertEquals(text, new String(program.getInputStream().readAllBytes(), UTF_8));
        assertEquals(text.length(), writing.result());
        assertEquals(0, program.waitFor());
    }

    /**
     * Nothing is lost if this process closes its end before the program has read anything.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void programReadsWhatWasWrittenBefore() throws Exception {
        require(Capability.CROSS_PROCESS);
        AnonymousPipe pipe = open();
        Process program = copying().redirectInput(pipe.reader().redirect()).start();
        pipe.writer().write(bytes("before"), LONG);
        pipe.close();
        assertEquals("before", new String(program.getInputStream().readAllBytes(), UTF_8));
        assertEquals(0, program.waitFor());
    }

    /**
     * A writer whose reader was handed to a program that is gone gets {@link PeerClosedException},
     * also if it waits.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void writerLearnsThatTheProgramIsGone() throws Exception {
        require(Capability.CROSS_PROCESS);
        for (Task.Kind kind : Task.Kind.values()) {
            AnonymousPipe pipe = open();
            Process program = idle().redirectInput(pipe.reader().redirect()).start();
            Task<Integer> writing;
            try {
                pipe.reader().close();
                writing = Task.start(kind, () -> pipe.writer().write(much())).assertWaiting();
            } finally {
                program.destroyForcibly().waitFor();
            }
            writing.failure(PeerClosedException.class);
            assertThrows(PeerClosedException.class, () -> pipe.writer().write(bytes("x"), LONG));
        }
    }

    /** A program that copies its input to its output, which every system of ours has. */
    private static ProcessBuilder copying() throws Exception {
        return program("copy");
    }

    /** A program that does nothing until it is ended. */
    private static ProcessBuilder idle() throws Exception {
        return program("idle");
    }

    private static ProcessBuilder program(String what) throws Exception {
        Path here =
                Path.of(
                        PipeProgram.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI());
        return new ProcessBuilder(java(), "-cp", here.toString(), PipeProgram.class.getName(), what)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
    }

    /**
     * What another process of this user opens by path is the pipe itself.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void pathLeadsToThePipe() throws Exception {
        AnonymousPipe pipe = open();
        Optional<Path> path = pipe.writer().path();
        assertEquals(has(Capability.CROSS_PROCESS), path.isPresent());
        if (path.isPresent()) {
            try (OutputStream other = new FileOutputStream(path.get().toFile())) {
                pipe.writer().close();
                other.write("by path".getBytes(UTF_8));
            }
            assertEquals("by path", untilEnd(pipe.reader()));
        }
        AnonymousPipe second = open();
        Optional<Path> input = second.reader().path();
        assertEquals(has(Capability.CROSS_PROCESS), input.isPresent());
        if (input.isPresent()) {
            try (InputStream other = new FileInputStream(input.get().toFile())) {
                second.writer().write(bytes("there"));
                second.writer().close();
                byte[] read = new byte[10];
                assertEquals(5, other.readNBytes(read, 0, 10));
                assertEquals("there", new String(read, 0, 5, UTF_8));
            }
        }
    }

    /**
     * Without {@link Capability#CROSS_PROCESS} there is no way into another process.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void redirectsOnlyAcrossProcesses() throws Exception {
        AnonymousPipe pipe = open();
        if (has(Capability.CROSS_PROCESS)) {
            assertEquals(ProcessBuilder.Redirect.Type.READ, open().reader().redirect().type());
            assertEquals(ProcessBuilder.Redirect.Type.WRITE, pipe.writer().redirect().type());
            pipe.close();
            assertThrows(IllegalStateException.class, () -> pipe.reader().redirect());
            assertThrows(IllegalStateException.class, () -> pipe.writer().redirect());
            assertThrows(IllegalStateException.class, () -> pipe.writer().path());
            assertThrows(IllegalStateException.class, () -> pipe.reader().path());
            return;
        }
        assertThrows(UnsupportedOperationException.class, () -> pipe.reader().redirect());
        assertThrows(UnsupportedOperationException.class, () -> pipe.writer().redirect());
        assertEquals(Optional.empty(), pipe.reader().path());
        assertEquals(Optional.empty(), pipe.writer().path());
    }

    /**
     * A program that is started while the pipe is open does not inherit it: the stream ends though
     * the program lives.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void othersInheritNothing() throws Exception {
        AnonymousPipe pipe = open();
        Process program = copying().start();
        try {
            pipe.writer().close();
            assertEquals(-1, pipe.reader().read(ByteBuffer.allocate(1), LONG));
            assertTrue(program.isAlive());
        } finally {
            program.destroy();
            program.waitFor();
        }
    }

    /**
     * Without {@link Capability#HANDLE_PASSING} nothing is adopted, and what was offered stays with
     * the caller.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void adoptsOnlyWhatIsPassed() throws Exception {
        assertThrows(NullPointerException.class, () -> AnonymousPipe.adoptReader(null));
        assertThrows(NullPointerException.class, () -> AnonymousPipe.adoptWriter(null));
        boolean[] closed = {false};
        IpcName name = IpcName.ofNative("offered");
        AdoptableHandle memory =
                new AdoptableHandle(
                        provider().name(),
                        name,
                        HandleKind.MEMORY,
                        new NativeHandle(name, -1, handle -> closed[0] = true));
        Class<? extends Exception> refused =
                has(Capability.HANDLE_PASSING)
                        ? IncompatibleException.class
                        : UnsupportedOperationException.class;
        assertThrows(refused, () -> AnonymousPipe.adoptReader(memory));
        assertThrows(refused, () -> AnonymousPipe.adoptWriter(memory));
        assertTrue(memory.isOpen());
        assertFalse(closed[0]);
        memory.close();
        assertTrue(closed[0]);
    }
}
