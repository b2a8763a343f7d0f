// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.windows.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.ipc4j.Access;
import org.ipc4j.IncompatibleException;
import org.ipc4j.IpcName;
import org.ipc4j.PeerClosedException;
import org.ipc4j.stream.NamedPipeConnection;
import org.ipc4j.stream.NamedPipeOptions;
import org.ipc4j.stream.NamedPipeReader;
import org.ipc4j.stream.NamedPipeServer;
import org.ipc4j.stream.NamedPipeServerOptions;
import org.ipc4j.stream.NamedPipeWriter;
import org.ipc4j.stream.PipeTransfer;
import org.ipc4j.windows.sys.Event;
import org.ipc4j.windows.sys.Overlapped;
import org.ipc4j.windows.sys.Win32Error;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What programs do at the other end that ours do not: here, with the system's own calls. */
@EnabledOnOs(OS.WINDOWS)
class ForeignPipeTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final IpcName name =
            IpcName.of("foreign-" + ProcessHandle.current().pid() + "-" + System.nanoTime());

    /** Never closed: an operation may be under way at the end. */
    private final Arena arena = Arena.global();

    private Event event;

    @BeforeEach
    void open() throws Exception {
        event = new Event(name, "");
    }

    @AfterEach
    void close() {
        event.close();
    }

    private PipeEnd client(int rights) throws Exception {
        return ((PipeClient.Connected) PipeClient.connect(name, Access.OWNER, rights)).end();
    }

    /** Writes with one call, whether there is room or not. */
    private void write(PipeEnd end, String bytes) {
        Overlapped operation = new Overlapped(arena);
        end.listen(operation::ended);
        MemorySegment buffer = arena.allocate(Math.max(1, bytes.length()));
        buffer.copyFrom(MemorySegment.ofArray(bytes.getBytes(US_ASCII)));
        int result = operation.write(end.handle().enter(), buffer, bytes.length());
        end.handle().exit();
        assertTrue(
                result == 0 || Win32Error.of(result) == Win32Error.ERROR_IO_PENDING,
                () -> "write gave " + result);
    }

    private static NamedPipeServerOptions messages() {
        return NamedPipeServerOptions.DEFAULT.withTransfer(PipeTransfer.MESSAGES);
    }

    @Test
    void aLongMessageIsReadWholeBeforeOthers() throws Exception {
        try (NamedPipeReader reader =
                new WindowsNamedPipeProvider().createReader(name, NamedPipeOptions.DEFAULT)) {
            PipeEnd one = client(PipeClient.WRITER);
            PipeEnd other = client(PipeClient.WRITER);
            write(one, "1".repeat(10_000));
            write(other, "2".repeat(10_000));
            StringBuilder all = new StringBuilder();
            ByteBuffer target = ByteBuffer.allocate(700);
            while (all.length() < 20_000) {
                assertTrue(reader.read(target.clear(), LONG) > 0);
                all.append(US_ASCII.decode(target.flip()));
            }
            String first = all.substring(0, 10_000);
            assertTrue(first.equals("1".repeat(10_000)) || first.equals("2".repeat(10_000)), first);
            one.close();
            other.close();
            assertEquals(-1, reader.read(target.clear(), LONG));
        }
    }

    @Test
    void aMessageWithoutBytesIsNothingInAStream() throws Exception {
        try (NamedPipeReader reader =
                new WindowsNamedPipeProvider().createReader(name, NamedPipeOptions.DEFAULT)) {
            PipeEnd writer = client(PipeClient.WRITER);
            ByteBuffer target = ByteBuffer.allocate(10);
            for (int i = 0; i < 3; i++) {
                write(writer, "");
                assertEquals(0, reader.read(target, Duration.ofMillis(10)));
            }
            write(writer, "x");
            assertEquals(1, reader.read(target, LONG));
            write(writer, "");
            writer.close();
            assertEquals(-1, reader.read(target, LONG));
        }
    }

    @Test
    void aMessageWithoutBytesIsAMessage() throws Exception {
        try (NamedPipeServer server =
                new WindowsNamedPipeServerProvider().create(name, messages())) {
            PipeEnd client = client(PipeClient.BOTH);
            NamedPipeConnection connection = server.accept();
            ByteBuffer target = ByteBuffer.allocate(10);
            for (String message : new String[] {"", "ab", "", "", "cd"}) {
                write(client, message);
            }
            for (int length : new int[] {0, 2, 0, 0, 2}) {
                assertEquals(length, connection.read(target.clear()));
                assertTrue(connection.isMessageComplete());
            }
            assertEquals(0, connection.read(target, Duration.ZERO));
            assertFalse(connection.isMessageComplete());
            client.close();
            connection.close();
        }
    }

    @Test
    void aClientThatGoesAmidstAMessageIsNotTheEnd() throws Exception {
        try (NamedPipeServer server =
                new WindowsNamedPipeServerProvider()
                        .create(name, messages().withBufferSize(4096))) {
            PipeEnd client = client(PipeClient.BOTH);
            NamedPipeConnection connection = server.accept();
            write(client, "x".repeat(100_000));
            ByteBuffer target = ByteBuffer.allocate(100);
            assertEquals(100, connection.read(target));
            client.close();
            assertThrows(
                    PeerClosedException.class,
                    () -> {
                        while (true) {
                            assertTrue(connection.read(target.clear(), LONG) > 0);
                        }
                    });
            connection.close();
        }
    }

    @Test
    void anotherProgramsStreamIsNeverWrittenTwice() throws Exception {
        NamedPipeServerOptions options = NamedPipeServerOptions.DEFAULT.withBufferSize(100);
        try (NamedPipeServer server = new WindowsNamedPipeServerProvider().create(name, options);
                NamedPipeWriter writer =
                        new WindowsNamedPipeProvider()
                                .openWriter(name, Access.OWNER, LONG)
                                .orElseThrow();
                NamedPipeConnection connection = server.accept()) {
            assertEquals(4096, writer.write(ByteBuffer.allocate(4096), Duration.ZERO));
            ByteBuffer target = ByteBuffer.allocate(10_000);
            assertTrue(connection.read(target, LONG) > 0);
            assertEquals(50, writer.write(ByteBuffer.allocate(50), LONG));
            while (target.position() < 4146) {
                assertTrue(connection.read(target, LONG) > 0);
            }
            assertEquals(0, connection.read(target, Duration.ofMillis(20)));
        }
    }

    @Test
    void whatIsNoPipeIsRefused() throws Exception {
        Path file = Files.createTempFile("ipc4j", ".txt");
        try {
            Files.writeString(file, "precious");
            IpcName path = IpcName.ofNative(file.toString());
            assertThrows(
                    IncompatibleException.class,
                    () -> PipeClient.connect(path, Access.OWNER, PipeClient.WRITER));
            assertEquals("precious", Files.readString(file));
        } finally {
            Files.delete(file);
        }
    }
}
