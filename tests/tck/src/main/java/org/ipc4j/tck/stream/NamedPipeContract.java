// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.tck.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.ipc4j.Access;
import org.ipc4j.IpcClosedException;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.NameExistsException;
import org.ipc4j.NameNotFoundException;
import org.ipc4j.PeerClosedException;
import org.ipc4j.spi.Capability;
import org.ipc4j.spi.NamedPipeProvider;
import org.ipc4j.stream.NamedPipe;
import org.ipc4j.stream.NamedPipeOptions;
import org.ipc4j.stream.NamedPipeReader;
import org.ipc4j.stream.NamedPipeWriter;
import org.ipc4j.tck.Allocation;
import org.ipc4j.tck.Blocking;
import org.ipc4j.tck.ProviderContract;
import org.ipc4j.tck.Task;
import org.ipc4j.tck.WaitingContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.function.Function;

/** What every {@link NamedPipe} does. */
public abstract class NamedPipeContract extends ProviderContract<NamedPipeProvider> {
    private static final Duration LONG = Duration.ofMinutes(5);

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
        return List.of(
                new Blocking.Named("NamedPipe.openWriter", name -> new OpenWriter(provider, name)),
                new Blocking.Named(
                        "NamedPipeReader.awaitWriter", name -> new AwaitWriter(provider, name)),
                new Blocking.Named(
                        "NamedPipeReader.read before a writer",
                        name -> new FirstRead(provider, name)),
                new Blocking.Named(
                        "NamedPipeReader.read(ByteBuffer)", name -> new ReadBuffer(provider, name)),
                new Blocking.Named(
                        "NamedPipeReader.read(MemorySegment)",
                        name -> new ReadSegment(provider, name)),
                new Blocking.Named(
                        "NamedPipeWriter.write(ByteBuffer)",
                        name -> new WriteBuffer(provider, name)),
                new Blocking.Named(
                        "NamedPipeWriter.write(MemorySegment)",
                        name -> new WriteSegment(provider, name)));
    }

    private static final class OpenWriter extends Blocking {
        private final NamedPipeProvider provider;
        private final IpcName name;
        private final List<NamedPipeWriter> writers = new ArrayList<>();
        private NamedPipeReader peer;

        OpenWriter(NamedPipeProvider provider, IpcName name) {
            this.provider = provider;
            this.name = name;
        }

        @Override
        public boolean within(Duration timeout) throws IpcException, InterruptedException {
            Optional<NamedPipeWriter> writer = provider.openWriter(name, Access.OWNER, timeout);
            synchronized (writers) {
                writer.ifPresent(writers::add);
            }
            return writer.isPresent();
        }

        @Override
        public void unblock() throws IpcException {
            peer = provider.createReader(name, NamedPipeOptions.DEFAULT);
        }

        @Override
        public boolean hasObject() {
            return false;
        }

        @Override
        public boolean consumes() {
            return false;
        }

        @Override
        public void closeObject() {
            throw new UnsupportedOperationException("nothing is open yet");
        }

        @Override
        public void close() throws IOException {
            for (NamedPipeWriter writer : writers) {
                writer.close();
            }
            if (peer != null) {
                peer.close();
            }
        }
    }

    /** A reader, and a writer that may have come. */
    private abstract static class Reading extends Blocking {
        final NamedPipeProvider provider;
        final NamedPipeReader mine;
        NamedPipeWriter peer;

        Reading(NamedPipeProvider provider, IpcName name) throws IpcException {
            this.provider = provider;
            mine = provider.createReader(name, NamedPipeOptions.DEFAULT);
        }

        final void openPeer() throws IpcException, InterruptedException {
            if (peer == null) {
                peer = provider.openWriter(mine.name(), Access.OWNER, LONG).orElseThrow();
            }
        }

        @Override
        public void closeObject() throws IOException {
            mine.close();
        }

        @Override
        public void close() throws IOException {
            if (peer != null) {
                peer.close();
            }
            mine.close();
        }
    }

    private static final class AwaitWriter extends Reading {
        AwaitWriter(NamedPipeProvider provider, IpcName name) throws IpcException {
            super(provider, name);
        }

        @Override
        public boolean within(Duration timeout) throws IOException, InterruptedException {
            return mine.awaitWriter(timeout);
        }

        @Override
        public void unblock() throws IpcException, InterruptedException {
            openPeer();
        }

        @Override
        public boolean consumes() {
            return false;
        }
    }

    private static class ReadBuffer extends Reading {
        ReadBuffer(NamedPipeProvider provider, IpcName name)
                throws IpcException, InterruptedException {
            super(provider, name);
            openPeer();
        }

        private ReadBuffer(NamedPipeProvider provider, IpcName name, boolean withoutWriter)
                throws IpcException {
            super(provider, name);
        }

        @Override
        public boolean within(Duration timeout) throws IOException, InterruptedException {
            ByteBuffer target = ByteBuffer.allocateDirect(1);
            int count = mine.read(target, timeout);
            assertTrue(count == 0 || count == 1, () -> "read gave " + count);
            assertEquals(count, target.position());
            return count == 1;
        }

        @Override
        public void unblock() throws IOException, InterruptedException {
            openPeer();
            assertEquals(1, peer.write(bytes("!")));
        }
    }

    private static final class FirstRead extends ReadBuffer {
        FirstRead(NamedPipeProvider provider, IpcName name) throws IpcException {
            super(provider, name, true);
        }
    }

    private static final class ReadSegment extends ReadBuffer {
        ReadSegment(NamedPipeProvider provider, IpcName name)
                throws IpcException, InterruptedException {
            super(provider, name);
        }

        @Override
        public boolean within(Duration timeout) throws IOException, InterruptedException {
            int count = mine.read(Arena.ofAuto().allocate(1), timeout);
            assertTrue(count == 0 || count == 1, () -> "read gave " + count);
            return count == 1;
        }
    }

    /**
     * A pipe without room. The reader makes room by reading a lot, so one success does not use it
     * up.
     */
    private abstract static class Writing extends Blocking {
        final NamedPipeReader peer;
        final NamedPipeWriter mine;

        Writing(NamedPipeProvider provider, IpcName name) throws IOException, InterruptedException {
            peer = provider.createReader(name, NamedPipeOptions.DEFAULT);
            mine = provider.openWriter(name, Access.OWNER, LONG).orElseThrow();
            fill(mine);
        }

        @Override
        public void unblock() throws IOException, InterruptedException {
            drain(peer, 1 << 20);
        }

        @Override
        public boolean consumes() {
            return false;
        }

        @Override
        public void closeObject() throws IOException {
            mine.close();
        }

        @Override
        public void close() throws IOException {
            mine.close();
            peer.close();
        }
    }

    private static final class WriteBuffer extends Writing {
        WriteBuffer(NamedPipeProvider provider, IpcName name)
                throws IOException, InterruptedException {
            super(provider, name);
        }

        @Override
        public boolean within(Duration timeout) throws IOException, InterruptedException {
            ByteBuffer source = bytes("x");
            int count = mine.write(source, timeout);
            assertEquals(count, source.position());
            return count == 1;
        }
    }

    private static final class WriteSegment extends Writing {
        WriteSegment(NamedPipeProvider provider, IpcName name)
                throws IOException, InterruptedException {
            super(provider, name);
        }

        @Override
        public boolean within(Duration timeout) throws IOException, InterruptedException {
            long count = mine.write(MemorySegment.ofArray(new byte[1]), timeout);
            assertTrue(count == 0 || count == 1, () -> "write gave " + count);
            return count == 1;
        }
    }

    /** Writes until there is no room for a single byte. */
    private static long fill(NamedPipeWriter writer) throws IOException, InterruptedException {
        long total = 0;
        for (int size = 1 << 16; size > 0; size >>= 1) {
            int count;
            do {
                count = writer.write(ByteBuffer.allocate(size), Duration.ofMillis(1));
                total += count;
            } while (count > 0);
        }
        return total;
    }

    /** Reads what is there, at most so many bytes. */
    private static long drain(NamedPipeReader reader, int atMost)
            throws IOException, InterruptedException {
        ByteBuffer target = ByteBuffer.allocateDirect(atMost);
        while (target.hasRemaining() && reader.read(target, Duration.ofMillis(10)) > 0) {}
        return target.position();
    }

    private NamedPipeReader reader() throws IpcException {
        return reader(fresh());
    }

    private NamedPipeReader reader(IpcName name) throws IpcException {
        return closing(provider().createReader(name, NamedPipeOptions.DEFAULT));
    }

    private NamedPipeWriter writer(NamedPipeReader reader)
            throws IpcException, InterruptedException {
        return writer(reader.name());
    }

    private NamedPipeWriter writer(IpcName name) throws IpcException, InterruptedException {
        return closing(provider().openWriter(name, Access.OWNER, LONG).orElseThrow());
    }

    private Optional<NamedPipeWriter> poll(IpcName name) throws IpcException, InterruptedException {
        return provider().openWriter(name, Access.OWNER, Duration.ZERO);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }

    private static String text(ByteBuffer buffer) {
        return UTF_8.decode(buffer).toString();
    }

    /** Reads exactly so many bytes. */
    private static String next(NamedPipeReader reader, int length)
            throws IOException, InterruptedException {
        ByteBuffer target = ByteBuffer.allocate(length);
        while (target.hasRemaining()) {
            int count = reader.read(target, LONG);
            assertTrue(
                    count > 0,
                    () -> "read gave " + count + " after " + target.position() + " bytes");
        }
        return text(target.flip());
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
     * Null buffers and segments are a {@link NullPointerException}, and both ends stay usable.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void refusesNullBuffers() throws Exception {
        NamedPipeReader reader = reader();
        NamedPipeWriter writer = writer(reader);
        assertThrows(NullPointerException.class, () -> reader.read((ByteBuffer) null));
        assertThrows(
                NullPointerException.class, () -> reader.read((ByteBuffer) null, Duration.ZERO));
        assertThrows(NullPointerException.class, () -> reader.read((MemorySegment) null));
        assertThrows(
                NullPointerException.class, () -> reader.read((MemorySegment) null, Duration.ZERO));
        assertThrows(NullPointerException.class, () -> reader.read((ByteBuffer[]) null));
        assertThrows(NullPointerException.class, () -> writer.write((ByteBuffer) null));
        assertThrows(
                NullPointerException.class, () -> writer.write((ByteBuffer) null, Duration.ZERO));
        assertThrows(NullPointerException.class, () -> writer.write((MemorySegment) null));
        assertThrows(
                NullPointerException.class,
                () -> writer.write((MemorySegment) null, Duration.ZERO));
        assertThrows(NullPointerException.class, () -> writer.write((ByteBuffer[]) null));
        writer.write(bytes("well"));
        assertEquals("well", next(reader, 4));
    }

    /**
     * Both ends tell the same name and native key, {@code find} tells it too, and by it a writer
     * finds the reader.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void nativeKeyLeadsToTheSamePipe() throws Exception {
        NamedPipeReader reader = reader();
        NamedPipeWriter writer = writer(reader);
        assertEquals(reader.name(), writer.name());
        assertEquals(reader.nativeKey(), writer.nativeKey());
        assertEquals(Optional.of(reader.nativeKey()), provider().find(reader.name()));
        NamedPipeWriter foreign = writer(IpcName.ofNative(reader.nativeKey()));
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
            NamedPipeReader reader = reader(removing(IpcName.of(plain.value() + suffix)));
            writer(reader).write(bytes(suffix));
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
        assertMode(reader(), Access.OWNER);
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
        NamedPipeReader reader = reader();
        NamedPipeWriter writer = writer(reader);
        for (int i = 0; i < 3; i++) {
            NameExistsException e =
                    assertThrows(NameExistsException.class, () -> reader(reader.name()));
            assertEquals(Optional.of(reader.name()), e.name());
        }
        writer.write(bytes("mine"));
        assertEquals("mine", next(reader, 4));
        writer(reader).write(bytes("still mine"));
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
                            return reader(name);
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
            writer(name).write(bytes("winner"));
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
            NamedPipeReader reader = reader(name);
            writer(name).write(bytes("x"));
            assertEquals("x", next(reader, 1));
            reader.close();
            assertEquals(Optional.empty(), provider().find(name));
            assertEquals(Optional.empty(), poll(name));
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
        NamedPipeReader first = reader();
        NamedPipeWriter toFirst = writer(first);
        assertTrue(provider().remove(first.name()));
        assertFalse(provider().remove(first.name()));
        toFirst.write(bytes("first"));
        assertEquals("first", next(first, 5));
        NamedPipeReader second = reader(first.name());
        NamedPipeWriter toSecond = writer(second);
        first.close();
        assertEquals(Optional.of(second.nativeKey()), provider().find(second.name()));
        toSecond.write(bytes("second"));
        assertEquals("second", next(second, 6));
        writer(second).write(bytes("third"));
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
        assertEquals(Optional.empty(), poll(name));
        assertEquals(
                Optional.empty(), provider().openWriter(name, Access.OWNER, Duration.ofMillis(20)));
        assertEquals(Optional.empty(), provider().find(name));
        reader(name);
    }

    /**
     * Before the first writer has come a read finds nothing, which is not the end of the stream.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void nothingBeforeTheFirstWriterIsNotTheEnd() throws Exception {
        NamedPipeReader reader = reader();
        ByteBuffer target = ByteBuffer.allocate(10);
        assertFalse(reader.awaitWriter(Duration.ZERO));
        for (Duration timeout :
                List.of(Duration.ZERO, Duration.ofMillis(30), Duration.ofNanos(-5))) {
            long start = System.nanoTime();
            assertEquals(0, reader.read(target, timeout));
            assertTrue(System.nanoTime() - start >= timeout.toNanos());
            assertEquals(0, reader.read(Arena.ofAuto().allocate(10), timeout));
        }
        assertEquals(0, target.position());
        writer(reader).write(bytes("first"));
        assertTrue(reader.awaitWriter(Duration.ZERO));
        assertEquals("first", next(reader, 5));
    }

    /**
     * A writer that is idle is not the end of the stream either.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void idleWriterIsNotTheEnd() throws Exception {
        NamedPipeReader reader = reader();
        NamedPipeWriter writer = writer(reader);
        assertTrue(reader.awaitWriter(LONG));
        ByteBuffer target = ByteBuffer.allocate(10);
        assertEquals(0, reader.read(target, Duration.ofMillis(20)));
        writer.write(bytes("a"));
        assertEquals("a", next(reader, 1));
        assertEquals(0, reader.read(target, Duration.ofMillis(20)));
    }

    /**
     * When the last writer is gone the reader gets what is left, and then {@code -1}, again and
     * again, in every form.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void streamEndsWithTheLastWriter() throws Exception {
        NamedPipeReader reader = reader();
        NamedPipeWriter writer = writer(reader);
        NamedPipeWriter other = writer(reader);
        writer.write(bytes("rest"));
        writer.close();
        ByteBuffer target = ByteBuffer.allocate(10);
        assertEquals("rest", next(reader, 4));
        assertEquals(
                0, reader.read(target, Duration.ofMillis(20)), "the other writer is still there");
        other.write(bytes("more"));
        other.close();
        assertEquals("more", next(reader, 4));
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

    /**
     * A writer that comes and goes without a byte makes the stream end too.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void streamEndsWithASilentWriter() throws Exception {
        NamedPipeReader reader = reader();
        writer(reader).close();
        assertEquals(-1, reader.read(ByteBuffer.allocate(10), LONG));
    }

    /**
     * A blocked read ends with the last writer, in both forms and on both kinds of threads.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void lastWriterEndsABlockedRead() throws Exception {
        for (Task.Kind kind : Task.Kind.values()) {
            NamedPipeReader reader = reader();
            for (Callable<Integer> read :
                    List.<Callable<Integer>>of(
                            () -> reader.read(ByteBuffer.allocate(1)),
                            () -> reader.read(ByteBuffer.allocate(1), LONG))) {
                NamedPipeWriter writer = writer(reader);
                // Until the writer is seen, the end of the previous one may be.
                writer.write(bytes("x"));
                assertEquals("x", next(reader, 1));
                Task<Integer> task = Task.start(kind, read).assertWaiting();
                writer.close();
                assertEquals(-1, task.result());
            }
        }
    }

    /**
     * After the end of the stream another writer begins it anew.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void anotherWriterBeginsAnew() throws Exception {
        NamedPipeReader reader = reader();
        for (int i = 0; i < 5; i++) {
            NamedPipeWriter writer = writer(reader);
            writer.write(bytes("round " + i));
            assertEquals("round " + i, next(reader, 7));
            writer.close();
            assertEquals(-1, reader.read(ByteBuffer.allocate(10), LONG));
        }
    }

    /**
     * What several writers have written before the reader looks is there.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void bytesOfDepartedWritersAreThere() throws Exception {
        NamedPipeReader reader = reader();
        for (String text : List.of("a", "b", "c")) {
            NamedPipeWriter writer = writer(reader);
            writer.write(bytes(text));
            writer.close();
        }
        ByteBuffer target = ByteBuffer.allocate(10);
        while (target.position() < 3) {
            // Between two writers a provider may tell an end of the stream.
            reader.read(target, LONG);
        }
        assertEquals(3, text(target.flip()).chars().distinct().count());
        assertEquals(-1, reader.read(ByteBuffer.allocate(10), LONG));
    }

    /**
     * A writer whose reader is gone gets {@link PeerClosedException}, in every form; it stays open
     * until it is closed.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void writerLearnsThatTheReaderIsGone() throws Exception {
        NamedPipeReader reader = reader();
        NamedPipeWriter writer = writer(reader);
        writer.write(bytes("before"));
        reader.close();
        for (Executable write :
                List.<Executable>of(
                        () -> writer.write(bytes("x")),
                        () -> writer.write(bytes("x"), Duration.ZERO),
                        () -> writer.write(bytes("x"), LONG),
                        () -> writer.write(new ByteBuffer[] {bytes("x"), bytes("y")}),
                        () -> writer.write(MemorySegment.ofArray(new byte[1])),
                        () -> writer.write(MemorySegment.ofArray(new byte[1]), LONG))) {
            PeerClosedException e = assertThrows(PeerClosedException.class, write);
            assertEquals(Optional.of(reader.name()), e.name());
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
    protected void goingReaderEndsABlockedWrite() throws Exception {
        for (Task.Kind kind : Task.Kind.values()) {
            for (boolean timed : new boolean[] {false, true}) {
                NamedPipeReader reader = reader();
                NamedPipeWriter writer = writer(reader);
                fill(writer);
                Task<Integer> task =
                        Task.start(
                                        kind,
                                        () ->
                                                timed
                                                        ? writer.write(bytes("x"), LONG)
                                                        : writer.write(bytes("x")))
                                .assertWaiting();
                reader.close();
                task.failure(PeerClosedException.class);
            }
        }
    }

    /**
     * A writer of a reader that is gone does not write to the reader that comes next under the same
     * name.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void oldWriterDoesNotReachANewReader() throws Exception {
        NamedPipeReader first = reader();
        NamedPipeWriter old = writer(first);
        first.close();
        NamedPipeReader second = reader(first.name());
        assertThrows(PeerClosedException.class, () -> old.write(bytes("old")));
        writer(second).write(bytes("new"));
        assertEquals("new", next(second, 3));
    }

    /**
     * Every method of a closed end is a {@link ClosedChannelException}; closing again does nothing.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void refusesUseAfterClose() throws Exception {
        NamedPipeReader reader = reader();
        NamedPipeWriter writer = writer(reader);
        reader.close();
        writer.close();
        reader.close();
        writer.close();
        assertFalse(reader.isOpen());
        assertFalse(writer.isOpen());
        ByteBuffer buffer = ByteBuffer.allocate(4);
        MemorySegment segment = MemorySegment.ofArray(new byte[4]);
        for (Executable call :
                List.<Executable>of(
                        () -> reader.awaitWriter(LONG),
                        () -> reader.read(buffer),
                        () -> reader.read(buffer, LONG),
                        () -> reader.read(segment),
                        () -> reader.read(segment, LONG),
                        () -> reader.read(new ByteBuffer[] {buffer}),
                        () -> reader.read(ByteBuffer.allocate(0)),
                        () -> writer.write(buffer),
                        () -> writer.write(buffer, LONG),
                        () -> writer.write(segment),
                        () -> writer.write(segment, LONG),
                        () -> writer.write(new ByteBuffer[] {buffer}),
                        () -> writer.write(ByteBuffer.allocate(0)))) {
            assertThrows(ClosedChannelException.class, call);
        }
        assertEquals(0, buffer.position());
    }

    /**
     * In the {@code java.nio} methods an interrupt, before or while a thread waits, closes the
     * channel: {@link ClosedByInterruptException}, and the interrupt status stays set.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void interruptClosesTheChannel() throws Exception {
        for (Task.Kind kind : Task.Kind.values()) {
            for (boolean before : new boolean[] {true, false}) {
                NamedPipeReader reader = reader();
                interruptCloses(kind, before, () -> reader.read(ByteBuffer.allocate(1)));
                assertFalse(reader.isOpen());
                assertEquals(Optional.empty(), provider().find(reader.name()));

                NamedPipeReader open = reader();
                NamedPipeWriter writer = writer(open);
                fill(writer);
                interruptCloses(kind, before, () -> writer.write(bytes("x")));
                assertFalse(writer.isOpen());
                assertTrue(open.isOpen());
                NamedPipeWriter other = writer(open);
                fill(other);
                interruptCloses(
                        kind, before, () -> other.write(MemorySegment.ofArray(new byte[1])));
                assertFalse(other.isOpen());
            }
        }
    }

    private static void interruptCloses(Task.Kind kind, boolean before, Callable<Number> call)
            throws Exception {
        Task<Number> task =
                Task.start(
                        kind,
                        () -> {
                            if (before) {
                                Thread.currentThread().interrupt();
                            }
                            return call.call();
                        });
        if (!before) {
            task.assertWaiting().interrupt();
        }
        task.failure(ClosedByInterruptException.class);
        assertTrue(
                task.interruptedAtEnd(),
                "ClosedByInterruptException leaves the interrupt status set");
    }

    /**
     * In the {@code java.nio} methods, another thread's close is an {@link
     * AsynchronousCloseException}.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void closeEndsABlockedCall() throws Exception {
        for (Task.Kind kind : Task.Kind.values()) {
            NamedPipeReader early = reader();
            Task<Integer> first =
                    Task.start(kind, () -> early.read(ByteBuffer.allocate(1))).assertWaiting();
            early.close();
            first.failure(AsynchronousCloseException.class);

            NamedPipeReader reader = reader();
            NamedPipeWriter writer = writer(reader);
            fill(writer);
            Task<Integer> write = Task.start(kind, () -> writer.write(bytes("x"))).assertWaiting();
            Task<Integer> next = Task.start(kind, () -> writer.write(bytes("x"))).assertWaiting();
            writer.close();
            write.failure(AsynchronousCloseException.class);
            next.failure(ClosedChannelException.class);

            drain(reader, 1 << 20);
            NamedPipeWriter idle = writer(reader);
            idle.write(bytes("x"));
            assertEquals("x", next(reader, 1));
            Task<Long> scatter =
                    Task.start(
                                    kind,
                                    () ->
                                            reader.read(
                                                    new ByteBuffer[] {
                                                        ByteBuffer.allocate(1),
                                                        ByteBuffer.allocate(1)
                                                    }))
                            .assertWaiting();
            reader.close();
            scatter.failure(AsynchronousCloseException.class);
        }
    }

    /**
     * Ends that are closed while others use them give those a {@link ClosedChannelException}, an
     * {@link IpcClosedException} or a {@link PeerClosedException}, and the process lives.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void closeUnderUseIsSafe() throws Exception {
        for (int round = 0; round < 40; round++) {
            NamedPipeReader reader = reader();
            NamedPipeWriter writer = writer(reader);
            List<Task<Void>> users = new ArrayList<>();
            for (Task.Kind kind : Task.Kind.values()) {
                boolean timed = kind == Task.Kind.PLATFORM;
                users.add(
                        Task.start(
                                kind,
                                () -> {
                                    while (true) {
                                        if (timed) {
                                            writer.write(bytes("x"), Duration.ofNanos(100_000));
                                        } else {
                                            writer.write(bytes("x"));
                                        }
                                    }
                                }));
                users.add(
                        Task.start(
                                kind,
                                () -> {
                                    ByteBuffer target = ByteBuffer.allocate(100);
                                    while (true) {
                                        target.clear();
                                        int count =
                                                timed
                                                        ? reader.read(
                                                                target, Duration.ofNanos(100_000))
                                                        : reader.read(target);
                                        if (count < 0) {
                                            Thread.onSpinWait();
                                        }
                                    }
                                }));
            }
            Thread.sleep(2);
            (round % 2 == 0 ? reader : writer).close();
            Thread.sleep(1);
            (round % 2 == 0 ? writer : reader).close();
            for (Task<Void> user : users) {
                Exception e = user.failure(Exception.class);
                assertTrue(
                        e instanceof ClosedChannelException
                                || e instanceof IpcClosedException
                                || e instanceof PeerClosedException,
                        () -> "unexpected " + e + " at " + List.of(e.getStackTrace()));
            }
        }
    }

    /**
     * Buffers of every kind are written from position to limit and read from their position on;
     * positions move by what was moved; nothing else is changed.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void everyKindOfBuffer() throws Exception {
        NamedPipeReader reader = reader();
        NamedPipeWriter writer = writer(reader);
        List<ByteBuffer> buffers =
                List.of(
                        ByteBuffer.allocate(20),
                        ByteBuffer.allocateDirect(20),
                        ByteBuffer.allocate(40).slice(9, 20),
                        ByteBuffer.allocateDirect(40).slice(9, 20),
                        Arena.ofAuto().allocate(20).asByteBuffer(),
                        Arena.ofShared().allocate(20).asByteBuffer());
        try (Arena confined = Arena.ofConfined()) {
            List<ByteBuffer> all = new ArrayList<>(buffers);
            all.add(confined.allocate(20).asByteBuffer());
            for (ByteBuffer source : all) {
                source.clear().put(0, "0123456789abcdefghij".getBytes(UTF_8));
                for (ByteBuffer view : List.of(source, source.asReadOnlyBuffer())) {
                    view.clear().position(3).limit(8);
                    assertEquals(5, writer.write(view));
                    assertEquals(8, view.position());
                    assertEquals(8, view.limit());
                    assertEquals("34567", next(reader, 5));
                    view.clear().position(3).limit(8);
                    assertEquals(5, writer.write(view, LONG));
                    assertEquals(8, view.position());
                    assertEquals("34567", next(reader, 5));
                }
            }
            for (ByteBuffer target : all) {
                for (boolean timed : new boolean[] {false, true}) {
                    target.clear().put(0, "....................".getBytes(UTF_8));
                    writer.write(bytes("abcdefg"));
                    target.clear().position(3).limit(8);
                    int count = 0;
                    while (target.hasRemaining()) {
                        count += timed ? reader.read(target, LONG) : reader.read(target);
                    }
                    assertEquals(5, count);
                    assertEquals(8, target.limit());
                    assertEquals("...abcde............", text(target.clear()));
                    assertEquals("fg", next(reader, 2));
                }
            }
        }
    }

    /**
     * Segments of every kind are written whole and read from their start on: heap and native, of
     * bytes and of other types, slices, read-only ones as sources, and those of a confined arena.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void everyKindOfSegment() throws Exception {
        NamedPipeReader reader = reader();
        NamedPipeWriter writer = writer(reader);
        try (Arena confined = Arena.ofConfined();
                Arena shared = Arena.ofShared()) {
            for (Function<Integer, MemorySegment> kind :
                    List.<Function<Integer, MemorySegment>>of(
                            confined::allocate,
                            shared::allocate,
                            size -> Arena.ofAuto().allocate(size),
                            size -> MemorySegment.ofArray(new byte[size]),
                            size -> MemorySegment.ofArray(new int[size / 4]),
                            size -> MemorySegment.ofArray(new long[size / 8]),
                            size ->
                                    MemorySegment.ofBuffer(
                                            ByteBuffer.allocate(size + 3).position(3)))) {
                MemorySegment whole = kind.apply(24);
                MemorySegment.copy(
                        MemorySegment.ofBuffer(bytes("0123456789abcdefghijklmn")), 0, whole, 0, 24);
                assertEquals(24, writer.write(whole));
                assertEquals("0123456789abcdefghijklmn", next(reader, 24), whole::toString);
                assertEquals(8, writer.write(whole.asSlice(8, 8).asReadOnly(), LONG));
                assertEquals("89abcdef", next(reader, 8), whole::toString);
                for (boolean timed : new boolean[] {false, true}) {
                    whole.fill((byte) '.');
                    writer.write(bytes("89abcdef"));
                    MemorySegment target = whole.asSlice(8, 8);
                    int count = 0;
                    while (count < 8) {
                        MemorySegment rest = target.asSlice(count);
                        count += timed ? reader.read(rest, LONG) : reader.read(rest);
                    }
                    assertEquals(8, count);
                    assertEquals(
                            "........89abcdef........",
                            new String(whole.toArray(ValueLayout.JAVA_BYTE), UTF_8),
                            whole::toString);
                }
            }
        }
    }

    /**
     * A read-only target is refused, and the bytes stay.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void refusesReadOnlyTargets() throws Exception {
        NamedPipeReader reader = reader();
        NamedPipeWriter writer = writer(reader);
        writer.write(bytes("stays"));
        for (ByteBuffer target :
                List.of(
                        ByteBuffer.allocate(8).asReadOnlyBuffer(),
                        ByteBuffer.allocateDirect(8).asReadOnlyBuffer())) {
            assertThrows(ReadOnlyBufferException.class, () -> reader.read(target));
            assertThrows(ReadOnlyBufferException.class, () -> reader.read(target, LONG));
            assertThrows(
                    ReadOnlyBufferException.class, () -> reader.read(new ByteBuffer[] {target}));
        }
        assertEquals("stays", next(reader, 5));
        writer.write(bytes("stays"));
        ByteBuffer first = ByteBuffer.allocate(2);
        ByteBuffer[] mixed = {first, ByteBuffer.allocate(8).asReadOnlyBuffer()};
        assertThrows(ReadOnlyBufferException.class, () -> reader.read(mixed));
        assertEquals(0, first.position(), "a refused read takes nothing");
        assertEquals("stays", next(reader, 5));
    }

    /**
     * Reading into no room and writing nothing gives 0 at once.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void nothingToMoveIsZero() throws Exception {
        NamedPipeReader reader = reader();
        NamedPipeWriter writer = writer(reader);
        ByteBuffer none = ByteBuffer.allocate(0);
        assertEquals(0, reader.read(none));
        assertEquals(0, reader.read(none, LONG));
        assertEquals(0, reader.read(MemorySegment.ofArray(new byte[0])));
        assertEquals(0, reader.read(MemorySegment.ofArray(new byte[0]), LONG));
        assertEquals(0, reader.read(new ByteBuffer[] {none, none}));
        assertEquals(0, reader.read(new ByteBuffer[0]));
        assertEquals(0, writer.write(none));
        assertEquals(0, writer.write(none, LONG));
        assertEquals(0, writer.write(MemorySegment.ofArray(new byte[0])));
        assertEquals(0, writer.write(MemorySegment.ofArray(new byte[0]), LONG));
        assertEquals(0, writer.write(new ByteBuffer[] {none, none}));
        fill(writer);
        assertEquals(0, writer.write(none));
        assertEquals(0, writer.write(none, LONG));
    }

    /**
     * Gathering writes everything in order, scattering fills one buffer after the other, both of
     * the part of the array that is meant.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void scattersAndGathers() throws Exception {
        NamedPipeReader reader = reader();
        NamedPipeWriter writer = writer(reader);
        ByteBuffer[] sources = {
            bytes("not"), bytes("one"), bytes(""), bytes("three"), bytes("not")
        };
        assertEquals(8, writer.write(sources, 1, 3));
        assertEquals(0, sources[0].position());
        assertEquals(3, sources[1].position());
        assertEquals(0, sources[4].position());
        ByteBuffer[] targets = {
            ByteBuffer.allocate(5),
            ByteBuffer.allocate(2),
            ByteBuffer.allocateDirect(4),
            ByteBuffer.allocate(90)
        };
        long count = 0;
        while (count < 8) {
            count += reader.read(targets, 1, 3);
        }
        assertEquals(8, count);
        assertEquals(0, targets[0].position());
        assertEquals("on", text(targets[1].flip()));
        assertEquals("ethr", text(targets[2].flip()));
        assertEquals("ee", text(targets[3].flip()));
        assertThrows(IndexOutOfBoundsException.class, () -> reader.read(targets, 3, 2));
        assertThrows(IndexOutOfBoundsException.class, () -> reader.read(targets, -1, 2));
        assertThrows(IndexOutOfBoundsException.class, () -> writer.write(sources, 0, 6));
    }

    /**
     * A scattering read returns what is there, and does not wait for the buffers to be full.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void scatteringReadTakesWhatIsThere() throws Exception {
        NamedPipeReader reader = reader();
        NamedPipeWriter writer = writer(reader);
        writer.write(bytes("abc"));
        assertEquals(
                3,
                Task.run(
                        Task.Kind.PLATFORM,
                        () -> {
                            ByteBuffer[] targets = {
                                ByteBuffer.allocate(2),
                                ByteBuffer.allocate(2),
                                ByteBuffer.allocate(2)
                            };
                            long count = 0;
                            while (count < 3) {
                                count += reader.read(targets);
                            }
                            return (int) count;
                        }));
    }

    /**
     * A write that runs out of time has written what the position of its source tells; going on
     * from there, everything arrives.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void partialWriteTellsHowFarItCame() throws Exception {
        NamedPipeReader reader = reader();
        NamedPipeWriter writer = writer(reader);
        byte[] sent = random(3 << 20);
        ByteBuffer source = ByteBuffer.wrap(sent);
        ByteBuffer received = ByteBuffer.allocate(sent.length);
        long start = System.nanoTime();
        int written = writer.write(source, Duration.ofMillis(30));
        assertTrue(System.nanoTime() - start >= 30_000_000);
        assertTrue(written > 0 && written < sent.length, () -> "wrote " + written);
        assertEquals(written, source.position());
        while (received.hasRemaining()) {
            reader.read(received, Duration.ofMillis(1));
            int before = source.position();
            assertEquals(writer.write(source, Duration.ZERO), source.position() - before);
        }
        assertFalse(source.hasRemaining());
        assertArrayEquals(sent, received.array());
        assertEquals(0, reader.read(ByteBuffer.allocate(1), Duration.ofMillis(5)));
    }

    /**
     * The same with segments, where the result tells how far it came.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void partialSegmentWriteTellsHowFarItCame() throws Exception {
        NamedPipeReader reader = reader();
        NamedPipeWriter writer = writer(reader);
        byte[] sent = random(2 << 20);
        long written = 0;
        ByteBuffer received = ByteBuffer.allocate(sent.length);
        while (received.hasRemaining()) {
            written +=
                    writer.write(
                            MemorySegment.ofArray(sent).asSlice(written), Duration.ofMillis(1));
            while (reader.read(received, Duration.ZERO) > 0) {}
        }
        assertEquals(sent.length, written);
        assertArrayEquals(sent, received.array());
    }

    /**
     * A write that is interrupted after its first bytes tells how far it came: a buffer by its
     * position, a segment by the result and a thread that stays interrupted.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void interruptedWriteTellsHowFarItCame() throws Exception {
        for (Task.Kind kind : Task.Kind.values()) {
            NamedPipeReader reader = reader();
            NamedPipeWriter writer = writer(reader);
            byte[] sent = random(2 << 20);
            ByteBuffer source = ByteBuffer.wrap(sent);
            Task.start(kind, () -> writer.write(source, LONG))
                    .assertWaiting()
                    .interrupt()
                    .failure(InterruptedException.class);
            int first = source.position();
            assertTrue(first > 0 && first < sent.length, () -> "wrote " + first);
            byte[] received = new byte[first];
            ByteBuffer target = ByteBuffer.wrap(received);
            while (target.hasRemaining()) {
                assertTrue(reader.read(target, LONG) > 0);
            }
            assertArrayEquals(Arrays.copyOf(sent, first), received);
            assertEquals(0, reader.read(ByteBuffer.allocate(1), Duration.ofMillis(5)));

            Task<Long> segment =
                    Task.start(kind, () -> writer.write(MemorySegment.ofArray(sent), LONG))
                            .assertWaiting()
                            .interrupt();
            long second = segment.result();
            assertTrue(second > 0 && second < sent.length, () -> "wrote " + second);
            assertTrue(segment.interruptedAtEnd());
            assertEquals(second, drain(reader, sent.length));
        }
    }

    /**
     * With {@link Capability#ATOMIC_WRITES} the size of an atomic write is positive, without it 0.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void tellsTheSizeOfAtomicWrites() throws Exception {
        int size = writer(reader()).atomicWriteSize();
        if (has(Capability.ATOMIC_WRITES)) {
            assertTrue(size >= 512, () -> "POSIX promises 512 bytes, not " + size);
        } else {
            assertEquals(0, size);
        }
    }

    /**
     * With {@link Capability#ATOMIC_WRITES} the writes of several writers are never mixed, up to
     * that size.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void atomicWritesAreNotMixed() throws Exception {
        require(Capability.ATOMIC_WRITES);
        int largest = writer(reader()).atomicWriteSize();
        for (int size : new int[] {largest, 1000, 64}) {
            atomicWritesAreNotMixed(size);
        }
    }

    private void atomicWritesAreNotMixed(int size) throws Exception {
        NamedPipeReader reader = reader();
        int writers = 4;
        int each = 500;
        List<Task<Void>> tasks = new ArrayList<>();
        for (int w = 0; w < writers; w++) {
            NamedPipeWriter writer = writer(reader);
            byte id = (byte) (w + 1);
            tasks.add(
                    Task.start(
                            Task.Kind.values()[w % 2],
                            () -> {
                                byte[] record = new byte[size];
                                for (int i = 0; i < each; i++) {
                                    Arrays.fill(record, id);
                                    ByteBuffer source =
                                            ByteBuffer.wrap(record).putInt(1, i).clear();
                                    if (i % 2 == 0) {
                                        writer.write(source);
                                    } else {
                                        int count;
                                        do {
                                            count = writer.write(source, Duration.ofNanos(200_000));
                                            assertTrue(
                                                    count == 0 || count == size,
                                                    "an atomic write is whole or not at all");
                                        } while (count == 0);
                                    }
                                }
                                return null;
                            }));
        }
        int[] last = {-1, -1, -1, -1};
        ByteBuffer record = ByteBuffer.allocateDirect(size);
        for (int i = 0; i < writers * each; i++) {
            record.clear();
            while (record.hasRemaining()) {
                assertTrue(reader.read(record, LONG) > 0);
            }
            byte id = record.get(0);
            assertEquals(++last[id - 1], record.getInt(1), "records of one writer are in order");
            for (int k = 5; k < size; k++) {
                assertEquals(id, record.get(k), "mixed");
            }
        }
        for (Task<Void> task : tasks) {
            task.result();
        }
    }

    /**
     * With {@link Capability#ATOMIC_WRITES} a small write that runs out of time has written
     * nothing.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void atomicWriteIsAllOrNothing() throws Exception {
        require(Capability.ATOMIC_WRITES);
        NamedPipeReader reader = reader();
        NamedPipeWriter writer = writer(reader);
        int size = writer.atomicWriteSize();
        long filled = fill(writer);
        ByteBuffer source = ByteBuffer.allocate(size);
        for (int read = 0; read < 3 * size; read += 100) {
            int count = writer.write(source.clear(), Duration.ofMillis(1));
            assertTrue(count == 0 || count == size, () -> "wrote " + count + " of " + size);
            assertEquals(count, source.position());
            filled += count;
            ByteBuffer some = ByteBuffer.allocate(100);
            filled -= reader.read(some, LONG);
        }
        assertEquals(filled, drain(reader, 1 << 22));
    }

    /**
     * 16 MiB arrive as they were sent, in every form, between both kinds of threads.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void largeTransfersArrive() throws Exception {
        byte[] sent = random(16 << 20);
        for (Task.Kind kind : Task.Kind.values()) {
            for (boolean timed : new boolean[] {false, true}) {
                NamedPipeReader reader = reader();
                NamedPipeWriter writer = writer(reader);
                Task<Void> writing =
                        Task.start(
                                kind,
                                () -> {
                                    ByteBuffer source = ByteBuffer.wrap(sent);
                                    if (timed) {
                                        while (source.hasRemaining()) {
                                            writer.write(source, Duration.ofMillis(3));
                                        }
                                    } else {
                                        assertEquals(1000, writer.write(source.limit(1000)));
                                        assertEquals(
                                                sent.length - 1000,
                                                writer.write(
                                                        MemorySegment.ofArray(sent).asSlice(1000)));
                                    }
                                    writer.close();
                                    return null;
                                });
                Task<String> reading =
                        Task.start(
                                kind,
                                () -> {
                                    MessageDigest digest = MessageDigest.getInstance("SHA-256");
                                    ByteBuffer target = ByteBuffer.allocateDirect(100_000);
                                    while ((timed
                                                    ? reader.read(target.clear(), LONG)
                                                    : reader.read(target.clear()))
                                            >= 0) {
                                        digest.update(target.flip());
                                    }
                                    return HexFormat.of().formatHex(digest.digest());
                                });
                writing.result();
                assertEquals(
                        HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(sent)),
                        reading.result());
            }
        }
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(7).nextBytes(bytes);
        return bytes;
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
        assertEquals(Optional.empty(), poll(name));
        assumeTrue(mkfifo(path), "there is no mkfifo here");
        assertEquals(Optional.empty(), poll(name), "there is no reader yet");
        for (int i = 0; i < 2; i++) {
            NamedPipeReader reader = closing(provider().openReader(name, Access.OWNER));
            assertEquals(0, reader.read(ByteBuffer.allocate(1), Duration.ofMillis(5)));
            assertThrows(
                    NameExistsException.class,
                    () -> closing(provider().openReader(name, Access.OWNER)));
            NamedPipeWriter writer = writer(name);
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
        NamedPipeReader scout = reader();
        Optional<Path> file = file(scout);
        assumeTrue(file.isPresent(), scout.nativeKey() + " is not a file");
        scout.close();
        Files.writeString(file.get(), "precious");
        closing(() -> Files.deleteIfExists(file.get()));
        assertThrows(IpcException.class, () -> reader(scout.name()));
        try {
            assertEquals(Optional.empty(), poll(scout.name()));
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
        NamedPipeReader reader = reader();
        NamedPipeWriter writer = writer(reader);
        writer.write(bytes("x"));
        assertEquals("x", next(reader, 1));
        assertThrows(NameExistsException.class, () -> reader(reader.name()));
        writer.close();
        reader.close();
        assertEquals(Optional.empty(), poll(reader.name()));
    }

    /**
     * What need not wait allocates nothing, with heap and direct buffers.
     *
     * @throws Exception if the test fails
     */
    @Test
    protected void allocatesNothing() throws Exception {
        NamedPipeReader reader = reader();
        NamedPipeWriter writer = writer(reader);
        for (ByteBuffer buffer : List.of(ByteBuffer.allocateDirect(64), ByteBuffer.allocate(64))) {
            Allocation.assertNone(
                    "write(ByteBuffer, Duration), read(ByteBuffer, Duration) of " + buffer,
                    () -> {
                        writer.write(buffer.clear(), LONG);
                        reader.read(buffer.clear(), LONG);
                    });
        }
    }
}
